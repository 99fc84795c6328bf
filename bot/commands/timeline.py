"""timeline: what was claimed of a number over time, by whom; unlike units and scopes are never joined."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from bot.commands.arguments import echo, fact_number, one_line, told
from bot.commands.card import is_public, shows_words
from bot.commands.chart import Chart, Point
from bot.commands.pages import spread
from bot.commands.parts import weight
from bot.commands.reply import Block, Choice, Choices, Fields, Outcome, Picture, Reply, Text
from bot.commands.request import Request
from bot.commands.services import Charts, Finder
from bot.commands.subjects import Target, called, meant
from bot.commands.table import Parameter
from bot.core.dates import CalendarDate
from bot.core.model.fact import Dossier
from bot.core.model.finding import Found, NothingFound
from bot.core.model.mail import Visibility
from bot.core.model.news import Subject
from bot.core.model.review import Attribution
from bot.core.ports import Facts, Reading, Vocabulary
from bot.core.timeline import Basis, Statement, Strand, numberless, series_of, spoken, strands
from bot.wording import Wording, dates, numbers, people, wording

PARAMETERS = (Parameter(name="part", required=False, mark="@"), Parameter(name="what"))
_MOST = 200  # facts that are looked at, the newest
_OPENED = 10  # facts that can be opened from a page
_ALT = 1000  # characters of a picture's text
_SUBJECTS = (Subject.SERIES, Subject.TOPIC)
Row = tuple[str, str, int]  # day, statement, number of the fact


async def timeline(request: Request, *, finder: Finder, facts: Facts, charts: Charts | None = None) -> Reply:
    """The statements of a series or a topic; `what` is its name, the number of a fact in it, or a question."""
    words = wording(request.locale)
    asked = " ".join(request.arguments["what"].split())
    async with facts.reading() as view:
        known = await view.vocabulary()
        target = await _target(asked, known, view)
    target = target or await _asked_for(asked, finder)
    async with facts.reading() as view:
        found = await _shown(target, view) if target else ()
    if target is None:
        return told(words.say("timeline.unknown", what=echo(asked)), Outcome.NOTHING)
    what = called(*target, known, words)
    series = target[1] if target[0] is Subject.SERIES else None
    made = strands(found, series=series)
    plain = () if series else numberless(found)
    if not made and not plain:
        return told(words.say("timeline.empty", what=what), Outcome.NOTHING)
    blocks, further = _page(made, plain, what, target, request, words)
    if len(found) >= _MOST:
        blocks = (*blocks, Text(words.say("timeline.newest", most=_MOST)))
    if request.pictures and charts is not None and made and not request.arguments.get("part"):
        blocks = await _with_picture(blocks, made[0], what, charts, words)
    return Reply(blocks=(*blocks, Choices(further)), outcome=Outcome.FOUND, visibility=Visibility.PRIVATE)


async def line_over_time(dossier: Dossier, view: Reading, words: Wording) -> tuple[Choice, ...]:
    """The button below a fact whose number was claimed before or since."""
    for series in series_of(dossier.fact.revision):
        if len(await view.listed(series=series, limit=2)) > 1:
            return (over_time((Subject.SERIES, series), words),)
    return ()


def over_time(target: Target, words: Wording) -> Choice:
    """The button that leads here."""
    subject, name = target
    return Choice(label=words.say("button.timeline"), line=f"timeline {subject}:{name}", short="timeline")


async def _target(asked: str, known: Vocabulary, view: Reading) -> Target | None:
    """Of a number: the series of that fact, else its first topic."""
    number = fact_number(asked)
    if number is None:
        return next((each for each in meant(asked, known) if each[0] in _SUBJECTS), None)
    dossiers = await view.dossiers((number,))
    if not dossiers or not is_public(dossiers[0]):
        return None
    return _of(dossiers[0])


def _of(dossier: Dossier) -> Target | None:
    revision = dossier.fact.revision
    series = [(Subject.SERIES, each) for each in series_of(revision)]
    return next(iter((*series, *((Subject.TOPIC, each) for each in revision.topics))), None)


async def _asked_for(question: str, finder: Finder) -> Target | None:
    """What the answer to a question is a part of; else the topic that the question touches."""
    match await finder.find(question):
        case Found() as found:
            return _of(found.dossier)
        case NothingFound(nearby=(topic, *_)):
            return Subject.TOPIC, topic.id
        case _:
            return None


async def _shown(target: Target, view: Reading) -> tuple[Dossier, ...]:
    subject, name = target
    if subject is Subject.SERIES:
        listed = await view.listed(series=name, limit=_MOST)
    else:
        listed = await view.listed(topic=name, limit=_MOST)
    return tuple(each for each in await view.dossiers([item.number for item in listed]) if shows_words(each))


def _page(
    made: Sequence[Strand], plain: Sequence[Dossier], what: str, target: Target, request: Request, words: Wording
) -> tuple[tuple[Block, ...], tuple[Choice, ...]]:
    """As much as fits a page, under the titles of the strands."""
    sections = enumerate(_sections(made, plain, what, words))
    units = [(place, title, row) for place, (title, rows) in sections for row in rows]
    pages = spread(units, lambda unit: weight(unit[2][0]) + weight(unit[2][1]) + 8)
    page = min(fact_number(request.arguments.get("part", "")) or 1, len(pages))
    blocks: list[Block] = [Text(words.say("timeline.title", what=what))]
    for (_, title), here in groupby(pages[page - 1], key=lambda unit: unit[:2]):
        blocks.append(Fields(title=title, rows=tuple((day, said) for _, _, (day, said, _) in here)))
    numbers_here = dict.fromkeys(number for _, _, (_, _, number) in pages[page - 1])
    further = [Choice(label=f"#{each}", line=f"fact #{each}", short=str(each)) for each in numbers_here][:_OPENED]
    if page < len(pages):
        label = words.say("button.go_on", page=page + 1, pages=len(pages))
        further.append(Choice(label=label, line=f"timeline @{page + 1} {target[0]}:{target[1]}", short="next"))
    return tuple(blocks), tuple(further)


def _sections(
    made: Sequence[Strand], plain: Sequence[Dossier], what: str, words: Wording
) -> Iterator[tuple[str, list[Row]]]:
    for strand in made:
        title = " · ".join(filter(None, (_label(strand, what), _measure(strand, words))))
        yield title, [_row(each, words) for each in strand.statements]
    if plain:
        yield words.say("timeline.numberless"), [_plain_row(each, words) for each in plain]


def _plain_row(dossier: Dossier, words: Wording) -> Row:
    number = dossier.fact.number
    return _day(*spoken(dossier), words), f"{one_line(dossier.fact.revision.label)} · #{number}", number


def _row(statement: Statement, words: Wording) -> Row:
    number = statement.dossier.fact.number
    return _day(statement.on, statement.basis, words), _statement(statement, words), number


def _statement(statement: Statement, words: Wording) -> str:
    """ "at least 3,500,000 · Volodymyr Zelenskyi · #1"."""
    dossier = statement.dossier
    revision = dossier.fact.revision
    notes = [
        words.say("timeline.second_hand") if people.is_second_hand(revision) else "",
        words.say("timeline.disputed") if revision.attribution is Attribution.DISPUTED else "",
    ]
    who = people.speaker_name(dossier) or people.unnamed(revision, words)
    parts = (numbers.amount(statement.quantity, words), one_line(who), *notes, f"#{dossier.fact.number}")
    return " · ".join(part for part in parts if part)


def _day(on: CalendarDate | None, basis: Basis, words: Wording) -> str:
    return words.say(f"timeline.day.{basis}", date=dates.plain(on, words) if on else "")


def _label(strand: Strand, what: str) -> str:
    first = strand.statements[0].dossier
    known = first.series.get(strand.series or "")
    return one_line(known.label) if known else what


def _measure(strand: Strand, words: Wording) -> str:
    """Unit, scope and direction: "artillery round; cumulative; from North Korea to Russia"."""
    first = strand.statements[0].dossier
    ends = [people.name_of(each, first, words) if each else "" for each in (strand.origin, strand.destination)]
    ways = [
        words.say(f"timeline.{way}", name=one_line(name))
        for way, name in zip(("from", "to"), ends, strict=True)
        if name
    ]
    parts = (one_line(strand.unit.replace("-", " ")), one_line(strand.scope), " ".join(ways))
    return "; ".join(part for part in parts if part)


async def _with_picture(
    blocks: tuple[Block, ...], strand: Strand, what: str, charts: Charts, words: Wording
) -> tuple[Block, ...]:
    """The longest strand as a picture, where there is a line to draw."""
    dated = [(each, each.on) for each in strand.statements if each.on is not None]
    if len(dated) < 2:
        return blocks
    today = dates.day(charts.clock.now().date(), words)
    label, measure = _label(strand, what), _measure(strand, words)
    note = words.say("timeline.note", today=today)
    points = tuple(_point(each, on, words) for each, on in dated)
    rest = words.say("timeline.rest")
    drawn = await charts.draw(Chart(title=label, subtitle=measure, note=note, rest=rest, points=points))
    if drawn is None:
        return blocks
    png, size = drawn
    statements = "; ".join(point.label for point in points)
    alt = words.say("timeline.alt", title=label, measure=measure, statements=statements)
    if len(alt) > _ALT:
        alt = f"{alt[: _ALT - 1]}…"
    return (*blocks, Picture(png=png, alt=alt, size=size))


def _point(statement: Statement, on: CalendarDate, words: Wording) -> Point:
    return Point(
        value=statement.quantity.value,
        comparator=statement.quantity.comparator,
        earliest=on.earliest.isoformat(),
        latest=on.latest.isoformat(),
        uncertain=on.uncertain or on.approximate or statement.basis is Basis.PUBLISHED,
        tag=f"#{statement.dossier.fact.number}",
        label=f"{_day(on, statement.basis, words)}: {_statement(statement, words)}",
    )

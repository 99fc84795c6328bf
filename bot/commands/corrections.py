"""corrections: what was corrected, withdrawn, hidden or shown again, with reasons, for everybody."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from bot.commands.arguments import one_line, told
from bot.commands.card import blocks_of, is_public, shows_words, speaker_told
from bot.commands.kept import kept_texts
from bot.commands.pages import PAGE, page_of, spread
from bot.commands.parts import weight
from bot.commands.reply import Block, Choice, Choices, Fields, Outcome, Reply, Text
from bot.commands.request import Request
from bot.commands.services import Office
from bot.core.desk.port import DeskReading
from bot.core.model.fact import Dossier, PastRevision, Revision
from bot.core.model.mail import Visibility
from bot.core.model.news import Became
from bot.core.model.review import Workflow
from bot.core.news import SHIFTING, looks_other
from bot.wording import Wording, dates, wording

PARAMETERS = (PAGE,)
_MOST = 500  # lines of the record that are looked through, the newest
_OPENED = 10  # facts whose history can be opened from a page
_HIDES = {"hidden": Became.HIDDEN, "withdrawn": Became.WITHDRAWN}
_CHANGES = ("published", "changed", "revised", "source-changed")
_LISTED = tuple(verb for verb in SHIFTING if verb != "published")


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """One thing that readers saw happen to a fact."""

    dossier: Dossier
    history: tuple[PastRevision, ...]
    entry: PastRevision
    became: Became
    others: int = 0  # facts to which the same correction of a source happened


async def corrections(request: Request, *, office: Office | None = None) -> Reply:
    """The newest first."""
    words = wording(request.locale)
    if office is None:
        return told(words.say("corrections.none"), Outcome.NOTHING)
    async with office.desk.reading() as view:
        numbers = await view.stirred(limit=_MOST + 1, verbs=_LISTED)
        every = await _turns(view, numbers[:_MOST])
        found = [turn for turn in every if turn.became is not Became.PUBLISHED]
        cut = len(numbers) > _MOST
    if not found:
        said = words.say("corrections.none.newest", most=_MOST) if cut else words.say("corrections.none")
        return told(said, Outcome.NOTHING)
    pages = spread(found, lambda turn: sum(map(weight, _row(turn, words))))
    page = page_of(request, len(pages))
    title = words.say("corrections.title")
    if len(pages) > 1:
        title = words.say("page.title", title=title, page=page, pages=len(pages))
    here = dict.fromkeys(turn.dossier.fact.number for turn in pages[page - 1])
    further = [Choice(label=f"#{number}", line=f"history {number}", short=str(number)) for number in here][:_OPENED]
    if page < len(pages):
        label = words.say("button.go_on", page=page + 1, pages=len(pages))
        further.append(Choice(label=label, line=f"corrections {page + 1}", short="next"))
    rows = tuple(_row(turn, words) for turn in pages[page - 1])
    older = (Text(words.say("corrections.newest", most=_MOST)),) if cut and page == len(pages) else ()
    blocks = (Fields(title=title, rows=rows), *older, Choices(tuple(further)))
    return Reply(blocks=blocks, outcome=Outcome.INFO, visibility=Visibility.PRIVATE)


async def turns(view: DeskReading, *, limit: int) -> list[Turn]:
    """What readers saw happen to facts, the newest first; of the newest `limit` lines of the record."""
    return await _turns(view, await view.stirred(limit=limit, verbs=SHIFTING))


async def _turns(view: DeskReading, numbers: Iterable[int]) -> list[Turn]:
    found: list[Turn] = []
    for dossier in await view.dossiers(tuple(dict.fromkeys(numbers))):
        if is_public(dossier):
            history = await view.history(dossier.fact.number)
            found += [
                Turn(dossier=dossier, history=history, entry=entry, became=became) for entry, became in turning(history)
            ]
    found.reverse()  # of one moment, what came last comes first
    return _gathered(sorted(found, key=lambda turn: (turn.entry.at, turn.dossier.fact.number), reverse=True))


def _gathered(found: Iterable[Turn]) -> list[Turn]:
    """What one correction of a source did to many facts is one thing, told of the first fact."""
    turns = tuple(found)
    sourced = {turn.entry.at for turn in turns if turn.entry.verb == "source-changed"}
    kept: dict[object, Turn] = {}
    for turn in turns:  # the higher numbers first
        together = turn.became is Became.CORRECTED and turn.entry.at in sourced
        key = turn.entry.at if together else id(turn)
        first = kept.setdefault(key, turn)
        if first is not turn:
            kept[key] = replace(turn, others=first.others + (first.dossier.fact.number != turn.dossier.fact.number))
    return list(kept.values())


def turning(history: Sequence[PastRevision]) -> Iterator[tuple[PastRevision, Became]]:
    """Those lines of a history that readers notice, and what they notice."""
    shown: Revision | None = None
    out_of_sight = False
    for entry in history:
        if entry.verb in _HIDES:
            if shown is not None:
                out_of_sight = True
                yield entry, _HIDES[entry.verb]
        elif entry.verb in ("unhidden", "restored"):
            shown, out_of_sight = entry.revision, False
            yield entry, Became.SHOWN_AGAIN
        elif entry.verb == "published" and shown is None:
            shown = entry.revision
            yield entry, Became.PUBLISHED
        elif shown is not None and not out_of_sight:
            if entry.verb == "source-changed" or (entry.verb in _CHANGES and looks_other(shown, entry.revision)):
                yield entry, Became.CORRECTED
            shown = entry.revision if entry.verb in _CHANGES else shown


def label(dossier: Dossier, words: Wording) -> str:
    """What a fact is called where it is named without its words; a label may repeat what must not be repeated."""
    fact = dossier.fact
    if fact.workflow is Workflow.HIDDEN:
        return words.say("news.label.hidden")
    if not shows_words(dossier):
        who = speaker_told(dossier)
        return words.say("news.label.withdrawn", who=who) if who else words.say("news.label.nobody")
    return one_line(fact.revision.label)


def headline(turn: Turn, words: Wording) -> str:
    """ "Corrected 3 Dec 2026: #17 At least 300 trees planted, Muster"."""
    fact = turn.dossier.fact
    key = "news.corrected.fact" if turn.became is Became.CORRECTED else f"news.{turn.became}"
    when = dates.day(turn.entry.at.date(), words)
    said = words.say(key, number=fact.number, label=label(turn.dossier, words), when=when)
    return f"{said} {words.count('corrections.others', turn.others)}" if turn.others else said


def why(turn: Turn, words: Wording) -> str:
    """The reason that was given; of a withdrawal its class, too."""
    withdrawal = turn.entry.revision.withdrawal if turn.became is Became.WITHDRAWN else None
    note = one_line(turn.entry.reason or (withdrawal.note if withdrawal else ""))
    sort = words.say(f"desk.why.{withdrawal.reason}") if withdrawal else ""
    return "; ".join(part for part in (sort, note) if part)


async def shown_now(turn: Turn, view: DeskReading, words: Wording) -> tuple[Block, ...]:
    """The fact as readers see it now: its card, or what stands in its place."""
    kept = await kept_texts(view, turn.dossier)
    return blocks_of(turn.dossier, turn.history, words, kept=kept)


def _row(turn: Turn, words: Wording) -> tuple[str, str]:
    name = words.say(
        "corrections.row", when=dates.day(turn.entry.at.date(), words), what=words.say(f"digest.{turn.became}")
    )
    said = words.say("corrections.fact", number=turn.dossier.fact.number, label=label(turn.dossier, words))
    said += f" {words.count('corrections.others', turn.others)}" if turn.others else ""
    reason = why(turn, words)
    return name, f"{said}\n{words.say('history.reason', reason=reason)}" if reason else said

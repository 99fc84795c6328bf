"""/fact: the words that were said, or an honest nothing."""

from __future__ import annotations

from bot.commands.arguments import echo, fact_number, flag, one_line, told
from bot.commands.card import blocks_of, choices_of, is_public, number_choice, shows_words
from bot.commands.find import list_reply
from bot.commands.kept import kept_texts
from bot.commands.reply import Block, Choice, Choices, Outcome, Reply, Text
from bot.commands.request import Request, Right
from bot.commands.services import Finder, Office
from bot.commands.table import Parameter
from bot.commands.timeline import line_over_time
from bot.core.model.fact import Dossier, PastRevision
from bot.core.model.finding import Found, Listed, NearbyTopic, NothingFound, WhichOne
from bot.core.model.mail import Visibility
from bot.core.ports import Facts
from bot.wording import Wording, wording

PARAMETERS = (Parameter(name="query", suggests=True), Parameter(name="private", required=False, flag=True))


async def fact(request: Request, *, finder: Finder, facts: Facts, office: Office | None = None) -> Reply:
    """Answer a question, or show the fact of a number."""
    words = wording(request.locale)
    query = request.arguments["query"]
    may = may_suggest(request, office)
    visibility = Visibility.PRIVATE if flag(request, "private") else Visibility.PUBLIC
    number = fact_number(query)
    if number is not None:
        counted = None if "#" in query else await finder.find(query)
        if isinstance(counted, WhichOne):  # "137" may be the fact, or what others count
            return which_one(await _and_itself(number, counted.options, facts), words)
        known = await by_number(number, facts, words, visibility, may_report=may)
        if known is not None:
            return known
        if "#" in query:
            return told(words.say("fact.unknown", number=number), Outcome.NOTHING)
    match await finder.find(query):
        case Found() as found:
            more = len(found.more)
            choices = (more_choice(2, more, query, words, visibility),) if more else ()
            return await found_reply(
                found.dossier, choices, facts, words, visibility, showing=found.showing, may_report=may
            )
        case WhichOne(options=options):
            return which_one(options, words)
        case NothingFound() as nothing:
            if office is not None and office.misses and nothing.complete and visibility is Visibility.PUBLIC:
                office.misses.count(query)
            return nothing_reply(nothing, query, words, may_ask=may)


def may_suggest(request: Request, office: Office | None) -> bool:
    """Whether the asker may bring something before the moderators from here."""
    return office is not None and office.open and Right.SUGGEST in request.caller.rights


async def by_number(
    number: int, facts: Facts, words: Wording, visibility: Visibility, *, may_report: bool = False
) -> Reply | None:
    """The fact of this number as an answer; None where readers know no such fact."""
    async with facts.reading() as view:
        dossiers = await view.dossiers((number,))
    if not dossiers or not is_public(dossiers[0]):
        return None
    dossier = dossiers[0]
    if dossier.fact.revision.answerable or not shows_words(dossier):  # a label repeats what must not be repeated
        return await found_reply(dossier, (), facts, words, visibility, may_report=may_report)
    text = words.say("stone.evidence_only", number=number, label=one_line(dossier.fact.revision.label))
    choices = Choices((number_choice("evidence", number, words),))
    return Reply(blocks=(Text(text), choices), outcome=Outcome.INFO, visibility=Visibility.PRIVATE)


async def _and_itself(number: int, options: tuple[Listed, ...], facts: Facts) -> tuple[Listed, ...]:
    """The fact of this number, where readers know it, before those that have it in their words."""
    async with facts.reading() as view:
        dossiers = await view.dossiers((number,))
    label = dossiers[0].fact.revision.label if dossiers and shows_words(dossiers[0]) else None
    itself = (Listed(number=number, label=label),) if label is not None else ()
    return (*itself, *(each for each in options if each.number != number))


async def found_reply(
    dossier: Dossier,
    further: tuple[Choice, ...],
    facts: Facts,
    words: Wording,
    visibility: Visibility,
    *,
    showing: tuple[str, ...] = (),
    may_report: bool = False,
) -> Reply:
    """A fact, what was understood of an inexact question, and what can be asked next."""
    history: tuple[PastRevision, ...] = ()
    kept: dict[str, str] = {}
    line: tuple[Choice, ...] = ()
    async with facts.reading() as view:
        if shows_words(dossier):
            kept = await kept_texts(view, dossier)
            line = await line_over_time(dossier, view, words)
        else:
            history = await view.history(dossier.fact.number)
    blocks: list[Block] = []
    if showing:
        blocks.append(Text(words.say("fact.showing", what=one_line(", ".join(showing)))))
    blocks += blocks_of(dossier, history, words, kept=kept)
    wrong = (number_choice("wrong", dossier.fact.number, words),) if may_report and shows_words(dossier) else ()
    blocks.append(Choices(choices_of(dossier, words) + further + line + wrong))
    return Reply(blocks=tuple(blocks), outcome=Outcome.FOUND, visibility=visibility)


def which_one(options: tuple[Listed, ...], words: Wording) -> Reply:
    """A choice for the person who asked; the pick is an answer of its own, for everybody."""
    return list_reply(words.say("fact.which"), options, Outcome.CHOOSE)


def nothing_reply(nothing: NothingFound, query: str, words: Wording, *, may_ask: bool = False) -> Reply:
    """Silence with a way on; a search that did not finish is not silence and says so."""
    if not nothing.complete:
        return told(words.say("fact.incomplete", query=echo(query)), Outcome.INCOMPLETE)
    silence = words.say("fact.nothing", query=echo(query))
    choices = _topic_choices(nothing.nearby, words)
    if nothing.nearby:
        topics = "; ".join(" ".join(topic.label.split()) for topic in nothing.nearby)
        silence = f"{silence}\n{words.count('fact.nearby', len(nothing.nearby), topics=topics)}"
    if may_ask:
        choices += (Choice(label=words.say("button.ask"), line=f"ask {one_line(query)}", short="ask"),)
    blocks: tuple[Block, ...] = (Text(silence), Choices(choices)) if choices else (Text(one_line(silence)),)
    return Reply(blocks=blocks, outcome=Outcome.NOTHING, visibility=Visibility.PRIVATE)


def _topic_choices(topics: tuple[NearbyTopic, ...], words: Wording) -> tuple[Choice, ...]:
    if len(topics) == 1:
        only = topics[0]
        return (Choice(label=words.say("button.topic"), line=f"topic {only.id}", short="topic"),)
    return tuple(
        Choice(label=words.say("button.topic.named", topic=topic.label), line=f"topic {topic.id}") for topic in topics
    )


def more_choice(page: int, left: int, query: str, words: Wording, visibility: Visibility) -> Choice:
    """The button that turns to a page, with how many facts are still to come."""
    return Choice(label=words.say("button.more", count=left), line=page_line(page, query, visibility), short="more")


def page_line(page: int, query: str, visibility: Visibility) -> str:
    """The line of a page; the pages of a private answer are private."""
    flag = "--private " if visibility is Visibility.PRIVATE else ""
    return f"more {flag}{page} {query}"

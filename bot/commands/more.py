"""more: the further facts of a question, one a page, in the order of the first answer."""

from __future__ import annotations

from dataclasses import replace

from bot.commands.arguments import echo, flag, told
from bot.commands.card import is_public
from bot.commands.fact import found_reply, may_suggest, more_choice, nothing_reply, page_line, which_one
from bot.commands.reply import Choice, Outcome, Reply, Text
from bot.commands.request import Request
from bot.commands.services import Finder, Office
from bot.commands.table import Parameter
from bot.core.model.finding import Found, NothingFound, WhichOne
from bot.core.model.mail import Visibility
from bot.core.ports import Facts
from bot.wording import Wording, wording

PARAMETERS = (
    Parameter(name="page"),
    Parameter(name="query"),
    Parameter(name="private", required=False, flag=True),
)


async def more(request: Request, *, finder: Finder, facts: Facts, office: Office | None = None) -> Reply:
    """One page. The asker's click turns the page in place; anybody else gets the page privately."""
    words = wording(request.locale)
    query = request.arguments["query"]
    page = _page(request.arguments["page"])
    if page is None:
        usage = words.say("refused.missing.more", example=request.mark + words.say("example.more"))
        return told(usage, Outcome.REFUSED)
    match await finder.find(query):
        case NothingFound() as nothing:
            return nothing_reply(nothing, query, words)
        case WhichOne(options=options):
            return which_one(options, words)
        case Found() as found:
            numbers = (found.dossier.fact.number, *found.more)
            if page > len(numbers):
                return told(words.say("more.end", query=echo(query), count=len(numbers)), Outcome.NOTHING)
            visibility = Visibility.PRIVATE if flag(request, "private") else Visibility.PUBLIC
            may = may_suggest(request, office)
            reply = await _page_of(numbers, page, query, facts, words, visibility, may_report=may)
            if reply.outcome is not Outcome.FOUND:
                return reply
            return _for_asker(reply, words) if request.asked_by_other else replace(reply, replaces=True)


async def _page_of(
    numbers: tuple[int, ...],
    page: int,
    query: str,
    facts: Facts,
    words: Wording,
    visibility: Visibility,
    *,
    may_report: bool,
) -> Reply:
    async with facts.reading() as view:
        dossiers = await view.dossiers((numbers[page - 1],))
    if not dossiers or not is_public(dossiers[0]):
        return told(words.say("fact.unknown", number=numbers[page - 1]), Outcome.NOTHING)
    turning: list[Choice] = []
    if page > 1:
        turning.append(
            Choice(label=words.say("button.back"), line=page_line(page - 1, query, visibility), short="back")
        )
    if page < len(numbers):
        turning.append(more_choice(page + 1, len(numbers) - page, query, words, visibility))
    reply = await found_reply(dossiers[0], tuple(turning), facts, words, visibility, may_report=may_report)
    place = Text(words.say("more.place", page=page, pages=len(numbers), query=echo(query)))
    return replace(reply, blocks=(*reply.blocks[:-1], place, reply.blocks[-1]))


def _for_asker(reply: Reply, words: Wording) -> Reply:
    note = Text(words.say("error.not_yours"))
    return replace(reply, blocks=(note, *reply.blocks), visibility=Visibility.PRIVATE)


def _page(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and 0 < len(text) <= 4 and int(text) > 0 else None

"""unanswered and conflicts: what readers asked for in vain, and where a file and the chat have both changed."""

from __future__ import annotations

from datetime import date

from bot.commands.arguments import one_line, told
from bot.commands.reply import Choice, Choices, FactList, Fields, Outcome, Reply
from bot.commands.request import Request
from bot.commands.services import Office
from bot.commands.table import Parameter
from bot.core.model.desk import Origin
from bot.core.model.mail import Visibility
from bot.wording import dates, wording

PARAMETERS: tuple[Parameter, ...] = ()
_QUESTIONS, _CONFLICTS = 15, 10


async def unanswered(request: Request, *, office: Office) -> Reply:
    """Questions that nothing answered at least three times. Who asked is not known to anybody."""
    words = wording(request.locale)
    async with office.desk.reading() as view:
        found = await view.unanswered(limit=_QUESTIONS)
    if not found:
        return told(words.say("unanswered.nothing"), Outcome.NOTHING)
    rows = tuple(
        (
            one_line(each.query),
            words.count("unanswered.times", each.times, day=dates.day(date.fromisoformat(each.day), words)),
        )
        for each in found
    )
    add = Choice(label=words.say("button.add"), line="add", short="add")
    blocks = (Fields(title=words.say("unanswered.title"), rows=rows), Choices((add,)))
    return Reply(blocks=blocks, outcome=Outcome.INFO, visibility=Visibility.PRIVATE)


async def conflicts(request: Request, *, office: Office) -> Reply:
    """Facts of which a file and the chat have both changed; a pick shows both."""
    words = wording(request.locale)
    async with office.desk.reading() as view:
        counts = await view.counts()
        ahead = counts.reports + counts.proposals  # they come first in what waits
        found = await view.waiting(limit=_CONFLICTS, offset=ahead)
    listed = tuple((each.number, one_line(each.label)) for each in found if each.origin is Origin.FILES)
    if not listed:
        return told(words.say("conflicts.nothing"), Outcome.NOTHING)
    title = words.say("conflicts.title", count=counts.conflicts)
    block = FactList(title=title, items=listed, opens="open ")
    return Reply(blocks=(block,), outcome=Outcome.INFO, visibility=Visibility.PRIVATE)

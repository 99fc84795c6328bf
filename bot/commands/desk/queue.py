"""desk queue: what waits for a person, oldest first, with the counts at the top."""

from __future__ import annotations

from datetime import datetime

from bot.commands.arguments import one_line
from bot.commands.pages import PAGE, page_of
from bot.commands.reply import Block, Choice, Choices, FactList, Outcome, Reply, Text
from bot.commands.request import Request
from bot.commands.services import Office
from bot.core.desk.port import Counts, Waiting
from bot.core.model.desk import Origin
from bot.core.model.mail import Visibility
from bot.wording import Wording, wording

PARAMETERS = (PAGE,)
A_PAGE, _PAGES = 10, 9_999
_MINUTES, _HOURS = 90, 48  # from here on the next unit is used


async def queue(request: Request, *, office: Office) -> Reply:
    """One page of what waits; a pick opens it."""
    words = wording(request.locale)
    page = page_of(request, _PAGES)
    async with office.desk.reading() as view:
        counts = await view.counts()
        found = await view.waiting(limit=A_PAGE + 1, offset=(page - 1) * A_PAGE)
    now = office.clock.now()
    listed = tuple((each.number, _label(each, now, words)) for each in found[:A_PAGE])
    title = _head(counts, words)
    if page > 1:
        title = words.say("queue.page", title=title, page=page)
    body: Block = (
        FactList(title=title, items=listed, opens="open ") if listed else Text(f"{title}\n{_end(page, words)}")
    )
    choices = _choices(page, len(found) > A_PAGE, counts, words)
    return Reply(blocks=(body, Choices(choices)), outcome=Outcome.FOUND, visibility=Visibility.PRIVATE)


def _head(counts: Counts, words: Wording) -> str:
    return words.say(
        "queue.title",
        facts=counts.waiting,
        changes=counts.proposals,
        reports=counts.reports,
        conflicts=counts.conflicts,
    )


def _end(page: int, words: Wording) -> str:
    return words.say("queue.empty" if page == 1 else "queue.end")


def _label(each: Waiting, now: datetime, words: Wording) -> str:
    label = one_line(each.label)
    if each.report is not None:
        label = words.say("queue.report", report=each.report, label=label)
    elif each.origin is Origin.FILES:
        label = words.say("queue.conflict", label=label)
    elif each.origin is Origin.DESK:
        label = words.say("queue.change", label=label)
    elif each.vouched:
        label = words.say("queue.vouched", label=label)
    return words.say("queue.item", label=label, age=age(now, each.since, words))


def age(now: datetime, since: datetime, words: Wording) -> str:
    """How long something has waited: "40 min", "6 h", "3 d"."""
    minutes = max(0, int((now - since).total_seconds() // 60))
    if minutes < _MINUTES:
        return words.say("queue.minutes", count=minutes)
    hours = minutes // 60
    return words.say("queue.hours", count=hours) if hours < _HOURS else words.say("queue.days", count=hours // 24)


def _choices(page: int, more: bool, counts: Counts, words: Wording) -> tuple[Choice, ...]:
    choices = []
    if more:
        choices.append(Choice(label=words.say("button.queue.next"), line=f"queue {page + 1}", short="next"))
    if page > 1:
        choices.append(Choice(label=words.say("button.queue.first"), line="queue", short="queue"))
    if counts.conflicts:
        label = words.say("button.conflicts", count=counts.conflicts)
        choices.append(Choice(label=label, line="conflicts", short="conflicts"))
    if counts.unanswered:
        label = words.say("button.unanswered", count=counts.unanswered)
        choices.append(Choice(label=label, line="unanswered", short="unanswered"))
    choices.append(Choice(label=words.say("button.add"), line="add", short="add"))
    return tuple(choices)

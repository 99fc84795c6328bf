"""What the bot says by itself, put into words when it is sent: cards for reviewers, word for suggesters, alerts."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from bot.commands import news
from bot.commands.arguments import one_line
from bot.commands.desk import became
from bot.commands.desk.buttons import choice, hide_all_choice, show_choice
from bot.commands.desk.cards import change_card, fact_card, report_card
from bot.commands.desk.who import called
from bot.commands.reply import Block, Choice, Choices, Outcome, Reply, Text
from bot.commands.services import Office
from bot.core.desk.authorship import put_before
from bot.core.desk.notices import THEMSELVES, stamp
from bot.core.desk.port import DeskReading
from bot.core.model.desk import Notice, NoticeKind, Origin, Report
from bot.core.model.fact import Dossier
from bot.core.model.review import Workflow
from bot.core.review import WAITING
from bot.wording import Wording, dates, wording

_MEGABYTE = 1_000_000


async def composed(notice: Notice, *, office: Office, locale: str) -> Reply | None:
    """The notice as of now, or None where there is nothing to show any more."""
    words = wording(locale)
    if notice.kind is NoticeKind.NEWS:
        return await news.piece(notice, office)
    if notice.kind is NoticeKind.DIGEST:
        return await news.digest(notice, office)
    async with office.desk.reading() as view:
        blocks = await _blocks(notice, view, office, words)
    return Reply(blocks=blocks, outcome=Outcome.INFO) if blocks else None


async def _blocks(notice: Notice, view: DeskReading, office: Office, words: Wording) -> tuple[Block, ...]:
    match notice.kind:
        case NoticeKind.CARD:
            return await _card(notice, view, office, words)
        case NoticeKind.TOLD:
            return await _told(notice, view, words)
        case NoticeKind.ALERT:
            return await _alert(notice, view, words)
        case NoticeKind.DAY:
            day = dates.day(date.fromisoformat(notice.data["day"]), words)
            return (Text(words.say("notice.day", day=day, seq=notice.data["seq"], hash=notice.data["hash"])),)
        case NoticeKind.MONTH:
            return (Text(_month(notice, words)),)
        case NoticeKind.TRAVELLED:
            return await news.travelled(notice, view, words)
        case NoticeKind.CORRECTION | NoticeKind.NEWS | NoticeKind.DIGEST:
            raise ValueError(f"{notice.kind} is composed elsewhere")


async def _card(notice: Notice, view: DeskReading, office: Office, words: Wording) -> tuple[Block, ...]:
    """What waits, with its buttons; once it is settled, how. A first post that comes too late is left out."""
    dossier = await _dossier(notice, view)
    if dossier is None:
        return ()
    what, _, mark = notice.data["what"].partition(" ")
    blocks = await _open_card(what, mark, dossier, view, office, words)
    if blocks or notice.replaces is None:
        return blocks
    fact = dossier.fact
    if what == "report":
        report = await _report(fact.number, mark, view)
        outcome = one_line(report.outcome or "") if report else ""
        ended = words.say("desk.report.closed", report=mark, outcome=outcome)
    else:
        verbs = became.OF_FACT if what == "fact" else became.OF_CHANGE
        ended = became.settled(await view.history(fact.number), mark, verbs, words)
    line = words.say("desk.settled", number=fact.number, label=one_line(fact.revision.label))
    return Text("\n".join(part for part in (line, ended) if part)), Choices((choice("open", fact.number, words),))


async def _open_card(
    what: str, mark: str, dossier: Dossier, view: DeskReading, office: Office, words: Wording
) -> tuple[Block, ...]:
    """The card of the thing that a notice means, while it waits."""
    number = dossier.fact.number
    if what == "report":
        report = await _report(number, mark, view)
        if report is not None and report.outcome is None:
            return await report_card(view, dossier, report, office, words)
    elif what == "fact":
        put = put_before(await view.doings(number))
        if dossier.fact.workflow in WAITING and put is not None and stamp(put.at) == mark:
            return await fact_card(view, dossier, office, words)
    else:
        proposal = await view.proposal(number, Origin(what))
        if proposal is not None and stamp(proposal.at) == mark:
            return await change_card(view, dossier, proposal, office, words)
    return ()


async def _told(notice: Notice, view: DeskReading, words: Wording) -> tuple[Block, ...]:
    """Word to whoever suggested or reported: where others may read, so nothing that is not shown to all."""
    dossier = await _dossier(notice, view)
    if dossier is None:
        return ()
    fact, outcome = dossier.fact, notice.data["outcome"]
    show = Choices((show_choice(fact.number, words),))
    if outcome == "report":
        report = await _report(fact.number, notice.data["report"], view)
        if report is not None and report.outcome is not None:
            said = words.say("told.report", number=fact.number, outcome=one_line(report.outcome))
            return Text(said), show
    elif outcome == "published" and fact.workflow is Workflow.PUBLISHED:
        label = one_line(fact.revision.label)
        return Text(words.say("told.published", number=fact.number, label=label)), show
    elif outcome == "rejected" and fact.workflow is Workflow.REJECTED:
        ended = next((each for each in reversed(await view.history(fact.number)) if each.verb == "rejected"), None)
        reason = one_line(ended.reason) if ended else ""
        return (Text(words.say("told.rejected", number=fact.number, reason=reason)),)
    return ()


async def _report(number: int, mark: str, view: DeskReading) -> Report | None:
    return next((each for each in await view.reports(number) if str(each.number) == mark), None)


async def _alert(notice: Notice, view: DeskReading, words: Wording) -> tuple[Block, ...]:
    """Something to look at. Faults of the running bot say when they are over."""
    data = notice.data
    key = f"alert.{data['what']}.{data['state']}" if "state" in data else f"alert.{data['what']}"
    who = await called(view, data["person"], words) if "person" in data else ""
    since = dates.instant(datetime.fromisoformat(data["since"]), words) if data.get("since") else ""
    free = int(data["free"]) // _MEGABYTE if data.get("free") else 0
    given = {"batch": data.get("batch", ""), "place": _where(data, words)}
    batch = await view.batch(int(data["batch"])) if "batch" in data else None
    if "batch" in data and batch is None:
        return ()
    by = await called(view, batch.by, words) if batch is not None else ""
    said = words.say(key, who=who, number=notice.fact, since=since, free=free, by=by, **given)
    if batch is not None:
        said = words.count("alert.batch.facts", len(batch.facts), alert=said, batch=batch.number)
        label = words.say("button.bringall", batch=batch.number)
        return Text(said), Choices((Choice(label=label, line=f"bringall {batch.number}", short="bringall"),))
    if notice.fact is None:
        return (Text(said),)
    buttons = [choice("open", notice.fact, words)]
    if "person" in data:
        buttons.append(hide_all_choice(data["person"], who, words))
    return Text(said), Choices(tuple(buttons))


def _where(data: Mapping[str, str], words: Wording) -> str:
    place = data.get("place", "")
    if "on" not in data:  # written before the platform was
        return place
    return words.say("place.person" if place.startswith(THEMSELVES) else f"place.{data['on']}", id=place)


def _month(notice: Notice, words: Wording) -> str:
    data = dict(notice.data)
    month = date.fromisoformat(f"{data['month']}-01")
    named = words.say("date.month", month=words.say(f"month.{month.month}"), year=month.year)
    backup = data["backup"]
    newest = dates.day(date.fromisoformat(backup), words) if backup else words.say("desk.none")
    size = int(data["bytes"]) // _MEGABYTE
    return words.say("notice.month", **data | {"month": named, "backup": newest, "bytes": size})


async def _dossier(notice: Notice, view: DeskReading) -> Dossier | None:
    found = await view.dossiers((notice.fact,)) if notice.fact is not None else ()
    return found[0] if found else None

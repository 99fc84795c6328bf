"""Wrong? is for every reader; closing a report is for an editor who did not write the fact."""

from __future__ import annotations

from bot.commands.arguments import fact_number, flag, told
from bot.commands.card import is_public
from bot.commands.cooldown import Doing
from bot.commands.desk.acting import LONG, NUMBER, NotANumber, apply, known, myself, number_in, own_place
from bot.commands.desk.asking import asked, field
from bot.commands.reply import Outcome, Reply
from bot.commands.request import Request
from bot.commands.services import Office, by
from bot.commands.table import Parameter
from bot.core.desk.refusals import NoSuchFact, NothingWaits, OwnWork
from bot.core.model.change import CloseReport, ReportWrong
from bot.core.model.desk import Wrong
from bot.wording import wording

WRONG = (
    NUMBER,
    Parameter(name="kind", required=False, options=tuple(Wrong)),
    Parameter(name="text", required=False, limit=LONG),
    Parameter(name="tell", required=False, flag=True),
)
CLOSE = (NUMBER, Parameter(name="report"), Parameter(name="outcome", required=False, limit=LONG))


async def wrong(request: Request, *, office: Office) -> Reply:
    """Take a report in: what is wrong, in the reader's words, and whether to tell what came of it."""
    words = wording(request.locale)
    number, given = number_in(request), request.arguments
    async with office.desk.reading() as view:
        dossier = await known(view, number)
    if not is_public(dossier):
        raise NoSuchFact(number)
    kind = given.get("kind", "").strip().lower()
    if kind not in tuple(Wrong):
        said = words.say("wrong.which", given=kind, kinds=", ".join(Wrong)) if kind else ""
        text = " ".join(part for part in (given.get("kind", ""), given.get("text", "")) if part)
        options = tuple((each.value, words.say(f"desk.wrong.{each}")) for each in Wrong)
        tell = (("no", words.say("form.tell.no")), ("yes", words.say("form.tell.yes")))
        fields = (
            field("kind", words, key="wrong.kind", required=True, options=options),
            field("text", words, key="wrong.text", value=text, long=True),
            field("tell", words, value="no", options=tell),
        )
        return asked(request, words, fields, title=words.say("form.wrong", number=number), said=said)
    if (wait := office.cooldowns.refusal(Doing.REPORT, request, office.clock.now())) is not None:
        return wait
    place, reply_to = own_place(request) if flag(request, "tell") else (None, None)
    report = ReportWrong(
        by=by(request),
        terms=office.terms,
        number=number,
        wrong=Wrong(kind),
        text=given.get("text", ""),
        place=place,
        reply_to=reply_to,
    )
    async with office.desk.reading() as view:
        me = await myself(view, request)
        mine = [each for each in await view.reports(number) if me is not None and each.person == me.id]
    again = any(each.wrong is report.wrong and each.outcome is None for each in mine)
    await apply(report, request, office)
    key = "done.reported.again" if again else "done.reported.tell" if place else "done.reported"
    return told(words.say(key, number=number), Outcome.INFO)


async def close(request: Request, *, office: Office) -> Reply:
    """Say what came of a report; whoever asked to hear it is told these words."""
    words = wording(request.locale)
    number, outcome = number_in(request), request.arguments.get("outcome", "").strip()
    report = fact_number(request.arguments["report"])
    if report is None:
        raise NotANumber(request.arguments["report"])
    async with office.desk.reading() as view:
        await known(view, number)
        found = next((each for each in await view.reports(number) if each.number == report), None)
    if found is None:
        return told(words.say("refusal.no_report", number=number, report=report), Outcome.REFUSED)
    if found.outcome is not None:
        raise NothingWaits(number)
    if not outcome:
        title = words.say("form.close", number=number, report=report)
        asks = field("outcome", words, required=True, long=True)
        return asked(request, words, (asks,), title=title, fixed=("number", "report"))
    change = CloseReport(by=by(request), terms=office.terms, number=number, report=report, outcome=outcome)
    try:
        await apply(change, request, office)
    except OwnWork:
        return told(words.say("refusal.own_report", number=number), Outcome.REFUSED)
    return told(words.say("done.closed", number=number, report=report), Outcome.INFO)

"""Approve and reject: the second pair of eyes. Whoever brought something takes it back with the same word."""

from __future__ import annotations

from bot.commands.arguments import told
from bot.commands.desk.acting import LONG, NUMBER, SEEN, Seen, apply, expected, known, number_in, seen_in
from bot.commands.desk.asking import asked, reason_field
from bot.commands.desk.blanked import blanked
from bot.commands.desk.buttons import queue_choice, show_choice
from bot.commands.reply import Choices, Outcome, Reply, Text
from bot.commands.request import Request
from bot.commands.services import Office, by
from bot.commands.table import Parameter
from bot.core.desk.port import DeskReading
from bot.core.desk.refusals import NoReason
from bot.core.model.change import Approve, Decline
from bot.core.model.desk import Origin
from bot.core.model.mail import Visibility
from bot.core.model.review import Workflow
from bot.core.review import WAITING
from bot.wording import wording

APPROVE = (NUMBER, SEEN)
REJECT = (NUMBER, SEEN, Parameter(name="reason", required=False, limit=LONG))


async def approve(request: Request, *, office: Office) -> Reply:
    """Agree to what waits on a number."""
    words = wording(request.locale)
    number, seen = number_in(request), seen_in(request)
    async with office.desk.reading() as view:
        dossier = await known(view, number)
        origin = await _origin(view, number, seen)
    change = Approve(by=by(request), terms=office.terms, number=number, origin=origin, seen=seen.card)
    applied = await apply(change, request, office, expect=expected(dossier, seen))
    if applied.waits:
        return told(words.say("done.vouched", number=number), Outcome.INFO)
    of_fact = dossier.fact.workflow in WAITING or seen.card.startswith("fact")
    async with office.desk.reading() as view:
        hidden = (await known(view, number)).fact.workflow is Workflow.HIDDEN
    key = "published" if of_fact else "accepted.hidden" if hidden else "accepted"
    buttons = Choices((show_choice(number, words), queue_choice(words)))
    text = Text(words.say(f"done.{key}", number=number))
    return Reply(blocks=(text, buttons), outcome=Outcome.INFO, visibility=Visibility.PRIVATE)


async def reject(request: Request, *, office: Office) -> Reply:
    """Turn down what waits, with a reason; one's own needs none."""
    words = wording(request.locale)
    number, seen = number_in(request), seen_in(request)
    reason = request.arguments.get("reason", "").strip()
    async with office.desk.reading() as view:
        dossier = await known(view, number)
        origin = await _origin(view, number, seen)
        proposal = await view.proposal(number, origin)
    change = Decline(by=by(request), terms=office.terms, number=number, reason=reason, origin=origin, seen=seen.card)
    try:
        await apply(change, request, office, expect=expected(dossier, seen))
    except NoReason:
        return asked(request, words, (reason_field(words),), title=words.say("form.reject", number=number))
    async with office.desk.reading() as view:
        ended = [doing.verb for doing in await view.doings(number)][-1]
        blank = await blanked(view, proposal, words) if proposal is not None else ()
    of_fact = "rejected" if proposal is None else "declined"
    key = "taken_back" if ended == "taken-back" else "kept" if origin is Origin.FILES else of_fact
    text = Text(words.say(f"done.{key}", number=number))
    return Reply(blocks=(text, *blank), outcome=Outcome.INFO, visibility=Visibility.PRIVATE)


async def _origin(view: DeskReading, number: int, seen: Seen) -> Origin:
    """Whose proposal a card is about. A typed line means the desk's, or the files' where that is all that waits."""
    if seen.card:
        return Origin.FILES if seen.card.startswith(Origin.FILES.value) else Origin.DESK
    of_files = await view.proposal(number, Origin.FILES) is not None
    return Origin.FILES if of_files and await view.proposal(number, Origin.DESK) is None else Origin.DESK

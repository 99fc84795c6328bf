"""restore: an earlier revision's content becomes the next revision, by the rules of every other change."""

from __future__ import annotations

from dataclasses import replace

from bot.commands.arguments import told
from bot.commands.desk.acting import LONG, NUMBER, apply, known, number_in
from bot.commands.desk.asking import asked, reason_field
from bot.commands.desk.changed import changed_reply
from bot.commands.reply import Outcome, Reply
from bot.commands.request import Request
from bot.commands.services import Office, by
from bot.commands.table import Parameter
from bot.core.model.change import Revise
from bot.core.review import WAITING
from bot.wording import wording

PARAMETERS = (NUMBER, Parameter(name="revision"), Parameter(name="reason", required=False, limit=LONG))


async def restore(request: Request, *, office: Office) -> Reply:
    """Propose what a revision said; what says less of it holds at once."""
    words = wording(request.locale)
    number, reason = number_in(request), request.arguments.get("reason", "").strip()
    wanted = number_in(request, "revision")
    async with office.desk.reading() as view:
        dossier = await known(view, number)
        past = {entry.revision.number: entry.revision for entry in await view.history(number)}
    fact = dossier.fact
    if wanted not in past:
        said = words.say("restore.unknown", number=number, revision=wanted, last=fact.revision.number)
        return told(said, Outcome.REFUSED)
    if not reason and fact.workflow not in WAITING:
        title = words.say("form.restore", number=number, revision=wanted)
        return asked(request, words, (reason_field(words),), title=title, fixed=("number", "revision"))
    revision = replace(past[wanted], withdrawal=fact.revision.withdrawal)  # to withdraw, or not to, is another matter
    change = Revise(
        by=by(request), terms=office.terms, number=number, revision=revision, reason=reason or f"#{number}.{wanted}"
    )
    applied = await apply(change, request, office, expect={fact.slug: fact.revision.number})
    return await changed_reply(applied, dossier, office, words)

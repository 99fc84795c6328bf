"""What is said after a change: it holds, or what of it holds already while the rest waits for a second person."""

from __future__ import annotations

from bot.commands.desk.acting import known
from bot.commands.desk.buttons import choice
from bot.commands.reply import Choices, Outcome, Reply, Text
from bot.commands.services import Office
from bot.core.model.change import Applied
from bot.core.model.fact import Dossier
from bot.core.model.mail import Visibility
from bot.core.review import WAITING
from bot.wording import Wording


async def changed_reply(applied: Applied, before: Dossier, office: Office, words: Wording) -> Reply:
    """One sentence about what is shown now, and the way to look at it."""
    number = before.fact.number
    async with office.desk.reading() as view:
        after = await known(view, number)
    fact = after.fact
    less = (fact.revision, after.sources) != (before.fact.revision, before.sources)
    if fact.workflow in WAITING:
        key = "changed.waiting"
    elif not applied.waits:
        key = "changed" if fact.revision.number != before.fact.revision.number else "changed.source"
    else:
        key = "changed.blanked" if less else "changed.waits"
    said = words.say(f"done.{key}", number=number, revision=fact.revision.number)
    blocks = (Text(said), Choices((choice("open", number, words),)))
    return Reply(blocks=blocks, outcome=Outcome.INFO, visibility=Visibility.PRIVATE)

"""/about: what "on the record" means, what is kept, who runs this, and how to ask."""

from __future__ import annotations

from bot.commands.reply import Fields, Outcome, Reply
from bot.commands.request import Request
from bot.commands.services import House
from bot.commands.table import Parameter
from bot.core.model.mail import Visibility
from bot.wording import wording

PARAMETERS: tuple[Parameter, ...] = ()
_EXPLAINED = ("fact", "context", "evidence", "history", "topic", "about")


async def about(request: Request, *, house: House) -> Reply:
    """Explain the bot and this deployment of it."""
    words = wording(request.locale)
    usages = (
        words.say("about.help.command", usage=words.say(f"example.{name}"), description=words.command_description(name))
        for name in _EXPLAINED
    )
    rows = (
        (words.say("about.meaning"), words.say("about.meaning.value")),
        (words.say("about.help"), "\n".join(usages)),
        (words.say("about.mode"), words.say("about.mode.one" if house.editors == 1 else "about.mode.two")),
        (words.say("about.kept"), words.say("about.kept.value")),
        (words.say("about.privacy"), words.say("about.privacy.value")),
        (words.say("about.contact"), house.contact or words.say("about.contact.none")),
        (words.say("about.version"), house.version),
    )
    return Reply(
        blocks=(Fields(title=words.say("about.title"), rows=rows),),
        outcome=Outcome.INFO,
        visibility=Visibility.PRIVATE,
    )

"""/about: what "on the record" means, what is kept, who runs this, and how to ask."""

from __future__ import annotations

from bot.commands.reply import Choice, Choices, Fields, Link, Outcome, Reply
from bot.commands.request import Request, Right
from bot.commands.services import House, Office
from bot.commands.table import Parameter
from bot.core.model.mail import Visibility
from bot.wording import Wording, wording

PARAMETERS: tuple[Parameter, ...] = ()
_TYPED = ("fact", "more", "find", "context", "evidence", "history", "topic", "timeline", "corrections", "about")
_ALONE = ("find",)  # typed where nobody else listens
_BUTTONS = ("context", "evidence", "history")


async def about(request: Request, *, house: House, office: Office | None = None) -> Reply:
    """Explain the bot and this deployment of it."""
    words = wording(request.locale)
    rows = (
        (words.say("about.meaning"), words.say("about.meaning.value")),
        (words.say("about.help"), _help(request, words)),
        (words.say("about.mode"), words.say("about.mode.one" if house.editors == 1 else "about.mode.two")),
        (words.say("about.kept"), words.say("about.kept.value")),
        (words.say("about.privacy"), words.say("about.privacy.value")),
        (words.say("about.contact"), _contact(house.contact) or words.say("about.contact.none")),
        (words.say("about.version"), house.version),
    )
    fields = Fields(title=words.say("about.title"), rows=rows)
    choices: tuple[Choice, ...] = ()
    if office is not None:
        choices = (Choice(label=words.say("button.corrections"), line="corrections", short="corrections"),)
    if office is not None and office.open:
        choices += (Choice(label=words.say("button.mydata"), line="mydata", short="mydata"),)
        if Right.SUGGEST in request.caller.rights:
            choices += (Choice(label=words.say("button.mine"), line="mine", short="mine"),)
    return Reply(
        blocks=(fields, Choices(choices)) if choices else (fields,),
        outcome=Outcome.INFO,
        visibility=Visibility.PRIVATE,
    )


def _contact(line: str) -> str | Link:
    return Link(line) if line.startswith(("https://", "http://")) and len(line.split()) == 1 else line


def _help(request: Request, words: Wording) -> str:
    """What can be typed; where buttons do the rest, what they are for."""
    if request.place.platform == "console" or request.mark:
        names = (name for name in _TYPED if name not in (_ALONE if request.mark else ()))
        return "\n".join(_usage(request.mark + words.say(f"example.{name}"), name, words) for name in names)
    asked = f"/{words.command_name('fact')} {words.say('example.query')}"
    slash = (_usage(asked, "fact", words), _usage(f"/{words.command_name('about')}", "about", words))
    buttons = (_usage(words.say(f"button.{name}"), name, words) for name in _BUTTONS)
    return "\n".join((*slash, words.say("about.help.buttons"), *buttons))


def _usage(usage: str, command: str, words: Wording) -> str:
    return words.say("about.help.command", usage=usage, description=words.command_description(command))

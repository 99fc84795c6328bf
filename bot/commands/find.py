"""find: what is on record about a message, as labels, for nobody but the person who asked."""

from __future__ import annotations

from bot.commands.arguments import told
from bot.commands.reply import Choice, Choices, FactList, Outcome, Reply
from bot.commands.request import Request
from bot.commands.services import Finder
from bot.commands.table import Parameter
from bot.core.model.finding import Found, Listed, NothingFound, WhichOne
from bot.core.model.mail import Visibility
from bot.core.ports import Facts
from bot.wording import wording

PARAMETERS = (Parameter(name="text"),)
_MOST = 10  # labels; a message that touches more is too broad to list


async def find(request: Request, *, finder: Finder, facts: Facts) -> Reply:
    """Look for facts that the message speaks of."""
    words = wording(request.locale)
    title = "find.title"
    match await finder.find(request.arguments["text"], message=True):
        case NothingFound(complete=complete):
            key, outcome = ("find.nothing", Outcome.NOTHING) if complete else ("find.incomplete", Outcome.INCOMPLETE)
            return told(words.say(key), outcome)
        case WhichOne(options=options):
            listed = options[:_MOST]
        case Found() as found:
            title = "find.differs" if found.differs else title
            numbers = (found.dossier.fact.number, *found.more)[:_MOST]
            async with facts.reading() as view:
                dossiers = await view.dossiers(numbers)
            listed = tuple(
                Listed(number=dossier.fact.number, label=dossier.fact.revision.label) for dossier in dossiers
            )
    return list_reply(words.say(title), listed)


def list_reply(title: str, listed: tuple[Listed, ...]) -> Reply:
    """Labels with what to choose for each; the pick is an answer of its own."""
    items = tuple((item.number, item.label) for item in listed)
    choices = tuple(Choice(label=f"#{number} {label}", line=f"fact #{number}") for number, label in items)
    return Reply(
        blocks=(FactList(title=title, items=items), Choices(choices)),
        outcome=Outcome.FOUND,
        visibility=Visibility.PRIVATE,
    )

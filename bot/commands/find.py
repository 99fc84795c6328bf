"""find: what is on record about a message, as labels, for nobody but the person who asked."""

from __future__ import annotations

from bot.commands.arguments import one_line, told
from bot.commands.reply import FactList, Outcome, Reply
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


def list_reply(title: str, listed: tuple[Listed, ...], outcome: Outcome = Outcome.FOUND) -> Reply:
    """Labels to choose from, for the person who asked; the pick is an answer of its own."""
    items = tuple((item.number, one_line(item.label)) for item in listed)
    return Reply(blocks=(FactList(title=title, items=items),), outcome=outcome, visibility=Visibility.PRIVATE)

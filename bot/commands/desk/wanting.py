"""ask: passes a question that nothing answered on to the moderators, without who asked."""

from __future__ import annotations

import re

from bot.commands.arguments import QUERY_LIMIT, echo
from bot.commands.cooldown import Doing
from bot.commands.desk.missing import asked_as
from bot.commands.reply import Choice, Choices, Outcome, Reply, Text
from bot.commands.request import Request
from bot.commands.services import Office
from bot.commands.table import Parameter
from bot.core.model.mail import Visibility
from bot.wording import wording

PARAMETERS = (Parameter(name="query", limit=QUERY_LIMIT, plain=re.compile("(?!)")),)


async def ask(request: Request, *, office: Office) -> Reply:
    """Keep the words of the question for those who may find an answer."""
    words = wording(request.locale)
    if (wait := office.cooldowns.refusal(Doing.REPORT, request, office.clock.now())) is not None:
        return wait
    query = asked_as(request.arguments["query"])
    await office.desk.missed(query, wanted=True)
    add = Choice(label=words.say("button.suggest"), line="suggest", short="suggest")
    blocks = (Text(words.say("done.asked", query=echo(query))), Choices((add,)))
    return Reply(blocks=blocks, outcome=Outcome.INFO, visibility=Visibility.PRIVATE)

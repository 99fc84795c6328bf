"""The table of commands: what there is, what each takes, where it is offered."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from bot.commands.about import PARAMETERS as ABOUT
from bot.commands.about import about
from bot.commands.context import PARAMETERS as CONTEXT
from bot.commands.context import context
from bot.commands.evidence import PARAMETERS as EVIDENCE
from bot.commands.evidence import evidence
from bot.commands.fact import PARAMETERS as FACT
from bot.commands.fact import fact
from bot.commands.find import PARAMETERS as FIND
from bot.commands.find import find
from bot.commands.history import PARAMETERS as HISTORY
from bot.commands.history import history
from bot.commands.more import PARAMETERS as MORE
from bot.commands.more import more
from bot.commands.services import Finder, House
from bot.commands.table import Command, Parameter
from bot.commands.topic import PARAMETERS as TOPIC
from bot.commands.topic import topic
from bot.core.ports import Facts

PARAMETERS: Mapping[str, tuple[Parameter, ...]] = {
    "fact": FACT,
    "about": ABOUT,
    "context": CONTEXT,
    "evidence": EVIDENCE,
    "history": HISTORY,
    "more": MORE,
    "topic": TOPIC,
    "find": FIND,
}


def table_of(*, finder: Finder, facts: Facts, house: House) -> tuple[Command, ...]:
    """Every command, ready to run."""
    return (
        Command(name="fact", parameters=FACT, slash=True, run=partial(fact, finder=finder, facts=facts)),
        Command(name="about", parameters=ABOUT, slash=True, private=True, run=partial(about, house=house)),
        Command(name="context", parameters=CONTEXT, private=True, run=partial(context, facts=facts)),
        Command(name="evidence", parameters=EVIDENCE, private=True, run=partial(evidence, facts=facts)),
        Command(name="history", parameters=HISTORY, private=True, run=partial(history, facts=facts)),
        Command(name="more", parameters=MORE, pages=True, run=partial(more, finder=finder, facts=facts)),
        Command(name="topic", parameters=TOPIC, private=True, run=partial(topic, facts=facts)),
        Command(
            name="find", parameters=FIND, message=True, private=True, run=partial(find, finder=finder, facts=facts)
        ),
    )

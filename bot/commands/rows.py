"""The table of commands: what there is, what each takes, where it is offered."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from bot.commands import about, context, corrections, evidence, fact, find, follow, history, more, timeline, topic
from bot.commands.desk import rows as desk
from bot.commands.request import Right
from bot.commands.services import Charts, Finder, House, Office
from bot.commands.table import Command, Parameter
from bot.core.ports import Facts

_READERS: Mapping[str, tuple[Parameter, ...]] = {
    "fact": fact.PARAMETERS,
    "about": about.PARAMETERS,
    "context": context.PARAMETERS,
    "evidence": evidence.PARAMETERS,
    "history": history.PARAMETERS,
    "more": more.PARAMETERS,
    "topic": topic.PARAMETERS,
    "timeline": timeline.PARAMETERS,
    "corrections": corrections.PARAMETERS,
    "find": find.PARAMETERS,
    "follow": follow.PARAMETERS,
}
READERS = tuple(_READERS)  # the commands of everybody, before those of the desk
PARAMETERS: Mapping[str, tuple[Parameter, ...]] = {**_READERS, **desk.PARAMETERS}

GROUPS: Mapping[str, str] = {desk.GROUP: "queue"}  # words that may lead a command, and what they mean alone
FIELDS = frozenset(desk.FIELDS)  # words that may follow a number: "17 said 2024-11-14"


def table_of(
    *, finder: Finder, facts: Facts, house: House, office: Office | None = None, charts: Charts | None = None
) -> tuple[Command, ...]:
    """Every command, ready to run. Without an office, those of the desk say that there is none; without charts, a
    line over time is text alone."""
    return (
        Command(
            name="fact",
            parameters=fact.PARAMETERS,
            slash=True,
            run=partial(fact.fact, finder=finder, facts=facts, office=office),
        ),
        Command(
            name="about",
            parameters=about.PARAMETERS,
            slash=True,
            private=True,
            run=partial(about.about, house=house, office=office),
        ),
        Command(name="context", parameters=context.PARAMETERS, private=True, run=partial(context.context, facts=facts)),
        Command(
            name="evidence", parameters=evidence.PARAMETERS, private=True, run=partial(evidence.evidence, facts=facts)
        ),
        Command(name="history", parameters=history.PARAMETERS, private=True, run=partial(history.history, facts=facts)),
        Command(
            name="more",
            parameters=more.PARAMETERS,
            pages=True,
            run=partial(more.more, finder=finder, facts=facts, office=office),
        ),
        Command(name="topic", parameters=topic.PARAMETERS, private=True, run=partial(topic.topic, facts=facts)),
        Command(
            name="timeline",
            parameters=timeline.PARAMETERS,
            private=True,
            run=partial(timeline.timeline, finder=finder, facts=facts, charts=charts),
        ),
        Command(
            name="corrections",
            parameters=corrections.PARAMETERS,
            private=True,
            run=partial(corrections.corrections, office=office),
        ),
        Command(
            name="find",
            parameters=find.PARAMETERS,
            message=True,
            private=True,
            run=partial(find.find, finder=finder, facts=facts),
        ),
        Command(
            name="follow",
            parameters=follow.PARAMETERS,
            slash=True,
            right=Right.MANAGE,
            private=True,
            run=partial(follow.follow, office=office),
        ),
        *desk.commands(office),
    )

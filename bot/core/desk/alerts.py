"""What every reviewer is told of when it happens: haste, floods of approvals, and always the same two people."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta

from bot.core.decision import OnFile
from bot.core.desk import notices
from bot.core.desk.authorship import writers_of
from bot.core.model.desk import Notice, Person, Terms
from bot.core.model.fact import Fact

HASTE = timedelta(seconds=20)  # nobody reads a quote, its context and its source in less
MOST_AN_HOUR = 20  # approvals by one person
ACTIVE = timedelta(days=30)  # who approved something since then is an active editor
ENOUGH = 4  # active editors from which on two of them need not always meet
LOOKED_AT = 10  # last approvals of a person
SAME = 9  # of them, with the same author


def alerts(
    fact: Fact,
    person: Person,
    first: Collection[str],
    since: datetime | None,
    on_file: OnFile,
    terms: Terms,
    now: datetime,
) -> tuple[Notice, ...]:
    """What this approval, by `person` of something that `first` brought, gives reason to look at."""
    found: list[tuple[str, str]] = []  # what, key
    if since is not None and now - since < HASTE:
        found.append(("haste", f"{fact.number}/{notices.stamp(now)}"))
    approvals = on_file.approvals(now - ACTIVE)
    own = [(number, doing) for number, doing in approvals if doing.person == person.id]
    if sum(doing.at > now - timedelta(hours=1) for _, doing in own) + 1 > MOST_AN_HOUR:
        found.append(("flood", f"{person.id}/{now:%Y%m%d%H}"))
    if len({doing.person for _, doing in approvals} | {person.id}) >= ENOUGH:
        last = own[-(LOOKED_AT - 1) :]
        met = [set(writers_of(on_file.doings(number)).values()) for number, _ in last]
        if len(met) == LOOKED_AT - 1 and any(sum(each in pair for pair in met) + 1 >= SAME for each in first):
            found.append(("pair", f"{person.id}/{now:%Y%m%d}"))
    return tuple(
        notice for what, key in found for notice in notices.alert(what, key, terms, fact=fact.number, person=person.id)
    )

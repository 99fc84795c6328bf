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
    own_only = bool(first) and set(first) <= {person.id}  # where one editor is enough, nobody is there to be hasty with
    if since is not None and now - since < HASTE and not own_only:
        found.append(("haste", f"{fact.number}/{notices.stamp(now)}"))
    approvals = on_file.approvals(now - ACTIVE)
    # Whoever came with two accounts is one person, also for what was done before they were joined.
    who = {each: on_file.somebody(each).id for each in {doing.person for _, doing in approvals} if each is not None}
    own = [(number, doing) for number, doing in approvals if who.get(doing.person or "") == person.id]
    if sum(doing.at > now - timedelta(hours=1) for _, doing in own) + 1 > MOST_AN_HOUR:
        found.append(("flood", f"{person.id}/{now:%Y%m%d%H}"))
    if len({*who.values(), person.id}) >= ENOUGH and _same_pair([number for number, _ in own], first, on_file):
        found.append(("pair", f"{person.id}/{now:%Y%m%d}"))
    return tuple(
        notice for what, key in found for notice in notices.alert(what, key, terms, fact=fact.number, person=person.id)
    )


def _same_pair(approved: list[int], first: Collection[str], on_file: OnFile) -> bool:
    """Whether one of `first` stands behind nearly all of the last approvals, this one among them."""
    last = approved[-(LOOKED_AT - 1) :]
    if len(last) < LOOKED_AT - 1:
        return False
    met = [{on_file.somebody(each).id for each in writers_of(on_file.doings(number)).values()} for number in last]
    authors = {on_file.somebody(each).id for each in first if each}
    return any(sum(author in writers for writers in met) + 1 >= SAME for author in authors)

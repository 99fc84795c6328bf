"""What gives all reviewers reason to look: each alert just inside and just outside of its edge."""

from __future__ import annotations

from datetime import timedelta
from itertools import count

import pytest

from bot.core.desk.alerts import ACTIVE, ENOUGH, HASTE, LOOKED_AT, MOST_AN_HOUR, SAME
from bot.core.model.change import Approve, HideAll, OfferLink, TakeLink
from bot.core.model.desk import By, NoticeKind, Terms
from bot.core.model.mail import Place
from bot.core.payloads import notice_of
from bot.store.memory import MemoryStore
from tests.builders import NOON, CountingIds, StoppedClock
from tests.contracts.stores.desk import ADA, ADA_ON_MATRIX, BO, CY, MIA, REVIEW, TERMS, do, suggested
from tests.store.simple import simple_index

ELSEWHERE = Place(platform="discord", id="second")
SLOWLY = HASTE + timedelta(minutes=4)  # twelve an hour
_texts = count(1)


@pytest.fixture
def clock() -> StoppedClock:
    return StoppedClock(NOON)


@pytest.fixture
def store(clock: StoppedClock) -> MemoryStore:
    return MemoryStore(index=simple_index, clock=clock, ids=CountingIds())


def somebody(number: int) -> By:
    return By(platform="discord", account=f"7{number:02d}", editor=True)


async def approved(
    store: MemoryStore,
    clock: StoppedClock,
    by: By,
    author: By = MIA,
    *,
    after: timedelta = SLOWLY,
    terms: Terms = TERMS,
) -> int:
    """One suggestion that is approved after some time."""
    words = f"We have planted {next(_texts)} trees"
    number = await suggested(
        store,
        author,
        terms=terms,
        slug=words.replace(" ", "-").lower(),
        text=words,
        passage=f'The mayor spoke. "{words}," Ada Muster said.',
    )
    clock.time += after
    await do(store, Approve(by=by, terms=terms, number=number))
    return number


async def alerts(store: MemoryStore) -> list[str]:
    """What the alerts in the outbox are about, drained."""
    found = []
    while jobs := await store.lease("discord", limit=100, ttl=60):
        for job in jobs:
            notice = notice_of(job.payload)
            assert notice is not None
            if notice.kind is NoticeKind.ALERT:
                found.append(notice.data["what"])
            await store.done(job, None)
    return found


# -- haste


async def test_nobody_reads_a_quote_in_less_than_twenty_seconds(store: MemoryStore, clock: StoppedClock) -> None:
    await approved(store, clock, ADA, after=HASTE - timedelta(microseconds=1))
    assert await alerts(store) == ["haste"]
    await approved(store, clock, ADA, after=HASTE)
    assert await alerts(store) == []


async def test_each_hasty_approval_is_told_in_every_review_place(store: MemoryStore, clock: StoppedClock) -> None:
    both = Terms(editors=2, review=(REVIEW, ELSEWHERE))
    for _ in range(2):
        await approved(store, clock, ADA, after=timedelta(seconds=1), terms=both)
    assert await alerts(store) == ["haste"] * 4


async def test_where_one_editor_is_enough_ones_own_work_is_no_haste(store: MemoryStore, clock: StoppedClock) -> None:
    alone = Terms(editors=1, review=(REVIEW,))
    await approved(store, clock, ADA, ADA, after=timedelta(0), terms=alone)
    assert await alerts(store) == []
    await approved(store, clock, ADA, MIA, after=timedelta(0), terms=alone)
    assert await alerts(store) == ["haste"]


# -- too many


async def test_the_twenty_first_approval_within_an_hour_is_told_once_an_hour(
    store: MemoryStore, clock: StoppedClock
) -> None:
    clock.time = NOON.replace(minute=0)
    for _ in range(MOST_AN_HOUR):
        await approved(store, clock, ADA, after=HASTE)
    assert await alerts(store) == []
    for _ in range(3):
        await approved(store, clock, ADA, after=HASTE)
    assert await alerts(store) == ["flood"]
    await approved(store, clock, BO, after=HASTE)  # counted for each person
    assert await alerts(store) == []


async def test_approvals_of_an_hour_ago_no_longer_count(store: MemoryStore, clock: StoppedClock) -> None:
    for _ in range(MOST_AN_HOUR):
        await approved(store, clock, ADA, after=HASTE)
    clock.time += timedelta(hours=1)
    await approved(store, clock, ADA)
    assert await alerts(store) == []


async def test_two_accounts_of_one_person_are_counted_together(store: MemoryStore, clock: StoppedClock) -> None:
    other = By(platform="matrix", account="@mia:example.org", editor=False)
    for _ in range(MOST_AN_HOUR // 2):
        await approved(store, clock, ADA, after=HASTE)
    for _ in range(MOST_AN_HOUR // 2):
        await approved(store, clock, ADA_ON_MATRIX, other, after=HASTE)
    await do(store, OfferLink(by=ADA, terms=TERMS, code_sha256="a" * 64))
    await do(store, TakeLink(by=ADA_ON_MATRIX, terms=TERMS, code_sha256="a" * 64))
    assert await alerts(store) == []
    await approved(store, clock, ADA, after=HASTE)
    assert await alerts(store) == ["flood"]


# -- always the same two


async def a_team(store: MemoryStore, clock: StoppedClock, size: int) -> None:
    """So many editors besides Ada have approved something lately."""
    for number in range(size):
        await approved(store, clock, somebody(number), CY)
    await alerts(store)


async def test_the_same_pair_is_told_once_a_day(store: MemoryStore, clock: StoppedClock) -> None:
    await a_team(store, clock, ENOUGH - 1)
    for _ in range(LOOKED_AT - 1):
        await approved(store, clock, ADA, BO)
    assert await alerts(store) == []
    for _ in range(2):
        await approved(store, clock, ADA, BO)
    assert await alerts(store) == ["pair"]
    clock.time += timedelta(days=1)
    await approved(store, clock, ADA, BO)
    assert await alerts(store) == ["pair"]


async def test_with_fewer_than_four_active_editors_two_have_to_meet(store: MemoryStore, clock: StoppedClock) -> None:
    await a_team(store, clock, ENOUGH - 2)
    for _ in range(LOOKED_AT + 2):
        await approved(store, clock, ADA, BO)
    assert await alerts(store) == []


async def test_an_editor_of_a_month_ago_is_not_active(store: MemoryStore, clock: StoppedClock) -> None:
    await a_team(store, clock, ENOUGH - 1)
    clock.time += ACTIVE
    for _ in range(LOOKED_AT + 2):
        await approved(store, clock, ADA, BO)
    assert await alerts(store) == []


async def test_two_accounts_of_one_person_make_no_team(store: MemoryStore, clock: StoppedClock) -> None:
    await a_team(store, clock, ENOUGH - 2)
    other = By(platform="matrix", account="@mia:example.org", editor=False)
    also_ada = By(platform="matrix", account="@ada2:example.org", editor=True)
    await approved(store, clock, also_ada, other)
    await do(store, OfferLink(by=ADA, terms=TERMS, code_sha256="a" * 64))
    await do(store, TakeLink(by=also_ada, terms=TERMS, code_sha256="a" * 64))
    for _ in range(LOOKED_AT + 2):
        await approved(store, clock, ADA, BO)
    assert await alerts(store) == []


@pytest.mark.parametrize(("others", "told"), [(LOOKED_AT - SAME, True), (LOOKED_AT - SAME + 1, False)])
async def test_nearly_always_is_always(store: MemoryStore, clock: StoppedClock, others: int, told: bool) -> None:
    await a_team(store, clock, ENOUGH - 1)
    for author in [MIA] * others + [BO] * (LOOKED_AT - others):
        await approved(store, clock, ADA, author)
    assert (await alerts(store) == ["pair"]) is told


# -- all at once


async def test_hiding_everything_of_somebody_is_told(store: MemoryStore, clock: StoppedClock) -> None:
    await approved(store, clock, ADA, BO)
    async with store.reading() as reading:
        bo = await reading.person(BO)
    assert bo is not None
    assert await alerts(store) == []
    await do(store, HideAll(by=CY, terms=TERMS, person=bo.id, since=NOON, reason="forged"))
    assert await alerts(store) == ["batch"]

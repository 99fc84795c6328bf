"""What readers see change is posted where it is followed. On every store."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.core.desk.following import FAILURES, MOST_OF_PLACE
from bot.core.desk.refusals import NotFollowed, TooManyFollows, UnknownSubject
from bot.core.model.change import (
    Hide,
    MovePlace,
    Reached,
    StopFollow,
)
from bot.core.model.desk import NoticeKind
from bot.core.model.fact import Kind
from bot.core.model.news import Became, Pace, Subject
from bot.core.news import SHIFTING
from tests.builders import StoppedClock
from tests.contracts.stores.conftest import Store
from tests.contracts.stores.desk import ADA, BO, CY, TERMS, do, names, published
from tests.contracts.stores.news import HERE, THERE, followed, follows, hide, mend, one_more, show_again, shown, waiting


@pytest.mark.parametrize(
    ("subject", "target", "wanted"),
    [
        (Subject.EVERYTHING, "", True),
        (Subject.TOPIC, "testwick-trees", True),
        (Subject.SPEAKER, "ada-muster", True),
        (Subject.SPEAKER, "testwick", False),
    ],
)
async def test_what_is_published_is_news_where_it_is_followed(
    store: Store, subject: Subject, target: str, wanted: bool
) -> None:
    await names(store)
    await follows(store, subject=subject, target=target)

    number = await published(store)

    found = await waiting(store, NoticeKind.NEWS)
    assert [(notice.fact, notice.data["became"]) for notice in found] == [(number, Became.PUBLISHED)] * wanted


async def test_two_follows_of_one_place_make_one_post(store: Store) -> None:
    await names(store)
    await follows(store)
    await follows(store, subject=Subject.TOPIC, target="testwick-trees")
    await follows(store, place=THERE, subject=Subject.SPEAKER, target="ada-muster")

    await published(store)

    assert sorted(notice.place.id for notice in await waiting(store, NoticeKind.NEWS)) == ["here", "there"]


async def test_more_than_so_many_an_hour_wait_and_hold_nobody_up(store: Store, clock: StoppedClock) -> None:
    await follows(store)
    numbers = [await one_more(store, trees) for trees in range(1, TERMS.hourly + 6)]
    number = numbers[-1]
    assert len(await waiting(store, NoticeKind.NEWS)) == TERMS.hourly
    await shown(store, number)
    await hide(store, number)
    assert len(await waiting(store, NoticeKind.CORRECTION)) == 1
    clock.time += timedelta(minutes=59)
    assert await waiting(store, NoticeKind.NEWS) == []
    clock.time += timedelta(minutes=2)
    assert [notice.fact for notice in await waiting(store, NoticeKind.NEWS)] == [
        number - 4,
        number - 3,
        number - 2,
        number - 1,
        number,
    ]


async def test_daily_news_are_one_post(store: Store, clock: StoppedClock) -> None:
    await follows(store, pace=Pace.DAILY)

    await published(store)
    await one_more(store, 7)

    assert await waiting(store, NoticeKind.DIGEST) == []
    clock.time += timedelta(days=1)
    (notice,) = await waiting(store, NoticeKind.DIGEST)
    assert (notice.data["since"], notice.data["until"]) == ("2026-11-23T08:00:00+00:00", "2026-11-24T08:00:00+00:00")


async def test_a_correction_is_news_where_the_post_is_older_than_a_day(store: Store, clock: StoppedClock) -> None:
    await follows(store)
    number = await published(store)
    await waiting(store)
    clock.time += timedelta(hours=2)
    await mend(store, number)
    assert await waiting(store, NoticeKind.NEWS) == []

    clock.time += timedelta(days=2)
    await hide(store, number)

    (notice,) = await waiting(store, NoticeKind.NEWS)
    assert notice.data["became"] == Became.HIDDEN


async def test_a_place_that_never_got_the_fact_gets_its_correction(store: Store) -> None:
    number = await published(store)
    await follows(store)

    await mend(store, number)

    (notice,) = await waiting(store, NoticeKind.NEWS)
    assert notice.data["became"] == Became.CORRECTED


async def test_corrections_go_before_news(store: Store) -> None:
    await follows(store)
    number = await published(store)
    await shown(store, number)
    await one_more(store, 7)
    await hide(store, number)

    kinds = [notice.kind for notice in await waiting(store, NoticeKind.CORRECTION, NoticeKind.NEWS)]

    assert kinds == [NoticeKind.CORRECTION, NoticeKind.NEWS, NoticeKind.NEWS]


async def test_the_same_follow_twice_is_one(store: Store) -> None:
    await follows(store)
    await follows(store, pace=Pace.DAILY)

    (follow,) = await followed(store)

    assert (follow.number, follow.pace) == (1, Pace.DAILY)


async def test_what_is_not_on_record_is_not_followed(store: Store) -> None:
    with pytest.raises(UnknownSubject):
        await follows(store, subject=Subject.TOPIC, target="nothing")
    with pytest.raises(NotFollowed):
        await do(store, StopFollow(by=ADA, terms=TERMS, place=HERE, number=1))
    await follows(store, place=THERE)
    with pytest.raises(NotFollowed):
        await do(store, StopFollow(by=ADA, terms=TERMS, place=HERE, number=1))


async def test_nobody_follows_without_end(store: Store) -> None:
    for number in range(100):
        await follows(store, place=replace(HERE, id=f"channel {number}"))

    with pytest.raises(TooManyFollows):
        await follows(store, place=THERE)
    assert len(await followed(store)) == 100
    assert MOST_OF_PLACE < 100


async def test_three_refusals_in_a_row_pause_what_is_followed_there(store: Store) -> None:
    await follows(store)
    for taken in (False, False, True, *[False] * FAILURES):
        assert not any(follow.paused for follow in await followed(store))
        await do(store, Reached(place=HERE, taken=taken, terms=TERMS))

    assert all(follow.paused for follow in await followed(store))
    (alert,) = await waiting(store, NoticeKind.ALERT)
    assert (alert.data["what"], alert.data["place"]) == ("paused", "here")
    await published(store)
    assert await waiting(store, NoticeKind.NEWS) == []
    await follows(store)
    assert not any(follow.paused for follow in await followed(store))


async def test_what_a_room_follows_moves_with_it(store: Store) -> None:
    await names(store)
    await follows(store)
    await follows(store, subject=Subject.SPEAKER, target="ada-muster")
    await follows(store, place=THERE)

    await do(store, MovePlace(old=HERE, new=THERE))

    found = sorted((follow.place.id, follow.subject) for follow in await followed(store))
    assert found == [("there", Subject.EVERYTHING), ("there", Subject.SPEAKER)]


async def test_stopped_is_stopped(store: Store) -> None:
    await follows(store)
    await do(store, StopFollow(by=BO, terms=TERMS, place=HERE, number=1))

    await published(store)

    assert await waiting(store, NoticeKind.NEWS) == []


async def test_facts_that_stirred_come_by_the_newest_line_first(store: Store) -> None:
    one = await published(store, ADA, BO)
    two = await published(store, ADA, BO, slug="two", text="on Saturday", kind=Kind.INDIRECT)
    await do(store, Hide(by=CY, terms=TERMS, number=one, reason="contested"))
    async with store.reading() as view:
        assert await view.stirred(limit=9, verbs=SHIFTING) == (one, two, one)
        assert await view.stirred(limit=1, verbs=SHIFTING) == (one,)
        assert await view.stirred(limit=0, verbs=SHIFTING) == ()


async def test_a_post_that_found_nothing_to_say_has_told_nobody(store: Store, clock: StoppedClock) -> None:
    await follows(store)
    number = await published(store)
    await hide(store, number)
    for job in await store.lease("discord", limit=9, ttl=60):
        await store.done(job, None)
    clock.time += timedelta(hours=1)

    await show_again(store, number)

    assert [notice.data["became"] for notice in await waiting(store, NoticeKind.NEWS)] == [Became.SHOWN_AGAIN]


async def test_a_list_that_names_a_fact_has_told_of_it(store: Store, clock: StoppedClock) -> None:
    number = await published(store)
    await follows(store)
    await shown(store, number, listed=True)
    clock.time += timedelta(hours=1)

    await mend(store, number)

    kinds = [notice.kind for notice in await waiting(store, NoticeKind.CORRECTION, NoticeKind.NEWS)]
    assert kinds == [NoticeKind.CORRECTION]


async def test_whoever_followed_what_was_wrong_hears_of_the_correction(store: Store) -> None:
    number = await published(store)
    await follows(store, subject=Subject.SPEAKER, target="ada-muster")

    await mend(store, number)  # nobody is named from now on

    assert [notice.fact for notice in await waiting(store, NoticeKind.NEWS)] == [number]


async def test_the_same_follow_twice_goes_on_from_the_first(store: Store, clock: StoppedClock) -> None:
    await follows(store)
    begun = (await followed(store))[0].at
    clock.time += timedelta(hours=1)
    await follows(store, pace=Pace.DAILY)
    assert [follow.at for follow in await followed(store)] == [begun]

    for _ in range(FAILURES):
        await do(store, Reached(place=HERE, taken=False, terms=TERMS))
    await follows(store)
    assert [follow.at for follow in await followed(store)] == [clock.time]  # nothing was posted meanwhile


async def test_places_that_are_left_alone_do_not_count_for_whoever_set_them_up(store: Store) -> None:
    for number in range(100):
        await follows(store, place=replace(HERE, id=f"channel {number}"))
    for _ in range(FAILURES):
        await do(store, Reached(place=replace(HERE, id="channel 7"), taken=False, terms=TERMS))

    await follows(store, place=THERE)
    with pytest.raises(TooManyFollows):
        await follows(store, place=replace(HERE, id="channel 7"))


async def test_what_went_under_a_clock_that_was_ahead_holds_nothing_up(store: Store, clock: StoppedClock) -> None:
    await follows(store)
    clock.time += timedelta(days=30)
    for trees in range(TERMS.hourly):
        await one_more(store, trees)
    assert len(await waiting(store, NoticeKind.NEWS)) == TERMS.hourly
    clock.time -= timedelta(days=30)

    await one_more(store, 77)
    clock.time += timedelta(hours=1)

    assert len(await waiting(store, NoticeKind.NEWS)) == 1


async def test_what_waits_under_a_clock_that_was_ahead_waits_no_longer_than_it_had_to(
    store: Store, clock: StoppedClock
) -> None:
    await follows(store)
    clock.time += timedelta(days=30)
    for trees in range(TERMS.hourly + 1):
        await one_more(store, trees)
    (first, *_) = await store.lease("discord", limit=1, ttl=60)
    await store.later(first, at=clock.time + timedelta(minutes=5), why="busy")
    clock.time -= timedelta(days=30)
    assert await waiting(store, NoticeKind.NEWS) == []

    await store.turned_back("discord")

    assert len(await waiting(store, NoticeKind.NEWS)) == TERMS.hourly
    clock.time += timedelta(hours=1)
    assert len(await waiting(store, NoticeKind.NEWS)) == 1

"""What readers see change is posted: to the messages that show it, and to the places that follow it. On every store."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.core.desk.following import FAILURES, MOST_OF_PLACE
from bot.core.desk.refusals import NotFollowed, TooManyFollows, UnknownSubject
from bot.core.model.change import (
    Approve,
    BringBack,
    Hide,
    MovePlace,
    Reached,
    Revise,
    StartFollow,
    StopFollow,
    Withdraw,
)
from bot.core.model.desk import Notice, NoticeKind
from bot.core.model.fact import Said
from bot.core.model.mail import Delivery, InstallType, MessageRef, Place, Visibility
from bot.core.model.news import Became, Follow, Pace, Subject
from bot.core.model.review import Withdrawal, WithdrawalReason
from bot.core.news import STONE
from bot.core.payloads import notice_of
from tests.builders import NOON, StoppedClock
from tests.contracts.stores.conftest import Store
from tests.contracts.stores.desk import ADA, BO, REVIEW, TERMS, do, names, published, the_fact

HERE = Place(platform="discord", id="here", guild="guild")
THERE = Place(platform="discord", id="there", guild="guild")
ROOM = Place(platform="matrix", id="!room:example.org")


async def shown(store: Store, number: int, message: str = "m1", place: Place = HERE, **changes: object) -> Delivery:
    """An answer that shows the fact as it is now."""
    fact = await the_fact(store, number)
    delivery = replace(
        Delivery(
            ref=MessageRef(place=place, message=message),
            shown=((number, fact.revision.number),),
            locale="en",
            install=InstallType.MEMBER,
            visibility=Visibility.PUBLIC,
            at=NOON,
        ),
        **changes,  # type: ignore[arg-type]
    )
    await store.record(delivery)
    return delivery


async def follows(store: Store, place: Place = HERE, **changes: object) -> None:
    values: dict[str, object] = {"subject": Subject.EVERYTHING, "target": "", "terms": TERMS}
    await do(store, StartFollow(by=ADA, place=place, **values | changes))  # type: ignore[arg-type]


async def followed(store: Store) -> tuple[Follow, ...]:
    async with store.reading() as view:
        return await view.follows()


async def waiting(store: Store, *kinds: NoticeKind, platform: str = "discord") -> list[Notice]:
    """What waits, drained in the order in which it would be sent."""
    found = []
    while jobs := await store.lease(platform, limit=100, ttl=60):
        for job in jobs:
            notice = notice_of(job.payload)
            assert notice is not None
            found.append(notice)
            await store.done(job, MessageRef(place=notice.place, message=f"post {job.id}"))
    return [notice for notice in found if not kinds or notice.kind in kinds]


async def one_more(store: Store, trees: int) -> int:
    """Another fact that two people have shown."""
    words = f"We have planted {trees} birches"
    passage = f'The mayor spoke. "{words}," Ada Muster said.'
    return await published(store, slug=f"birches-{trees}", text=words, passage=passage, label=f"{trees} birches")


async def mend(store: Store, number: int, *, reason: str = "the caption has it") -> None:
    """Say less at once: readers see another speaker's line from now on."""
    revision = (await the_fact(store, number)).revision
    await do(store, Revise(by=ADA, terms=TERMS, number=number, revision=replace(revision, speaker=None), reason=reason))


async def hide(store: Store, number: int) -> None:
    await do(store, Hide(by=ADA, terms=TERMS, number=number, reason="contested"))


async def test_a_correction_goes_to_every_message_that_shows_the_fact(store: Store) -> None:
    number, other = await published(store), await one_more(store, 7)
    await shown(store, number)
    await shown(store, number, "m2", ROOM)
    await shown(store, other, "m3")
    await waiting(store)

    await mend(store, number)

    (edit,) = await waiting(store, NoticeKind.CORRECTION)
    assert (edit.place, edit.data["message"], edit.data["became"]) == (HERE, "m1", Became.CORRECTED)
    assert len(await waiting(store, platform="matrix")) == 1


async def test_the_newest_messages_are_corrected_first(store: Store, clock: StoppedClock) -> None:
    number = await published(store)
    for minute, message in enumerate(("old", "newer", "newest")):
        await shown(store, number, message, at=NOON + timedelta(minutes=minute))
    await waiting(store)

    await mend(store, number)

    edits = await waiting(store, NoticeKind.CORRECTION)
    assert [edit.data["message"] for edit in edits] == ["newest", "newer", "old"]


@pytest.mark.parametrize("what", ["topics", "label", "basis"])
async def test_what_no_answer_shows_is_no_correction(store: Store, what: str) -> None:
    number = await published(store)
    await shown(store, number)
    await waiting(store)
    revision = (await the_fact(store, number)).revision
    changes = {
        "topics": replace(revision, topics=()),
        "label": replace(revision, label="At least 300 trees planted by Muster"),
        "basis": replace(revision, said=Said(basis="nothing")),
    }

    await do(store, Revise(by=ADA, terms=TERMS, number=number, revision=changes[what], reason="tidy"))

    assert await waiting(store, NoticeKind.CORRECTION) == []


async def test_hiding_withdrawing_and_bringing_back_travel_too(store: Store, clock: StoppedClock) -> None:
    number = await published(store)
    delivery = await shown(store, number)
    await waiting(store)

    await hide(store, number)
    (edit,) = await waiting(store, NoticeKind.CORRECTION)
    assert edit.data["became"] == Became.HIDDEN
    await store.record(replace(delivery, shown=((number, STONE),)))
    clock.time += timedelta(minutes=1)
    await do(store, BringBack(by=ADA, terms=TERMS, number=number, reason="checked"))
    await do(store, Approve(by=BO, terms=TERMS, number=number))
    (edit,) = await waiting(store, NoticeKind.CORRECTION)
    assert edit.data["became"] == Became.SHOWN_AGAIN
    clock.time += timedelta(minutes=1)
    withdrawal = Withdrawal(reason=WithdrawalReason.MISQUOTED, note="cut short", replaced_by=None)
    await do(store, Withdraw(by=ADA, terms=TERMS, number=number, withdrawal=withdrawal))
    (edit,) = await waiting(store, NoticeKind.CORRECTION)
    assert edit.data["became"] == Became.WITHDRAWN


async def test_a_corrected_source_corrects_what_rests_on_it(store: Store) -> None:
    number = await published(store)
    await shown(store, number)
    await waiting(store)
    async with store.reading() as view:
        (dossier,) = await view.dossiers((number,))
    (source,) = dossier.sources.values()

    await do(
        store,
        Revise(
            by=ADA,
            terms=TERMS,
            number=number,
            revision=dossier.fact.revision,
            source=replace(source, url=None),
            reason="the link is dead",
        ),
    )

    assert len(await waiting(store, NoticeKind.CORRECTION)) == 1


async def test_a_message_that_was_under_way_is_corrected_as_soon_as_it_is_known(store: Store) -> None:
    number = await published(store)
    seen = (await the_fact(store, number)).revision.number
    await waiting(store)
    await mend(store, number)
    assert await waiting(store, NoticeKind.CORRECTION) == []

    await shown(store, number, shown=((number, seen),))

    assert len(await waiting(store, NoticeKind.CORRECTION)) == 1
    await shown(store, number, "m2")
    assert await waiting(store, NoticeKind.CORRECTION) == []


async def test_moderators_are_told_how_far_it_went_when_it_is_over(store: Store) -> None:
    number = await published(store)
    await shown(store, number)
    await shown(store, number, "m2", ROOM)
    await shown(store, number, "m3", install=InstallType.USER)
    await shown(store, number, "m4", visibility=Visibility.PRIVATE)
    await waiting(store)

    await mend(store, number)

    assert await waiting(store, NoticeKind.TRAVELLED) == []
    (job,) = await store.lease("matrix", limit=9, ttl=60)
    await store.dead(job, "gone")
    (told,) = await waiting(store, NoticeKind.TRAVELLED)
    assert (told.place, told.data["beyond"]) == (REVIEW, "2")
    async with store.reading() as view:
        found = await view.travelled(number, NOON)
    assert (found.changed, found.lost, found.waiting) == (1, 1, 0)


async def test_of_private_answers_only_their_number_is_kept(store: Store) -> None:
    number = await published(store)

    delivery = await shown(store, number, visibility=Visibility.PRIVATE)

    assert await store.delivery(delivery.ref) is None
    assert await store.showing(number, before=NOON + timedelta(days=1), limit=9) == ()


async def test_a_deleted_message_is_forgotten(store: Store) -> None:
    number = await published(store)
    delivery = await shown(store, number)
    assert await store.delivery(delivery.ref) == delivery

    await store.lost(delivery.ref)

    assert await store.delivery(delivery.ref) is None


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

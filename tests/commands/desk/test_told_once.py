"""Whoever follows something is told once, also when the way of following, its hour or the fact itself changes."""

from __future__ import annotations

from dataclasses import replace
from datetime import time, timedelta

import pytest

from bot.core.model.change import Approve
from bot.core.model.desk import NoticeKind
from bot.core.model.fact import Kind
from bot.core.model.mail import MessageRef
from bot.core.payloads import notice_of
from bot.platforms.console.payload import text_of
from bot.platforms.sender import delivery_of
from tests.builders import NOON
from tests.commands.desk.clerk import CHANNEL, Clerk
from tests.contracts.stores.desk import BO, CY, TERMS, names, published, suggested


@pytest.fixture
async def desk() -> Clerk:
    desk = Clerk()
    await names(desk.store)
    return desk


async def follow(desk: Clerk, line: str) -> None:
    await desk.say(f"!follow {line}", place=CHANNEL, may_post=True)
    desk.clock.time += timedelta(minutes=1)


async def delivered(desk: Clerk, *kinds: NoticeKind) -> list[str]:
    """What the channel gets, remembered as its platform would."""
    said = []
    while jobs := await desk.store.lease("discord", limit=100, ttl=60):
        for job in jobs:
            notice = notice_of(job.payload)
            assert notice is not None
            reply = await desk.shows(notice) if notice.kind is not NoticeKind.CORRECTION else None
            ref = MessageRef(place=notice.place, message=notice.key) if reply else None
            if reply and ref and (delivery := delivery_of(notice, ref, (), reply, desk.clock.now())):
                await desk.store.record(delivery)
            await desk.store.done(job, ref)
            if reply and notice.kind in kinds:
                said.append(text_of(reply))
    return said


async def test_the_same_follow_twice_loses_nothing_of_the_day(desk: Clerk) -> None:
    await follow(desk, "everything --daily")
    number = await published(desk.store)
    desk.clock.time += timedelta(hours=1)
    await follow(desk, "everything --daily")

    desk.clock.time = NOON + timedelta(days=1)
    (said,) = await delivered(desk, NoticeKind.DIGEST)

    assert f"#{number} " in said


async def test_another_pace_tells_what_the_first_had_not_and_nothing_twice(desk: Clerk) -> None:
    await follow(desk, "everything --daily")
    first = await published(desk.store)
    await follow(desk, "everything")
    desk.clock.time += timedelta(minutes=1)
    second = await published(desk.store, slug="two", text="on Saturday", kind=Kind.INDIRECT)
    (said,) = await delivered(desk, NoticeKind.NEWS)
    assert f"#{second}" in said

    desk.clock.time = NOON + timedelta(days=1)
    (said,) = await delivered(desk, NoticeKind.DIGEST)

    assert f"#{first} " in said
    assert f"#{second} " not in said


async def test_another_hour_lists_nothing_twice(desk: Clerk) -> None:
    await follow(desk, "everything --daily")
    desk.clock.time = NOON + timedelta(hours=9)
    first = await published(desk.store)
    desk.clock.time = NOON + timedelta(days=1)  # eight o'clock is over
    assert len(await delivered(desk, NoticeKind.DIGEST)) == 1

    second = await suggested(desk.store, slug="two", text="on Saturday", kind=Kind.INDIRECT)
    await desk.do(Approve(by=BO, terms=replace(TERMS, digest_at=time(20)), number=second))
    desk.clock.time += timedelta(days=1)
    (said,) = await delivered(desk, NoticeKind.DIGEST)

    assert f"#{second} " in said
    assert f"#{first} " not in said


@pytest.mark.parametrize("pace", ["", " --daily"])
async def test_whoever_followed_the_wrong_speaker_is_told_of_the_correction(desk: Clerk, pace: str) -> None:
    await follow(desk, f"Ada Muster{pace}")
    number = await published(desk.store)
    desk.clock.time += timedelta(days=2)
    assert len(await delivered(desk, NoticeKind.NEWS, NoticeKind.DIGEST)) == 1

    desk.clock.time += timedelta(days=2)
    await desk.say(f"{number} speaker none -- somebody else said it", CY)
    desk.clock.time += timedelta(days=1)

    (said,) = await delivered(desk, NoticeKind.NEWS, NoticeKind.DIGEST)
    assert "Corrected" in said
    assert f"#{number}" in said


async def test_a_daily_list_is_not_empty_for_a_clock_that_was_ahead(desk: Clerk) -> None:
    desk.clock.time += timedelta(days=365)
    await follow(desk, "everything --daily")
    desk.clock.time = NOON
    number = await published(desk.store)

    desk.clock.time = NOON + timedelta(days=1)
    (said,) = await delivered(desk, NoticeKind.DIGEST)

    assert f"#{number} " in said

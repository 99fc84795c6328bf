"""Posts that list facts by their labels: they are corrected like any other."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.commands.news import corrected
from bot.core.dates import parse
from bot.core.model.desk import Notice, NoticeKind
from bot.core.model.fact import Kind, Said
from bot.core.model.mail import MessageRef
from bot.platforms.console.payload import text_of
from bot.platforms.sender import delivery_of
from tests.builders import NOON
from tests.commands.desk.clerk import CHANNEL, Clerk
from tests.contracts.stores.desk import BO, CY, published
from tests.contracts.stores.news import shown

LATER = ("trees", "300 trees", "at least 300 trees", "planted", "on Saturday", "The mayor spoke")


@pytest.fixture
async def desk() -> Clerk:
    desk = Clerk()
    await desk.say("!follow everything --daily", place=CHANNEL, may_post=True)
    desk.clock.time = NOON + timedelta(minutes=1)
    return desk


async def listed(desk: Clerk, notice: Notice) -> str:
    """The list as it is posted, remembered as its platform would."""
    reply = await desk.shows(notice)
    assert reply is not None
    ref = MessageRef(place=CHANNEL, message=notice.key)
    delivery = delivery_of(notice, ref, (), reply, desk.clock.now())
    assert delivery is not None
    assert delivery.listed
    await desk.store.record(delivery)
    return text_of(reply)


async def edited(desk: Clerk) -> str | None:
    """How the list reads after the correction that waits; None where it stays as it is."""
    (notice,) = await desk.posted(NoticeKind.CORRECTION)
    delivery = await desk.store.delivery(MessageRef(place=CHANNEL, message=notice.data["message"]))
    assert delivery is not None
    found = await corrected(delivery, notice, desk.office)
    if found is None:
        return None
    reply, now = found
    await desk.store.record(replace(delivery, shown=now))
    return text_of(reply)


async def test_a_daily_list_says_what_became_of_its_facts(desk: Clerk) -> None:
    one = await published(desk.store)
    two = await published(desk.store, slug="two", text="on Saturday", kind=Kind.INDIRECT)
    desk.clock.time = NOON + timedelta(days=2)
    (notice,) = await desk.posted(NoticeKind.DIGEST)
    assert (await listed(desk, notice)).startswith("New on record")

    await desk.say(f"{one} hide contested", CY)
    hidden = await edited(desk)
    assert hidden is not None
    assert hidden.startswith("Brought up to date 25 Nov 2026.")
    assert f"Under review\n#{one} (not shown meanwhile)" in hidden
    assert f"On record\n#{two} At least" in hidden

    desk.clock.time += timedelta(hours=1)
    await desk.say(f"{one} back it was heard", CY)
    await desk.say(f"{one} approve", BO)
    again = await edited(desk)
    assert again is not None
    assert f"Shown again\n#{one} At least" in again


async def test_what_was_listed_as_it_is_now_stays(desk: Clerk) -> None:
    one = await published(desk.store)
    desk.clock.time = NOON + timedelta(days=2)
    (notice,) = await desk.posted(NoticeKind.DIGEST)
    await listed(desk, notice)
    await desk.say(f"{one} hide contested", CY)
    desk.clock.time += timedelta(hours=1)
    await desk.say(f"{one} back it was heard", CY)
    await desk.say(f"{one} approve", BO)
    corrections = await desk.posted(NoticeKind.CORRECTION)
    assert len(corrections) == 2
    for waiting in corrections:
        delivery = await desk.store.delivery(MessageRef(place=CHANNEL, message=waiting.data["message"]))
        assert delivery is not None
        assert await corrected(delivery, waiting, desk.office) is None


async def of_one_source(desk: Clerk) -> list[int]:
    """More facts of one source than are told of one by one."""
    numbers = [
        await published(desk.store, slug=f"fact-{place}", text=text, kind=Kind.INDIRECT)
        for place, text in enumerate(LATER)
    ]
    desk.clock.time = NOON + timedelta(days=2)
    await desk.posted()
    return numbers


@pytest.mark.parametrize("line", ["publisher none", "title Trees"])
async def test_one_correction_of_many_facts_is_one_list_with_its_day_and_reason(line: str) -> None:
    desk = Clerk()
    await desk.say("!follow everything", place=CHANNEL, may_post=True)
    numbers = await of_one_source(desk)
    await desk.say(f"{numbers[0]} {line} -- there is no imprint", CY)
    if "title" in line:
        await desk.say(f"{numbers[0]} approve", BO)
        await desk.say("corrections", BO)
    (notice,) = await desk.posted(NoticeKind.DIGEST)

    said = await listed(desk, notice)

    assert said.startswith("One correction of several facts, 25 Nov 2026.\nReason: there is no imprint (")
    assert " → " in said
    assert all(f"#{number} At least" in said for number in numbers)


async def test_that_it_has_gone_round_is_told_once() -> None:
    desk = Clerk()
    numbers = await of_one_source(desk)
    for number in numbers[1:]:
        await shown(desk.store, number, f"answer to {number}", CHANNEL)
    await desk.say(f"{numbers[0]} publisher none -- there is no imprint", CY)

    edits = await desk.posted()

    assert len([each for each in edits if each.kind is NoticeKind.CORRECTION]) == len(numbers) - 1
    (told,) = [each for each in edits if each.kind is NoticeKind.TRAVELLED]
    reply = await desk.shows(told)
    assert reply is not None
    assert text_of(reply).splitlines() == [
        f"The correction of #{numbers[0]} has gone round.",
        f"The same change corrected {len(numbers) - 1} more facts.",
        f"Messages changed: {len(numbers) - 1}",
    ]


async def test_whoever_approves_a_change_of_a_source_sees_how_far_it_reaches() -> None:
    desk = Clerk()
    numbers = await of_one_source(desk)
    await desk.say(f"{numbers[0]} publisher The Elsewhere Gazette -- the imprint", CY)
    assert f"of {len(numbers) - 1} more published facts" in await desk.say(f"open {numbers[0]}", BO)


async def test_what_was_there_before_the_follow_is_not_news() -> None:
    desk = Clerk()
    one = await published(desk.store)
    desk.clock.time = NOON + timedelta(minutes=1)
    await desk.say("!follow everything --daily", place=CHANNEL, may_post=True)
    desk.clock.time = NOON + timedelta(minutes=2)
    two = await published(desk.store, slug="two", text="on Saturday", kind=Kind.INDIRECT)
    desk.clock.time = NOON + timedelta(days=2)
    (notice,) = await desk.posted(NoticeKind.DIGEST)
    said = await listed(desk, notice)
    assert f"#{two} " in said
    assert f"#{one} " not in said


async def test_whoever_gets_a_daily_list_gets_many_corrections_in_it() -> None:
    desk = Clerk()
    await desk.say("!follow everything --daily", place=CHANNEL, may_post=True)
    numbers = await of_one_source(desk)
    await desk.say(f"{numbers[0]} publisher none -- there is no imprint", CY)
    assert await desk.posted(NoticeKind.DIGEST) == []  # not yet
    desk.clock.time += timedelta(days=1)
    (notice,) = await desk.posted(NoticeKind.DIGEST)
    assert (await listed(desk, notice)).startswith("Corrected\n")


async def test_a_note_of_a_correction_is_itself_corrected(desk: Clerk) -> None:
    """It names the fact by its label, which must not stay when the fact is hidden."""
    desk = Clerk()
    await desk.say("!follow everything", place=CHANNEL, may_post=True)
    one = await published(desk.store, said=Said(on=parse("2026-05-01"), stated=True))
    await desk.posted()
    desk.clock.time = NOON + timedelta(days=2)
    await desk.say(f"{one} said none -- the caption has another day", CY)
    (notice,) = await desk.posted(NoticeKind.NEWS)
    assert "At least 300 trees" in await listed(desk, notice)
    desk.clock.time += timedelta(hours=1)
    await desk.say(f"{one} hide contested", CY)
    said = await edited(desk)
    assert said is not None
    assert "At least 300 trees" not in said
    assert f"Under review\n#{one}" in said


async def test_a_mended_label_is_mended_in_lists(desk: Clerk) -> None:
    one = await published(desk.store)
    desk.clock.time = NOON + timedelta(days=2)
    (notice,) = await desk.posted(NoticeKind.DIGEST)
    await listed(desk, notice)
    await desk.say(f"{one} label Well over 300 trees planted, Muster -- the hedge was lost", CY)
    said = await edited(desk)
    assert said is not None
    assert f"#{one} Well over 300 trees planted" in said
    assert await desk.posted(NoticeKind.TRAVELLED) == []

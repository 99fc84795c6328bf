"""Posts of the bot's own: each arrives once or is given to people to look at, and a place's fault stays there."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from bot.core.model.change import Tell
from bot.core.model.desk import Notice, NoticeKind
from bot.core.model.mail import Place
from bot.platforms.discord.connection import DiscordPlatform
from bot.platforms.discord.posting import NONCE_LASTS
from tests.gateway.people import GUILD
from tests.gateway.server import FakeDiscord
from tests.platforms.discord.house import REVIEW, Home, serving

POST = r"POST /channels/\d+/messages"
ELSEWHERE = Place(platform="discord", id="430000000000000008", guild=GUILD)


def day(seq: int, place: Place = REVIEW, replaces: str | None = None) -> Notice:
    """Something to post: the day's end of the audit."""
    return Notice(
        kind=NoticeKind.DAY,
        place=place,
        key=f"day/{seq}/{place.id}" + ("/again" if replaces else ""),
        data={"day": "2026-11-23", "seq": str(seq), "hash": "ab"},
        replaces=replaces,
    )


async def tell(home: Home, *notices: Notice) -> None:
    await home.store.apply(Tell(notices=notices), key=" ".join(each.key for each in notices), expect={})


def posts(discord: FakeDiscord, place: Place = REVIEW) -> list[str]:
    return [message["content"] for message in discord.world.channels.in_channel(place.id)]


@pytest.fixture
async def bot(discord: FakeDiscord, home: Home) -> AsyncIterator[DiscordPlatform]:
    platform = home.platform(discord)
    async with serving(platform):
        await discord.until(lambda: platform.status.connected)
        yield platform


@pytest.mark.usefixtures("bot")
async def test_what_one_place_is_sent_arrives_in_order(discord: FakeDiscord, home: Home) -> None:
    await tell(home, *(day(seq) for seq in range(1, 6)))

    await discord.until(lambda: len(posts(discord)) == 5)

    assert [seq for text in posts(discord) for seq in "12345" if f"line {seq}" in text] == list("12345")


async def test_a_post_whose_answer_was_lost_stays_one_message(discord: FakeDiscord, home: Home) -> None:
    discord.api.hang_up(POST, done=True)
    await tell(home, day(1))
    async with serving(home.platform(discord)):
        await discord.until(lambda: posts(discord))
    home.clock.time += timedelta(minutes=1)

    async with serving(home.platform(discord)):
        await tell(home, day(2))
        await discord.until(lambda: len(posts(discord)) > 1)

    assert discord.api.count(POST) == 3
    assert len(posts(discord)) == 2


async def test_after_a_while_an_unknown_outcome_is_for_people_to_look_at(discord: FakeDiscord, home: Home) -> None:
    discord.api.hang_up(POST, done=True)
    await tell(home, day(1, ELSEWHERE))
    async with serving(home.platform(discord)):
        await discord.until(lambda: posts(discord, ELSEWHERE))
    home.clock.time += NONCE_LASTS + timedelta(minutes=2)

    async with serving(home.platform(discord)):
        await discord.until(lambda: posts(discord))

    assert len(posts(discord, ELSEWHERE)) == 1
    assert "not sent again" in posts(discord)[0]


@pytest.mark.usefixtures("bot")
async def test_a_place_that_is_closed_or_gone_holds_nobody_up(discord: FakeDiscord, home: Home) -> None:
    discord.world.channels.closed.add(ELSEWHERE.id)
    await tell(home, day(1, ELSEWHERE), day(2))

    await discord.until(lambda: posts(discord))

    assert discord.api.count(f"POST /channels/{ELSEWHERE.id}") == 1
    assert await home.store.lease("discord", limit=9, ttl=1) == ()


@pytest.mark.usefixtures("bot")
async def test_a_limit_is_waited_for(discord: FakeDiscord, home: Home) -> None:
    discord.api.limit(POST, 0.2)
    await tell(home, day(1))

    await discord.until(lambda: posts(discord))

    assert discord.api.count(POST) == 2


@pytest.mark.usefixtures("bot")
async def test_a_post_takes_the_place_of_an_earlier_one_unless_somebody_deleted_it(
    discord: FakeDiscord, home: Home
) -> None:
    await tell(home, day(1), day(2, ELSEWHERE))
    await discord.until(lambda: posts(discord) and posts(discord, ELSEWHERE))
    (gone,) = discord.world.channels.in_channel(ELSEWHERE.id)
    del discord.world.messages[gone["id"]]

    again = (day(3, REVIEW, replaces=day(1).key), day(4, ELSEWHERE, replaces=day(2, ELSEWHERE).key))
    await tell(home, *again)
    await discord.until(lambda: discord.world.channels.edited)
    await tell(home, day(5, ELSEWHERE))
    await discord.until(lambda: posts(discord, ELSEWHERE))

    assert len(posts(discord)) == len(posts(discord, ELSEWHERE)) == 1


@pytest.mark.usefixtures("bot")
async def test_the_tighter_limit_on_old_messages_is_waited_out(discord: FakeDiscord, home: Home) -> None:
    await tell(home, day(1))
    await discord.until(lambda: posts(discord))
    discord.api.fail(r"PATCH /channels", 429, body={"code": 30046, "message": "Maximum number of edits"})
    await tell(home, day(3, REVIEW, replaces=day(1).key))
    await discord.until(lambda: discord.api.count("PATCH") == 1)

    home.clock.time += timedelta(minutes=2)
    await tell(home, day(9, ELSEWHERE))  # somebody wakes the sender
    await discord.until(lambda: discord.world.channels.edited)


@pytest.mark.usefixtures("bot")
async def test_what_can_never_be_put_into_words_does_not_hold_up_a_place_for_ever(
    discord: FakeDiscord, home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.platforms.lanes.TRIES", 2)
    monkeypatch.setattr("bot.platforms.discord.posting.wait_after", lambda failures, jitter: 0.0)
    nobody_knows = Notice(kind=NoticeKind.ALERT, place=REVIEW, key="alert/odd", data={"what": "nobody knows"})
    await tell(home, nobody_knows)
    await tell(home, day(1))

    await discord.until(lambda: "line 1" in "".join(posts(discord)))

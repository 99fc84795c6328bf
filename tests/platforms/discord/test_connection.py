"""The connection to Discord outlives every fault of the network, and ends where only a person can help."""

from __future__ import annotations

import asyncio
import logging
import threading

import pytest

from bot.platforms.base import SignInRefused
from bot.platforms.discord.backoff import Backoff
from bot.platforms.discord.connection import API_VARIABLE, point_at
from tests.gateway.people import slash_data
from tests.gateway.server import FakeDiscord
from tests.platforms.discord.house import Home, serving


async def works(discord: FakeDiscord) -> bool:
    return "300 trees" in (await discord.slash("fact", {"query": "trees"})).content


async def test_it_asks_for_no_events_but_those_it_answers(discord: FakeDiscord, home: Home) -> None:
    async with serving(home.platform(discord)):
        await discord.connected()

    assert discord.gate.identify["intents"] == 0


@pytest.mark.parametrize("status", [503, 500, 429, 403, 0])
async def test_a_gateway_that_refuses_the_very_first_connections(discord: FakeDiscord, home: Home, status: int) -> None:
    discord.gate.refuse(status, status, status)

    async with serving(home.platform(discord)):
        await discord.connected()

        assert await works(discord)
    assert [wait for wait in home.waits if wait in (1.0, 2.0, 4.0)] == [1.0, 2.0, 4.0]


async def test_a_dropped_connection_is_resumed_and_nothing_asked_meanwhile_is_lost(
    discord: FakeDiscord, home: Home
) -> None:
    platform = home.platform(discord)
    async with serving(platform):
        await discord.connected()
        await discord.gate.drop()
        ask = discord.send(2, slash_data("fact", {"query": "trees"}))
        await discord.answered(ask)

        assert "300 trees" in ask.content
        assert (discord.gate.identified, discord.gate.resumed) == (1, 1)
        assert platform.status.connected


@pytest.mark.parametrize("code", [1000, 1001, 4000, 4007, 4008, 4009])
async def test_a_closed_connection_comes_back(discord: FakeDiscord, home: Home, code: int) -> None:
    async with serving(home.platform(discord)):
        await discord.connected()
        await discord.gate.close(code)
        await discord.connected()

        assert await works(discord)


async def test_a_request_to_reconnect_is_followed(discord: FakeDiscord, home: Home) -> None:
    async with serving(home.platform(discord)):
        await discord.connected()
        await discord.gate.op(7)
        await discord.connected()

        assert await works(discord)
    assert discord.gate.resumed == 1


@pytest.mark.parametrize(("resumable", "identified", "resumed"), [(False, 2, 0), (True, 1, 1)])
async def test_an_invalid_session(
    discord: FakeDiscord, home: Home, resumable: bool, identified: int, resumed: int
) -> None:
    async with serving(home.platform(discord)):
        await discord.connected()
        await discord.gate.op(9, resumable)
        await discord.connected()

        assert await works(discord)
    assert (discord.gate.identified, discord.gate.resumed) == (identified, resumed)
    assert resumable or 3.0 in home.waits  # 1 to 5 s, as Discord asks


async def test_a_session_that_discord_has_forgotten_is_begun_anew(discord: FakeDiscord, home: Home) -> None:
    async with serving(home.platform(discord)):
        await discord.connected()
        discord.gate.forget_sessions()
        await discord.gate.drop()
        await discord.connected()

        assert await works(discord)
    assert discord.gate.identified == 2


async def test_a_resume_that_fails_twice_is_given_up_for_a_new_session(discord: FakeDiscord, home: Home) -> None:
    """The address for resuming may be gone for good."""
    async with serving(home.platform(discord)):
        await discord.connected()
        discord.gate.refuse(503, 503)
        await discord.gate.drop()
        await discord.connected()

        assert await works(discord)
    assert discord.gate.identified == 2


async def test_a_frame_that_makes_no_sense(discord: FakeDiscord, home: Home) -> None:
    async with serving(home.platform(discord)):
        await discord.connected()
        await discord.gate.garbage()
        await discord.connected()

        assert await works(discord)


async def test_a_gateway_that_accepts_and_drops_again_and_again_is_not_hammered(
    discord: FakeDiscord, home: Home
) -> None:
    async with serving(home.platform(discord)):
        await discord.connected()
        discord.gate.refuse(*[0] * 8)
        await discord.gate.drop()
        await discord.connected()

    waits = [wait for wait in home.waits if wait >= 1.0 and wait == int(wait)]
    assert [wait for wait in waits if wait not in (3.0, 5.0)][:8] == [1.0, 2.0, 4.0, 8.0, 16.0, 32.0, 60.0, 60.0]


async def test_a_connection_that_is_resumed_each_time_comes_back_as_fast_each_time(
    discord: FakeDiscord, home: Home
) -> None:
    async with serving(home.platform(discord)):
        await discord.connected()
        for _ in range(6):
            await discord.gate.drop()
            await discord.connected()

        assert await works(discord)
    assert (discord.gate.identified, discord.gate.resumed) == (1, 6)
    assert home.waits == [1.0] * 6


@pytest.mark.parametrize("path", ["/users/@me", "/oauth2/applications/@me"])
@pytest.mark.parametrize("status", [503, 403])
async def test_a_sign_in_that_fails_is_tried_again(discord: FakeDiscord, home: Home, path: str, status: int) -> None:
    discord.api.fail(f"GET {path}", status, times=3)

    async with serving(home.platform(discord)):
        await discord.connected()

        assert await works(discord)
    assert home.waits[:3] == [1.0, 2.0, 4.0]


async def test_a_proxys_page_instead_of_discord_is_survived(discord: FakeDiscord, home: Home) -> None:
    discord.api.fail("GET /users/@me", 200, body={"hello": "I am a captive portal"})
    discord.api.hang_up("GET /oauth2/applications/@me")

    async with serving(home.platform(discord)):
        await discord.connected()

        assert await works(discord)


async def test_a_rate_limited_sign_in_waits(discord: FakeDiscord, home: Home) -> None:
    discord.api.limit("GET /users/@me", 0.05)

    async with serving(home.platform(discord)):
        await discord.connected()


@pytest.mark.parametrize("token", ["", "wrong", "two words", "line\nbreak", "ключ", "x" * 400])
async def test_a_wrong_token_ends_with_a_clear_message(discord: FakeDiscord, home: Home, token: str) -> None:
    platform = home.platform(discord, token=token)

    with pytest.raises(SignInRefused, match="Discord refuses the bot token"):
        await platform.serve()
    assert "token" in platform.status.detail
    assert not token or token not in platform.status.detail


@pytest.mark.parametrize("code", [4004, 4010, 4011, 4012, 4013, 4014])
async def test_a_gateway_that_will_not_have_us_ends_it(discord: FakeDiscord, home: Home, code: int) -> None:
    serve = asyncio.create_task(home.platform(discord).serve())
    await discord.connected()
    await discord.gate.close(code)

    with pytest.raises(SignInRefused):
        await serve


async def test_the_end_is_polite_and_leaves_nothing_open(discord: FakeDiscord, home: Home) -> None:
    before = asyncio.all_tasks()
    async with serving(home.platform(discord)):
        await discord.connected()
    await discord.until(lambda: discord.gate.closed_with)

    assert discord.gate.closed_with == 1000
    left = asyncio.all_tasks() - before - {asyncio.current_task()}
    assert not [task for task in left if "Gate" not in repr(task)]
    await discord.until(lambda: not [t for t in threading.enumerate() if t.name.startswith("keep-alive")])


@pytest.mark.parametrize("moment", ["sign-in", "socket", "pause", "registering", "answering"])
async def test_it_can_be_stopped_at_any_moment(discord: FakeDiscord, home: Home, moment: str) -> None:
    async def for_ever(*_: object) -> None:
        await asyncio.Event().wait()

    changes: dict[str, object] = {}
    if moment == "sign-in":
        discord.api.slow("GET /users/@me", 60)
    elif moment == "socket":
        discord.api.slow("GET /oauth2/applications/@me", 60)
    elif moment == "pause":
        discord.gate.refuse(503)
        changes["sleep"] = for_ever
    elif moment == "registering":
        discord.api.slow("PUT .*/commands", 60)
    else:
        home.replaced("fact", for_ever)
    task = asyncio.create_task(home.platform(discord, **changes).serve())
    await discord.until(lambda: discord.api.seen or discord.gate.connections)
    if moment == "answering":
        await discord.connected()
        discord.send(2, slash_data("fact", {"query": "x"}))
    for _ in range(20):
        await asyncio.sleep(0)

    task.cancel()
    done, _ = await asyncio.wait((task,), timeout=3.0)

    assert done
    assert task.cancelled()


async def test_the_status_tells_people_how_it_stands(discord: FakeDiscord, home: Home) -> None:
    platform = home.platform(discord)
    assert (platform.name, platform.status.connected) == ("discord", False)

    async with serving(platform):
        await discord.connected()
        await discord.until(lambda: platform.status.connected)
        assert platform.status.detail == "connected as onrecord"
        assert platform.status.since == home.clock.now()


async def test_no_token_and_no_question_stands_in_the_log(
    discord: FakeDiscord, home: Home, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    discord.gate.refuse(503)
    async with serving(home.platform(discord)):
        await discord.connected()
        await works(discord)
        await discord.gate.drop()
        await discord.connected()

    assert discord.token not in caplog.text
    assert "token-5" not in caplog.text  # an interaction's token
    assert "trees" not in caplog.text


@pytest.mark.parametrize(
    "address", ["https://127.0.0.1:1", "http://discord.example", "ftp://localhost", "", "127.0.0.1"]
)
def test_only_a_discord_on_this_machine_can_be_put_in_its_place(address: str) -> None:
    with pytest.raises(ValueError, match=API_VARIABLE):
        point_at(address)


def test_pauses_grow_to_a_minute_and_start_again() -> None:
    backoff = Backoff(lambda: 0.5)

    assert [backoff.next() for _ in range(8)] == [1, 2, 4, 8, 16, 32, 60, 60]
    backoff.reset()
    assert backoff.next() == 1


@pytest.mark.parametrize(("random", "first"), [(0.0, 0.75), (1.0, 1.25)])
def test_pauses_have_jitter(random: float, first: float) -> None:
    assert Backoff(lambda: random).next() == first

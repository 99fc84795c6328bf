"""What a person sees, and what the log says, when something takes long or goes wrong."""

from __future__ import annotations

import asyncio
import logging
import re
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

import pytest

from bot.commands.reply import Choice, Choices, Outcome, Reply, Text
from bot.commands.request import Request
from bot.core.model.mail import Delivery, Visibility
from bot.platforms.discord.answering import Patience
from bot.platforms.discord.connection import DiscordPlatform
from tests.gateway.people import slash_data
from tests.gateway.server import FakeDiscord
from tests.gateway.world import Ask
from tests.platforms.discord.house import Home, serving

HASTE = Patience(answer=0.01, completions=0.05, most=5.0)
CALLBACK = "POST /interactions/.*/callback"


class Slow:
    """A command that answers when it is told to."""

    def __init__(self, reply: Reply | Exception) -> None:
        self.go, self._reply = asyncio.Event(), reply

    async def __call__(self, request: Request) -> Reply:
        await self.go.wait()
        if isinstance(self._reply, Exception):
            raise self._reply
        return self._reply


def reply(text: str = "Here it is.", **changes: Any) -> Reply:
    return Reply(
        blocks=(Text(text), Choices((Choice(label="More", line="more 2 x"),))), outcome=Outcome.FOUND, **changes
    )


@asynccontextmanager
async def connected(
    discord: FakeDiscord, home: Home, patience: Patience = HASTE, **commands: Callable[[Request], Awaitable[Reply]]
) -> AsyncIterator[DiscordPlatform]:
    for name, run in commands.items():
        home.replaced(name, run)
    platform = home.platform(discord, patience=patience)
    async with serving(platform):
        await discord.connected()
        yield platform


def asked(discord: FakeDiscord, name: str = "fact", **options: object) -> Ask:
    return discord.send(2, slash_data(name, {"query": "x"} | options if name == "fact" else options))


async def test_a_slow_answer_is_announced_and_then_takes_the_place_of_the_announcement(
    discord: FakeDiscord, home: Home
) -> None:
    slow = Slow(reply())
    async with connected(discord, home, fact=slow):
        ask = asked(discord)
        await discord.until(lambda: ask.callback)
        assert (ask.callback, ask.private, ask.content) == (5, False, "")
        slow.go.set()
        await discord.answered(ask)

    assert (ask.content, ask.private, ask.labels, len(ask.messages)) == ("Here it is.", False, ["More"], 1)


async def test_a_slow_private_answer_is_announced_privately(discord: FakeDiscord, home: Home) -> None:
    slow = Slow(reply(visibility=Visibility.PRIVATE))
    async with connected(discord, home, fact=slow):
        ask = asked(discord, private=True)
        await discord.until(lambda: ask.callback)
        assert ask.private
        slow.go.set()
        await discord.answered(ask)

    assert (ask.content, ask.private) == ("Here it is.", True)


async def test_what_comes_to_nothing_is_private_also_after_a_public_announcement(
    discord: FakeDiscord, home: Home
) -> None:
    slow = Slow(reply("Nothing on record.", visibility=Visibility.PRIVATE))
    async with connected(discord, home, fact=slow):
        ask = asked(discord)
        await discord.until(lambda: ask.callback)
        announced = ask.message["id"]
        slow.go.set()
        await discord.answered(ask)

    assert (ask.content, ask.private) == ("Nothing on record.", True)
    assert announced not in discord.world.messages


async def test_a_slow_page_turns_in_place(discord: FakeDiscord, home: Home) -> None:
    slow = Slow(reply("Page 2", replaces=True))
    async with connected(discord, home, more=slow):
        home.replaced("fact", Slow(reply()))
        answer = await shown(discord)
        turning = discord.send(3, {"component_type": 2, "custom_id": "more 2 x"}, source=answer.message)
        await discord.until(lambda: turning.callback)
        assert turning.callback == 6
        slow.go.set()
        await discord.answered(turning)

    assert answer.content == "Page 2"


async def shown(discord: FakeDiscord) -> Ask:
    return await discord.slash("fact", {"query": "trees"})


async def test_an_answer_that_never_comes_is_given_up(
    discord: FakeDiscord, home: Home, caplog: pytest.LogCaptureFixture
) -> None:
    async with connected(discord, home, Patience(answer=0.01, most=0.05), fact=Slow(reply())):
        ask = await discord.slash("fact", {"query": "x"})

    assert "takes longer than usual" in ask.content
    assert ask.private
    assert "no answer to fact" in caplog.text


@pytest.mark.parametrize("late", [False, True])
async def test_an_unexpected_error_is_logged_with_an_id_and_the_person_is_told_that_id(
    discord: FakeDiscord, home: Home, caplog: pytest.LogCaptureFixture, late: bool
) -> None:
    broken = Slow(RuntimeError("SELECT secret FROM inside"))
    async with connected(discord, home, HASTE if late else Patience(), fact=broken):
        ask = asked(discord)
        if late:
            await discord.until(lambda: ask.callback)
        broken.go.set()
        await discord.answered(ask)

    found = re.search(r"under ([0-9a-f]{8})", ask.content)
    assert found is not None
    assert f"error {found[1]}" in caplog.text
    assert "SELECT secret FROM inside" in caplog.text
    assert "SELECT" not in ask.content
    assert ask.private


async def test_an_answer_that_discord_rejects_is_an_error_with_an_id(
    discord: FakeDiscord, home: Home, caplog: pytest.LogCaptureFixture
) -> None:
    async with connected(discord, home):
        discord.api.fail(CALLBACK, 400, body={"code": 50035, "message": "Invalid Form Body"})
        ask = await discord.slash("fact", {"query": "trees"})

    assert "under " in ask.content
    assert "50035" in caplog.text


async def test_an_interaction_that_is_too_old_costs_one_line_of_the_log(
    discord: FakeDiscord, home: Home, caplog: pytest.LogCaptureFixture
) -> None:
    async with connected(discord, home):
        now = discord.world.now
        discord.world.now = lambda: now() + 4.0
        ask = discord.send(2, slash_data("fact", {"query": "trees"}))
        ask.begun -= 4.0
        await discord.until(lambda: "10062" in caplog.text)

    assert lines(caplog) == [f"interaction {ask.id} could not be answered: 10062 Unknown interaction"]


async def test_an_interaction_that_another_bot_has_answered_costs_one_line_of_the_log(
    discord: FakeDiscord, home: Home, caplog: pytest.LogCaptureFixture
) -> None:
    slow = Slow(reply())
    async with connected(discord, home, Patience(), fact=slow):
        ask = asked(discord)
        discord.world.acknowledge(ask.id, ask.token, {"type": 4, "data": {"content": "the other bot"}})
        slow.go.set()
        await discord.until(lambda: "40060" in caplog.text)

    assert len(lines(caplog)) == 1
    assert ask.content == "the other bot"


def lines(caplog: pytest.LogCaptureFixture) -> list[str]:
    """What was logged about answers at WARNING or above, each without a traceback."""
    records = [record for record in caplog.records if record.levelno >= logging.WARNING and "answering" in record.name]
    assert all(record.exc_info is None for record in records)
    return [record.getMessage() for record in records]


@pytest.mark.parametrize("done", [False, True])
async def test_a_connection_that_is_cut_under_an_answer_loses_nothing_and_says_nothing_twice(
    discord: FakeDiscord, home: Home, caplog: pytest.LogCaptureFixture, done: bool
) -> None:
    async with connected(discord, home):
        discord.api.hang_up(CALLBACK, done=done)
        ask = await discord.slash("fact", {"query": "trees"})
        await discord.until(lambda: discord.api.count(CALLBACK) == 2)

    assert "300 trees" in ask.content
    assert len(ask.messages) == 1
    assert lines(caplog) == []


async def test_a_rate_limit_delays_an_answer_and_does_not_lose_it(discord: FakeDiscord, home: Home) -> None:
    async with connected(discord, home):
        discord.api.limit(CALLBACK, 0.05)
        ask = await discord.slash("fact", {"query": "trees"})

    assert "300 trees" in ask.content


async def test_an_error_of_discords_own_delays_an_answer_and_does_not_lose_it(discord: FakeDiscord, home: Home) -> None:
    async with connected(discord, home):
        discord.api.fail(CALLBACK, 500)
        ask = await discord.slash("fact", {"query": "trees"})

    assert "300 trees" in ask.content


async def test_slow_answers_of_discord_hold_up_nobody_else(discord: FakeDiscord, home: Home) -> None:
    async with connected(discord, home):
        discord.api.slow(CALLBACK, 2.0)
        waiting = discord.send(2, slash_data("fact", {"query": "trees"}))
        await discord.until(lambda: discord.api.count(CALLBACK) == 1)
        ask = await discord.slash("fact", {"query": "trees"})

        assert "300 trees" in ask.content
        assert not waiting.done.is_set()


async def test_an_answer_that_cannot_be_put_on_record_stands(
    discord: FakeDiscord, home: Home, caplog: pytest.LogCaptureFixture
) -> None:
    async def broken(delivery: Delivery) -> None:
        raise OSError("disk full")

    home.store.record = broken  # type: ignore[method-assign]
    async with connected(discord, home):
        ask = await discord.slash("fact", {"query": "trees"})
        await discord.until(lambda: "could not be put on record" in caplog.text)

    assert "300 trees" in ask.content


@pytest.mark.parametrize("how", ["raises", "hangs"])
async def test_completions_that_fail_are_none(discord: FakeDiscord, home: Home, how: str) -> None:
    async def broken(typed: str) -> tuple[()]:
        if how == "raises":
            raise RuntimeError(typed)
        await asyncio.Event().wait()
        return ()

    platform = home.platform(discord, suggest=broken, patience=HASTE)
    async with serving(platform):
        await discord.connected()
        assert await discord.complete("fact", "query", "tre") == []


async def test_what_cannot_be_read_is_logged_and_the_next_question_is_answered(
    discord: FakeDiscord, home: Home, caplog: pytest.LogCaptureFixture
) -> None:
    async with connected(discord, home):
        for odd in ({}, {"type": 2, "id": "1"}, {"type": 77, "id": "1", "token": "t", "application_id": "2"}):
            discord.gate.dispatch("INTERACTION_CREATE", odd)
        ask = await discord.slash("fact", {"query": "trees"})

    assert "300 trees" in ask.content
    assert caplog.text.count("could not be read") == 3

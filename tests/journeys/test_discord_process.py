"""`onrecord run` in front of a Discord that is sometimes in a bad mood: the real process, over real sockets."""

from __future__ import annotations

import signal
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager
from pathlib import Path

import pytest

from bot import app
from bot.config import load
from tests.gateway.people import ADA, APPLICATION, BEN, GUILD, Where, slash_data
from tests.gateway.server import FakeDiscord
from tests.journeys.process import Process, onrecord
from tests.raw import traces

QUOTE = "at least 3.5 million artillery rounds"
CALLBACK = "POST /interactions/.*/callback"


@pytest.fixture
async def discord() -> AsyncIterator[FakeDiscord]:
    async with FakeDiscord() as fake:
        yield fake
    assert fake.api.problems == []


@pytest.fixture
async def folder(tmp_path: Path) -> Path:
    """A data directory with the example facts."""
    (tmp_path / "config.yaml").write_text(
        f"data_dir: {tmp_path}/data\ndiscord:\n  guilds: [{GUILD}]\n", encoding="utf-8"
    )
    async with app.writing(load(tmp_path / "config.yaml", {}, tmp_path)) as room:
        await app.import_examples(room)
    return tmp_path


def running(folder: Path, discord: FakeDiscord, token: str | None = None) -> AbstractAsyncContextManager[Process]:
    environment = {"ONRECORD_DISCORD_TOKEN": token or discord.token, "ONRECORD_DISCORD_API": discord.url}
    return onrecord("--config", str(folder / "config.yaml"), "run", environment=environment)


async def answers(discord: FakeDiscord) -> bool:
    return QUOTE in (await discord.slash("fact", {"query": "dprk ammunition"})).content


async def test_from_the_first_question_to_the_last_and_over_a_restart(discord: FakeDiscord, folder: Path) -> None:
    async with running(folder, discord) as bot:
        await discord.connected()
        answer = await discord.slash("fact", {"query": "dprk ammunition"})
        assert answer.content.startswith('"As for North Korea, they have transferred at least 3.5 million')
        assert "Volodymyr Zelenskyi" in answer.content
        assert "the day it was said is not given" in answer.content
        assert "Source: " in answer.content
        assert not answer.private

        assert (await discord.slash("fact", {"query": "japan ammunition"})).private
        assert "DPRK" in [choice["name"] for choice in await discord.complete("fact", "query", "dprk")]
        listed = await discord.on_message("Find facts", "Did North Korea give Russia 3.5 million artillery rounds?")
        assert listed.private
        assert "3.5 million" in listed.content
        assert (await discord.click(answer, "Context", who=BEN)).private

        long = await discord.slash("fact", {"query": "dprk ammunition " * 8})
        code, seconds = await bot.stopped()

    assert (code, discord.gate.closed_with) == (0, 1000)
    assert seconds < 5
    assert discord.api.count("PUT .*/commands") == 1

    async with running(folder, discord):
        await discord.connected()
        assert "Evidence for #" in (await discord.click(answer, "Evidence")).content
        assert long.button("More")["custom_id"].startswith("~")
        assert (await discord.click(long, "More")).callback == 7
        assert (await discord.click(listed, "#")).callback == 4
    assert discord.api.count("PUT .*/commands") == 1


async def test_looking_up_leaves_no_trace_of_who_asked(discord: FakeDiscord, folder: Path) -> None:
    """In whichever way, at whatever log level, while the bot runs and afterwards."""
    config = folder / "config.yaml"
    config.write_text(f"{config.read_text(encoding='utf-8')}  public: true\nlog_level: debug\n", encoding="utf-8")
    asking = (ADA.id, BEN.id)
    alone = Where(guild=None, channel="470000000000000001")
    async with running(folder, discord) as bot:
        await discord.connected()
        answer = await discord.slash("fact", {"query": "dprk ammunition"})
        for label in ("Context", "Evidence", "More"):
            await discord.click(answer, label, who=BEN)
        long = await discord.slash("fact", {"query": "dprk ammunition " * 8}, who=BEN)
        await discord.click(long, "More")  # its line is kept under a key
        for _ in range(4):
            await discord.slash("fact", {"query": "dodo eggs"}, who=BEN)
        await discord.slash("fact", {"query": "dprk ammunition", "private": True})
        await discord.slash("fact", {"query": "dprk ammunition"}, where=alone)
        await discord.complete("fact", "query", "dprk")
        await discord.on_message("Find facts", "Did they give 3.5 million artillery rounds?", author=BEN)
        await discord.slash("about", {})
        discord.api.fail(CALLBACK, 404, times=9, body={"code": 10062, "message": "Unknown interaction"})
        discord.send(2, slash_data("fact", {"query": "dprk"}), who=BEN)  # a failure is logged
        await discord.until(lambda: "could not be answered" in bot.log)
        assert traces(folder / "data", asking) == []
        await bot.stopped()

    assert [name for name in asking if name in bot.log] == []
    assert traces(folder / "data", asking) == []
    assert traces(folder / "data", (APPLICATION,)), "the search itself finds what is there"


async def test_a_bad_day_of_discord(discord: FakeDiscord, folder: Path) -> None:
    """Refused sign-in, refused first connection, then everything that can happen to a connection, in one life."""
    discord.api.fail("GET /users/@me", 503)
    discord.gate.refuse(503)
    async with running(folder, discord) as bot:
        await discord.connected()
        assert await answers(discord)

        await discord.gate.drop()
        await discord.connected()
        assert await answers(discord)

        discord.api.limit(CALLBACK, 0.2)
        assert await answers(discord)
        discord.api.fail(CALLBACK, 500)
        assert await answers(discord)
        discord.api.hang_up(CALLBACK)
        assert await answers(discord)
        discord.api.slow(CALLBACK, 1.0)
        assert await answers(discord)

        code, seconds = await bot.stopped()

    assert code == 0
    assert seconds < 5
    assert discord.token not in bot.log
    assert "Traceback" not in bot.log


async def test_a_wrong_token_ends_with_a_clear_message_and_no_restart_loop(discord: FakeDiscord, folder: Path) -> None:
    wrong = discord.token[:-6] + "wrongX"
    async with running(folder, discord, token=wrong) as bot:
        code = await bot.ended()

    assert code == 78
    assert "Discord refuses the bot token" in bot.log
    assert wrong not in bot.log
    assert "Traceback" not in bot.log


async def test_a_token_that_is_taken_back_ends_it_too(discord: FakeDiscord, folder: Path) -> None:
    async with running(folder, discord) as bot:
        await discord.connected()
        await discord.gate.close(4004)

        assert await bot.ended() == 78


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
@pytest.mark.parametrize("moment", ["signing in", "between attempts", "connected"])
async def test_a_signal_ends_it_in_order_at_any_moment(
    discord: FakeDiscord, folder: Path, number: signal.Signals, moment: str
) -> None:
    if moment == "signing in":
        discord.api.slow("GET /users/@me", 60)
    elif moment == "between attempts":
        discord.gate.refuse(*[503] * 20)
    async with running(folder, discord) as bot:
        if moment == "connected":
            await discord.connected()
        else:
            await discord.until(lambda: discord.api.seen if moment == "signing in" else discord.gate.connections)
        code, seconds = await bot.stopped(number)

    assert code == 0
    assert seconds < 5


async def test_a_second_bot_on_the_same_data_is_refused_and_the_first_goes_on(
    discord: FakeDiscord, folder: Path
) -> None:
    async with running(folder, discord):
        await discord.connected()
        async with running(folder, discord) as second:
            code = await second.ended()
        assert code not in (0, 70)
        assert "the bot is running" in second.log
        assert await answers(discord)

    assert discord.gate.identified == 1


async def test_no_data_directory_is_needed_to_begin(discord: FakeDiscord, tmp_path: Path) -> None:
    """A new bot answers at once, with nothing on record."""
    (tmp_path / "config.yaml").write_text(
        f"data_dir: {tmp_path}/new\ndiscord:\n  guilds: [{GUILD}]\n", encoding="utf-8"
    )
    async with running(tmp_path, discord):
        await discord.connected()

        assert "Nothing on record" in (await discord.slash("fact", {"query": "dprk ammunition"})).content
    assert APPLICATION in (tmp_path / "new" / "discord-commands.json").read_text(encoding="utf-8")

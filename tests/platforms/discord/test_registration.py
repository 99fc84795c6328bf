"""Commands are sent to Discord when they changed, and are never missing for long."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.platforms.discord.registration import RegisteredFile
from tests.gateway.people import APPLICATION, GUILD, OTHER_GUILD
from tests.gateway.server import FakeDiscord
from tests.platforms.discord.house import Home, serving

PUT = "PUT .*/commands"

NAMES = ["fact", "about", "Find facts", "follow", "suggest", "Suggest as fact", "desk"]


async def runs(discord: FakeDiscord, home: Home, *, puts: int, **changes: object) -> None:
    """One life of the bot, until it has sent so many sets and says no more."""
    async with serving(home.platform(discord, **changes)):
        await discord.until(lambda: discord.api.count(PUT) >= puts)
        await discord.connected()
        asked = discord.api.count("GET .*/commands")
        await discord.slash("fact", {"query": "trees"})
        await discord.until(lambda: discord.api.count(PUT) == puts and discord.api.count("GET .*/commands") >= asked)
    discord.gate.online.clear()


async def test_the_listed_servers_get_the_commands(discord: FakeDiscord, home: Home) -> None:
    await runs(discord, home, puts=2, guilds=(int(GUILD), int(OTHER_GUILD)))

    assert set(discord.world.commands) == {GUILD, OTHER_GUILD}
    assert [command["name"] for command in discord.world.commands[GUILD]] == NAMES


async def test_the_same_commands_are_not_sent_again(discord: FakeDiscord, home: Home) -> None:
    await runs(discord, home, puts=1)
    await runs(discord, home, puts=1)


async def test_changed_commands_are(discord: FakeDiscord, home: Home) -> None:
    await runs(discord, home, puts=1)
    home.table = [row for row in home.table if row.name != "about"]
    await runs(discord, home, puts=2)

    assert [command["name"] for command in discord.world.commands[GUILD]] == [name for name in NAMES if name != "about"]


async def test_a_bot_that_becomes_public_takes_its_commands_back_from_the_servers(
    discord: FakeDiscord, home: Home
) -> None:
    """Otherwise people would see each of them twice."""
    await runs(discord, home, puts=1)
    await runs(discord, home, puts=3, public=True)

    assert discord.world.commands[GUILD] == []
    assert len(discord.world.commands["global"]) == len(NAMES)


async def test_a_server_that_took_the_bot_back_gets_its_commands_again(discord: FakeDiscord, home: Home) -> None:
    await runs(discord, home, puts=1)
    discord.world.commands.clear()
    await runs(discord, home, puts=2)


async def test_a_server_that_does_not_have_the_bot_yet_gets_them_later(
    discord: FakeDiscord, home: Home, caplog: pytest.LogCaptureFixture
) -> None:
    discord.api.fail(PUT, 403, times=2, body={"code": 50001, "message": "Missing Access"})
    await runs(discord, home, puts=3)

    assert "the bot is not in it" in caplog.text
    assert len(discord.world.commands[GUILD]) == len(NAMES)
    assert home.waits[:2] == [1.0, 2.0]


async def test_discord_in_trouble_delays_them(discord: FakeDiscord, home: Home) -> None:
    discord.api.fail(PUT, 503)
    discord.api.limit(PUT, 0.01)
    discord.api.hang_up(PUT)
    await runs(discord, home, puts=4)

    assert len(discord.world.commands[GUILD]) == len(NAMES)


async def test_questions_are_answered_before_the_commands_are_registered(discord: FakeDiscord, home: Home) -> None:
    discord.api.slow(PUT, 60)
    async with serving(home.platform(discord)):
        await discord.connected()
        assert "300 trees" in (await discord.slash("fact", {"query": "trees"})).content


def test_what_was_sent_is_remembered_for_one_application(tmp_path: Path) -> None:
    file = RegisteredFile(tmp_path / "commands.json")
    assert file.load(APPLICATION) == {}

    file.save(APPLICATION, {"global": "a"})

    assert RegisteredFile(tmp_path / "commands.json").load(APPLICATION) == {"global": "a"}
    assert file.load("another") == {}


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"%s": 3}' % APPLICATION.encode(), b"\xff\xfe", b"null"])
def test_a_damaged_memory_is_no_memory(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "commands.json"
    path.write_bytes(content)

    assert RegisteredFile(path).load(APPLICATION) == {}

"""The running process as systemd, a container and an administrator see it."""

from __future__ import annotations

import asyncio
import socket
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from tests.cli.onrecord import ROOT, OnRecord
from tests.gateway.people import GUILD
from tests.gateway.server import FakeDiscord
from tests.journeys.process import onrecord as started


@pytest.fixture
async def discord() -> AsyncIterator[FakeDiscord]:
    async with FakeDiscord() as fake:
        yield fake


@pytest.fixture
def machine(tmp_path: Path, discord: FakeDiscord) -> OnRecord:
    """Configured by hand: a config.yaml and a token file."""
    (tmp_path / "token").write_text(discord.token, encoding="utf-8")
    (tmp_path / "token").chmod(0o600)
    machine = OnRecord(tmp_path)
    file = machine.config(f"discord: {{guilds: [{GUILD}], token_file: token}}\n")
    machine.environment |= {"ONRECORD_CONFIG": str(file), "ONRECORD_DISCORD_API": discord.url}
    return machine


@pytest.fixture
def listener(tmp_path: Path, machine: OnRecord) -> Iterator[socket.socket]:
    """What systemd would listen on."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as channel:
        channel.bind(str(tmp_path / "notify"))
        channel.settimeout(20)
        machine.environment |= {"NOTIFY_SOCKET": str(tmp_path / "notify"), "WATCHDOG_USEC": "200000"}
        yield channel


async def heard(channel: socket.socket, wanted: str) -> None:
    """Wait until systemd would have heard this."""
    while (await asyncio.to_thread(channel.recv, 4096)).decode() != wanted:
        pass


async def test_systemd_hears_that_it_is_ready_alive_and_ending(
    machine: OnRecord, discord: FakeDiscord, listener: socket.socket
) -> None:
    async with started("run", environment=machine.variables) as process:
        await heard(listener, "READY=1")
        await heard(listener, "WATCHDOG=1")
        await discord.connected()
        await heard(listener, "STATUS=discord: connected as onrecord")
        process.child.terminate()
        await heard(listener, "STOPPING=1")

        assert await process.ended() == 0


async def test_health_and_the_other_commands_beside_a_running_bot(
    machine: OnRecord, discord: FakeDiscord, listener: socket.socket
) -> None:
    assert machine("health").code == 1
    async with started("run", environment=machine.variables) as process:
        await discord.connected()
        await heard(listener, "STATUS=discord: connected as onrecord")

        def beside() -> dict[str, int]:
            lines = (
                ("health",),
                ("backup",),
                ("check", "--online"),
                ("export", "out"),
                ("fact", "dprk"),
                ("import", "x"),
            )
            return {line[0]: machine(*line).code for line in lines}

        found = await asyncio.to_thread(beside)
        assert found == {"health": 0, "backup": 0, "check": 0, "export": 0, "fact": 1, "import": 69}
        copy = next((machine.data / "backups").glob("*.db"))
        refused = await asyncio.to_thread(machine, "restore", copy)
        assert refused.code == 69
        assert f"process {process.child.pid}" in refused.err
        assert (await process.stopped())[0] == 0
        assert discord.token not in process.log
    assert machine("health").code == 1


async def test_a_damaged_database_ends_it_with_78_and_the_way_back(machine: OnRecord) -> None:
    assert (await asyncio.to_thread(machine, "import", ROOT / "facts", "--publish-as", "Ada Muster")).code == 0
    await asyncio.to_thread(machine, "backup")
    machine.damage()

    async with started("run", environment=machine.variables) as process:
        assert await process.ended() == 78
        assert "Database damaged, untouched. Run: onrecord restore " in process.log
        assert "(loses 0 min)" in process.log


async def test_a_database_that_is_gone_is_not_begun_anew_beside_its_backups(machine: OnRecord) -> None:
    assert (await asyncio.to_thread(machine, "import", ROOT / "facts", "--publish-as", "Ada Muster")).code == 0
    await asyncio.to_thread(machine, "backup")
    (machine.data / "onrecord.db").unlink()

    async with started("run", environment=machine.variables) as process:
        assert await process.ended() == 78
        assert "is gone, and its backups are there. Run: onrecord restore " in process.log
    assert not (machine.data / "onrecord.db").exists()


@pytest.mark.parametrize("signal", ["SIGTERM", "SIGINT"])
async def test_a_container_waits_for_somebody_instead_of_restarting_for_ever(machine: OnRecord, signal: str) -> None:
    from signal import Signals  # noqa: PLC0415 -- the parameter has its name

    (machine.home / "token").write_text("your-token-here", encoding="utf-8")
    async with started("run", "--hold", environment=machine.variables) as process:
        while "waiting for somebody" not in process.log:
            assert process.child.returncode is None, process.log
            await asyncio.sleep(0.01)  # the other process gives no other sign
        assert "still the placeholder" in process.log
        code, _ = await process.stopped(Signals[signal])
        assert code == 0


def test_a_running_bot_loads_nothing_that_it_does_not_need() -> None:
    """Memory is counted on small servers."""
    code = "import sys, bot.cli.serve, bot.service, bot.platforms.discord.connection; print(*sys.modules)"
    loaded = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, check=True, cwd=Path(__file__).parents[2]
    )
    modules = set(loaded.stdout.decode().split())

    unwanted = {"rich", "readline", "nio", "mautrix", "bot.platforms.console.connection", "bot.interchange.check"}
    assert modules & unwanted == set()
    assert "discord" in modules


def test_a_command_without_discord_does_not_load_it() -> None:
    code = "import sys, bot.cli.ask, bot.cli.lookup, bot.cli.files, bot.cli.copies; print(*sys.modules)"
    loaded = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, check=True, cwd=Path(__file__).parents[2]
    )

    assert {"discord", "aiohttp", "rich"} & set(loaded.stdout.decode().split()) == set()

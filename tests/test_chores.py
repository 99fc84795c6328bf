"""What a running bot does beside answering, on a real database."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from bot import app
from bot.chores import Chores
from bot.config import Backup, Config
from bot.health import read
from bot.platforms.base import PlatformStatus
from bot.store.sqlite.backup import newest_backup
from tests.builders import NOON


class Quiet:
    """A platform whose state a test sets."""

    name = "quiet"

    def __init__(self) -> None:
        self.status = PlatformStatus(connected=True, since=NOON, detail="here")

    async def serve(self) -> None:
        """Nothing to do."""


def a_config(folder: Path, **backup: object) -> Config:
    return Config(data_dir=folder / "data", backup=Backup(**backup))  # type: ignore[arg-type]  # a test names what matters


async def test_the_status_file_tells_a_change_of_a_connection(tmp_path: Path) -> None:
    config, quiet = a_config(tmp_path), Quiet()
    async with app.writing(config) as room:
        chores = Chores(config, room, (quiet,), {})
        quiet.status = PlatformStatus(connected=False, since=NOON, detail="not yet")
        await chores._write_status()
        health = read(config.data_dir)
        assert health
        assert not health.platforms[0].reached
        quiet.status = PlatformStatus(connected=True, since=NOON, detail="here")
        await chores._write_status()
        quiet.status = PlatformStatus(connected=False, since=NOON, detail="gone")
        await chores._write_status()

    health = read(config.data_dir)
    assert health
    assert health.platforms[0].reached
    assert (health.platforms[0].connected, health.platforms[0].detail) == (False, "gone")
    assert (health.database, health.backup, health.backup_at) == ("ok", "ok", None)
    assert health.free_bytes
    chores.end()
    assert read(config.data_dir) is None


async def test_a_nightly_copy_is_made_verified_and_told(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("INFO")
    config = a_config(tmp_path)
    async with app.writing(config) as room:
        chores = Chores(config, room, (), {})
        await chores._harmless("backup", chores._copy)
        await chores._write_status()
        newest = newest_backup(config.backups, room.clock.now())

    health = read(config.data_dir)
    assert newest
    assert health
    assert health.backup_at
    assert (
        timedelta(0)
        <= datetime.fromisoformat(health.at) - datetime.fromisoformat(health.backup_at)
        < timedelta(minutes=5)
    )
    assert "verified" in caplog.text


async def test_a_copy_that_cannot_be_made_ends_nothing_and_shows_in_the_health(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    config = a_config(tmp_path, directory=tmp_path / "file")
    async with app.writing(config) as room:
        chores = Chores(config, room, (), {})
        await chores._harmless("backup", chores._copy)
        await chores._write_status()

    health = read(config.data_dir)
    assert health
    assert str(tmp_path / "file") in health.backup
    assert "backup: " in caplog.text
    assert "Traceback" not in caplog.text


async def test_an_unexpected_fault_of_a_chore_is_logged_with_an_id(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async def faulty() -> None:
        raise ZeroDivisionError("odd")

    config = a_config(tmp_path)
    async with app.writing(config) as room:
        await Chores(config, room, (), {})._harmless("cleaning", faulty)

    assert "cleaning: error " in caplog.text
    assert "ZeroDivisionError: odd" in caplog.text


async def test_the_nightly_check_of_a_sound_database_finds_nothing(tmp_path: Path) -> None:
    config = a_config(tmp_path)
    async with app.writing(config) as room:
        await app.import_examples(room)
        chores = Chores(config, room, (), {})
        await chores._clean()
        await chores._check()
        await chores._write_status()

    health = read(config.data_dir)
    assert health
    assert health.database == "ok"


async def test_the_nightly_check_mends_an_index_that_has_drifted(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    config = a_config(tmp_path)
    async with app.writing(config) as room:
        await app.import_examples(room)
        assert room.store._writer is not None
        await room.store._writer.submit(lambda connection: connection.execute("DELETE FROM fact_search WHERE fact = 1"))
        await Chores(config, room, (), {})._check()
        assert await room.store.check() == ()

    assert "The index was made anew" in caplog.text


async def test_backups_can_be_switched_off_and_the_watchdog_is_for_systemd(tmp_path: Path) -> None:
    def names(config: Config, environment: dict[str, str]) -> set[str]:
        chores = Chores(config, room, (), environment).all()
        for _, chore in chores:
            chore.close()
        return {name for name, _ in chores}

    config = a_config(tmp_path)
    async with app.writing(config) as room:
        always = {"status", "cleaning", "erasing", "telling"}
        assert names(config, {}) == always | {"backup"}
        assert names(a_config(tmp_path, nightly=False), {}) == always
        assert "watchdog" in names(config, {"WATCHDOG_USEC": "60000000"})


async def test_chores_end_when_they_are_cancelled(tmp_path: Path) -> None:
    config = a_config(tmp_path)
    async with app.writing(config) as room:
        chores = Chores(config, room, (Quiet(),), {"WATCHDOG_USEC": "60000000"})
        tasks = [asyncio.create_task(chore) for _, chore in chores.all()]
        await asyncio.sleep(0)  # each begins
        for task in tasks:
            task.cancel()
        done, late = await asyncio.wait(tasks, timeout=5)

    assert not late
    assert all(task.cancelled() for task in done)

"""What the running bot says to its reviewers by itself: each thing once, over restarts and full disks."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot import app, health
from bot.app import Room
from bot.chores import Chores
from bot.config import Backup, Config, Discord, load
from bot.config_matrix import Matrix
from bot.core.desk.bulletins import Incident
from bot.core.model.desk import Notice, NoticeKind, Terms
from bot.core.model.mail import Place
from bot.core.payloads import notice_of
from bot.store.sqlite.errors import DiskFull
from bot.telling import Backups, Telling
from tests.builders import StoppedClock

CHANNEL = Place(platform="discord", id="430000000000000009")
ROOM = Place(platform="matrix", id="#desk:example.org")
SPRING = datetime(2026, 4, 30, 12, 0, tzinfo=UTC)


def a_config(folder: Path, **options: Any) -> Config:
    return Config(data_dir=folder / "data", discord=Discord(review_channel=int(CHANNEL.id)), **options)


@pytest.fixture
def clock() -> StoppedClock:
    return StoppedClock(SPRING)


@pytest.fixture
async def room(tmp_path: Path, clock: StoppedClock) -> AsyncIterator[Room]:
    config = a_config(tmp_path, matrix=Matrix(homeserver="x", user="x", review_room=ROOM.id))
    async with app.writing(config) as room:
        await app.import_examples(room)
        yield replace(room, clock=clock)


async def posted(room: Room, platform: str = "discord") -> list[Notice]:
    """Everything that waits in the outbox of a platform, drained."""
    found = []
    while jobs := await room.store.lease(platform, limit=100, ttl=60):
        for job in jobs:
            notice = notice_of(job.payload)
            assert notice is not None
            found.append(notice)
            await room.store.done(job, None)
    return found


def alerts(notices: list[Notice]) -> list[tuple[str, str]]:
    assert {notice.kind for notice in notices} <= {NoticeKind.ALERT}
    return [(notice.data["what"], notice.data["state"]) for notice in notices]


# -- where to


def test_the_review_places_come_from_the_configuration(tmp_path: Path) -> None:
    (tmp_path / "config.yaml").write_text(
        f"editors: 1\ndiscord: {{review_channel: {CHANNEL.id}}}\n"
        f'matrix: {{homeserver: "https://example.org", user: "@bot:example.org", review_room: "{ROOM.id}"}}\n',
        encoding="utf-8",
    )
    assert load(tmp_path / "config.yaml", {}, tmp_path).terms == Terms(editors=1, review=(CHANNEL, ROOM))
    assert load(None, {}, tmp_path).terms == Terms()


# -- once a day


async def test_the_head_of_the_audit_goes_to_the_log_and_to_every_review_place(
    room: Room, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO")
    await Telling(room).head()
    async with room.store.reading() as reading:
        seq, digest = await reading.head()
    for platform, place in (("discord", CHANNEL), ("matrix", ROOM)):
        (notice,) = await posted(room, platform)
        assert (notice.kind, notice.place) == (NoticeKind.DAY, place)
        assert notice.data == {"day": "2026-04-30", "seq": str(seq), "hash": digest}
    assert f"{seq} records, head {digest}" in caplog.text


async def test_a_head_that_has_not_moved_is_not_posted_again(room: Room, clock: StoppedClock) -> None:
    await Telling(room).head()
    assert len(await posted(room)) == 1
    clock.time += timedelta(days=1)
    await Telling(room).head()
    assert await posted(room) == []
    assert room.store._writer is not None
    await room.store._writer.submit(
        lambda connection: connection.execute(
            "INSERT INTO audit SELECT seq + 1, at, actor, named, verb, object, revision, content, workflow, checking, "
            "note, hash, ? FROM audit ORDER BY seq DESC LIMIT 1",
            ("f" * 64,),
        )
    )
    await Telling(room).head()
    assert [notice.data["hash"] for notice in await posted(room)] == ["f" * 64]


async def test_nothing_is_posted_where_no_place_is_configured(room: Room) -> None:
    telling = Telling(replace(room, terms=Terms()))
    await telling.head()
    telling.saw(Incident.BACKUP, wrong=True)
    await telling.settle()
    assert await posted(room) == []


# -- once a month


async def test_the_figures_come_once_on_the_first_day_of_the_next_month(room: Room, clock: StoppedClock) -> None:
    def sizes() -> Backups:
        return Backups(newest=SPRING.date(), bytes=4096)

    await Telling(room).month(sizes)  # the month in which the bot began
    assert await posted(room) == []
    clock.time = datetime(2026, 5, 1, 12, 0, tzinfo=UTC)
    await Telling(room).month(sizes)
    (notice,) = await posted(room)
    assert notice.kind is NoticeKind.MONTH
    assert notice.data["month"] == "2026-04"
    assert (notice.data["backup"], notice.data["bytes"]) == ("2026-04-30", "4096")
    assert int(notice.data["published"]) == int(notice.data["new"]) > 0
    assert notice.data["unanswered"] == "0"

    clock.time = datetime(2026, 5, 31, 12, 0, tzinfo=UTC)
    await Telling(room).month(sizes)
    assert await posted(room) == []
    clock.time = datetime(2026, 6, 2, 12, 0, tzinfo=UTC)  # it did not run on the first
    await Telling(room).month(lambda: Backups(newest=None, bytes=0))
    (notice,) = await posted(room)
    assert (notice.data["month"], notice.data["backup"]) == ("2026-05", "")


# -- at once


async def test_a_fault_is_told_once_and_again_when_it_is_over(room: Room, clock: StoppedClock) -> None:
    telling = Telling(room)
    for _ in range(3):
        telling.saw(Incident.BACKUP, wrong=True)
        await telling.settle()
    assert alerts(await posted(room)) == [("backup", "began")]
    assert not telling.news.is_set()

    clock.time += timedelta(hours=1)
    after_a_restart = Telling(room)
    after_a_restart.saw(Incident.BACKUP, wrong=True)
    await after_a_restart.settle()
    assert await posted(room) == []
    for _ in range(2):
        after_a_restart.saw(Incident.BACKUP, wrong=False)
        await after_a_restart.settle()
    assert alerts(await posted(room)) == [("backup", "over")]

    after_a_restart.saw(Incident.BACKUP, wrong=True)
    await after_a_restart.settle()
    assert alerts(await posted(room)) == [("backup", "began")]


def test_the_log_has_it_too(room: Room, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("INFO")
    telling = Telling(room)
    telling.saw(Incident.DISK, wrong=False)
    assert caplog.messages == []
    for free in (1_048_576, 7):
        telling.saw(Incident.DISK, wrong=True, free=free)
    telling.saw(Incident.DISK, wrong=False)
    assert caplog.messages == ["disk: something is wrong, 1 MB free", "disk: well again"]


async def test_what_could_not_be_told_is_told_as_soon_as_it_can(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    """A full disk is the very fault that cannot be written down."""
    telling = Telling(room)
    telling.saw(Incident.DISK, wrong=True, free=7)
    with monkeypatch.context() as broken:

        async def full(*_: object, **__: object) -> None:
            raise DiskFull(room.store.path, "database or disk is full")

        broken.setattr(type(room.store), "apply", full)
        with pytest.raises(DiskFull):
            await telling.settle()
    assert telling.news.is_set()
    await telling.settle()
    (notice,) = await posted(room)
    assert (notice.data["what"], notice.data["free"]) == ("disk", "7")


async def test_the_chores_see_a_failed_backup_a_disk_and_a_damaged_database(
    room: Room, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    chores = Chores(a_config(tmp_path, backup=Backup(directory=tmp_path / "file")), room, (), {})
    await chores._harmless("backup", chores._copy)
    monkeypatch.setattr(health, "free_bytes", lambda _: health.LEAST_FREE - 1)
    await chores._write_status()

    async def damaged(_: object) -> tuple[str, ...]:
        return ("row 7 is gone",)

    with monkeypatch.context() as broken:
        broken.setattr(type(room.store), "check", damaged)
        await chores._check()
    await chores._telling.settle()
    assert alerts(await posted(room)) == [("backup", "began"), ("disk", "began"), ("database", "began")]

    monkeypatch.setattr(health, "free_bytes", lambda _: health.ENOUGH_FREE - 1)  # neither nearly full nor well
    await chores._write_status()
    await chores._telling.settle()
    assert await posted(room) == []
    monkeypatch.setattr(health, "free_bytes", lambda _: health.ENOUGH_FREE)
    await chores._write_status()
    await chores._check()
    good = Chores(a_config(tmp_path), room, (), {})
    await good._copy()
    for each in (chores, good):
        await each._telling.settle()
    assert alerts(await posted(room)) == [("disk", "over"), ("database", "over"), ("backup", "over")]


async def test_the_chore_that_tells_waits_for_news(room: Room, tmp_path: Path) -> None:
    chores = Chores(a_config(tmp_path), room, (), {})
    task = asyncio.create_task(chores._tell())
    chores._telling.saw(Incident.BACKUP, wrong=True)
    found: list[Notice] = []
    async with asyncio.timeout(10):
        while not found:
            found = await posted(room)
    task.cancel()
    assert alerts(found) == [("backup", "began")]

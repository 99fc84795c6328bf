"""The status file and what counts as a fault."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.health import LEAST_FREE, Health, PlatformHealth, faults, read, remove, write
from tests.builders import NOON


def away(*, reached: bool) -> PlatformHealth:
    return PlatformHealth(
        name="discord", connected=False, since=NOON.isoformat(), detail="trying again in 8 s", reached=reached
    )


def a_health(**changes: object) -> Health:
    discord = PlatformHealth(name="discord", connected=True, since=NOON.isoformat(), detail="ready", reached=True)
    health = Health(
        version="1",
        pid=1,
        started_at=NOON.isoformat(),
        at=NOON.isoformat(),
        platforms=(discord,),
        database="ok",
        backup_at=None,
        backup="ok",
        free_bytes=10**9,
    )
    return replace(health, **changes)  # type: ignore[arg-type]  # a test names only what matters to it


def test_what_is_written_is_read_back(tmp_path: Path) -> None:
    write(tmp_path, a_health())
    assert read(tmp_path) == a_health()
    assert [(path.name, path.stat().st_mode & 0o777) for path in tmp_path.iterdir()] == [("status.json", 0o600)]

    remove(tmp_path)
    assert read(tmp_path) is None


@pytest.mark.parametrize("content", ["", "{", "[]", "{}", '{"platforms": 1}', '{"platforms": [], "more": 1}'])
def test_a_broken_status_file_is_no_status(tmp_path: Path, content: str) -> None:
    (tmp_path / "status.json").write_text(content, encoding="utf-8")
    assert read(tmp_path) is None


def test_a_connected_bot_with_room_is_healthy() -> None:
    assert not faults(a_health(), NOON + timedelta(seconds=59))


def test_a_short_absence_is_forgiven_a_long_one_is_told() -> None:
    def faults_after(seconds: int) -> str:
        now = NOON + timedelta(seconds=seconds)
        return "\n".join(faults(a_health(platforms=(away(reached=True),), at=now.isoformat()), now))

    assert faults_after(60) == ""
    assert faults_after(600) == "discord: not connected. trying again in 8 s"


def test_a_platform_that_will_not_have_us_is_a_fault_at_once() -> None:
    ended = replace(away(reached=True), ended=True)
    assert faults(a_health(platforms=(ended,)), NOON) == ["discord: not connected. trying again in 8 s"]


def test_a_platform_that_was_never_reached_is_a_fault_from_the_start() -> None:
    assert faults(a_health(platforms=(away(reached=False),)), NOON) == [
        "discord: never connected since the start. trying again in 8 s"
    ]


@pytest.mark.parametrize(
    ("health", "hint"),
    [
        (None, "no status file"),
        (a_health(at=(NOON - timedelta(minutes=5)).isoformat()), "300 s"),
        (a_health(database="damaged"), "damaged"),
        (a_health(backup="no space left"), "no space left"),
        (a_health(free_bytes=LEAST_FREE - 1), "MB free"),
    ],
)
def test_each_fault_is_told(health: Health | None, hint: str) -> None:
    assert hint in "\n".join(faults(health, NOON))

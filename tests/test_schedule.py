"""Nightly copies: when, also after a night in which the machine was off."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest

from bot.schedule import CATCH_UP, backup_due, next_at
from tests.builders import NOON


@pytest.fixture(params=["UTC", "Europe/Kyiv", "America/New_York"])
def zone(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    monkeypatch.setenv("TZ", request.param)
    time.tzset()
    yield request.param
    monkeypatch.undo()
    time.tzset()


def test_the_next_time_is_on_the_wall_clock_and_within_a_day(zone: str) -> None:
    for hours in range(48):
        now = NOON + timedelta(hours=hours)
        then = next_at(now, "03:30")

        assert f"{then.astimezone():%H:%M}" == "03:30", zone
        assert timedelta(0) < then - now <= timedelta(days=1)
        assert then.tzinfo is now.tzinfo


def test_the_very_minute_means_the_next_day() -> None:
    now = next_at(NOON, "03:30")
    assert next_at(now, "03:30") - now == timedelta(days=1)


@pytest.mark.usefixtures("zone")
def test_the_long_and_the_short_day_have_one_copy_each() -> None:
    moment = next_at(datetime.fromisoformat("2026-03-01T00:00:00+00:00"), "03:30")
    for _ in range(300):
        after = next_at(moment, "03:30")
        assert timedelta(hours=22) < after - moment <= timedelta(hours=28)
        moment = after


def test_a_missed_copy_is_made_soon_after_the_start() -> None:
    assert backup_due(NOON, "03:30", None) == NOON + CATCH_UP
    assert backup_due(NOON, "03:30", NOON - timedelta(days=3)) == NOON + CATCH_UP
    assert backup_due(NOON, "03:30", NOON - timedelta(hours=9)) == next_at(NOON, "03:30")

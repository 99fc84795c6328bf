"""Time and ids of the machine."""

from __future__ import annotations

import re
from datetime import UTC

import pytest

from bot.system import OrderedIds, SystemClock


def test_the_time_is_aware_and_in_utc() -> None:
    assert SystemClock().now().tzinfo is UTC


def test_ids_are_of_the_promised_form_and_rise() -> None:
    ids = OrderedIds()
    made = [ids.new() for _ in range(2000)]

    assert made == sorted(made)
    assert len(set(made)) == len(made)
    assert all(re.fullmatch(r"[0-9a-z]{26}", one) for one in made)


def test_ids_rise_also_when_the_clock_goes_back(monkeypatch: pytest.MonkeyPatch) -> None:
    ids = OrderedIds()
    first = ids.new()
    monkeypatch.setattr("time.time_ns", lambda: 0)

    assert ids.new() > first

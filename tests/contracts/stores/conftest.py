"""Every store under test, behind the same ports."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.store.memory import MemoryStore
from bot.store.sqlite import SqliteStore, opened
from tests.builders import CountingIds, StoppedClock
from tests.store.simple import simple_index

Store = MemoryStore | SqliteStore


@pytest.fixture
def clock() -> StoppedClock:
    return StoppedClock()


@pytest.fixture(params=["memory", "sqlite"])
async def store(request: pytest.FixtureRequest, tmp_path: Path, clock: StoppedClock) -> AsyncIterator[Store]:
    if request.param == "memory":
        yield MemoryStore(index=simple_index, clock=clock, ids=CountingIds())
    else:
        async with opened(tmp_path / "data" / "onrecord.db", index=simple_index, clock=clock, ids=CountingIds()) as it:
            yield it
            assert await it.check() == ()  # whatever a test did, the file is sound, its index and its audit too

"""An opened store in a folder of its own."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager
from pathlib import Path
from typing import Any, Protocol

import pytest

from bot.store.sqlite import SqliteStore, opened
from tests.builders import CountingIds, StoppedClock
from tests.store.simple import simple_index


class Open(Protocol):
    def __call__(self, **options: Any) -> AbstractAsyncContextManager[SqliteStore]: ...


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "onrecord.db"


@pytest.fixture
def clock() -> StoppedClock:
    return StoppedClock()


@pytest.fixture
def open_store(path: Path, clock: StoppedClock) -> Open:
    def opening(**options: Any) -> AbstractAsyncContextManager[SqliteStore]:
        defaults: dict[str, Any] = {"index": simple_index, "clock": clock, "ids": CountingIds()}
        return opened(options.pop("path", path), **(defaults | options))

    return opening


@pytest.fixture
async def store(open_store: Open) -> AsyncIterator[SqliteStore]:
    async with open_store() as it:
        yield it

"""The chores beside the answers: what is told of them."""

from __future__ import annotations

import asyncio
import logging
from contextlib import suppress
from typing import Any

import pytest

from bot.platforms.matrix import housekeeping
from bot.platforms.matrix.connection import Homeserver
from bot.platforms.matrix.housekeeping import Housekeeping
from bot.platforms.matrix.rooms import Rooms
from bot.platforms.matrix.settings import MatrixSettings
from bot.platforms.matrix.sync import Invitation


class Obliging(Homeserver):
    """A homeserver that lets every room be left."""

    def __init__(self) -> None:
        super().__init__("http://nowhere")
        self.left: asyncio.Queue[str] = asyncio.Queue()

    async def call(self, method: str, path: str, body: Any = None, **_: Any) -> dict[str, Any]:
        self.left.put_nowait(path)
        return {}


class Lines(logging.Handler):
    """What is logged, as it is logged."""

    def __init__(self) -> None:
        super().__init__()
        self.told: asyncio.Queue[int] = asyncio.Queue()

    def emit(self, record: logging.LogRecord) -> None:
        self.told.put_nowait(int(record.getMessage().rpartition(" ")[2]))


async def test_all_declined_invitations_are_told_in_few_lines(monkeypatch: pytest.MonkeyPatch) -> None:
    """The first at once, those of the next minute together after it, and the rest at the end."""
    monkeypatch.setattr(housekeeping, "QUIET", 0.2)
    lines, server = Lines(), Obliging()
    log = logging.Logger("declined", logging.INFO)
    log.addHandler(lines)
    monkeypatch.setattr(housekeeping, "_log", log)

    async def nothing(*_: str) -> None:
        return None

    rooms = Rooms(settings=MatrixSettings(homeserver="http://nowhere", user="@bot:x"))
    house = Housekeeping(server, rooms, changed=nothing, moved=nothing)
    task = asyncio.create_task(house.run())

    async def strangers(count: int) -> None:
        for _ in range(count):
            house.invited(Invitation(room="!r", by="@eve:x"))
        for _ in range(count):
            await server.left.get()

    async with asyncio.timeout(20):
        await strangers(1)
        assert await lines.told.get() == 1
        await strangers(5)
        assert await lines.told.get() == 5
        await strangers(3)
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task
        assert lines.told.get_nowait() == 3
        assert lines.told.empty()

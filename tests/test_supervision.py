"""One platform's faults are its own."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

import pytest

from bot.platforms.base import PlatformStatus, SignInRefused
from bot.supervision import FIRST_PAUSE, LONGEST_PAUSE, keep


class Faulty:
    """Ends each call of `serve` as told, then refuses to sign in."""

    name = "faulty"
    status = PlatformStatus(connected=False, since=None, detail="")

    def __init__(self, ends: Sequence[Exception | None]) -> None:
        self.ends = list(ends)

    async def serve(self) -> None:
        end = self.ends.pop(0) if self.ends else SignInRefused("wrong token")
        if end is not None:
            raise end


async def test_a_fault_is_logged_with_an_id_and_tried_again(caplog: pytest.LogCaptureFixture) -> None:
    pauses: list[float] = []

    async def pause(seconds: float) -> None:
        pauses.append(seconds)

    refusal = await keep(Faulty([ValueError("odd"), None, RuntimeError("worse")]), pause)

    assert str(refusal) == "wrong token"
    assert pauses == [FIRST_PAUSE, FIRST_PAUSE * 2, FIRST_PAUSE * 4]
    assert "error " in caplog.text
    assert "ValueError: odd" in caplog.text
    assert "ended by itself" in caplog.text


async def test_the_pause_has_a_limit() -> None:
    pauses: list[float] = []

    async def pause(seconds: float) -> None:
        pauses.append(seconds)

    await keep(Faulty([ValueError()] * 20), pause)

    assert max(pauses) == pauses[-1] == LONGEST_PAUSE


async def test_being_cancelled_ends_it() -> None:
    task = asyncio.create_task(keep(Faulty([ValueError()] * 5)))
    await asyncio.sleep(0)  # one turn of the loop, no time passes
    task.cancel()

    with pytest.raises(asyncio.CancelledError):
        await task

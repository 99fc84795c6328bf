"""`onrecord` as a real process: started, watched and ended as an administrator would."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path

WAIT = 20.0  # s after which a test fails


class Process:
    """One run of the program; its log is what it wrote to stderr."""

    def __init__(self, child: asyncio.subprocess.Process) -> None:
        self.child = child
        self._log: list[bytes] = []
        self._reading = asyncio.create_task(self._read())

    async def _read(self) -> None:
        assert self.child.stderr is not None
        async for line in self.child.stderr:
            self._log.append(line)

    @property
    def log(self) -> str:
        return b"".join(self._log).decode()

    async def logged(self, words: str) -> None:
        """Wait until it has written this."""
        async with asyncio.timeout(WAIT):
            while words not in self.log:  # noqa: ASYNC110 -- another process writes it
                await asyncio.sleep(0.02)

    async def said(self) -> str:
        """What is left of its output, once it has ended."""
        return (await self.child.stdout.read()).decode() if self.child.stdout else ""

    async def ended(self) -> int:
        """Wait for the end; the exit code."""
        code = await asyncio.wait_for(self.child.wait(), WAIT)
        await self._reading
        return code

    async def stopped(self, number: signal.Signals = signal.SIGTERM) -> tuple[int, float]:
        """Send a signal; the exit code, and the seconds until it ended."""
        loop = asyncio.get_running_loop()
        begun = loop.time()
        self.child.send_signal(number)
        return await self.ended(), loop.time() - begun


@asynccontextmanager
async def onrecord(*arguments: str, environment: Mapping[str, str]) -> AsyncIterator[Process]:
    """Start the program; whatever is left of it at the end is killed."""
    bare = {key: value for key, value in os.environ.items() if not key.startswith(("ONRECORD_", "NOTIFY_", "XDG_"))}
    child = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "bot",
        *arguments,
        env=bare | dict(environment),
        cwd=Path(__file__).parents[2],
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    process = Process(child)
    try:
        yield process
    finally:
        if child.returncode is None:
            child.kill()
        await child.wait()
        await process._reading
        child._transport.close()  # type: ignore[attr-defined]  # asyncio offers no other way to close stdout's pipe

"""Empties a platform's outbox: one job a lane at a time, several lanes side by side, tried again when it is due."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable
from datetime import timedelta

from bot.core.model.mail import Job
from bot.core.ports import Clock, Stream

LANES = 8  # places that are written to at the same time
LEASE = 300.0  # seconds; a start frees what an earlier run held
SLACK = 0.05  # seconds that the store's clock may be behind the loop's
TRIES = 10  # of what fails in a way that nobody expected; minutes, with the waits in between
IDLE = 30.0  # seconds between two looks when nothing is known to wait


class Lanes:
    """The jobs of one platform, handed to `send` one by one; `send` settles each in the store, or puts it off here."""

    def __init__(self, platform: str, mail: Stream, clock: Clock, send: Callable[[Job], Awaitable[None]]) -> None:
        self._platform, self._mail, self._clock, self._send = platform, mail, clock, send
        self._wake = asyncio.Event()
        self._dues: list[float] = []  # when what was put off is due, by the loop's clock
        self._busy = 0  # lanes that are being written to
        self._faults = Counter[str]()  # job -> errors that nobody expected
        self._swept = False  # nothing of what was sent is left in the store's logs

    def wake(self) -> None:
        """There is something new."""
        self._wake.set()

    async def put_off(self, job: Job, seconds: float, why: str, *, sure: bool = False) -> None:
        """Try a job again later; its lane waits for it. `sure`: what has been tried so far did not arrive."""
        await self._mail.later(job, at=self._clock.now() + timedelta(seconds=seconds), why=why, sure=sure)
        self._dues.append(asyncio.get_running_loop().time() + seconds + SLACK)

    def hopeless(self, job: Job) -> bool:
        """Count an error that nobody expected; whether it is one too many, and the lane goes on without the job."""
        self._faults[job.id] += 1
        return self._faults[job.id] >= TRIES

    async def run(self) -> None:
        """Send until cancelled. Raises an ExceptionGroup with what `send` raises."""
        loop = asyncio.get_running_loop()
        async with asyncio.TaskGroup() as lanes:
            seen = self._clock.now()
            while True:
                self._wake.clear()
                if (now := self._clock.now()) < seen:
                    await self._mail.turned_back(self._platform)
                seen = now
                self._dues = [due for due in self._dues if due > loop.time()]
                free = LANES - self._busy
                jobs = await self._mail.lease(self._platform, limit=free, ttl=LEASE) if free else ()
                for job in jobs:
                    self._busy += 1
                    lanes.create_task(self._finished(job))
                if jobs:
                    self._swept = False
                else:
                    await self._rest()

    async def _rest(self) -> None:
        """Wait until there is something to do; a quiet while is used to sweep."""
        try:
            async with asyncio.timeout_at(min(self._dues, default=asyncio.get_running_loop().time() + IDLE)):
                await self._wake.wait()
        except TimeoutError:
            if not self._swept and not self._dues and not self._busy:
                self._swept = await self._mail.swept()

    async def _finished(self, job: Job) -> None:
        try:
            await self._send(job)
        finally:
            self._busy -= 1
            self._wake.set()

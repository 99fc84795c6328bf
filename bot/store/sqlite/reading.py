"""One consistent view, leased for one answer."""

from __future__ import annotations

import asyncio
import sqlite3
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from bot.core.model.change import Records
from bot.core.model.fact import Dossier, PastRevision
from bot.core.model.finding import Listed
from bot.core.ports import Vocabulary
from bot.core.search.plan import Candidates, Frequencies, Plan, Pool
from bot.store.sqlite import desk_rows, looking
from bot.store.sqlite.readers import Call, Lease, Read
from bot.store.sqlite.rows import storable

Searched = TypeVar("Searched", Candidates, Pool)

TOO_SHORT = 0.005  # seconds in which no search is worth beginning
LARGEST = 2**63 - 1  # an SQLite integer


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How long reads may take, in seconds, and how many go on side by side."""

    readers: int = 2
    search: float = 0.2  # all searches of one answer together; with reading and ranking it stays below 0.25
    other: float = 2.0
    everything: float = 60.0  # names and export: as large as the database


class SqliteReading:
    """The port Reading over a lease. Text that is no valid Unicode stands nowhere in the database."""

    def __init__(self, lease: Lease, limits: Limits) -> None:
        self._lease = lease
        self._limits = limits
        self._left = limits.search  # seconds for further searches of this answer
        self._as_of = 0

    async def candidates(self, plan: Plan, *, limit: int) -> Candidates:
        if self._left < TOO_SHORT:
            return Candidates(rows=(), complete=False, as_of=self._as_of)
        found = await self._searched(lambda connection, call: looking.candidates(connection, call, plan, limit))
        self._as_of = found.as_of
        return found

    async def pool(self, plans: Sequence[Plan], *, limit: int, most: int) -> Pool:
        if self._left < TOO_SHORT:
            return Pool(documents=(), complete=False, cut=False)
        return await self._searched(lambda connection, call: looking.pool(connection, call, plans, limit, most))

    async def _searched(self, read: Read[Searched]) -> Searched:
        """In what is left of the answer's time for searches; once more if others had the processor for most of it."""
        found, took, worked = await self._timed(read)
        if not found.complete and took >= self._left and worked < self._left / 2:
            found, took, _ = await self._timed(read)
        self._left -= took
        return found

    async def _timed(self, read: Read[Searched]) -> tuple[Searched, float, float]:
        """What was found, the seconds that it took, and those in which it was worked on."""
        loop = asyncio.get_running_loop()
        begun = loop.time()
        found, worked = await self._lease.run(
            lambda connection, call: _watched(connection, call, read), limit=self._left
        )
        return found, loop.time() - begun, worked

    async def frequencies(self, terms: Sequence[str]) -> Frequencies:
        return await self._lease.run(
            lambda connection, _: looking.frequencies(connection, terms), limit=self._limits.other
        )

    async def vocabulary(self) -> Vocabulary:
        return await self._lease.run(
            lambda connection, _: looking.vocabulary(connection), limit=self._limits.everything
        )

    async def dossiers(self, numbers: Sequence[int]) -> tuple[Dossier, ...]:
        return await self._lease.run(
            lambda connection, _: looking.dossiers(connection, numbers), limit=self._limits.other
        )

    async def number_of(self, slug: str) -> int | None:
        if not storable(slug):
            return None
        return await self._lease.run(
            lambda connection, _: looking.number_of(connection, slug), limit=self._limits.other
        )

    async def history(self, number: int) -> tuple[PastRevision, ...]:
        if not 0 < number <= LARGEST:
            return ()
        return await self._lease.run(
            lambda connection, _: looking.history(connection, number), limit=self._limits.other
        )

    async def listed(self, *, topic: str | None = None, series: str | None = None, limit: int) -> tuple[Listed, ...]:
        if limit <= 0 or not storable(topic or "") or not storable(series or ""):
            return ()
        return await self._lease.run(
            lambda connection, _: looking.listed(connection, topic, series, limit), limit=self._limits.search
        )

    async def labels(self, prefix: str, *, limit: int) -> tuple[Listed, ...]:
        return await self._lease.run(
            lambda connection, call: looking.labels(connection, call, prefix, limit), limit=self._limits.search
        )

    async def text_of(self, source: str) -> str | None:
        if not storable(source):
            return None
        return await self._lease.run(
            lambda connection, _: looking.text_of(connection, source), limit=self._limits.other
        )

    async def passages_of(self, source: str) -> tuple[str, ...]:
        if not storable(source):
            return ()
        return await self._lease.run(
            lambda connection, _: desk_rows.passages(connection, source), limit=self._limits.other
        )

    async def records(self) -> Records:
        return await self._lease.run(lambda connection, _: looking.records(connection), limit=self._limits.everything)


def _watched(connection: sqlite3.Connection, call: Call, read: Read[Searched]) -> tuple[Searched, float]:
    begun = time.thread_time()
    return read(connection, call), time.thread_time() - begun

"""The store on SQLite: opened and closed as a whole, behind the ports."""

from __future__ import annotations

import asyncio
import contextlib
import sqlite3
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import TypeVar

from bot.core.model.change import Applied, Change
from bot.core.model.mail import Delivery, Job, MessageRef, Post, Sent
from bot.core.news import outdated
from bot.core.payloads import post_of
from bot.core.ports import Clock, Ids
from bot.store.sqlite import deliveries, desk_filing, filing, mail
from bot.store.sqlite.backup import Backup, back_up
from bot.store.sqlite.checking import faults, index_faults
from bot.store.sqlite.desk_view import SqliteDeskReading
from bot.store.sqlite.errors import NotWritten, ReadOnlyStore, in_our_words
from bot.store.sqlite.filing import Index
from bot.store.sqlite.on_file import OnFile
from bot.store.sqlite.readers import Read, Readers
from bot.store.sqlite.reading import Limits
from bot.store.sqlite.scrubbing import empty_log, scrub
from bot.store.sqlite.writer import Work, Writer

T = TypeVar("T")


class SqliteStore:
    """The ports Desk and Stream. Made by `opened`."""

    def __init__(
        self,
        path: Path,
        *,
        writer: Writer | None,
        readers: Readers,
        position: int,
        index: Index,
        clock: Clock,
        ids: Ids,
        limits: Limits,
    ) -> None:
        self.path = path
        self._writer = writer
        self._readers = readers
        self._index = index
        self._clock = clock
        self._ids = ids
        self._limits = limits
        self._position = position
        self._watching: dict[str, Callable[[], None]] = {}
        self.checking: asyncio.Task[None] | None = None  # of a large database, after the start

    # Facts

    @property
    def position(self) -> int:
        return self._position

    @contextlib.asynccontextmanager
    async def reading(self) -> AsyncIterator[SqliteDeskReading]:
        async with self._readers.lease() as lease:
            yield SqliteDeskReading(lease, self._limits)

    async def apply(self, change: Change, *, key: str, expect: Mapping[str, int]) -> Applied:
        seen = dict(expect)
        tools = filing.Tools(now=self._clock.now(), index=self._index, ids=self._ids)
        return await self._write(
            lambda connection: filing.apply(connection, change, key=key, expect=seen, tools=tools),
            committed=self._moved,
        )

    def _moved(self, applied: Applied) -> None:
        self._position = max(self._position, applied.position)
        self._wake()

    def _wake(self) -> None:
        for wake in self._watching.values():
            wake()

    async def missed(self, query: str, *, wanted: bool = False) -> None:
        day = self._clock.now().date().isoformat()
        await self._write(lambda connection: desk_filing.missed(connection, query, day, wanted=wanted))

    async def scrub(self) -> bool:
        if self._writer is None:
            raise ReadOnlyStore
        try:
            with in_our_words(self.path):
                return await self._writer.alone(scrub)
        except NotWritten:  # such as a full disk; what is to be scrubbed stays noted
            return False

    # Mail

    async def claim(self, platform: str, event: str) -> bool:
        now = self._clock.now()
        return await self._write(lambda connection: mail.claim(connection, platform, event, now))

    async def lease(self, platform: str, *, limit: int, ttl: float) -> tuple[Job, ...]:
        now = self._clock.now()
        return await self._write(lambda connection: mail.lease(connection, platform, limit, ttl, now))

    async def done(self, job: Job, receipt: MessageRef | None, *, keep: str = "") -> bool:
        now = self._clock.now()
        return await self._write(
            lambda connection: mail.finish(
                connection, job, outcome="sent", receipt=receipt, why=None, now=now, keep=keep
            )
        )

    async def later(self, job: Job, *, at: datetime, why: str, sure: bool = False) -> bool:
        return await self._write(lambda connection: mail.later(connection, job, at, why, sure=sure))

    async def dead(self, job: Job, why: str) -> bool:
        now = self._clock.now()
        return await self._write(
            lambda connection: mail.finish(connection, job, outcome="dead", receipt=None, why=why, now=now)
        )

    async def record(self, delivery: Delivery) -> None:
        now = self._clock.now()

        def work(connection: sqlite3.Connection) -> int:
            deliveries.record(connection, delivery)
            late = outdated(delivery, OnFile(connection), now=now)
            mail.post(connection, [(self._ids.new(), post_of(notice)) for notice in late], now)
            return len(late)

        if await self._write(work):
            self._wake()

    async def delivery(self, ref: MessageRef) -> Delivery | None:
        return await self._read(lambda connection, _: deliveries.of(connection, ref))

    async def lost(self, ref: MessageRef) -> None:
        await self._write(lambda connection: deliveries.drop(connection, ref))

    async def showing(self, number: int, *, before: datetime, limit: int) -> tuple[Delivery, ...]:
        found = await self._read(lambda connection, _: deliveries.showing(connection, number, before))
        return found[: max(limit, 0)]

    async def forget(self, before: datetime) -> int:
        def work(connection: sqlite3.Connection) -> int:
            return mail.forget(connection, before) + desk_filing.forget_old(connection, before)

        return await self._write(work)

    async def keep_line(self, line: str) -> str:
        now = self._clock.now()
        return await self._write(lambda connection: mail.keep_line(connection, line, now))

    async def kept_line(self, key: str) -> str | None:
        return await self._read(lambda connection, _: mail.kept_line(connection, key))

    # Stream

    async def unhandled(self, platform: str, events: Sequence[str]) -> frozenset[str]:
        return await self._read(lambda connection, _: mail.unhandled(connection, platform, events))

    async def handled(
        self,
        platform: str,
        *,
        events: Sequence[str] = (),
        posts: Sequence[Post] = (),
        recalled: Sequence[str] = (),
        notes: Mapping[str, str | None] | None = None,
    ) -> None:
        now = self._clock.now()
        numbered = [(self._ids.new(), post) for post in posts]

        def work(connection: sqlite3.Connection) -> None:
            for event in events:
                mail.claim(connection, platform, event, now)
            mail.recall(connection, platform, recalled)
            mail.post(connection, numbered, now)
            mail.keep_notes(connection, platform, notes or {})

        await self._write(work)
        if posts and platform in self._watching:
            self._watching[platform]()

    def watch(self, platform: str, wake: Callable[[], None]) -> None:
        self._watching[platform] = wake

    async def released(self, platform: str) -> None:
        now = self._clock.now()
        await self._write(lambda connection: mail.release(connection, platform, now))

    async def turned_back(self, platform: str) -> None:
        now = self._clock.now()
        await self._write(lambda connection: mail.catch_up(connection, platform, now))

    async def note(self, platform: str, name: str) -> str | None:
        return await self._read(lambda connection, _: mail.note(connection, platform, name))

    async def sent(self, platform: str, keys: Sequence[str]) -> tuple[Sent, ...]:
        return await self._read(lambda connection, _: mail.sent(connection, platform, keys))

    async def stand(self, platform: str, now: Sequence[Sent], *, gone: Sequence[str] = ()) -> None:
        at = self._clock.now()
        numbered = [(self._ids.new(), sent) for sent in now]
        await self._write(lambda connection: mail.stand(connection, platform, numbered, gone, at))

    async def sent_as(self, ref: MessageRef) -> Sent | None:
        return await self._read(lambda connection, _: mail.sent_as(connection, ref))

    async def swept(self) -> bool:
        if self._writer is None:
            raise ReadOnlyStore
        return await self._writer.alone(empty_log)

    # Running it

    async def sound(self) -> None:
        """Wait for the check that a large database gets after the start. Raises DatabaseDamaged."""
        if self.checking is not None:
            await asyncio.shield(self.checking)

    async def check(self) -> tuple[str, ...]:
        """Everything that is wrong with the database: pages, keys, search index, audit. Takes its time."""
        found = await asyncio.to_thread(faults, self.path)
        if self._writer is not None:
            found += await self._write(index_faults)
        return found

    async def mend_index(self) -> tuple[str, ...]:
        """Make the search index anew from the facts where it has drifted from them; what was wrong with it."""

        def work(connection: sqlite3.Connection) -> tuple[str, ...]:
            if found := index_faults(connection):
                filing.rebuild(connection, self._index)
            return found

        return await self._write(work)

    async def back_up(self, directory: Path, *, keep: int) -> Backup:
        """A verified copy; the writer goes on meanwhile. Raises StoreError."""
        now = self._clock.now()
        return await asyncio.to_thread(back_up, self.path, directory, keep=keep, now=now)

    async def _write(self, work: Work[T], *, committed: Callable[[T], None] | None = None) -> T:
        if self._writer is None:
            raise ReadOnlyStore
        return await self._writer.submit(work, committed=committed)

    async def _read(self, read: Read[T]) -> T:
        async with self._readers.lease() as lease:
            return await lease.run(read, limit=self._limits.other)

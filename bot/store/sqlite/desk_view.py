"""The view that the desk reads: facts, and what is done to them, of one moment."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Collection
from datetime import datetime
from typing import TypeVar

from bot.core.desk.port import Counts, Remembered, Travelled, Unanswered, Waiting
from bot.core.model.desk import Batch, By, Doing, Draft, Origin, Person, Proposal, Report
from bot.core.model.fact import Dossier
from bot.core.model.news import Follow, Told
from bot.core.model.review import Workflow
from bot.core.model.source import Source
from bot.store.sqlite import desk_reading, desk_rows, news, people
from bot.store.sqlite.reading import SqliteReading
from bot.store.sqlite.rows import storable

T = TypeVar("T")


class SqliteDeskReading(SqliteReading):
    """The port DeskReading over a lease."""

    async def _ask(self, read: Callable[[sqlite3.Connection], T]) -> T:
        return await self._lease.run(lambda connection, _: read(connection), limit=self._limits.other)

    async def person(self, by: By) -> Person | None:
        return await self._ask(lambda connection: people.find(connection, by))

    async def somebody(self, person: str) -> Person | None:
        def read(connection: sqlite3.Connection) -> Person | None:
            actor = people.beginning_with(connection, person)
            return people.somebody(connection, actor) if actor is not None else None

        return await self._ask(read)

    async def named(self, name: str) -> Person | None:
        def read(connection: sqlite3.Connection) -> Person | None:
            actor = people.named(connection, name)
            return people.somebody(connection, actor) if actor is not None else None

        return await self._ask(read)

    async def remembered(self, person: str) -> Remembered:
        return await self._ask(lambda connection: desk_reading.remembered(connection, person))

    async def draft(self, number: int, person: str) -> Draft | None:
        return await self._ask(
            lambda connection: desk_rows.draft(connection, number, people.aliases(connection, person))
        )

    async def drafts(self, person: str) -> tuple[Draft, ...]:
        return await self._ask(lambda connection: desk_rows.drafts(connection, people.aliases(connection, person)))

    async def waiting(self, *, limit: int, offset: int = 0) -> tuple[Waiting, ...]:
        return await self._ask(lambda connection: desk_reading.waiting(connection, max(limit, 0), max(offset, 0)))

    async def counts(self, since: datetime | None = None) -> Counts:
        return await self._ask(lambda connection: desk_reading.counts(connection, since))

    async def proposal(self, number: int, origin: Origin) -> Proposal | None:
        return await self._ask(lambda connection: desk_rows.proposal(connection, number, origin))

    async def reports(self, number: int) -> tuple[Report, ...]:
        return await self._ask(lambda connection: desk_rows.reports(connection, number))

    async def doings(self, number: int) -> tuple[Doing, ...]:
        return await self._ask(lambda connection: desk_rows.doings(connection, number))

    async def mine(self, person: str, *, limit: int) -> tuple[tuple[int, str, Workflow], ...]:
        return await self._ask(lambda connection: desk_reading.mine(connection, person, max(limit, 0)))

    async def batch(self, number: int) -> Batch | None:
        return await self._ask(lambda connection: desk_rows.batch(connection, number))

    async def unanswered(self, *, limit: int) -> tuple[Unanswered, ...]:
        return await self._ask(lambda connection: desk_reading.unanswered(connection, max(limit, 0)))

    async def source_at(self, url: str) -> Source | None:
        if not storable(url):
            return None
        return await self._ask(lambda connection: desk_reading.source_at(connection, url))

    async def unseen_at(self, url: str, *, limit: int) -> tuple[Source, ...]:
        if not storable(url):
            return ()
        return await self._ask(lambda connection: desk_reading.unseen_at(connection, url, max(limit, 0)))

    async def source(self, source_id: str) -> Source | None:
        if not storable(source_id):
            return None
        return await self._ask(lambda connection: desk_reading.source(connection, source_id))

    async def earlier_sources(self, source_id: str) -> tuple[Source, ...]:
        if not storable(source_id):
            return ()
        return await self._ask(lambda connection: desk_reading.earlier_sources(connection, source_id))

    async def known_host(self, host: str, *, besides: str = "") -> bool:
        return storable(host) and await self._ask(lambda connection: desk_reading.known_host(connection, host, besides))

    async def hosts(self, *, limit: int) -> tuple[str, ...]:
        return await self._ask(lambda connection: desk_reading.hosts(connection, max(limit, 0)))

    async def publishers(self, *, limit: int) -> tuple[str, ...]:
        return await self._ask(lambda connection: desk_reading.publishers(connection, max(limit, 0)))

    async def known_publisher(self, name: str, *, besides: str = "") -> bool:
        return storable(name) and await self._ask(
            lambda connection: desk_reading.known_publisher(connection, name, besides)
        )

    async def facts_of(self, source: str, *, limit: int) -> tuple[Dossier, ...]:
        if not storable(source):
            return ()
        return await self._ask(lambda connection: desk_reading.facts_of(connection, source, max(limit, 0)))

    async def follows(self) -> tuple[Follow, ...]:
        return await self._ask(news.follows)

    async def shifted(self, since: datetime, until: datetime, *, limit: int) -> tuple[tuple[int, str], ...]:
        return await self._ask(lambda connection: news.shifted(connection, since, until, max(limit, 0)))

    async def told(self, number: int) -> tuple[Told, ...]:
        return await self._ask(lambda connection: news.told(connection, number))

    async def stirred(self, *, limit: int, verbs: Collection[str]) -> tuple[int, ...]:
        return await self._ask(lambda connection: news.stirred(connection, max(limit, 0), verbs))

    async def travelled(self, number: int, at: datetime) -> Travelled:
        return await self._ask(lambda connection: news.travelled(connection, number, at))

    async def head(self) -> tuple[int, str]:
        return await self._ask(desk_reading.head)

"""Opening the store and closing it again, on every path there is."""

from __future__ import annotations

import asyncio
import contextlib
import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from pathlib import Path
from typing import TypeVar

from bot.core.ports import Clock, Ids
from bot.store.sqlite import filing, schema
from bot.store.sqlite.backup import set_aside
from bot.store.sqlite.checking import large, quick, reading
from bot.store.sqlite.connection import EVERY_CONNECTION, READER, WRITER, Connection, connected, see_through, set_up
from bot.store.sqlite.errors import DatabaseDamaged, DatabaseMissing, FolderNotWritable, in_our_words
from bot.store.sqlite.files import (
    companions,
    kept_private,
    locked,
    on_disk,
    part_of,
    private_file,
    private_folder,
    remove,
    remove_unfinished,
)
from bot.store.sqlite.filing import Index
from bot.store.sqlite.readers import Readers
from bot.store.sqlite.reading import Limits
from bot.store.sqlite.store import SqliteStore
from bot.store.sqlite.writer import Work, Writer, commit_together

T = TypeVar("T")

LEASES_END = 1.0  # seconds that closing waits for answers that are still being read


@contextlib.asynccontextmanager
async def opened(
    path: Path,
    *,
    index: Index,
    clock: Clock,
    ids: Ids,
    analysis: str = "",
    read_only: bool = False,
    limits: Limits | None = None,
    migrations: Path = schema.MIGRATIONS,
) -> AsyncIterator[SqliteStore]:
    """The store in the file `path`, which is made if it is missing; its folder is locked until the block ends.

    `index` runs on the store's own thread. `analysis` names the version of what it does: when it is another one than
    last time, the search index is made anew. `read_only` takes no lock, makes nothing and refuses changes, so that it
    works beside a running bot.

    Raises StoreError: the database is then as it was.
    """
    limits = limits or Limits()
    async with contextlib.AsyncExitStack() as stack:
        writer = None
        if read_only:
            known = await asyncio.to_thread(_readable, path, migrations)
        else:
            private_folder(path.parent)
            stack.enter_context(locked(path.parent))
            await see_through(asyncio.to_thread(_inspect, path, migrations))
            writing = await stack.enter_async_context(connected(path, pragmas=WRITER, mode="rw"))
            await see_through(_prepare(writing, path, migrations, clock, index, analysis))
            writer = Writer(writing, path)
            stack.push_async_callback(_tidy, writing, writer)
        connections = [
            await stack.enter_async_context(connected(path, pragmas=READER, mode="ro" if read_only else "rw"))
            for _ in range(limits.readers)
        ]
        if read_only:
            await _on(connections[0], path, lambda connection: schema.current(connection, path, known=known))
        readers = Readers(connections, path)
        stack.push_async_callback(readers.drain, LEASES_END)
        check = None
        if large(path):
            check = asyncio.create_task(_check(path), name="store check")
            stack.push_async_callback(_ended, check)
        store = SqliteStore(
            path,
            writer=writer,
            readers=readers,
            position=await _on(connections[0], path, _position),
            index=index,
            clock=clock,
            ids=ids,
            limits=limits,
        )
        store.checking = check
        yield store


def _readable(path: Path, migrations: Path) -> int:
    """The newest schema, if there is something to read."""
    if not path.is_file():
        raise DatabaseMissing(path)
    return len(schema.steps(migrations))


def _inspect(path: Path, migrations: Path) -> None:
    """Look before anything is written. Read-only, because closing a writer would write its log into the file."""
    remove_unfinished(path.parent, path.name)
    if not path.exists():
        _make(path, migrations)
        return
    private_file(path)
    with reading(path) as connection:
        schema.filled(connection, path, known=len(schema.steps(migrations)))
        if not large(path):
            quick(connection, path)


def _make(path: Path, migrations: Path) -> None:
    """A new database, which gets its name when it is whole: an empty file of that name is one that lost its content."""
    if any(left.exists() and left.stat().st_size for left in companions(path)):
        raise DatabaseDamaged(path, "it is gone, and its log is still there")
    remove(companions(path))
    part = part_of(path)
    try:
        with kept_private(part), in_our_words(path):
            with closing(sqlite3.connect(part, isolation_level=None)) as connection:
                set_up(connection, EVERY_CONNECTION)
                schema.migrate(connection, path, directory=migrations, before=lambda *_: None)
            on_disk(part)
            part.replace(path)
            on_disk(path.parent)
    except OSError as error:
        raise FolderNotWritable(path, error.strerror or str(error)) from error
    finally:
        remove((part, *companions(part)))


async def _prepare(
    writing: Connection, path: Path, migrations: Path, clock: Clock, index: Index, analysis: str
) -> None:
    """Bring schema and search index up to date."""

    def before(connection: sqlite3.Connection, old: int) -> None:
        set_aside(connection, path, old, clock.now())

    def index_anew(connection: sqlite3.Connection) -> None:
        (made_by,) = connection.execute("SELECT analysis FROM state").fetchone()
        if made_by != analysis:
            filing.rebuild(connection, index)
            connection.execute("UPDATE state SET analysis = ?", (analysis,))

    def work(connection: sqlite3.Connection) -> None:
        schema.migrate(connection, path, directory=migrations, before=before)
        (outcome,) = commit_together(connection, (index_anew,))
        if outcome.error is not None:
            raise outcome.error

    await _on(writing, path, work)


async def _on(connection: Connection, path: Path, work: Work[T]) -> T:
    with in_our_words(path):
        return await see_through(connection.run(work))


def _position(connection: sqlite3.Connection) -> int:
    return int(connection.execute("SELECT position FROM state").fetchone()[0])


async def _tidy(writing: Connection, writer: Writer) -> None:
    """Let the writer finish; leave the statistics that the planner needs."""
    await see_through(writer.close())
    with contextlib.suppress(sqlite3.Error):  # a full disk must not keep the store from closing
        await see_through(writing.run(lambda connection: connection.execute("PRAGMA optimize").fetchall()))


async def _check(path: Path) -> None:
    """The quick check of a large database, beside the running store."""

    def check() -> None:
        with reading(path) as connection:
            quick(connection, path)

    await asyncio.to_thread(check)


async def _ended(check: asyncio.Task[None]) -> None:
    await asyncio.wait((check,))
    if not check.cancelled():
        check.exception()  # whoever waits for `sound` has been told

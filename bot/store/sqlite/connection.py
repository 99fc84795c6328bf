"""Connections: how each is set up, and how a whole unit of work runs on its thread in one go."""

from __future__ import annotations

import asyncio
import contextlib
import sqlite3
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Any, TypeVar

import aiosqlite

from bot.store.sqlite.errors import FolderNotWritable, named

T = TypeVar("T")

# In every connection: no code hidden in a schema, damage noticed when a page is read, rules between tables kept.
EVERY_CONNECTION = (
    "PRAGMA trusted_schema = OFF",
    "PRAGMA cell_size_check = ON",
    "PRAGMA foreign_keys = ON",
    "PRAGMA busy_timeout = 5000",  # ms, for a program that looks in from outside
)
# FULL: with NORMAL, a power cut takes back changes that were acknowledged.
WRITER = (
    *EVERY_CONNECTION,
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",
    "PRAGMA journal_size_limit = 16777216",  # bytes that the log keeps after a large import
    "PRAGMA secure_delete = ON",  # what is erased is overwritten
)
READER = (
    *EVERY_CONNECTION,
    "PRAGMA query_only = ON",
    "PRAGMA cache_size = -256",  # KiB each: the operating system has the pages too
)


def set_up(connection: sqlite3.Connection, pragmas: tuple[str, ...]) -> None:
    """Run the pragmas and see that the log is in use where it was asked for."""
    for pragma in pragmas:
        row = connection.execute(pragma).fetchone()
        if "journal_mode" in pragma and row[0] != "wal":
            raise sqlite3.OperationalError(f"the file system has no write-ahead log: journal mode is {row[0]}")


class Connection(aiosqlite.Connection):
    """aiosqlite's thread with a method that runs a function there: one hop for a whole unit of work."""

    def __init__(self, path: Path, *, pragmas: tuple[str, ...], mode: str) -> None:
        """`mode` is rw, rwc or ro, as in https://www.sqlite.org/uri.html."""
        address = f"{path.absolute().as_uri()}?mode={mode}"
        super().__init__(lambda: sqlite3.connect(address, uri=True, isolation_level=None), iter_chunk_size=64)
        self._path = path
        self._pragmas = pragmas
        self._stopped: asyncio.Future[Any] | None = None

    def stop(self) -> asyncio.Future[Any] | None:
        """Keep what the base class forgets: when the thread has ended."""
        self._stopped = super().stop()
        return self._stopped

    async def run(self, work: Callable[[sqlite3.Connection], T]) -> T:
        """Run the function on the connection's thread. It runs to its end even when the caller is cancelled."""
        result: T = await self._execute(lambda: work(self._conn))  # type: ignore[no-untyped-call]  # as aiosqlite has it
        return result

    def interrupt_now(self) -> None:
        """Stop the statement that runs at this moment, if one does."""
        self._conn.interrupt()

    async def start(self) -> None:
        """Connect and set up. Raises a named error; no thread is left behind."""
        try:
            await self
            await self.run(lambda connection: set_up(connection, self._pragmas))
        except sqlite3.Error as error:
            raise named(error, self._path) or FolderNotWritable(self._path, str(error)) from error
        finally:
            if self._stopped is not None:
                await self._stopped


@contextlib.asynccontextmanager
async def connected(path: Path, *, pragmas: tuple[str, ...], mode: str) -> AsyncIterator[Connection]:
    """A connection that is closed on every path, also when it is cancelled while it opens."""
    connection = Connection(path, pragmas=pragmas, mode=mode)
    try:
        await see_through(connection.start())
        yield connection
    finally:
        await see_through(connection.close())


async def see_through(work: Awaitable[T]) -> T:
    """Await to the end even when the caller is cancelled meanwhile; the cancellation follows."""
    task = asyncio.ensure_future(work)
    cancelled: asyncio.CancelledError | None = None
    while not task.done():
        try:
            await asyncio.wait((task,))
        except asyncio.CancelledError as error:
            cancelled = error
    if cancelled is not None:
        if not task.cancelled():
            task.exception()  # looked at, so that nobody reports it as forgotten
        raise cancelled
    return task.result()

"""Reader connections, leased one answer at a time; a read that takes too long is interrupted."""

from __future__ import annotations

import asyncio
import contextlib
import sqlite3
from collections.abc import AsyncIterator, Callable, Sequence
from pathlib import Path
from typing import TypeVar

from bot.core.ports import ReadTimedOut
from bot.store.sqlite.connection import Connection, see_through
from bot.store.sqlite.errors import in_our_words

T = TypeVar("T")

AGAIN = 0.005  # seconds between interruptions: one that comes between two statements stops nothing


class Call:
    """One read on its way; its work looks at `expired` in every loop of its own."""

    __slots__ = ("expired",)

    def __init__(self) -> None:
        self.expired = False


Read = Callable[[sqlite3.Connection, Call], T]


class Lease:
    """A reader connection for one answer: all its reads see the same state."""

    def __init__(self, connection: Connection, path: Path) -> None:
        self._connection = connection
        self._path = path
        self._abandoned = False

    async def run(self, read: Read[T], *, limit: float) -> T:
        """Run `read` on the connection's thread, at most `limit` seconds.

        Raises ReadTimedOut when `read` does not bring home what it has, or a named error of the file.
        """
        stopper = _Stopper(self._connection, limit)
        try:
            with in_our_words(self._path):
                return await self._connection.run(lambda connection: _in_transaction(connection, read, stopper.call))
        except sqlite3.Error as error:
            if interrupted(error):
                raise ReadTimedOut(limit) from error
            raise
        except asyncio.CancelledError:
            self._abandoned = True
            raise
        finally:
            stopper.cancel()

    async def end(self) -> None:
        """Give the view up; a read whose caller has gone is interrupted first."""
        if not self._abandoned:
            await self._connection.run(_end)
            return
        stopper = _Stopper(self._connection, 0.0)
        try:
            await self._connection.run(_end)  # waits behind the read
        finally:
            stopper.cancel()


class _Stopper:
    """Interrupts a connection from `after` seconds on, again and again until it is cancelled.

    SQLite forgets an interruption that comes while no statement runs, so once is not enough.
    """

    def __init__(self, connection: Connection, after: float) -> None:
        self._loop = asyncio.get_running_loop()
        self._connection = connection
        self.call = Call()
        self._handle = self._loop.call_later(after, self._stop)

    def _stop(self) -> None:
        self.call.expired = True
        self._connection.interrupt_now()
        self._handle = self._loop.call_later(AGAIN, self._stop)

    def cancel(self) -> None:
        """Interrupt no more."""
        self._handle.cancel()


def interrupted(error: sqlite3.Error) -> bool:
    """A read was stopped from outside."""
    return getattr(error, "sqlite_errorcode", None) == sqlite3.SQLITE_INTERRUPT


class Readers:
    """A few connections and a fair queue before them."""

    def __init__(self, connections: Sequence[Connection], path: Path) -> None:
        self._free = list(connections)
        self._count = len(connections)
        self._turn = asyncio.Semaphore(len(connections))
        self._path = path

    @contextlib.asynccontextmanager
    async def lease(self) -> AsyncIterator[Lease]:
        """A connection of one's own until the block ends."""
        async with self._turn:
            connection = self._free.pop()
            lease = Lease(connection, self._path)
            try:
                yield lease
            finally:
                try:
                    await see_through(lease.end())
                finally:
                    self._free.append(connection)

    async def drain(self, patience: float) -> None:
        """Wait at most `patience` seconds until no connection is leased; nobody gets one afterwards."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(patience):
                for _ in range(self._count):
                    await self._turn.acquire()


def _in_transaction(connection: sqlite3.Connection, read: Read[T], call: Call) -> T:
    if not connection.in_transaction:
        connection.execute("BEGIN")
    return read(connection, call)


def _end(connection: sqlite3.Connection) -> None:
    if connection.in_transaction:
        connection.execute("ROLLBACK")

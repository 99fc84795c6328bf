"""The one writer: changes are functions that run in savepoints, and those that wait together share a commit."""

from __future__ import annotations

import asyncio
import sqlite3
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, TypeVar

from bot.store.sqlite.connection import Connection, see_through
from bot.store.sqlite.errors import StoreClosed, named

T = TypeVar("T")
Work = Callable[[sqlite3.Connection], T]

MOST_TOGETHER = 64  # changes in one commit

BEGIN = "BEGIN IMMEDIATE"  # a deferred one fails at once when somebody else wrote in between
SAVEPOINT, RELEASE, BACK = "SAVEPOINT change", "RELEASE change", "ROLLBACK TO change"
COMMIT = "COMMIT"
ROLLBACK = "ROLLBACK"


@dataclass(frozen=True, slots=True)
class Outcome(Generic[T]):
    """What a change returned, or what speaks against it."""

    value: T | None = None
    error: BaseException | None = None


@dataclass(slots=True, eq=False)
class _Waiting:
    work: Work[Any]
    future: asyncio.Future[Any]
    committed: Callable[[Any], None] | None


class Writer:
    """Owns the only connection that writes. Callers may be cancelled at any time, a change that has begun may not."""

    def __init__(self, connection: Connection, path: Path) -> None:
        self._connection = connection
        self._path = path
        self._waiting: deque[_Waiting] = deque()
        self._task: asyncio.Task[None] | None = None
        self._closed = False

    async def submit(self, work: Work[T], *, committed: Callable[[T], None] | None = None) -> T:
        """Run `work` in its savepoint and return what it returned once it is on the disk.

        `work` may run twice, the first time in vain. `committed` is called after the commit even when the caller has
        gone. Raises what `work` raises, StoreClosed, or a named error of the file or the disk.
        """
        if self._closed:
            raise StoreClosed("the store is closed")
        future: asyncio.Future[T] = asyncio.get_running_loop().create_future()
        self._waiting.append(_Waiting(work, future, committed))
        if self._task is None:
            self._start()
        return await future

    async def alone(self, work: Work[T]) -> T:
        """Run `work` outside any transaction, between two batches; changes wait meanwhile. For what SQLite wants so."""
        if self._closed:
            raise StoreClosed("the store is closed")
        return await see_through(self._connection.run(work))

    async def close(self) -> None:
        """Finish what waits; take nothing more."""
        self._closed = True
        while self._task is not None:
            await asyncio.wait((self._task,))
            await asyncio.sleep(0)  # its callback comes first

    def _start(self) -> None:
        self._task = asyncio.create_task(self._write_all(), name="store writer")
        self._task.add_done_callback(self._ended)

    def _ended(self, task: asyncio.Task[None]) -> None:
        """Go on when somebody waits: the task may have been cancelled from outside, even before it began."""
        self._task = None
        if self._waiting:
            self._start()

    async def _write_all(self) -> None:
        """Write until nothing waits."""
        while self._waiting:
            batch = [self._waiting.popleft() for _ in range(min(MOST_TOGETHER, len(self._waiting)))]
            batch = [each for each in batch if not each.future.cancelled()]
            if batch:
                await see_through(self._write(batch))

    async def _write(self, batch: list[_Waiting]) -> None:
        works = [each.work for each in batch]
        try:
            outcomes = await self._connection.run(lambda connection: commit_together(connection, works))
        except BaseException as error:
            for each in batch:
                _tell(each.future, Outcome(error=error))
            if not isinstance(error, Exception):
                raise
            return
        for each, outcome in zip(batch, outcomes, strict=True):
            if outcome.error is None and each.committed is not None:
                each.committed(outcome.value)
            _tell(each.future, self._in_our_words(outcome))

    def _in_our_words(self, outcome: Outcome[Any]) -> Outcome[Any]:
        if isinstance(outcome.error, sqlite3.Error) and (error := named(outcome.error, self._path)) is not None:
            error.__cause__ = outcome.error
            return Outcome(error=error)
        return outcome


def _tell(future: asyncio.Future[Any], outcome: Outcome[Any]) -> None:
    if future.done():
        return  # the caller has gone
    if outcome.error is not None:
        future.set_exception(outcome.error)
    else:
        future.set_result(outcome.value)


def commit_together(connection: sqlite3.Connection, works: Sequence[Work[Any]]) -> list[Outcome[Any]]:
    """Run all in one transaction, each in its savepoint: one that fails does not hurt the others.

    When the transaction itself fails (a full disk takes it back as a whole), each runs once more in its own.
    """
    outcomes: list[Outcome[Any]] = []
    try:
        connection.execute(BEGIN)
        for work in works:
            connection.execute(SAVEPOINT)
            outcomes.append(_in_savepoint(connection, work))
        connection.execute(COMMIT)
    except sqlite3.Error as error:
        if connection.in_transaction:
            connection.execute(ROLLBACK)
        if len(works) == 1:
            return [Outcome(error=error)]
        return [outcome for work in works for outcome in commit_together(connection, (work,))]
    except BaseException:
        if connection.in_transaction:
            connection.execute(ROLLBACK)
        raise
    return outcomes


def _in_savepoint(connection: sqlite3.Connection, work: Work[Any]) -> Outcome[Any]:
    try:
        value = work(connection)
    except Exception as error:
        if not connection.in_transaction:
            raise  # SQLite took back everything, not only this change
        connection.execute(BACK)
        connection.execute(RELEASE)
        return Outcome(error=error)
    connection.execute(RELEASE)
    return Outcome(value=value)

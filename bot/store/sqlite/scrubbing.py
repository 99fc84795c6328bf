"""After something was erased: the file is written anew and the log emptied, so that no page keeps what stood there."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

PATIENCE = 250  # ms for readers to end; changes wait meanwhile, and there is a next time


def scrub(connection: sqlite3.Connection) -> bool:
    """Outside any transaction; nothing is done where nothing was erased since the last time.

    False where a reader still needs the log: the next try may empty it.
    """
    (due,) = connection.execute("SELECT unscrubbed FROM state").fetchone()
    if not due:
        return True
    with _waiting_at_most(connection, PATIENCE):
        connection.execute("VACUUM")
        emptied = _emptied(connection)
    if emptied:
        connection.execute("UPDATE state SET unscrubbed = 0")
    return emptied


def empty_log(connection: sqlite3.Connection) -> bool:
    """Outside any transaction: what was erased is gone from the log, too. False at once where somebody still reads it.

    The next writing begins a new log, so this is for quiet moments.
    """
    with _waiting_at_most(connection, 0):
        return _emptied(connection)


def _emptied(connection: sqlite3.Connection) -> bool:
    busy, *_ = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    return not busy


@contextmanager
def _waiting_at_most(connection: sqlite3.Connection, milliseconds: int) -> Iterator[None]:
    (patience,) = connection.execute("PRAGMA busy_timeout").fetchone()
    connection.execute(f"PRAGMA busy_timeout = {milliseconds}")
    try:
        yield
    finally:
        connection.execute(f"PRAGMA busy_timeout = {patience}")

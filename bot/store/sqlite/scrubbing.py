"""After something was erased: the file is written anew and the log emptied, so that no page keeps what stood there."""

from __future__ import annotations

import sqlite3

PATIENCE = 250  # ms for readers to end; changes wait meanwhile, and there is a next time


def scrub(connection: sqlite3.Connection) -> bool:
    """Outside any transaction; nothing is done where nothing was erased since the last time.

    False where a reader still needs the log: the next try may empty it.
    """
    (due,) = connection.execute("SELECT unscrubbed FROM state").fetchone()
    if not due:
        return True
    (patience,) = connection.execute("PRAGMA busy_timeout").fetchone()
    connection.execute(f"PRAGMA busy_timeout = {PATIENCE}")
    try:
        connection.execute("VACUUM")
        busy, *_ = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    finally:
        connection.execute(f"PRAGMA busy_timeout = {patience}")
    if busy:
        return False
    connection.execute("UPDATE state SET unscrubbed = 0")
    return True

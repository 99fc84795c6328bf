"""After something was erased: the file is written anew and the log emptied, so that no page keeps what stood there."""

from __future__ import annotations

import sqlite3


def scrub(connection: sqlite3.Connection) -> bool:
    """Outside any transaction. False where a reader still needs the log: the next try may empty it."""
    connection.execute("VACUUM")
    busy, *_ = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    return not busy

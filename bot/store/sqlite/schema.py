"""Whose database it is, which schema it has, and the steps from there to here."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable
from pathlib import Path

from bot.store.sqlite.errors import (
    DatabaseDamaged,
    DatabaseTooNew,
    DatabaseTooOld,
    ForeignDatabase,
    MigrationFailed,
    SqliteTooOld,
    named,
)

APPLICATION = 0x4F6E5263  # "OnRc" in the file's header
NEEDED = (3, 37, 0)  # STRICT tables
MIGRATIONS = Path(__file__).parent / "migrations"


def steps(directory: Path = MIGRATIONS) -> list[tuple[int, Path]]:
    """The migrations in order. Files are only added, never changed."""
    found = sorted((int(path.name[:3]), path) for path in directory.glob("*.sql") if re.match(r"\d{3}_", path.name))
    if [number for number, _ in found] != list(range(1, len(found) + 1)):
        raise ValueError(f"{directory}: migrations are not numbered one by one: {[path.name for _, path in found]}")
    return found


def recognise(connection: sqlite3.Connection, path: Path, *, known: int) -> int:
    """The schema of the database; 0 for an empty one. Looks before anything else is done.

    Raises SqliteTooOld, ForeignDatabase, DatabaseTooNew, or what the file does when read.
    """
    if sqlite3.sqlite_version_info < NEEDED:
        raise SqliteTooOld(sqlite3.sqlite_version, ".".join(map(str, NEEDED)))
    (application,) = connection.execute("PRAGMA application_id").fetchone()
    (schema,) = connection.execute("PRAGMA user_version").fetchone()
    (tables,) = connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
    if application != APPLICATION and (application or schema or tables):
        raise ForeignDatabase(path, application)
    if schema > known:
        raise DatabaseTooNew(path, schema, known)
    return int(schema)


def filled(connection: sqlite3.Connection, path: Path, *, known: int) -> int:
    """The schema of a database that was there before: an empty file has lost what it held.

    Raises DatabaseDamaged and as `recognise`.
    """
    if not (schema := recognise(connection, path, known=known)):
        raise DatabaseDamaged(path, "it is empty")
    return schema


def current(connection: sqlite3.Connection, path: Path, *, known: int) -> None:
    """See that a database that is only read has the schema we know. Raises DatabaseTooOld and as `filled`."""
    schema = filled(connection, path, known=known)
    if schema < known:
        raise DatabaseTooOld(path, schema, known)


def migrate(
    connection: sqlite3.Connection, path: Path, *, directory: Path, before: Callable[[sqlite3.Connection, int], None]
) -> None:
    """Bring the database to the newest schema, each step in one transaction.

    `before` is called with the old schema when there is something to lose. Raises MigrationFailed.
    """
    known = steps(directory)
    schema = recognise(connection, path, known=len(known))
    if 0 < schema < len(known):
        before(connection, schema)
    for number, file in known[schema:]:
        script = file.read_text(encoding="utf-8")
        try:
            connection.executescript(
                f"BEGIN IMMEDIATE;\n{script}\n;PRAGMA application_id = {APPLICATION};\n"
                f"PRAGMA user_version = {number};\nCOMMIT;"
            )
        except sqlite3.Error as error:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise named(error, path) or MigrationFailed(path, file.name, str(error)) from error

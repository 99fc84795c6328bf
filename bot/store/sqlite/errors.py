"""What can be wrong with a database, each by its name and with the facts of the case."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bot.core.model.change import ChangeRefused


class StoreError(Exception):
    """Something is wrong with the database or its folder; the database was left as it was."""


class AlreadyRunning(StoreError):  # noqa: N818 -- reads as what happened
    """Another process holds the lock on the data directory."""

    def __init__(self, directory: Path, process: int | None) -> None:
        who = f"process {process}" if process else "another process"
        super().__init__(f"{directory} is in use by {who}")
        self.directory = directory
        self.process = process


class DatabaseDamaged(StoreError):  # noqa: N818 -- reads as what happened
    """The file is no sound database."""

    def __init__(self, path: Path, detail: str) -> None:
        super().__init__(f"{path} is damaged: {detail}")
        self.path = path
        self.detail = detail


class DatabaseTooNew(StoreError):  # noqa: N818 -- reads as what happened
    """The database was written by a newer bot."""

    def __init__(self, path: Path, schema: int, known: int) -> None:
        super().__init__(f"{path} has schema {schema}, this bot knows {known}")
        self.path = path
        self.schema = schema
        self.known = known


class DatabaseTooOld(StoreError):  # noqa: N818 -- reads as what happened
    """The database waits for a migration, which opening for reading does not do."""

    def __init__(self, path: Path, schema: int, known: int) -> None:
        super().__init__(f"{path} has schema {schema}; it becomes schema {known} when the bot starts with it")
        self.path = path
        self.schema = schema
        self.known = known


class ForeignDatabase(StoreError):  # noqa: N818 -- reads as what happened
    """The file is a sound database, but of another program."""

    def __init__(self, path: Path, application: int) -> None:
        super().__init__(f"{path} belongs to another program (application id {application:#010x})")
        self.path = path
        self.application = application


class DatabaseMissing(StoreError):  # noqa: N818 -- reads as what happened
    """There is nothing to open for reading."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"{path} does not exist")
        self.path = path


class FolderNotWritable(StoreError):  # noqa: N818 -- reads as what happened
    """The database cannot be written, or not even read because its folder cannot be written."""

    def __init__(self, path: Path, detail: str) -> None:
        super().__init__(f"{path} cannot be written: {detail}")
        self.path = path
        self.detail = detail


class MigrationFailed(StoreError):  # noqa: N818 -- reads as what happened
    """A step of a migration failed and left no trace."""

    def __init__(self, path: Path, step: str, detail: str) -> None:
        super().__init__(f"{path}: migration {step} failed: {detail}")
        self.path = path
        self.step = step
        self.detail = detail


class BackupFailed(StoreError):  # noqa: N818 -- reads as what happened
    """No copy was made, or none was put back; everything is as it was."""

    def __init__(self, path: Path, detail: str) -> None:
        super().__init__(f"{path}: {detail}")
        self.path = path
        self.detail = detail


class UnreadableRow(StoreError):  # noqa: N818 -- reads as what happened
    """A stored record does not read as what it should be."""

    def __init__(self, table: str, row: str, detail: str) -> None:
        super().__init__(f"{table} {row} cannot be read: {detail}")
        self.table = table
        self.row = row
        self.detail = detail


class RecordAltered(StoreError):  # noqa: N818 -- reads as what happened
    """The words of a fact are not those that were written; they are shown to nobody."""

    def __init__(self, slug: str, revision: object) -> None:
        super().__init__(f"revision {revision} of {slug} is not the one that was written")
        self.slug = slug
        self.revision = revision


class SqliteTooOld(StoreError):  # noqa: N818 -- reads as what happened
    """The SQLite library lacks what the schema needs."""

    def __init__(self, found: str, needed: str) -> None:
        super().__init__(f"SQLite {found} is too old; {needed} or newer is needed")
        self.found = found
        self.needed = needed


class StoreClosed(StoreError):  # noqa: N818 -- reads as what happened
    """The store is shutting down and takes no more changes."""


class ReadOnlyStore(StoreError, ChangeRefused):  # noqa: N818 -- reads as what happened
    """The store was opened for reading only."""

    def __init__(self) -> None:
        super().__init__("the database is open for reading only")


class NotWritten(StoreError, ChangeRefused):  # noqa: N818 -- reads as what happened
    """The database could not take a change just now; nothing was changed, and it goes on working."""

    def __init__(self, path: Path, detail: str) -> None:
        super().__init__(f"{path} took no change: {detail}")
        self.path = path
        self.detail = detail


class DiskFull(NotWritten):
    """No room for a change."""


class DatabaseBusy(NotWritten):
    """Another program keeps the database locked."""


def named(error: sqlite3.Error, path: Path) -> StoreError | None:
    """The error in our words, or None when it is a fault of ours rather than of the file or the disk.

    The primary result codes are those of https://www.sqlite.org/rescode.html.
    """
    code = getattr(error, "sqlite_errorcode", None)
    detail = str(error)
    match None if code is None else code & 0xFF:
        case sqlite3.SQLITE_CORRUPT | sqlite3.SQLITE_NOTADB:
            return DatabaseDamaged(path, detail)
        case sqlite3.SQLITE_FULL:
            return DiskFull(path, detail)
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
            return DatabaseBusy(path, detail)
        case sqlite3.SQLITE_READONLY | sqlite3.SQLITE_CANTOPEN | sqlite3.SQLITE_PERM:
            return FolderNotWritable(path, detail)
        case sqlite3.SQLITE_IOERR:
            return NotWritten(path, detail)
        case _:
            return None


@contextmanager
def in_our_words(path: Path) -> Iterator[None]:
    """Turn errors of the file or the disk into ours; a fault of our own passes as it is."""
    try:
        yield
    except sqlite3.Error as error:
        if (ours := named(error, path)) is None:
            raise
        raise ours from error

"""Copies that are proved to be copies, and the way back from one."""

from __future__ import annotations

import contextlib
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.store.sqlite import schema
from bot.store.sqlite.audit import START, Head, head
from bot.store.sqlite.checking import Examination, examine, found_faults, index_faults, reading
from bot.store.sqlite.connection import EVERY_CONNECTION, set_up
from bot.store.sqlite.errors import BackupFailed, DatabaseDamaged, FolderNotWritable, StoreError, named
from bot.store.sqlite.files import (
    companions,
    kept_private,
    like,
    locked,
    on_disk,
    part_of,
    private_folder,
    remove,
    remove_unfinished,
)
from bot.store.sqlite.rows import written

DOUBTED = """
    UPDATE outbox SET unsure_since = due_at
    WHERE finished_at IS NULL AND unsure_since IS NULL AND coalesce(not_before, '') <= ?
"""
STAMP = "%Y%m%dT%H%M%SZ"
PREFIX, SUFFIX = "onrecord-", ".db"
COUNTED = (
    "fact",
    "revision",
    "item_revision",
    "audit",
    "proposal",
    "report",
    "batch",
)  # tables in which nothing ever gets less


@dataclass(frozen=True, slots=True, kw_only=True)
class Backup:
    """A copy in a folder of backups."""

    path: Path
    at: datetime
    bytes: int


def back_up(path: Path, directory: Path, *, keep: int, now: datetime) -> Backup:
    """Copy the database into `directory`, prove the copy, and keep the newest `keep` of them.

    Works beside a running bot, of whose changes it has those before it began. Raises StoreError; the backups that
    were there are then all still there.
    """
    with _named(directory):
        private_folder(directory)
        remove_unfinished(directory, PREFIX)
    target = directory / f"{PREFIX}{now.astimezone(UTC).strftime(STAMP)}{SUFFIX}"
    with reading(path) as connection:
        schema.filled(connection, path, known=len(schema.steps()))
        copy(connection, path, target)
    for _, old in sorted(_backups(directory))[: -max(keep, 1)]:
        old.unlink(missing_ok=True)
    return Backup(path=target, at=now, bytes=target.stat().st_size)


def copy(connection: sqlite3.Connection, path: Path, target: Path) -> None:
    """Copy what the connection sees, proved and on the disk before it gets its name. Raises StoreError."""
    part = part_of(target)
    try:
        with _named(target), kept_private(part):
            before = _state(connection)
            connection.execute("VACUUM INTO ?", (str(part),))
            _prove(part, connection, before)
            on_disk(part)
            part.replace(target)
            on_disk(target.parent)
    finally:
        remove((part, *companions(part)))


def verify(path: Path) -> Examination:
    """Read a copy through: every page, every key, the whole audit. Raises StoreError."""
    if path.is_dir():
        raise BackupFailed(path, "this is a folder, no backup")
    return examine(path, thorough=True)


def restore(file: Path, directory: Path, *, now: datetime, name: str = "onrecord.db") -> Path | None:
    """Put a backup in the place of the database `name` in the data directory.

    Returns where the present database has been kept, None when there was none. Raises AlreadyRunning while a bot
    holds the directory, or another StoreError when the backup is not sound; the present database is then untouched.
    """
    database = directory / name
    if database.exists() and file.exists() and file.samefile(database):
        raise BackupFailed(file, "this is the database itself, no backup of it")
    verify(file)
    private_folder(directory)
    with locked(directory), _named(directory):
        fresh = part_of(database)
        try:
            with kept_private(fresh):
                shutil.copyfile(file, fresh)
                verify(fresh)
                _doubted(fresh, now)
                before = database.stat() if database.exists() else None
                if before is not None:
                    like(fresh, before)
                on_disk(fresh)
                kept = _keep(database, now) if before is not None else None
                remove(companions(database))  # the log of the old file would be played into the new one
                fresh.replace(database)
                on_disk(directory)
        finally:
            remove((fresh, *companions(fresh)))
    return kept


def _doubted(path: Path, now: datetime) -> None:
    """What waited to be posted in a copy may have been posted since: it is not posted again, the desk is told instead.

    What was to wait until later than now has surely not been.
    """
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        set_up(connection, EVERY_CONNECTION)
        if {"unsure_since", "not_before"} <= {name for _, name, *_ in connection.execute("PRAGMA table_info(outbox)")}:
            connection.execute(DOUBTED, (written(now),))


def newest_backup(directory: Path, now: datetime) -> tuple[Path, timedelta] | None:
    """The newest copy in a folder and its age; None where there is none."""
    at, path = max(_backups(directory), default=(now, None))
    return (path, now - at) if path else None


def set_aside(connection: sqlite3.Connection, path: Path, old: int, now: datetime) -> Path:
    """The copy that is made before a migration: beside the database, under a name that says from which schema."""
    target = path.with_name(f"{path.name}.schema-{old}.{now.astimezone(UTC).strftime(STAMP)}")
    copy(connection, path, target)
    return target


@dataclass(frozen=True, slots=True, kw_only=True)
class _State:
    head: Head
    counts: dict[str, int]


def _state(connection: sqlite3.Connection) -> _State:
    tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")}
    counts = {
        table: int(connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0])  # noqa: S608 -- names of ours
        for table in COUNTED
        if table in tables
    }
    return _State(head=head(connection) if "audit" in tables else Head(seq=0, hash=START), counts=counts)


def _prove(part: Path, source: sqlite3.Connection, before: _State) -> None:
    """The copy is sound, goes at least as far as the source did, and its audit is the beginning of the source's."""
    with closing(sqlite3.connect(part, isolation_level=None)) as connection:
        set_up(connection, EVERY_CONNECTION)
        faults = found_faults(connection) or index_faults(connection)
        if faults:
            raise DatabaseDamaged(part, "; ".join(faults))
        copied = _state(connection)
    after = _state(source)
    for table, count in before.counts.items():
        if not count <= copied.counts[table] <= after.counts[table]:
            raise BackupFailed(part, f"{copied.counts[table]} rows of {table} instead of {count}")
    if copied.head.seq:
        there = source.execute("SELECT hash FROM audit WHERE seq = ?", (copied.head.seq,)).fetchone()
        if there is None or there[0] != copied.head.hash or copied.head.seq < before.head.seq:
            raise BackupFailed(part, "its audit is not that of the database")


def _keep(database: Path, now: datetime) -> Path:
    """Copy the present database and its log under names that belong together, so that they can still be opened."""
    kept = database.with_name(f"{database.name}.before-{now.astimezone(UTC).strftime(STAMP)}")
    _empty_log(database)
    for suffix in ("", "-wal"):
        present = database.with_name(database.name + suffix)
        if present.exists():
            target = kept.with_name(kept.name + suffix)
            target.unlink(missing_ok=True)
            shutil.copy2(present, target)
            like(target, present.stat())
            on_disk(target)
    return kept


def _empty_log(database: Path) -> None:
    """Write the log of a sound database into it. A damaged one stays as it is: its log is kept beside it."""
    try:
        examine(database)
        with closing(sqlite3.connect(database, isolation_level=None)) as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    except (StoreError, sqlite3.Error):
        return


def _backups(directory: Path) -> Iterator[tuple[datetime, Path]]:
    for path in directory.glob(f"{PREFIX}*{SUFFIX}"):
        with contextlib.suppress(ValueError):
            made = datetime.fromisoformat(path.name.removeprefix(PREFIX).removesuffix(SUFFIX))
            if made.strftime(STAMP) in path.name:  # a date in another form is somebody else's file
                yield made, path


@contextlib.contextmanager
def _named(path: Path) -> Iterator[None]:
    try:
        yield
    except sqlite3.Error as error:
        raise named(error, path) or BackupFailed(path, str(error)) from error
    except FolderNotWritable as error:
        raise BackupFailed(error.path, error.detail) from error
    except OSError as error:
        raise BackupFailed(path, error.strerror or str(error)) from error

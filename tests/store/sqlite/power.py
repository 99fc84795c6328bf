"""A disk that can lose power: what was synced stays, of the rest only some sectors arrive.

Every write, truncation, sync and deletion goes through to real files and into a log. `Disk.after_cut` builds the
files as they may be found after a cut at any point of the log: all that was written before the last sync of a file,
and a random half of the 512-byte sectors written since.
"""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast

import apsw

SECTOR = 512


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened to a file."""

    file: str
    kind: str  # write, truncate, sync, delete
    offset: int = 0
    data: bytes = b""


@dataclass(slots=True)
class Disk:
    """The log of everything, in order."""

    log: list[Event] = field(default_factory=list)

    def after_cut(self, at: int, chance: random.Random) -> dict[str, bytes]:
        """The files after a power cut when `at` events had happened."""
        files: dict[str, bytearray] = {}
        synced = {event.file: number for number, event in enumerate(self.log[:at]) if event.kind == "sync"}
        for number, event in enumerate(self.log[:at]):
            content = files.setdefault(event.file, bytearray())
            certain = number < synced.get(event.file, -1)
            match event.kind:
                case "write":
                    for start in range(0, len(event.data), SECTOR):
                        if certain or chance.random() < 0.5:
                            _put(content, event.offset + start, event.data[start : start + SECTOR])
                case "truncate":
                    if certain or chance.random() < 0.5:
                        del content[event.offset :]
                case "delete":
                    del files[event.file]
        return {name: bytes(content) for name, content in files.items()}


def _put(content: bytearray, offset: int, data: bytes) -> None:
    if len(content) < offset:
        content.extend(bytes(offset - len(content)))
    content[offset : offset + len(data)] = data


class LoggingVFS(apsw.VFS):
    """SQLite's own file system with a log."""

    def __init__(self, disk: Disk, name: str) -> None:
        self.disk = disk
        super().__init__(name, "")

    def xOpen(self, name: Any, flags: list[int]) -> apsw.VFSFile:  # noqa: N802 -- apsw's name
        return LoggingFile(self.disk, name, flags)

    def xDelete(self, filename: str, syncdir: bool) -> None:  # noqa: N802 -- apsw's name
        super().xDelete(filename, syncdir)
        self.disk.log.append(Event(Path(filename).name, "delete"))


class LoggingFile(apsw.VFSFile):
    """One file of it."""

    def __init__(self, disk: Disk, name: Any, flags: list[int]) -> None:
        self.disk = disk
        self.file = Path(name.filename() if isinstance(name, apsw.URIFilename) else name).name if name else ""
        super().__init__("", name, flags)

    def xWrite(self, data: bytes, offset: int) -> None:  # noqa: N802 -- apsw's name
        super().xWrite(data, offset)
        self._note(Event(self.file, "write", offset, bytes(data)))

    def xTruncate(self, newsize: int) -> None:  # noqa: N802 -- apsw's name
        super().xTruncate(newsize)
        self._note(Event(self.file, "truncate", newsize))

    def xSync(self, flags: int) -> None:  # noqa: N802 -- apsw's name
        super().xSync(flags)
        self._note(Event(self.file, "sync"))

    def _note(self, event: Event) -> None:
        if event.file:  # temporary files have no name and no tomorrow
            self.disk.log.append(event)


class Cursor:
    """What the store uses of a `sqlite3.Cursor`."""

    def __init__(self, connection: apsw.Connection, cursor: apsw.Cursor, before: int) -> None:
        self._cursor = cursor
        self.rows = cursor.fetchall()
        self.rowcount = connection.total_changes() - before

    def fetchone(self) -> Any:
        return self.rows[0] if self.rows else None

    def fetchall(self) -> list[Any]:
        return self.rows

    def __iter__(self) -> Any:
        return iter(self.rows)

    def close(self) -> None:
        self._cursor.close()


class ApswConnection:
    """An apsw connection in the dress of `sqlite3.Connection`, so that the store's own functions run on it."""

    def __init__(self, path: Path, vfs: str) -> None:
        self.apsw = apsw.Connection(str(path), vfs=vfs)

    def execute(self, statement: str, values: Sequence[Any] = ()) -> Cursor:
        before = self.apsw.total_changes()
        return Cursor(self.apsw, self.apsw.execute(statement, values or None), before)

    def executemany(self, statement: str, rows: Iterable[Sequence[Any]]) -> None:
        self.apsw.executemany(statement, rows)

    def executescript(self, script: str) -> None:
        self.apsw.execute(script).fetchall()

    @property
    def in_transaction(self) -> bool:
        return self.apsw.in_transaction

    def dressed(self) -> sqlite3.Connection:
        return cast("sqlite3.Connection", self)

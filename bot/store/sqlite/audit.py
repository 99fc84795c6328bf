"""The audit: a chain of hashes over rows that are only ever added, with names and free text outside it."""

from __future__ import annotations

import hashlib
import json
import secrets
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from bot.core.records import data_hash
from bot.store.sqlite.rows import packed, written

START = "0" * 64  # what the first row points back to
INSERT = """
    INSERT INTO audit (seq, at, actor, verb, object, revision, content, note, prev_hash, hash)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
"""
HEAD = "SELECT seq, hash FROM audit ORDER BY seq DESC LIMIT 1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One thing that was done."""

    verb: str
    object: str  # slug or id
    revision: int
    content: str  # sha256 of the revision's content
    reason: str = ""


def link(previous: str, row: tuple[object, ...]) -> str:
    """The hash of a row (all columns up to `note`): SHA-256 over the hash before it and the row as compact JSON."""
    return hashlib.sha256((previous + packed(row)).encode("ascii")).hexdigest()


def actor_id(connection: sqlite3.Connection, name: str) -> str:
    """The random id of whoever is disclosed by this name; a new one where nobody is."""
    row = connection.execute("SELECT id FROM actor WHERE name = ?", (name,)).fetchone()
    if row is not None:
        return str(row[0])
    fresh = secrets.token_hex(16)
    connection.execute("INSERT INTO actor (id, name) VALUES (?, ?)", (fresh, name))
    return fresh


class Chain:
    """Adds lines within one change."""

    def __init__(self, connection: sqlite3.Connection, *, at: datetime, actor: str | None) -> None:
        self._connection = connection
        self._at = written(at)
        self._actor = actor
        last = head(connection)
        self._seq, self._hash = last.seq, last.hash

    def add(self, line: Line) -> None:
        """Put one line at the end."""
        salt = secrets.token_hex(16)
        note = hashlib.sha256((salt + line.reason).encode()).hexdigest() if line.reason else None
        self._seq += 1
        row = (self._seq, self._at, self._actor, line.verb, line.object, line.revision, line.content, note)
        previous, self._hash = self._hash, link(self._hash, row)
        self._connection.execute(INSERT, (*row, previous, self._hash))
        if line.reason:
            self._connection.execute(
                "INSERT INTO audit_note (seq, salt, text) VALUES (?, ?, ?)", (self._seq, salt, line.reason)
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """The end of the chain: whoever kept it elsewhere can prove that nothing before it was altered."""

    seq: int
    hash: str


def head(connection: sqlite3.Connection) -> Head:
    """The last row; seq 0 when there is none."""
    seq, digest = connection.execute(HEAD).fetchone() or (0, START)
    return Head(seq=seq, hash=digest)


def broken(connection: sqlite3.Connection) -> str | None:
    """What is wrong with the chain, or None. Reads every row and every revision."""
    return next(_faults(connection), None)


def _faults(connection: sqlite3.Connection) -> Iterator[str]:
    previous, seq = START, 0
    for row in connection.execute(
        "SELECT seq, at, actor, verb, object, revision, content, note, prev_hash, hash FROM audit ORDER BY seq"
    ):
        *hashed, prev_hash, digest = row
        if row[0] != seq + 1:
            yield f"audit row {seq + 1} is missing"
        seq = row[0]
        if prev_hash != previous or link(previous, tuple(hashed)) != digest:
            yield f"audit row {seq} does not fit the row before it"
        previous = digest
    for slug, number, data, content in connection.execute(
        """
        SELECT fact.slug, revision.number, revision.data, revision.content_hash
        FROM revision JOIN fact ON fact.number = revision.fact
        """
    ):
        if data_hash(json.loads(data)) != content:
            yield f"revision {number} of {slug} is not the one that was written"
        if not _witnessed(connection, slug, number, content):
            yield f"revision {number} of {slug} has no audit row"
    for item_id, number, data in connection.execute("SELECT id, number, data FROM item_revision"):
        digest = hashlib.sha256(data.encode()).hexdigest()
        if not _witnessed(connection, item_id, number, digest):
            yield f"revision {number} of {item_id} has no audit row"
    for seq, salt, text, note in connection.execute(
        "SELECT seq, salt, text, note FROM audit_note JOIN audit USING (seq)"
    ):
        if hashlib.sha256((salt + text).encode()).hexdigest() != note:
            yield f"the text of audit row {seq} is not the one that was written"


def _witnessed(connection: sqlite3.Connection, name: str, number: int, content: str) -> bool:
    row = connection.execute(
        "SELECT 1 FROM audit WHERE object = ? AND revision = ? AND content = ?", (name, number, content)
    ).fetchone()
    return row is not None

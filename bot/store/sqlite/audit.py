"""The audit: a chain of hashes over rows that are only ever added, with names and free text outside it."""

from __future__ import annotations

import hashlib
import secrets
import sqlite3
from dataclasses import dataclass
from datetime import datetime

from bot.store.sqlite.rows import packed, written

START = "0" * 64  # what the first row points back to
INSERT = """
    INSERT INTO audit
        (seq, at, actor, named, verb, object, revision, content, workflow, checking, note, prev_hash, hash)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
"""
HEAD = "SELECT seq, hash FROM audit ORDER BY seq DESC LIMIT 1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One thing that was done."""

    verb: str
    object: str  # slug or id
    revision: int
    content: str  # sha256 of the revision's content
    workflow: str | None = None  # of a fact, afterwards
    checking: str | None = None  # how the fact was checked, where this publishes it
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """Who does something, without the name."""

    id: str  # random
    named: str  # salted sha256 of the name


NAMELESS = hashlib.sha256(b"").hexdigest()  # stands in `named` for somebody who is disclosed by no name


def link(previous: str, row: tuple[object, ...]) -> str:
    """The hash of a row (all columns up to `note`): SHA-256 over the hash before it and the row as compact JSON."""
    return hashlib.sha256((previous + packed(row)).encode("ascii")).hexdigest()


def salted(salt: str, text: str) -> str:
    """The digest that stands in a hashed row for a text outside it."""
    return hashlib.sha256((salt + text).encode()).hexdigest()


def actor_called(connection: sqlite3.Connection, name: str) -> Actor:
    """Whoever is disclosed by this name, which is not empty; somebody new where nobody is."""
    row = connection.execute("SELECT id, salt FROM actor WHERE name = ?", (name,)).fetchone()
    if row is None:
        row = (secrets.token_hex(16), secrets.token_hex(16))
        connection.execute("INSERT INTO actor (id, name, salt) VALUES (?, ?, ?)", (row[0], name, row[1]))
    return Actor(id=row[0], named=salted(row[1], name))


PERSON = "person:"  # leads the object of a line that is about a person
PROPOSAL = "proposal:"  # and of one that is about a proposal
ACCOUNT = "account"  # verb of the line that says whose an account is: its content is a salted digest of the account


class Chain:
    """Adds lines within one change."""

    def __init__(self, connection: sqlite3.Connection, *, at: datetime, actor: Actor | None) -> None:
        self._connection = connection
        self._at = written(at)
        self._actor = actor
        last = head(connection)
        self._seq, self._hash = last.seq, last.hash

    def add(self, line: Line) -> int:
        """Put one line at the end; its number."""
        salt = secrets.token_hex(16)
        self._seq += 1
        row = (
            self._seq,
            self._at,
            self._actor.id if self._actor else None,
            self._actor.named if self._actor else None,
            line.verb,
            line.object,
            line.revision,
            line.content,
            line.workflow,
            line.checking,
            salted(salt, line.reason) if line.reason else None,
        )
        previous, self._hash = self._hash, link(self._hash, row)
        self._connection.execute(INSERT, (*row, previous, self._hash))
        if line.reason:
            self._connection.execute(
                "INSERT INTO audit_note (seq, salt, text) VALUES (?, ?, ?)", (self._seq, salt, line.reason)
            )
        return self._seq


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """The end of the chain: whoever kept it elsewhere can prove that nothing before it was altered."""

    seq: int
    hash: str


def hash_at(connection: sqlite3.Connection, seq: int) -> str | None:
    """The hash of one row, None where there is none."""
    row = connection.execute("SELECT hash FROM audit WHERE seq = ?", (seq,)).fetchone()
    return row[0] if row else None


def head(connection: sqlite3.Connection) -> Head:
    """The last row; seq 0 when there is none."""
    seq, digest = connection.execute(HEAD).fetchone() or (0, START)
    return Head(seq=seq, hash=digest)

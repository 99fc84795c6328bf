"""Is the database sound? Quick at every start, thorough every night and for every backup."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from bot.store.sqlite import audit, schema, verifying
from bot.store.sqlite.connection import EVERY_CONNECTION, set_up
from bot.store.sqlite.errors import DatabaseDamaged, DatabaseMissing, StoreError, in_our_words
from bot.store.sqlite.rows import distinct

QUICK_BYTES_A_SECOND = 200_000_000  # of quick_check on a slow disk; ten times as fast in memory
MISTALLIED = """
    SELECT 1 FROM tally WHERE facts <> (SELECT count(*) FROM fact WHERE fact.workflow = tally.workflow) LIMIT 1
"""
AT_START = 0.3  # seconds that a check may hold up the start


@dataclass(frozen=True, slots=True, kw_only=True)
class Examination:
    """What a database holds."""

    path: Path
    schema: int
    bytes: int  # with its log
    facts: int
    published: int
    position: int
    head: audit.Head
    erased: verifying.Erased  # counted by a thorough look only


@contextmanager
def reading(path: Path) -> Iterator[sqlite3.Connection]:
    """A plain connection that only reads and leaves the file as it is; errors by their names.

    Raises DatabaseMissing and other StoreErrors.
    """
    if not path.is_file():
        raise DatabaseMissing(path)
    address = f"{path.absolute().as_uri()}?mode=ro"
    with in_our_words(path), closing(sqlite3.connect(address, uri=True, isolation_level=None)) as connection:
        set_up(connection, EVERY_CONNECTION)
        yield connection


def large(path: Path) -> bool:
    """Checking this file would hold up a start for too long."""
    return path.stat().st_size > AT_START * QUICK_BYTES_A_SECOND


def quick(connection: sqlite3.Connection, path: Path) -> None:
    """Raises DatabaseDamaged when the pages do not hang together."""
    (first,) = connection.execute("PRAGMA quick_check(1)").fetchone()
    if first != "ok":
        raise DatabaseDamaged(path, " ".join(first.split()))


def examine(path: Path, *, thorough: bool = False) -> Examination:
    """Look at a database without changing it. `thorough` reads every page and the whole audit.

    Raises StoreError.
    """
    with reading(path) as connection:
        found = schema.filled(connection, path, known=len(schema.steps()))
        quick(connection, path)
        if thorough and (faults := found_faults(connection)):
            raise DatabaseDamaged(path, "; ".join(faults))
        facts, published = connection.execute(
            "SELECT count(*), count(*) FILTER (WHERE workflow = 'published') FROM fact"
        ).fetchone()
        (position,) = connection.execute("SELECT position FROM state").fetchone()
        head = audit.head(connection)
        erased = verifying.erased(connection) if thorough else verifying.Erased()
    log = path.with_name(f"{path.name}-wal")
    return Examination(
        path=path,
        schema=found,
        bytes=path.stat().st_size + (log.stat().st_size if log.exists() else 0),
        facts=facts,
        published=published,
        position=position,
        head=head,
        erased=erased,
    )


def hash_at(path: Path, seq: int) -> str | None:
    """The hash of one line of the audit; None where there is no such line. Raises StoreError."""
    with reading(path) as connection:
        return audit.hash_at(connection, seq)


def faults(path: Path) -> tuple[str, ...]:
    """Everything that reading alone can find wrong."""
    try:
        with reading(path) as connection:
            return found_faults(connection)
    except StoreError as error:
        return (str(error),)


def found_faults(connection: sqlite3.Connection) -> tuple[str, ...]:
    """The same over an open connection."""
    pages = [row[0] for row in connection.execute("PRAGMA integrity_check(10)") if row[0] != "ok"]
    keys = [
        f"{row[0]} row {row[1]} points to a missing {row[2]}" for row in connection.execute("PRAGMA foreign_key_check")
    ]
    if pages or keys:
        return (*pages, *keys[:10])
    chain = verifying.broken(connection)
    miscounted = connection.execute(
        """
        SELECT 1 FROM state WHERE documents <> (SELECT count(*) FROM fact_search)
            OR words <> (SELECT coalesce(sum(length), 0) FROM fact_search)
        """
    ).fetchone()
    mistallied = verifying.has_desk(connection) and connection.execute(MISTALLIED).fetchone()
    found = (
        chain,
        "the search index is miscounted" if miscounted else None,
        "the states of facts are miscounted" if mistallied else None,
    )
    return tuple(fault for fault in found if fault)


def index_faults(connection: sqlite3.Connection) -> tuple[str, ...]:
    """What is wrong with the search index; needs a connection that may write, and writes nothing."""
    try:
        # With rank 1 the index is compared with fact_search too; the plain form misses drift.
        connection.execute("INSERT INTO fact_fts (fact_fts, rank) VALUES ('integrity-check', 1)")
    except sqlite3.DatabaseError as error:
        return (f"the search index: {error}",)
    counted = Counter(
        term for (terms,) in connection.execute("SELECT terms FROM fact_search") for term in distinct(terms)
    )
    if counted != dict(connection.execute("SELECT term, documents FROM term")):
        return ("the search index: terms are miscounted",)
    return ()

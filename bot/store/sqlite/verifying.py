"""Is everything as the audit says? Follows the chain from its beginning and compares every record with its lines.

Whoever can write to the file can make a whole new chain; a head that is kept elsewhere shows that.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass

from bot.core.records import data_hash
from bot.store.sqlite import verifying_desk
from bot.store.sqlite.audit import NAMELESS, START, link, salted
from bot.store.sqlite.errors import UnreadableRow

ROWS = """
    SELECT seq, at, actor, named, verb, object, revision, content, workflow, checking, note, prev_hash, hash
    FROM audit ORDER BY seq
"""
REVISIONS = """
    SELECT fact.slug, revision.number, revision.data, revision.content_hash
    FROM revision JOIN fact ON fact.number = revision.fact
"""
GONE = """
    SELECT object, revision FROM audit
    WHERE NOT EXISTS (
        SELECT 1 FROM revision JOIN fact ON fact.number = revision.fact
        WHERE fact.slug = audit.object AND revision.number = audit.revision
    ) AND NOT EXISTS (SELECT 1 FROM item_revision WHERE id = audit.object AND number = audit.revision)
        AND NOT (object GLOB 'person:*' AND EXISTS (SELECT 1 FROM actor WHERE 'person:' || id = object))
        AND object NOT GLOB 'proposal:*'
"""
# One row for each digest of a name that stands beside an actor; the first audit row with it stands for all.
NAMED = "SELECT min(seq), actor, named FROM audit WHERE actor IS NOT NULL GROUP BY actor, named"
PRESENT = "SELECT name, salt FROM actor WHERE id = ?1 AND salt IS NOT NULL"
NAMES = """
    SELECT name, salt FROM actor WHERE id = ?1 AND salt IS NOT NULL
    UNION ALL SELECT name, salt FROM former_name WHERE actor = ?1
"""
WITH_DESK = 2  # the first schema with people, proposals and reports; a backup may be older
STATES = """
    SELECT fact.slug FROM fact
    LEFT JOIN audit AS newest ON newest.seq = (SELECT max(seq) FROM audit WHERE object = fact.slug)
    WHERE newest.workflow IS NOT fact.workflow OR newest.revision IS NOT fact.revision
"""
PUBLICATIONS = """
    SELECT fact.slug FROM fact
    LEFT JOIN audit AS shown
        ON shown.seq = (SELECT max(seq) FROM audit WHERE object = fact.slug AND checking IS NOT NULL)
    WHERE shown.checking IS NOT fact.checking OR shown.actor IS NOT fact.published_by
        OR shown.at IS NOT fact.published_at
"""
ITEMS = """
    SELECT item.id FROM item
    WHERE revision IS NOT (SELECT revision FROM audit WHERE object = item.id ORDER BY seq DESC LIMIT 1)
"""
# What lists show, and what can be found at all, follows from the newest revisions of published, answerable facts.
LISTED = """
    SELECT fact.slug FROM fact
    JOIN revision ON revision.fact = fact.number AND revision.number = fact.revision
    LEFT JOIN fact_search ON fact_search.fact = fact.number
    WHERE fact_search.label IS NOT CASE
        WHEN fact.workflow = 'published' AND coalesce(json_extract(revision.data, '$.answerable'), 1)
        THEN json_extract(revision.data, '$.label')
    END
"""
NOTES = "SELECT seq, salt, text, note FROM audit_note JOIN audit USING (seq)"
ERASED = "SELECT count(*) FROM audit WHERE note IS NOT NULL AND seq NOT IN (SELECT seq FROM audit_note)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Erased:
    """What was taken out on purpose, so that nothing can be compared there any more."""

    names: int = 0  # of people
    notes: int = 0  # free texts


def erased(connection: sqlite3.Connection) -> Erased:
    """Reads the whole audit."""
    nameless = {
        actor
        for _, actor, named in connection.execute(NAMED).fetchall()
        if named != NAMELESS and not _known(connection, actor)
    }
    (notes,) = connection.execute(ERASED).fetchone()
    return Erased(names=len(nameless), notes=notes)


def broken(connection: sqlite3.Connection) -> str | None:
    """What is wrong, or None. Reads every row of the audit and every revision."""
    looks = [_chain, _revisions, _names, _standing, _notes]
    if has_desk(connection):
        looks.append(verifying_desk.faults)
    for look in looks:
        try:
            fault = next(look(connection), None)
        except (TypeError, ValueError, UnreadableRow) as error:
            fault = f"a record cannot be read: {error}"
        if fault is not None:
            return fault
    return None


def has_desk(connection: sqlite3.Connection) -> bool:
    """Whether this database has the desk's tables."""
    return bool(connection.execute("PRAGMA user_version").fetchone()[0] >= WITH_DESK)


def _known(connection: sqlite3.Connection, actor: str) -> list[tuple[str, str]]:
    """Names and salts that somebody has and had."""
    return connection.execute(NAMES if has_desk(connection) else PRESENT, (actor,)).fetchall()


def _chain(connection: sqlite3.Connection) -> Iterator[str]:
    previous, seq = START, 0
    for row in connection.execute(ROWS):
        *hashed, prev_hash, digest = row
        if row[0] != seq + 1:
            yield f"audit row {seq + 1} is missing"
        seq = row[0]
        if prev_hash != previous or link(previous, tuple(hashed)) != digest:
            yield f"audit row {seq} does not fit the row before it"
        previous = digest


def _revisions(connection: sqlite3.Connection) -> Iterator[str]:
    for slug, number, data, content in connection.execute(REVISIONS):
        if data_hash(json.loads(data)) != content:
            yield f"revision {number} of {slug} is not the one that was written"
        if not _witnessed(connection, slug, number, content):
            yield f"revision {number} of {slug} has no audit row"
    for item_id, number, data in connection.execute("SELECT id, number, data FROM item_revision"):
        if not _witnessed(connection, item_id, number, hashlib.sha256(data.encode()).hexdigest()):
            yield f"revision {number} of {item_id} has no audit row"
    for name, number in connection.execute(GONE):
        yield f"revision {number} of {name} is missing"


def _names(connection: sqlite3.Connection) -> Iterator[str]:
    """Every digest is that of a name which the actor has or had, and whoever did something chose the present name.

    Of somebody who was forgotten nothing is left to compare.
    """
    stood: set[tuple[str, str]] = set()
    for seq, actor, named in connection.execute(NAMED).fetchall():
        stood.add((actor, named))
        known = _known(connection, actor)
        if known and named != NAMELESS and all(salted(salt, name) != named for name, salt in known):
            yield f"the name of whoever made audit row {seq} is not the one that was written"
    for actor, name, salt in connection.execute("SELECT id, name, salt FROM actor WHERE salt IS NOT NULL"):
        if actor in {each for each, _ in stood} and (actor, salted(salt, name)) not in stood:
            yield f"nobody chose the name that is on file for {actor[:8]}"


def _standing(connection: sqlite3.Connection) -> Iterator[str]:
    """What is shown, and who answers for it, is what the audit says last."""
    for (slug,) in connection.execute(STATES):
        yield f"{slug} is not in the state, or not at the revision, that the audit says"
    for (slug,) in connection.execute(PUBLICATIONS):
        yield f"{slug}: who answers for it, since when, or how it was checked is not what the audit says"
    for (item_id,) in connection.execute(ITEMS):
        yield f"{item_id} is not at the revision that the audit says"
    for (slug,) in connection.execute(LISTED):
        yield f"{slug} is not listed under the label of its newest revision"


def _notes(connection: sqlite3.Connection) -> Iterator[str]:
    for seq, salt, text, note in connection.execute(NOTES):
        if salted(salt, text) != note:
            yield f"the text of audit row {seq} is not the one that was written"


def _witnessed(connection: sqlite3.Connection, name: str, number: int, content: str) -> bool:
    row = connection.execute(
        "SELECT 1 FROM audit WHERE object = ? AND revision = ? AND content = ?", (name, number, content)
    ).fetchone()
    return row is not None

"""The reads behind the desk: each a plain function over a connection."""

from __future__ import annotations

import sqlite3
from datetime import datetime

from bot.core.desk.port import Counts, Remembered, Unanswered, Waiting
from bot.core.model.desk import Origin
from bot.core.model.fact import Dossier
from bot.core.model.review import Workflow
from bot.core.model.source import Source
from bot.store.sqlite import desk_rows, people
from bot.store.sqlite.audit import head as audit_head
from bot.store.sqlite.looking import dossiers
from bot.store.sqlite.rows import ITEM, in_list, read_item, written

MOST_DOINGS = 1_000

# What waits, oldest first in each part; `part` orders the parts: reports, proposals, conflicts, facts.
WAITING = """
    SELECT 1 AS part, report.fact, NULL, report.number, report.actor, report.at FROM report WHERE outcome IS NULL
    UNION ALL SELECT CASE origin WHEN 'desk' THEN 2 ELSE 3 END, fact, origin, NULL, actor, at
        FROM proposal WHERE settled IS NULL
    UNION ALL SELECT 4, number, NULL, NULL, NULL, NULL FROM fact WHERE workflow IN ('draft', 'pending')
    ORDER BY 1, 6, 2 LIMIT ? OFFSET ?
"""
LABEL = """
    SELECT json_extract(revision.data, '$.label') FROM fact
    JOIN revision ON revision.fact = fact.number AND revision.number = fact.revision WHERE fact.number = ?
"""
BEGAN = """
    SELECT audit.actor, audit.at FROM fact JOIN audit ON audit.object = fact.slug
    WHERE fact.number = ? AND audit.verb IN ('imported', 'suggested', 'revised', 'reopened')
    ORDER BY audit.seq DESC LIMIT 1
"""
VOUCHED = """
    SELECT verb FROM fact JOIN audit ON audit.object = fact.slug
    WHERE fact.number = ? AND audit.verb NOT IN ('reported', 'report-closed') ORDER BY audit.seq DESC LIMIT 1
"""
COUNTS = """
    SELECT (SELECT count(*) FROM fact WHERE workflow = 'published'),
        (SELECT count(*) FROM fact WHERE workflow IN ('draft', 'pending')),
        (SELECT count(*) FROM proposal WHERE settled IS NULL AND origin = 'desk'),
        (SELECT count(*) FROM proposal WHERE settled IS NULL AND origin = 'files'),
        (SELECT count(*) FROM report WHERE outcome IS NULL),
        (SELECT count(*) FROM unanswered WHERE query IS NOT NULL)
"""
SINCE = """
    SELECT (
            SELECT count(*) FROM audit WHERE verb = 'published' AND at >= ?1 AND NOT EXISTS (
                SELECT 1 FROM audit AS earlier
                WHERE earlier.object = audit.object AND earlier.verb = 'published' AND earlier.seq < audit.seq
            )
        ),
        (SELECT count(*) FROM audit WHERE verb = 'withdrawn' AND at >= ?1)
"""


def waiting(connection: sqlite3.Connection, limit: int, offset: int) -> tuple[Waiting, ...]:
    """What waits, with its label."""
    found = []
    for _, number, origin, report, *began in connection.execute(WAITING, (limit, offset)).fetchall():
        (label,) = connection.execute(LABEL, (number,)).fetchone()
        itself = origin is None and report is None  # the fact waits, not something about it
        person, at = connection.execute(BEGAN, (number,)).fetchone() if itself else began
        vouched = itself and connection.execute(VOUCHED, (number,)).fetchone()[0] == "vouched"
        found.append(
            Waiting(
                number=number,
                label=label,
                since=datetime.fromisoformat(at),
                person=people.root(connection, person) if person else None,
                origin=Origin(origin) if origin else None,
                report=report,
                vouched=vouched,
            )
        )
    return tuple(found)


def counts(connection: sqlite3.Connection, since: datetime | None) -> Counts:
    """How much there is."""
    published, facts, proposals, conflicts, reports, unanswered_ = connection.execute(COUNTS).fetchone()
    fresh, withdrawn = connection.execute(SINCE, (written(since),)).fetchone() if since is not None else (0, 0)
    return Counts(
        published=published,
        waiting=facts,
        proposals=proposals,
        conflicts=conflicts,
        reports=reports,
        unanswered=unanswered_,
        published_since=fresh,
        withdrawn_since=withdrawn,
    )


def remembered(connection: sqlite3.Connection, person: str) -> Remembered:
    """Everything that is kept about a person."""
    same = people.aliases(connection, person)
    reports = connection.execute(desk_rows.REPORTS_OF, (in_list(same),)).fetchall()
    lines = connection.execute(
        """
        SELECT object, verb, revision, actor, at FROM audit
        WHERE actor IN (SELECT value FROM json_each(?)) AND object NOT GLOB 'proposal:*' ORDER BY seq DESC LIMIT ?
        """,
        (in_list(same), MOST_DOINGS),
    ).fetchall()
    return Remembered(
        person=people.somebody(connection, person),
        former_names=people.names_of(connection, same),
        drafts=desk_rows.drafts(connection, same),
        reports=tuple(map(desk_rows.read_report, reports)),
        listening=desk_rows.listening(connection, same),
        doings=tuple((name, desk_rows.read_doing(row)) for name, *row in lines),
    )


def mine(connection: sqlite3.Connection, person: str, limit: int) -> tuple[tuple[int, str, Workflow], ...]:
    """Facts that a person suggested, newest first."""
    rows = connection.execute(
        """
        SELECT fact.number, json_extract(revision.data, '$.label'), fact.workflow
        FROM audit JOIN fact ON fact.slug = audit.object
        JOIN revision ON revision.fact = fact.number AND revision.number = fact.revision
        WHERE audit.verb = 'suggested' AND audit.actor IN (SELECT value FROM json_each(?))
        ORDER BY fact.number DESC LIMIT ?
        """,
        (in_list(people.aliases(connection, person)), limit),
    ).fetchall()
    return tuple((number, label, Workflow(workflow)) for number, label, workflow in rows)


def unanswered(connection: sqlite3.Connection, limit: int) -> tuple[Unanswered, ...]:
    """Questions that nothing answered, most often first."""
    rows = connection.execute(
        "SELECT query, times, day FROM unanswered WHERE query IS NOT NULL ORDER BY times DESC, query LIMIT ?", (limit,)
    ).fetchall()
    return tuple(Unanswered(query=query, times=times, day=day) for query, times, day in rows)


def source_at(connection: sqlite3.Connection, url: str) -> Source | None:
    """The source with this canonical address; of several the first."""
    row = connection.execute("SELECT source FROM source_key WHERE url = ? ORDER BY source LIMIT 1", (url,)).fetchone()
    return source(connection, row[0]) if row else None


def source(connection: sqlite3.Connection, source_id: str) -> Source | None:
    """The source of this id."""
    row = connection.execute(ITEM + " WHERE item.id = ? AND item.kind = 'source'", (source_id,)).fetchone()
    found = read_item(row) if row else None
    return found if isinstance(found, Source) else None


def known_host(connection: sqlite3.Connection, host: str) -> bool:
    """Whether some source is from there."""
    return connection.execute("SELECT 1 FROM source_key WHERE host = ? LIMIT 1", (host,)).fetchone() is not None


def hosts(connection: sqlite3.Connection, limit: int) -> tuple[str, ...]:
    """Hosts of sources."""
    rows = connection.execute(
        "SELECT DISTINCT host FROM source_key WHERE host IS NOT NULL ORDER BY host LIMIT ?", (limit,)
    )
    return tuple(host for (host,) in rows)


def known_publisher(connection: sqlite3.Connection, name: str) -> bool:
    """Whether some source is from this publisher."""
    row = connection.execute("SELECT 1 FROM source_key WHERE publisher = ? LIMIT 1", (name.casefold(),)).fetchone()
    return row is not None


def facts_of(connection: sqlite3.Connection, source_id: str, limit: int) -> tuple[Dossier, ...]:
    """The facts that rest on a source, newest first."""
    rows = connection.execute(
        "SELECT fact FROM fact_link WHERE item = ? ORDER BY fact DESC LIMIT ?", (source_id, limit)
    ).fetchall()
    return dossiers(connection, [number for (number,) in rows])


def head(connection: sqlite3.Connection) -> tuple[int, str]:
    """The end of the audit's chain."""
    found = audit_head(connection)
    return found.seq, found.hash

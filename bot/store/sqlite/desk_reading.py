"""The reads behind the desk: each a plain function over a connection."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from bot.core.desk.port import Counts, Remembered, Unanswered, Waiting
from bot.core.model.desk import Origin
from bot.core.model.fact import Dossier
from bot.core.model.review import Workflow
from bot.core.model.source import Source
from bot.store.sqlite import desk_rows, news, people
from bot.store.sqlite.audit import head as audit_head
from bot.store.sqlite.looking import dossiers
from bot.store.sqlite.rows import EARLIER_ITEMS, ITEM, in_list, read_item, written

MOST_DOINGS = 1_000

# What waits: reports, proposals, conflicts, then facts, oldest first in each; the columns are those of `_waiting`.
# Each page is one statement: a reader that goes to and fro between SQLite and Python keeps the others waiting. CROSS
# JOIN and INDEXED BY keep SQLite from reading and sorting everything first, as it does without statistics.
REPORTS_WAIT = """
    SELECT report.fact, json_extract(revision.data, '$.label'), NULL, report.number, report.at, report.actor,
        actor.joined, NULL
    FROM report CROSS JOIN fact ON fact.number = report.fact
    CROSS JOIN revision ON revision.fact = fact.number AND revision.number = fact.revision
    LEFT JOIN actor ON actor.id = report.actor
    WHERE report.outcome IS NULL ORDER BY report.at, report.fact LIMIT ? OFFSET ?
"""
PROPOSALS_WAIT = """
    SELECT proposal.fact, json_extract(revision.data, '$.label'), proposal.origin, NULL, proposal.at, proposal.actor,
        actor.joined, NULL
    FROM proposal CROSS JOIN fact ON fact.number = proposal.fact
    CROSS JOIN revision ON revision.fact = fact.number AND revision.number = fact.revision
    LEFT JOIN actor ON actor.id = proposal.actor
    WHERE proposal.settled IS NULL AND proposal.origin = 'desk' ORDER BY proposal.id LIMIT ? OFFSET ?
"""
CONFLICTS_WAIT = PROPOSALS_WAIT.replace("'desk'", "'files'")
FACTS_WAIT = """
    WITH page AS MATERIALIZED (
        SELECT number, slug, revision,
            (
                SELECT seq FROM audit
                WHERE object = fact.slug AND verb IN ('imported', 'suggested', 'revised', 'reopened')
                ORDER BY seq DESC LIMIT 1
            ) AS began,
            (
                SELECT verb FROM audit WHERE object = fact.slug AND verb NOT IN ('reported', 'report-closed')
                ORDER BY seq DESC LIMIT 1
            ) AS last
        FROM fact INDEXED BY fact_waiting WHERE workflow IN ('draft', 'pending') ORDER BY number LIMIT ? OFFSET ?
    )
    SELECT page.number, json_extract(revision.data, '$.label'), NULL, NULL, audit.at, audit.actor, actor.joined,
        page.last
    FROM page CROSS JOIN revision ON revision.fact = page.number AND revision.number = page.revision
    CROSS JOIN audit ON audit.seq = page.began LEFT JOIN actor ON actor.id = audit.actor
    ORDER BY page.number
"""
PARTS = (
    (REPORTS_WAIT, "SELECT count(*) FROM report WHERE outcome IS NULL"),
    (PROPOSALS_WAIT, "SELECT count(*) FROM proposal WHERE settled IS NULL AND origin = 'desk'"),
    (CONFLICTS_WAIT, "SELECT count(*) FROM proposal WHERE settled IS NULL AND origin = 'files'"),
    (FACTS_WAIT, "SELECT sum(facts) FROM tally WHERE workflow IN ('draft', 'pending')"),
)
COUNTS = """
    SELECT (SELECT facts FROM tally WHERE workflow = 'published'),
        (SELECT sum(facts) FROM tally WHERE workflow IN ('draft', 'pending')),
        (SELECT count(*) FROM proposal WHERE settled IS NULL AND origin = 'desk'),
        (SELECT count(*) FROM proposal WHERE settled IS NULL AND origin = 'files'),
        (SELECT count(*) FROM report WHERE outcome IS NULL),
        (SELECT count(*) FROM unanswered WHERE query IS NOT NULL)
"""
# Of a row of source_key: a published fact rests on the source.
SEEN = """EXISTS (
    SELECT 1 FROM fact_link CROSS JOIN fact ON fact.number = fact_link.fact
    WHERE fact_link.item = source_key.source AND fact.workflow = 'published'
)"""
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
    """One page of what waits, with its labels."""
    found: list[Waiting] = []
    for page, size in PARTS:
        rows = connection.execute(page, (limit - len(found), offset)).fetchall()
        found += (_waiting(connection, row) for row in rows)
        if len(found) >= limit:
            break
        (there,) = connection.execute(size).fetchone()
        offset = max(0, offset - there)
    return tuple(found)


def _waiting(connection: sqlite3.Connection, row: Sequence[Any]) -> Waiting:
    number, label, origin, report, at, person, joined, last = row
    return Waiting(
        number=number,
        label=label,
        since=datetime.fromisoformat(at),
        person=people.root(connection, person) if joined is not None else person,
        origin=Origin(origin) if origin else None,
        report=report,
        vouched=last == "vouched",
    )


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
        follows=tuple(each for each in news.follows(connection) if each.person in same),
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
    """The source with this canonical address that readers see; of several the first."""
    row = connection.execute(
        f"SELECT source FROM source_key WHERE url = ? AND {SEEN} ORDER BY source LIMIT 1",  # noqa: S608 -- ours
        (url,),
    ).fetchone()
    return source(connection, row[0]) if row else None


def unseen_at(connection: sqlite3.Connection, url: str, limit: int) -> tuple[Source, ...]:
    """Those with this canonical address that no reader sees."""
    rows = connection.execute(
        f"SELECT source FROM source_key WHERE url = ? AND NOT {SEEN} ORDER BY source LIMIT ?",  # noqa: S608 -- ours
        (url, limit),
    ).fetchall()
    found = (source(connection, source_id) for (source_id,) in rows)
    return tuple(each for each in found if each is not None)


def source(connection: sqlite3.Connection, source_id: str) -> Source | None:
    """The source of this id."""
    row = connection.execute(ITEM + " WHERE item.id = ? AND item.kind = 'source'", (source_id,)).fetchone()
    found = read_item(row) if row else None
    return found if isinstance(found, Source) else None


def earlier_sources(connection: sqlite3.Connection, source_id: str) -> tuple[Source, ...]:
    """What the source of this id said before, the later states first."""
    found = map(read_item, connection.execute(EARLIER_ITEMS, (source_id,)).fetchall())
    return tuple(each for each in found if isinstance(each, Source))


def known_host(connection: sqlite3.Connection, host: str, besides: str) -> bool:
    """Whether another source that readers see is from there."""
    found = connection.execute(
        f"SELECT 1 FROM source_key WHERE host = ? AND source <> ? AND {SEEN} LIMIT 1",  # noqa: S608 -- ours
        (host, besides),
    )
    return found.fetchone() is not None


def hosts(connection: sqlite3.Connection, limit: int) -> tuple[str, ...]:
    """Hosts of sources."""
    rows = connection.execute(
        "SELECT DISTINCT host FROM source_key WHERE host IS NOT NULL ORDER BY host LIMIT ?", (limit,)
    )
    return tuple(host for (host,) in rows)


def publishers(connection: sqlite3.Connection, limit: int) -> tuple[str, ...]:
    """Publishers of sources, in small letters."""
    rows = connection.execute(
        "SELECT DISTINCT publisher FROM source_key WHERE publisher IS NOT NULL ORDER BY publisher LIMIT ?", (limit,)
    )
    return tuple(publisher for (publisher,) in rows)


def known_publisher(connection: sqlite3.Connection, name: str, besides: str) -> bool:
    """Whether another source that readers see is from this publisher."""
    found = connection.execute(
        f"SELECT 1 FROM source_key WHERE publisher = ? AND source <> ? AND {SEEN} LIMIT 1",  # noqa: S608 -- ours
        (name.casefold(), besides),
    )
    return found.fetchone() is not None


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

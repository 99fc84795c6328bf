"""What decisions ask of the database, inside the savepoint of the change."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from datetime import datetime

from bot.core.deciding import SHOWING
from bot.core.model.change import Item
from bot.core.model.desk import Batch, By, Doing, Draft, Listener, Origin, Person, Proposal, Report
from bot.core.model.fact import Fact, Revision
from bot.core.model.mail import Delivery, Place
from bot.core.model.news import Follow, Told
from bot.store.sqlite import deliveries, desk_rows, news, people
from bot.store.sqlite.rows import EARLIER_ITEMS, FACT, ITEM, in_list, read_fact, read_item, read_revision_of, written


class OnFile:
    """What `review` asks of the database; every item is read once a change."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._items: dict[str, Item | None] = {}

    def fact(self, slug: str) -> Fact | None:
        row = self._connection.execute(FACT + " WHERE fact.slug = ?", (slug,)).fetchone()
        return read_fact(row) if row else None

    def numbered(self, number: int) -> Fact | None:
        row = self._connection.execute(FACT + " WHERE fact.number = ?", (number,)).fetchone()
        return read_fact(row) if row else None

    def earlier(self, number: int) -> Iterable[Revision]:
        rows = self._connection.execute(
            """
            SELECT fact.slug, revision.data, revision.content_hash
            FROM revision JOIN fact ON fact.number = revision.fact
            WHERE revision.fact = ? AND revision.number < fact.revision ORDER BY revision.number DESC
            """,
            (number,),
        ).fetchall()
        return (read_revision_of(*row) for row in rows)

    def taken(self, number: int) -> bool:
        row = self._connection.execute(
            """
            SELECT 1 FROM fact WHERE number = ?1 UNION ALL SELECT 1 FROM draft WHERE number = ?1 LIMIT 1
            """,
            (number,),
        ).fetchone()
        return row is not None

    def highest(self) -> int:
        (number,) = self._connection.execute(
            "SELECT max(reserved, (SELECT coalesce(max(number), 0) FROM fact)) FROM state"
        ).fetchone()
        return int(number)

    def item(self, item_id: str) -> Item | None:
        if item_id not in self._items:
            row = self._connection.execute(ITEM + " WHERE item.id = ?", (item_id,)).fetchone()
            self._items[item_id] = read_item(row) if row else None
        return self._items[item_id]

    def earlier_items(self, item_id: str) -> Iterable[Item]:
        rows = self._connection.execute(EARLIER_ITEMS, (item_id,)).fetchall()
        return map(read_item, rows)

    def text(self, source: str) -> str | None:
        row = self._connection.execute("SELECT text FROM source_text WHERE source = ?", (source,)).fetchone()
        return row[0] if row else None

    def passages(self, source: str) -> tuple[str, ...]:
        return desk_rows.passages(self._connection, source)

    def facts_of(self, source: str) -> Iterable[Fact]:
        rows = self._connection.execute(
            FACT + " JOIN fact_link ON fact_link.fact = fact.number WHERE fact_link.item = ? ORDER BY fact.number",
            (source,),
        ).fetchall()
        return map(read_fact, rows)

    def shown_with(self, item_id: str) -> str | None:
        row = self._connection.execute(
            """
            SELECT fact.slug FROM fact_link JOIN fact ON fact.number = fact_link.fact
            WHERE fact_link.item = ? AND fact.workflow = 'published' ORDER BY fact.number LIMIT 1
            """,
            (item_id,),
        ).fetchone()
        return row[0] if row else None

    # People and what they do.

    def person(self, by: By) -> Person:
        return people.find_or_make(self._connection, by)

    def somebody(self, person: str) -> Person:
        return people.somebody(self._connection, person)

    def names(self, *, besides: str) -> tuple[str, ...]:
        rows = self._connection.execute("SELECT id, name FROM actor WHERE name <> ''").fetchall()
        return tuple(name for actor, name in rows if people.root(self._connection, actor) != besides)

    def offered(self, code_sha256: str, since: datetime) -> str | None:
        return people.offered(self._connection, code_sha256, since)

    def draft(self, number: int, person: str) -> Draft | None:
        return desk_rows.draft(self._connection, number, self._same(person))

    def drafts(self, person: str) -> tuple[Draft, ...]:
        return desk_rows.drafts(self._connection, self._same(person))

    def proposal(self, number: int, origin: Origin) -> Proposal | None:
        return desk_rows.proposal(self._connection, number, origin)

    def waiting_of(self, person: str) -> tuple[int, ...]:
        rows = self._connection.execute(
            """
            SELECT fact FROM proposal WHERE settled IS NULL AND actor IN (SELECT value FROM json_each(?1))
            UNION SELECT fact.number FROM fact JOIN audit ON audit.object = fact.slug
                WHERE fact.workflow IN ('draft', 'pending') AND audit.verb IN ('suggested', 'revised')
                    AND audit.actor IN (SELECT value FROM json_each(?1))
            ORDER BY 1
            """,
            (in_list(self._same(person)),),
        )
        return tuple(number for (number,) in rows.fetchall())

    def doings(self, number: int) -> tuple[Doing, ...]:
        return desk_rows.doings(self._connection, number)

    def approvals(self, since: datetime) -> tuple[tuple[int, Doing], ...]:
        rows = self._connection.execute(
            """
            SELECT fact.number, audit.verb, audit.revision, audit.actor, audit.at
            FROM audit JOIN fact ON fact.slug = audit.object
            WHERE audit.verb IN (SELECT value FROM json_each(?)) AND audit.at >= ? AND audit.actor IS NOT NULL
            ORDER BY audit.seq
            """,
            (in_list(sorted(SHOWING)), written(since)),
        ).fetchall()
        return tuple((number, desk_rows.read_doing(row)) for number, *row in rows)

    def changed_by(self, person: str, since: datetime) -> tuple[int, ...]:
        rows = self._connection.execute(
            """
            SELECT DISTINCT fact.number FROM audit JOIN fact ON fact.slug = audit.object
            WHERE audit.actor IN (SELECT value FROM json_each(?)) AND audit.at >= ? AND fact.workflow = 'published'
                AND audit.verb NOT IN ('reported', 'report-closed', 'proposed', 'declined', 'taken-back', 'hidden')
            ORDER BY fact.number
            """,
            (in_list(self._same(person)), written(since)),
        )
        return tuple(number for (number,) in rows.fetchall())

    def report(self, number: int, report: int) -> Report | None:
        return next((each for each in self.reports(number) if each.number == report), None)

    def reports(self, number: int) -> tuple[Report, ...]:
        return desk_rows.reports(self._connection, number)

    def reported_by(self, person: str) -> tuple[Report, ...]:
        rows = self._connection.execute(desk_rows.REPORTS_OF, (in_list(self._same(person)),)).fetchall()
        return tuple(map(desk_rows.read_report, rows))

    def listeners(self, number: int) -> tuple[Listener, ...]:
        return desk_rows.listeners(self._connection, number)

    def batch(self, number: int) -> Batch | None:
        return desk_rows.batch(self._connection, number)

    def batches(self) -> int:
        return int(self._connection.execute("SELECT coalesce(max(number), 0) FROM batch").fetchone()[0])

    def follows(self) -> tuple[Follow, ...]:
        return news.follows(self._connection)

    def showing(self, number: int) -> tuple[Delivery, ...]:
        return deliveries.showing(self._connection, number)

    def private_answers(self, number: int) -> int:
        return news.private_answers(self._connection, number)

    def told(self, number: int) -> tuple[Told, ...]:
        return news.told(self._connection, number)

    def news_times(self, place: Place, limit: int, now: datetime) -> tuple[datetime, ...]:
        return news.news_times(self._connection, place, limit, now)

    def _same(self, person: str) -> tuple[str, ...]:
        return people.aliases(self._connection, person)

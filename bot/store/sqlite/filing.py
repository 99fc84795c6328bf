"""How a decided change is written: revisions, audit, index, key and answer in one unit."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict
from datetime import datetime

from bot.core import review
from bot.core.model.change import Applied, Change
from bot.core.model.fact import Dossier, Fact, Revision
from bot.core.model.names import Topic
from bot.core.model.review import Workflow
from bot.core.records import to_data
from bot.core.references import references, with_broader
from bot.core.search.document import SearchDocument
from bot.store.sqlite.audit import Chain, Line, actor_called
from bot.store.sqlite.looking import dossiers
from bot.store.sqlite.rows import (
    FACT,
    ITEM,
    KINDS,
    distinct,
    document_row,
    in_list,
    item_data,
    packed,
    read_fact,
    read_item,
    read_revision_of,
    written,
)

Index = Callable[[Dossier], SearchDocument]

AT_ONCE = 200  # facts whose index rows are made from one round of reads


def apply(
    connection: sqlite3.Connection, change: Change, *, key: str, expect: Mapping[str, int], now: datetime, index: Index
) -> Applied:
    """Apply a change inside the writer's savepoint. Raises ChangeRefused."""
    before = connection.execute("SELECT answer FROM applied_key WHERE key = ?", (key,)).fetchone()
    if before is not None:
        return _read_answer(before[0])
    on_file = OnFile(connection)
    review.expected(expect, on_file)
    decision = review.decide(change, on_file, now=now)
    if not decision.idle:
        _write(connection, decision, now, index)
    position = connection.execute("SELECT position FROM state").fetchone()[0]
    applied = review.outcome(decision, position)
    connection.execute(
        "INSERT INTO applied_key (key, at, answer) VALUES (?, ?, ?)", (key, written(now), packed(asdict(applied)))
    )
    return applied


class OnFile:
    """What `review` asks of the database; every item is read once a change."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._items: dict[str, review.Item | None] = {}

    def fact(self, slug: str) -> Fact | None:
        row = self._connection.execute(FACT + " WHERE fact.slug = ?", (slug,)).fetchone()
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
        return self._connection.execute("SELECT 1 FROM fact WHERE number = ?", (number,)).fetchone() is not None

    def highest(self) -> int:
        return int(self._connection.execute("SELECT coalesce(max(number), 0) FROM fact").fetchone()[0])

    def item(self, item_id: str) -> review.Item | None:
        if item_id not in self._items:
            row = self._connection.execute(ITEM + " WHERE item.id = ?", (item_id,)).fetchone()
            self._items[item_id] = read_item(row) if row else None
        return self._items[item_id]

    def text(self, source: str) -> str | None:
        row = self._connection.execute("SELECT text FROM source_text WHERE source = ?", (source,)).fetchone()
        return row[0] if row else None

    def shown_with(self, item_id: str) -> str | None:
        row = self._connection.execute(
            """
            SELECT fact.slug FROM fact_link JOIN fact ON fact.number = fact_link.fact
            WHERE fact_link.item = ? AND fact.workflow = 'published' ORDER BY fact.number LIMIT 1
            """,
            (item_id,),
        ).fetchone()
        return row[0] if row else None


def _write(connection: sqlite3.Connection, decision: review.Decision, now: datetime, index: Index) -> None:
    connection.execute("UPDATE state SET position = position + 1")
    actor = actor_called(connection, decision.actor) if decision.actor is not None else None
    chain = Chain(connection, at=now, actor=actor)
    for item in decision.items:
        chain.add(_file_item(connection, item))
    for source, text in decision.texts.items():
        connection.execute(
            """
            INSERT INTO source_text (source, text) VALUES (?, ?)
            ON CONFLICT (source) DO UPDATE SET text = excluded.text
            """,
            (source, text),
        )
    on_file = OnFile(connection)
    touched = {step.number for step in decision.steps}
    for step in decision.steps:
        chain.add(_file_step(connection, step, actor.id if actor else None, now))
        if step.revision is not None:
            _link(connection, step.number, step.revision, on_file)
    resting = _resting_on(connection, [item.id for item in decision.items])
    for number in resting - touched if any(isinstance(item, Topic) for item in decision.items) else ():
        _relink(connection, number, on_file)  # a topic may have moved under another
    reindex(connection, touched | resting, index)


def _file_item(connection: sqlite3.Connection, item: review.Item) -> Line:
    row = connection.execute("SELECT revision FROM item WHERE id = ?", (item.id,)).fetchone()
    number = row[0] + 1 if row else 1
    kind, data = KINDS[type(item)], item_data(item)
    connection.execute(
        "INSERT INTO item_revision (id, number, kind, data) VALUES (?, ?, ?, ?)", (item.id, number, kind, data)
    )
    connection.execute(
        """
        INSERT INTO item (id, kind, revision) VALUES (?, ?, ?)
        ON CONFLICT (id) DO UPDATE SET revision = excluded.revision
        """,
        (item.id, kind, number),
    )
    return Line(verb="imported", object=item.id, revision=number, content=hashlib.sha256(data.encode()).hexdigest())


def _file_step(connection: sqlite3.Connection, step: review.Step, actor: str | None, now: datetime) -> Line:
    if step.new and step.revision is not None:
        connection.execute(
            "INSERT INTO fact (number, slug, workflow, revision, created_at) VALUES (?, ?, 'draft', ?, ?)",
            (step.number, step.slug, step.revision.number, written(now)),
        )
    if step.revision is not None:
        connection.execute(
            "INSERT INTO revision (fact, number, data, content_hash) VALUES (?, ?, ?, ?)",
            (step.number, step.revision.number, packed(to_data(step.revision)), step.revision.content_hash),
        )
        connection.execute("UPDATE fact SET revision = ? WHERE number = ?", (step.revision.number, step.number))
    checking = None
    if step.publication is not None and step.workflow is Workflow.PUBLISHED and step.publication.at == now:
        checking = step.publication.checking.value
        connection.execute(
            "UPDATE fact SET checking = ?, published_by = ?, published_at = ? WHERE number = ?",
            (checking, actor, written(now), step.number),
        )
    connection.execute("UPDATE fact SET workflow = ? WHERE number = ?", (step.workflow.value, step.number))
    number, content = connection.execute(
        """
        SELECT revision.number, revision.content_hash FROM fact
        JOIN revision ON revision.fact = fact.number AND revision.number = fact.revision WHERE fact.number = ?
        """,
        (step.number,),
    ).fetchone()
    return Line(
        verb=step.verb,
        object=step.slug,
        revision=number,
        content=content,
        workflow=step.workflow.value,
        checking=checking,
    )


def _link(connection: sqlite3.Connection, number: int, revision: Revision, on_file: OnFile) -> None:
    named = references(revision)

    def topic(item_id: str) -> Topic | None:
        item = on_file.item(item_id)
        return item if isinstance(item, Topic) else None

    topics = (each.id for each in with_broader(named.topics, topic))
    connection.execute("DELETE FROM fact_link WHERE fact = ?", (number,))
    connection.executemany(
        "INSERT INTO fact_link (fact, item) VALUES (?, ?)",
        [(number, item) for item in (*named.sources, *named.entities, *topics, *named.series)],
    )


def _relink(connection: sqlite3.Connection, number: int, on_file: OnFile) -> None:
    row = connection.execute(
        """
        SELECT fact.slug, revision.data, revision.content_hash FROM fact
        JOIN revision ON revision.fact = fact.number AND revision.number = fact.revision WHERE fact.number = ?
        """,
        (number,),
    ).fetchone()
    _link(connection, number, read_revision_of(*row), on_file)


def _resting_on(connection: sqlite3.Connection, items: list[str]) -> set[int]:
    rows = connection.execute(
        "SELECT fact FROM json_each(?) AS wanted CROSS JOIN fact_link ON fact_link.item = wanted.value",
        (in_list(items),),
    )
    return {number for (number,) in rows}


def reindex(connection: sqlite3.Connection, numbers: Iterable[int], index: Index) -> None:
    """Make the rows of the search index anew for these facts: none for what may not be found."""
    waiting = sorted(numbers)
    while waiting:
        batch, waiting = waiting[:AT_ONCE], waiting[AT_ONCE:]
        for dossier in dossiers(connection, batch):
            fact = dossier.fact
            _drop_document(connection, fact.number)
            if fact.workflow is Workflow.PUBLISHED and fact.revision.answerable:
                row = document_row(index(dossier))
                connection.execute(
                    "INSERT INTO fact_search (fact, label, length, facets, terms) VALUES (?, ?, ?, ?, ?)", row
                )
                connection.execute("INSERT INTO fact_fts (rowid, terms) VALUES (?, ?)", (row[0], row[-1]))
                connection.executemany(
                    """
                    INSERT INTO term (term, documents) VALUES (?, 1)
                    ON CONFLICT (term) DO UPDATE SET documents = documents + 1
                    """,
                    [(term,) for term in sorted(distinct(row[-1]))],
                )


def rebuild(connection: sqlite3.Connection, index: Index) -> None:
    """Make the whole search index anew, whatever state it is in."""
    connection.execute("DELETE FROM fact_search")
    connection.execute("DELETE FROM term")
    connection.execute("INSERT INTO fact_fts (fact_fts) VALUES ('rebuild')")
    published = connection.execute("SELECT number FROM fact WHERE workflow = 'published'").fetchall()
    reindex(connection, [number for (number,) in published], index)


def _drop_document(connection: sqlite3.Connection, number: int) -> None:
    row = connection.execute("SELECT terms FROM fact_search WHERE fact = ?", (number,)).fetchone()
    if row is None:
        return
    connection.execute("INSERT INTO fact_fts (fact_fts, rowid, terms) VALUES ('delete', ?, ?)", (number, row[0]))
    connection.execute("DELETE FROM fact_search WHERE fact = ?", (number,))
    terms = [(term,) for term in sorted(distinct(row[0]))]
    connection.executemany("DELETE FROM term WHERE term = ? AND documents = 1", terms)
    connection.executemany("UPDATE term SET documents = documents - 1 WHERE term = ?", terms)


def _read_answer(text: str) -> Applied:
    data = json.loads(text)
    return Applied(
        position=data["position"],
        created=tuple(data["created"]),
        revised=tuple(data["revised"]),
        unchanged=tuple(data["unchanged"]),
        published=tuple(data["published"]),
        repeated=True,
    )

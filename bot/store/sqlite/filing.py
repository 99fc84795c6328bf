"""How a decided change is written: revisions, audit, index, key and answer in one unit."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime

from bot.core.deciding import decide, expected, outcome
from bot.core.decision import Decision, Step
from bot.core.links import canonical, host_of
from bot.core.model.change import Applied, Change, Item
from bot.core.model.fact import Dossier, Revision
from bot.core.model.names import Topic
from bot.core.model.review import Workflow
from bot.core.model.source import Source
from bot.core.ports import Ids
from bot.core.records import to_data
from bot.core.references import references, with_broader
from bot.core.search.document import SearchDocument
from bot.store.sqlite import desk_filing, people
from bot.store.sqlite.audit import Actor, Chain, Line, actor_called
from bot.store.sqlite.looking import REPLACED, dossiers
from bot.store.sqlite.on_file import OnFile
from bot.store.sqlite.rows import (
    ITEM,
    KINDS,
    distinct,
    document_row,
    in_list,
    item_data,
    packed,
    read_item,
    read_revision_of,
    written,
)

Index = Callable[[Dossier], SearchDocument]

AT_ONCE = 200  # facts whose index rows are made from one round of reads


@dataclass(frozen=True, slots=True, kw_only=True)
class Tools:
    """What writing needs from outside."""

    now: datetime
    index: Index
    ids: Ids


def apply(
    connection: sqlite3.Connection, change: Change, *, key: str, expect: Mapping[str, int], tools: Tools
) -> Applied:
    """Apply a change inside the writer's savepoint. Raises ChangeRefused."""
    before = connection.execute("SELECT answer FROM applied_key WHERE key = ?", (key,)).fetchone()
    if before is not None:
        return _read_answer(before[0])
    on_file = OnFile(connection)
    expected(expect, on_file)
    decision = decide(change, on_file, now=tools.now)
    people.witness(connection, tools.now)
    if not decision.idle:
        _write(connection, decision, tools)
    position = connection.execute("SELECT position FROM state").fetchone()[0]
    applied = outcome(decision, position)
    connection.execute(
        "INSERT INTO applied_key (key, at, answer) VALUES (?, ?, ?)", (key, written(tools.now), packed(asdict(applied)))
    )
    return applied


def _write(connection: sqlite3.Connection, decision: Decision, tools: Tools) -> None:
    now = tools.now
    if decision.moves:
        connection.execute("UPDATE state SET position = position + 1")
    desk_filing.people_first(connection, decision, now)
    actor = _actor(connection, decision)
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
    connection.executemany("INSERT INTO passage (source, text) VALUES (?, ?)", decision.passages)
    on_file = OnFile(connection)
    touched = {step.number for step in decision.steps}
    for step in decision.steps:
        chain.add(_file_step(connection, step, actor.id if actor else None, now))
        if step.revision is not None:
            _link(connection, step.number, step.revision, on_file)
            _relate(connection, step.number, step.revision)
    for deed in decision.deeds:
        chain.add(desk_filing.line_of(deed))
    resting = _resting_on(connection, [item.id for item in decision.items])
    for number in resting - touched if any(isinstance(item, Topic) for item in decision.items) else ():
        _relink(connection, number, on_file)  # a topic may have moved under another
    reindex(connection, touched | resting, tools.index)
    desk_filing.write(connection, decision, now, tools.ids, chain)


def _actor(connection: sqlite3.Connection, decision: Decision) -> Actor | None:
    """Who stands in the audit: the person at the desk, or whom an import names."""
    if decision.person is not None:
        return people.signed(connection, decision.person)
    return actor_called(connection, decision.actor) if decision.actor is not None else None


def _file_item(connection: sqlite3.Connection, item: Item) -> Line:
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
    _key_source(connection, item)
    return Line(verb="imported", object=item.id, revision=number, content=hashlib.sha256(data.encode()).hexdigest())


def _file_step(connection: sqlite3.Connection, step: Step, actor: str | None, now: datetime) -> Line:
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
        reason=step.reason,
    )


def _key_source(connection: sqlite3.Connection, item: Item) -> None:
    if isinstance(item, Source):
        url = canonical(item.url) if item.url else None
        connection.execute(
            """
            INSERT INTO source_key (source, url, host, publisher) VALUES (?, ?, ?, ?)
            ON CONFLICT (source) DO UPDATE SET url = excluded.url, host = excluded.host, publisher = excluded.publisher
            """,
            (
                item.id,
                url,
                host_of(item.url) if item.url else None,
                item.publisher.casefold() if item.publisher else None,
            ),
        )


def _relate(connection: sqlite3.Connection, number: int, revision: Revision) -> None:
    """What a fact says of others, by the newest revision."""
    connection.execute("DELETE FROM fact_relation WHERE fact = ?", (number,))
    connection.executemany(
        "INSERT INTO fact_relation (fact, kind, other) VALUES (?, ?, ?)",
        [(number, *row) for row in sorted(relations_of(revision))],
    )


def relations_of(revision: Revision) -> set[tuple[str, str]]:
    """(kind, slug) of every fact of which a revision says something."""
    rows = {(relation.kind.value, relation.fact) for relation in revision.relations}
    if revision.withdrawal is not None and revision.withdrawal.replaced_by is not None:
        rows.add((REPLACED, revision.withdrawal.replaced_by))
    return rows


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
    _link(connection, number, _newest(connection, number), on_file)


def _newest(connection: sqlite3.Connection, number: int) -> Revision:
    row = connection.execute(
        """
        SELECT fact.slug, revision.data, revision.content_hash FROM fact
        JOIN revision ON revision.fact = fact.number AND revision.number = fact.revision WHERE fact.number = ?
        """,
        (number,),
    ).fetchone()
    return read_revision_of(*row)


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
    """Make the whole search index anew, whatever state it is in, and everything else that follows from the records."""
    connection.execute("DELETE FROM fact_search")
    connection.execute("DELETE FROM term")
    connection.execute("INSERT INTO fact_fts (fact_fts) VALUES ('rebuild')")
    for row in connection.execute(ITEM + " WHERE item.kind = 'source'").fetchall():
        _key_source(connection, read_item(row))
    for (number,) in connection.execute("SELECT number FROM fact").fetchall():
        _relate(connection, number, _newest(connection, number))
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
    lists = {name: tuple(value) for name, value in data.items() if isinstance(value, list)}
    return Applied(**data | lists | {"repeated": True})

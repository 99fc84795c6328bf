"""The reads behind answers: each a plain function over a connection, so that changes can use them too."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from datetime import datetime
from itertools import takewhile
from typing import Any

from bot.core.model.change import FactRecord, Item, Records
from bot.core.model.fact import Dossier, Fact, PastRevision, Related
from bot.core.model.finding import Listed
from bot.core.model.names import Entity, Topic
from bot.core.model.quantity import ClaimSeries
from bot.core.model.review import RelationKind, Workflow
from bot.core.model.source import Source
from bot.core.ports import Vocabulary
from bot.core.references import References, references, with_broader
from bot.core.search.plan import AllOf, AnyOf, Candidate, Candidates, Frequencies, Plan, Pool, Term
from bot.store.matching import bounded, findable, has_word, judge, terms_of
from bot.store.sqlite.readers import Call, interrupted
from bot.store.sqlite.rows import (
    FACT,
    FACTS_WANTED,
    ITEM,
    ITEMS_WANTED,
    in_list,
    read_document,
    read_fact,
    read_item,
    read_revision_of,
)

SHORT = 4  # characters of a random id that people are shown
INDEXED = 3  # letters of the longest prefix that fact_fts has an index for
MOST_SPELLED = 200  # words that one search spells out
ROWS_A_WORD = 8  # rows that are read in the time in which one more word is looked up
MOST_GATHERED = 20_000  # rows that are gathered within a few ms

REPLACED = "replaced-by"  # kind of a row of fact_relation, beside those of RelationKind
# Both ends of every relation of the wanted facts: of the fact itself, then of those that speak of it.
RELATED = """
    SELECT wanted.value, fact_relation.kind, 1, other.number, other.workflow, revision.data
    FROM json_each(?1) AS wanted
    CROSS JOIN fact_relation ON fact_relation.fact = wanted.value
    CROSS JOIN fact AS other ON other.slug = fact_relation.other
    CROSS JOIN revision ON revision.fact = other.number AND revision.number = other.revision
    UNION ALL
    SELECT wanted.value, fact_relation.kind, 0, other.number, other.workflow, revision.data
    FROM json_each(?1) AS wanted
    CROSS JOIN fact ON fact.number = wanted.value
    CROSS JOIN fact_relation ON fact_relation.other = fact.slug
    CROSS JOIN fact AS other ON other.number = fact_relation.fact
    CROSS JOIN revision ON revision.fact = other.number AND revision.number = other.revision
"""

BEGINNING = "SELECT count(*), total(documents) FROM term WHERE term >= ? AND term < ?"
LAST = "\U0010ffff"  # after every letter

MATCHING = """
    SELECT fact_search.fact, fact_search.label, fact_search.length, fact_search.facets, fact_search.terms
    FROM fact_fts JOIN fact_search ON fact_search.fact = fact_fts.rowid
    WHERE fact_fts MATCH ? ORDER BY fact_fts.rowid DESC
"""


def candidates(connection: sqlite3.Connection, call: Call, plan: Plan, limit: int) -> Candidates:
    """What was found until the call expired."""
    position = connection.execute("SELECT position FROM state").fetchone()[0]
    asked, complete = bounded(plan)
    rows: list[Candidate] = []
    if asked is not None and limit > 0:
        wanted, fits = terms_of(asked), judge(asked)
        for document in map(read_document, _matching(connection, call, match_text(asked))):
            terms = wanted.intersection(document.terms)
            if fits(terms):  # the engine folds a few letters that are different terms to us
                rows.append(Candidate(document=document, matched=terms))
            if len(rows) == limit:
                break
        complete = complete and not call.expired
    return Candidates(rows=tuple(rows), complete=complete, as_of=position)


def pool(connection: sqlite3.Connection, call: Call, plans: Sequence[Plan], limit: int, most: int) -> Pool:
    """What the plans found until there was enough, or the call expired."""
    in_time = takewhile(lambda _: not call.expired, plans)
    found = Pool.of((candidates(connection, call, plan, limit) for plan in in_time), limit=limit, most=most)
    return replace(found, complete=found.complete and not call.expired)


def _matching(connection: sqlite3.Connection, call: Call, expression: str) -> Iterator[tuple[Any, ...]]:
    """Rows of documents that match, newest first, as many as there is time for."""
    try:
        with closing(connection.execute(MATCHING, (expression,))) as cursor:
            for row in cursor:
                yield row
                if call.expired:
                    return
    except sqlite3.OperationalError as error:
        if not interrupted(error):
            raise


def match_text(plan: Plan) -> str:
    """An FTS5 expression in which every term is a plain string. Terms hold no quotation mark: `findable`."""
    match plan:
        case Term(text):
            return f'"{text}"'
        case AllOf(parts) | AnyOf(parts) if len(parts) == 1:
            return match_text(parts[0])
        case AllOf(parts):
            return f"({' AND '.join(map(match_text, parts))})"
        case AnyOf(parts):
            return f"({' OR '.join(map(match_text, parts))})"


def frequencies(connection: sqlite3.Connection, terms: Sequence[str]) -> Frequencies:
    """Document frequencies of the terms."""
    documents, words = connection.execute("SELECT documents, words FROM state").fetchone()
    asked = in_list(sorted({term for term in terms if findable(term)}))
    found = connection.execute(
        "SELECT term, documents FROM term WHERE term IN (SELECT value FROM json_each(?))", (asked,)
    ).fetchall()
    return Frequencies(documents=documents, mean_length=words / documents if documents else 0.0, of=dict(found))


def vocabulary(connection: sqlite3.Connection) -> Vocabulary:
    """All names, topics and series, by id."""
    items = _items(connection.execute(ITEM + " WHERE item.kind <> 'source' ORDER BY item.id").fetchall())
    return Vocabulary(
        entities=tuple(item for item in items.values() if isinstance(item, Entity)),
        topics=tuple(item for item in items.values() if isinstance(item, Topic)),
        series=tuple(item for item in items.values() if isinstance(item, ClaimSeries)),
    )


def dossiers(connection: sqlite3.Connection, numbers: Sequence[int]) -> tuple[Dossier, ...]:
    """The facts of these numbers with what they refer to."""
    wanted = list(dict.fromkeys(numbers))
    rows = connection.execute(FACTS_WANTED, (in_list(wanted),)).fetchall()
    facts = {row[0]: read_fact(row) for row in rows}
    named = {number: references(fact.revision) for number, fact in facts.items()}
    items: dict[str, Item] = {}
    asked: set[str] = set()
    missing = {item for each in named.values() for item in (*each.sources, *each.entities, *each.topics, *each.series)}
    while missing:  # a second round only where topics have broader ones
        rows = connection.execute(ITEMS_WANTED, (in_list(sorted(missing)),)).fetchall()
        items |= _items(rows)
        asked |= missing
        missing = {each for item in items.values() if isinstance(item, Topic) for each in item.broader} - asked
    speaking = related(connection, list(facts))
    return tuple(
        _dossier(facts[number], named[number], items, speaking.get(number, ())) for number in wanted if number in facts
    )


def related(connection: sqlite3.Connection, numbers: Sequence[int]) -> dict[int, tuple[Related, ...]]:
    """The facts that these speak of, and those that speak of them."""
    found: dict[int, list[Related]] = {}
    for number, kind, outgoing, other, workflow, data in connection.execute(RELATED, (in_list(numbers),)).fetchall():
        found.setdefault(number, []).append(
            Related(
                kind=None if kind == REPLACED else RelationKind(kind),
                outgoing=bool(outgoing),
                number=other,
                label=json.loads(data)["label"],
                workflow=Workflow(workflow),
            )
        )
    return {number: tuple(sorted(each, key=_order)) for number, each in found.items()}


def _order(item: Related) -> tuple[int, bool, str]:
    return item.number, item.outgoing, item.kind or ""


def _dossier(fact: Fact, named: References, items: dict[str, Item], speaking: tuple[Related, ...]) -> Dossier:
    topics = {each: item for each, item in items.items() if isinstance(item, Topic)}
    sources = {each: item for each in named.sources if isinstance(item := items[each], Source)}
    return Dossier(
        fact=fact,
        sources=sources,
        entities={each: item for each in named.entities if isinstance(item := items[each], Entity)},
        topics={topic.id: topic for topic in with_broader(named.topics, topics.get)},
        series={each: item for each in named.series if isinstance(item := items[each], ClaimSeries)},
        related=speaking,
    )


def number_of(connection: sqlite3.Connection, slug: str) -> int | None:
    """The number behind a slug."""
    row = connection.execute("SELECT number FROM fact WHERE slug = ?", (slug,)).fetchone()
    return row[0] if row else None


def history(connection: sqlite3.Connection, number: int) -> tuple[PastRevision, ...]:
    """Every line of the audit that is about a fact."""
    rows = connection.execute(
        """
        SELECT fact.slug, revision.data, revision.content_hash, audit.at, audit.verb, actor.name, actor.id,
            audit_note.text
        FROM fact
        JOIN audit ON audit.object = fact.slug
        JOIN revision ON revision.fact = fact.number AND revision.number = audit.revision
        LEFT JOIN actor ON actor.id = audit.actor
        LEFT JOIN audit_note ON audit_note.seq = audit.seq
        WHERE fact.number = ? ORDER BY audit.seq
        """,
        (number,),
    ).fetchall()
    return tuple(
        PastRevision(
            revision=read_revision_of(slug, data, content_hash),
            at=datetime.fromisoformat(at),
            verb=verb,
            actor_name=name or "",
            reason=reason or "",
            actor=(actor or "")[:SHORT],
        )
        for slug, data, content_hash, at, verb, name, actor, reason in rows
    )


def listed(connection: sqlite3.Connection, topic: str | None, series: str | None, limit: int) -> tuple[Listed, ...]:
    """Labels, newest first."""
    if topic is None and series is None:
        rows = connection.execute("SELECT fact, label FROM fact_search ORDER BY fact DESC LIMIT ?", (limit,)).fetchall()
    else:
        first = (topic, "topic") if topic is not None else (series, "series")
        rows = connection.execute(
            """
            SELECT fact_search.fact, fact_search.label
            FROM fact_link CROSS JOIN fact_search ON fact_search.fact = fact_link.fact
            WHERE fact_link.item = ?1 AND EXISTS (SELECT 1 FROM item WHERE id = ?1 AND kind = ?2)
                AND (?3 IS NULL OR EXISTS (
                    SELECT 1 FROM fact_link AS other JOIN item ON item.id = other.item
                    WHERE other.fact = fact_link.fact AND other.item = ?3 AND item.kind = 'series'
                ))
            ORDER BY fact_link.fact DESC LIMIT ?4
            """,
            (*first, series, limit),
        ).fetchall()
    return tuple(Listed(number=number, label=label) for number, label in rows)


def labels(connection: sqlite3.Connection, call: Call, prefix: str, limit: int) -> tuple[Listed, ...]:
    """Labels of facts with a word that begins so, newest first."""
    found: list[Listed] = []
    if not findable(prefix) or limit <= 0:
        return ()
    for number, label, *_, terms in _matching(connection, call, _beginning(connection, prefix, limit)):
        if has_word(terms.split(" "), prefix):
            found.append(Listed(number=number, label=label))
        if len(found) == limit:
            break
    return tuple(found)


def _beginning(connection: sqlite3.Connection, prefix: str, limit: int) -> str:
    """An FTS5 expression for rows of which the first ones come at once, and in which `prefix` is looked for.

    Without an index of this length, FTS5 gathers the rows of all words before it gives the first. So where many of the
    rows of the indexed beginning are wanted ones, those are read; else the words are spelled out while they are few.
    """
    if len(prefix) > INDEXED:
        words, rows = connection.execute(BEGINNING, (prefix, prefix + LAST)).fetchone()
        around = connection.execute(BEGINNING, (prefix[:INDEXED], prefix[:INDEXED] + LAST)).fetchone()[1]
        if limit * around <= ROWS_A_WORD * words * rows or (words > MOST_SPELLED and rows > MOST_GATHERED):
            return f'"{prefix[:INDEXED]}" *'
        if 0 < words <= MOST_SPELLED:
            found = connection.execute("SELECT term FROM term WHERE term >= ? AND term < ?", (prefix, prefix + LAST))
            return " OR ".join(f'"{term}"' for (term,) in found)
    return f'"{prefix}" *'


def text_of(connection: sqlite3.Connection, source: str) -> str | None:
    """The private text of a source."""
    row = connection.execute("SELECT text FROM source_text WHERE source = ?", (source,)).fetchone()
    return row[0] if row else None


def records(connection: sqlite3.Connection) -> Records:
    """Everything, for export."""
    items = _items(connection.execute(ITEM + " ORDER BY item.id").fetchall())
    facts = [read_fact(row) for row in connection.execute(FACT + " ORDER BY fact.number").fetchall()]
    return Records(
        sources=tuple(item for item in items.values() if isinstance(item, Source)),
        entities=tuple(item for item in items.values() if isinstance(item, Entity)),
        topics=tuple(item for item in items.values() if isinstance(item, Topic)),
        series=tuple(item for item in items.values() if isinstance(item, ClaimSeries)),
        facts=tuple(map(FactRecord.of, facts)),
    )


def _items(rows: Sequence[tuple[str, str, str]]) -> dict[str, Item]:
    return {row[0]: read_item(row) for row in rows}

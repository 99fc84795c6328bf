"""Between rows and the model. A value that cannot be read is an error with the row's id, never a guess."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime
from typing import Any

from bot.core.model.change import Item
from bot.core.model.fact import Fact, Kind, Revision
from bot.core.model.names import Entity, Topic
from bot.core.model.quantity import ClaimSeries
from bot.core.model.review import Checking, Publication, Workflow
from bot.core.model.source import Source
from bot.core.records import ITEM_READERS, RecordError, data_hash, read_revision, to_data
from bot.core.search.document import Facets, SearchDocument
from bot.store.sqlite.errors import RecordAltered, UnreadableRow

KINDS: dict[type[Item], str] = {Source: "source", Entity: "entity", Topic: "topic", ClaimSeries: "series"}
_READERS: dict[str, Callable[[object, str], Item]] = {KINDS[kind]: reader for kind, reader in ITEM_READERS.items()}

FACT = """
    SELECT fact.number, fact.slug, fact.workflow, fact.checking, actor.name, fact.published_at, fact.created_at,
        revision.data, revision.content_hash
    FROM fact
    JOIN revision ON revision.fact = fact.number AND revision.number = fact.revision
    LEFT JOIN actor ON actor.id = fact.published_by
"""
ITEM = """
    SELECT item.id, item.kind, item_revision.data FROM item
    JOIN item_revision ON item_revision.id = item.id AND item_revision.number = item.revision
"""
EARLIER_ITEMS = """
    SELECT item_revision.id, item_revision.kind, item_revision.data FROM item_revision
    JOIN item ON item.id = item_revision.id
    WHERE item_revision.id = ? AND item_revision.number < item.revision ORDER BY item_revision.number DESC
"""

# The same for a list (`in_list`). CROSS JOIN keeps SQLite from reading a whole table before it looks at the list.
FACTS_WANTED = """
    SELECT fact.number, fact.slug, fact.workflow, fact.checking, actor.name, fact.published_at, fact.created_at,
        revision.data, revision.content_hash
    FROM json_each(?) AS wanted
    CROSS JOIN fact ON fact.number = wanted.value
    CROSS JOIN revision ON revision.fact = fact.number AND revision.number = fact.revision
    LEFT JOIN actor ON actor.id = fact.published_by
"""
ITEMS_WANTED = """
    SELECT item.id, item.kind, item_revision.data
    FROM json_each(?) AS wanted
    CROSS JOIN item ON item.id = wanted.value
    CROSS JOIN item_revision ON item_revision.id = item.id AND item_revision.number = item.revision
"""


def storable(text: str) -> bool:
    """Text that can stand in the database: no lone surrogates."""
    return not any("\ud800" <= character <= "\udfff" for character in text)


def written(at: datetime) -> str:
    """An instant as text whose order is that of time."""
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def packed(value: Any) -> str:
    """Compact JSON, in ASCII so that any text can be stored."""
    return json.dumps(value, separators=(",", ":"), ensure_ascii=True, allow_nan=False)


def item_data(item: Item) -> str:
    """A source, entity, topic or series as it is stored."""
    return packed(to_data(item))


def read_item(row: Sequence[Any]) -> Item:
    """A row of ITEM, the inverse of `item_data`."""
    item_id, kind, data = row
    try:
        return _READERS[kind](json.loads(data), item_id)
    except (RecordError, ValueError, KeyError) as error:
        raise UnreadableRow(kind, item_id, str(error)) from error


def read_revision_of(slug: str, data: str, content_hash: str) -> Revision:
    """A stored revision; `slug` is for the error. Raises UnreadableRow, or RecordAltered where the hash is another."""
    try:
        content = json.loads(data)
        if data_hash(content) != content_hash:
            raise RecordAltered(slug, content.get("number"))
        return read_revision(content, slug)
    except (RecordError, ValueError) as error:
        raise UnreadableRow("revision", slug, str(error)) from error


def read_fact(row: Sequence[Any]) -> Fact:
    """A row of FACT."""
    number, slug, workflow, checking, name, published_at, created_at, data, content_hash = row
    try:
        publication = (
            Publication(checking=Checking(checking), by=name or "", at=datetime.fromisoformat(published_at))
            if checking is not None
            else None
        )
        return Fact(
            number=number,
            slug=slug,
            workflow=Workflow(workflow),
            revision=read_revision_of(slug, data, content_hash),
            publication=publication,
            created_at=datetime.fromisoformat(created_at),
        )
    except ValueError as error:
        raise UnreadableRow("fact", slug, str(error)) from error


def document_row(document: SearchDocument) -> tuple[int, str, int, str, str]:
    """A row of fact_search: fact, label, length, facets, terms."""
    facets = document.facets
    values = [
        facets.kind.value,
        facets.speaker,
        facets.entities,
        facets.topics,
        facets.series,
        facets.numbers,
        facets.directions,
        facets.latest_day,
    ]
    return document.fact, facets.label, document.length, packed(values), " ".join(document.terms)


def read_document(row: Sequence[Any]) -> SearchDocument:
    """The inverse of `document_row`."""
    fact, label, length, facets, terms = row
    try:
        kind, speaker, entities, topics, series, numbers, directions, latest_day = json.loads(facets)
        return SearchDocument(
            fact=fact,
            terms=tuple(terms.split(" ")) if terms else (),
            length=length,
            facets=Facets(
                kind=Kind(kind),
                label=label,
                speaker=speaker,
                entities=tuple(entities),
                topics=tuple(topics),
                series=tuple(series),
                numbers=tuple(numbers),
                directions=tuple([(origin, destination) for origin, destination in directions]),
                latest_day=latest_day,
            ),
        )
    except (TypeError, ValueError) as error:
        raise UnreadableRow("fact_search", str(fact), str(error)) from error


def distinct(terms: str) -> set[str]:
    """The different terms of a row of fact_search."""
    return set(terms.split(" ")) - {""}


def in_list(values: Iterable[str | int]) -> str:
    """The parameter of `IN (SELECT value FROM json_each(?))`: one statement whatever the number of values."""
    return packed(list(values))

"""The one codec between the model and plain JSON data, for YAML, JSON Lines, the content hash and the store.

What is on file is never rewritten, and hashes are of this data. So from now on every key, default and meaning stays, a
new field has a default that says nothing, and what tests/data/stored holds must be read, and written the same, always.

`to_data(value)` gives a dict of str, int, bool, None, lists and dicts, with keys in the order in which people read
them and without everything that has its default value. The readers are its inverse; what they refuse, they refuse
with RecordError, which names every wrong place of the record. `tables` holds the keys: one line a field.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from bot.core.model.change import FactRecord, Item, Records
from bot.core.model.fact import Revision
from bot.core.model.names import Entity, Topic
from bot.core.model.quantity import ClaimSeries
from bot.core.model.source import Source
from bot.core.records.facts import content_hash, data_hash, read_revision, read_slugged, revision_data, slugged_data
from bot.core.records.problem import Problem, RecordError
from bot.core.records.sections import read_records, records_data
from bot.core.records.tables import ENTITY, SERIES, SOURCE, TOPIC

__all__ = [
    "ITEM_READERS",
    "Problem",
    "RecordError",
    "Recordable",
    "content_hash",
    "data_hash",
    "read_entity",
    "read_fact_record",
    "read_records",
    "read_revision",
    "read_series",
    "read_source",
    "read_topic",
    "to_data",
]

Recordable = Source | Entity | Topic | ClaimSeries | Revision | FactRecord | Records


_WRITERS: dict[type, Callable[[Any], dict[str, Any]]] = {
    Source: SOURCE.write,
    Entity: ENTITY.write,
    Topic: TOPIC.write,
    ClaimSeries: SERIES.write,
    Revision: revision_data,
    FactRecord: slugged_data,
    Records: records_data,
}


def to_data(value: Recordable) -> dict[str, Any]:
    """Plain JSON data of a record; equal records give equal data."""
    return _WRITERS[type(value)](value)


def read_source(data: object, path: str = "source") -> Source:
    """Raises RecordError; `path` leads its places."""
    return SOURCE.read(data, path)


def read_entity(data: object, path: str = "entity") -> Entity:
    """Raises RecordError."""
    return ENTITY.read(data, path)


def read_topic(data: object, path: str = "topic") -> Topic:
    """Raises RecordError."""
    return TOPIC.read(data, path)


def read_series(data: object, path: str = "series") -> ClaimSeries:
    """Raises RecordError."""
    return SERIES.read(data, path)


def read_fact_record(data: object, path: str = "fact") -> FactRecord:
    """Raises RecordError. The revision is numbered like its base (1 without one) and carries its content hash."""
    return read_slugged(data, path)


ITEM_READERS: Mapping[type[Item], Callable[[object, str], Item]] = {
    Source: read_source,
    Entity: read_entity,
    Topic: read_topic,
    ClaimSeries: read_series,
}

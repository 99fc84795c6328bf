"""Data as it is on file, from the first version on: read for ever, and written as it was.

The files in tests/data/stored are only ever added to. A test that fails here means that records which people have on
file would be misread, or that hashes that were noted would no longer agree; it is the code that has to change.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest

from bot.core.model.fact import Hop, Kind, Revision, Said, Speaker, Venue
from bot.core.model.names import Entity, Topic
from bot.core.model.quantity import Quantity
from bot.core.model.review import Relation, Withdrawal
from bot.core.model.source import Check, Citation, Selector, Snapshot, Source
from bot.core.records import (
    Recordable,
    content_hash,
    read_entity,
    read_fact_record,
    read_revision,
    read_series,
    read_source,
    read_topic,
    to_data,
)
from bot.core.verbatim import passage_hash

FOLDER = Path(__file__).parents[2] / "data" / "stored"
READERS: dict[str, Callable[[object], Recordable]] = {
    "source": read_source,
    "entity": read_entity,
    "topic": read_topic,
    "series": read_series,
    "revision": read_revision,
    "fact_record": read_fact_record,
}
HASHES = {
    0: "0f0e1a540d508aefccb861f5dd3c84732eccaa4f3d752e296442f86923df1f3d",
    1: "a49d46365cc57cff47c12bb38f3258f0e8ed3073a49175743272a6d7905dc3bf",
    2: "116461611cad29440452c81800bb8380332dcf82c33038e93b2018260ee16281",
    3: "57d7020832783b882e67dbcaddf251dc2dc67c96a06e94afb5ea63fab62d8dbf",
    4: "f29446378fa83811fdd4900fcaa41ad7d644a8e5f38a8cc950e32e73098cfdee",
    5: "c71373c3ab384dcad21891688e911d91b61dd9e6bf5d721afc1354de566282ce",
}


def stored(name: str) -> list[dict[str, Any]]:
    data: list[dict[str, Any]] = json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))
    return data


@pytest.mark.parametrize("name", READERS)
def test_what_is_on_file_is_read_and_written_as_it_was(name: str) -> None:
    for data in stored(name):
        assert to_data(READERS[name](data)) == data


def test_every_kind_of_record_is_among_them() -> None:
    assert {path.stem for path in FOLDER.glob("*.json")} == set(READERS)
    assert {data["kind"] for data in stored("revision")} == set(Kind)


@pytest.mark.parametrize("number", range(6))
def test_the_hash_of_a_revision_stays(number: int) -> None:
    revision = read_revision(stored("revision")[number])

    assert revision.content_hash == content_hash(revision) == HASHES[number]


def test_the_hash_of_a_place_stays() -> None:
    citation = read_revision(stored("revision")[0]).citations[0]

    assert citation.selector is not None
    assert (
        citation.checks[0].passage_sha256
        == passage_hash(citation.selector)
        == ("38b47de232982f3ef93ae251d71db14eb66cee47879fbc544ee97c6d607cbe31")
    )


def test_the_first_of_them_mean_what_they_meant() -> None:
    """A key that is read under its old name, but as something else, would be a wrong quote."""
    revision = read_revision(stored("revision")[0])
    bare = read_revision(stored("revision")[1])

    assert (revision.text, revision.quantities[0].value) == ("We have planted at least 300 trees", "300")
    assert (str(revision.said.on), revision.said.stated, revision.answerable) == ("2026-05-01?", True, False)
    assert (bare.said, bare.venue, bare.answerable, bare.restates, bare.speaker) == (Said(), Venue(), True, None, None)
    assert bare.citations[0].supports == "text"
    assert read_source(stored("source")[0]).independence == "secondary"


def test_every_field_is_on_file_at_least_once() -> None:
    """A field that is added later joins them with a file of its own time."""
    revision = read_revision(stored("revision")[5])
    source = read_source(stored("source")[1])
    full: list[tuple[type, object]] = [
        (Revision, revision),
        (Speaker, revision.speaker),
        (Said, revision.said),
        (Venue, revision.venue),
        (Quantity, revision.quantities[0]),
        (Citation, revision.citations[0]),
        (Selector, revision.citations[0].selector),
        (Check, revision.citations[0].checks[0]),
        (Source, source),
        (Snapshot, source.snapshot),
        (Relation, revision.relations[0]),
        (Withdrawal, revision.withdrawal),
        (Entity, read_entity(stored("entity")[1])),
        (Topic, read_topic(stored("topic")[1])),
    ]
    empty = {
        (kind.__name__, item.name)
        for kind, value in full
        for item in fields(kind)
        if getattr(value, item.name) in (None, "", ())
    }

    assert empty == {("Revision", "quoted_spans"), ("Source", "passages")}, "these stand in others"
    assert read_source(stored("source")[2]).passages[0].obtained == "moderator_paste"
    assert stored("revision")[3]["quoted_spans"] == ["green lung"]
    assert {item.name for item in fields(Hop)} == {"act", "actor", "name", "role", "stated"}

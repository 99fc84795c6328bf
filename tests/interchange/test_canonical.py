"""The same records are always the same bytes, and those bytes the same records."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import PurePosixPath

import yaml
from hypothesis import given, settings

from bot.core.dates import parse
from bot.core.model.change import Records
from bot.core.records import read_records, to_data
from bot.interchange import layout, strict_yaml
from bot.interchange.canonical import document
from tests import strategies
from tests.builders import a_record, a_source, some_records


@settings(max_examples=60)
@given(strategies.records)
def test_a_written_document_reads_as_the_records_it_was_written_from(records: Records) -> None:
    tree = strict_yaml.read(document(to_data(records)).encode())

    assert tree.faults == []
    assert read_records(tree.data) == records


@settings(max_examples=60)
@given(strategies.records)
def test_export_import_export_gives_the_same_bytes(records: Records) -> None:
    written = layout.files(records)

    read = [read_records(strict_yaml.read(content).data) for content in written.values()]
    together = Records(
        **{
            section: tuple(item for part in read for item in getattr(part, section))
            for section in ("sources", "entities", "topics", "series", "facts")
        }
    )

    assert layout.in_order(together) == layout.in_order(records)
    assert layout.files(together) == written


@settings(max_examples=60)
@given(strategies.records)
def test_the_order_of_records_does_not_matter(records: Records) -> None:
    mixed = Records(
        sources=tuple(reversed(records.sources)),
        entities=tuple(reversed(records.entities)),
        topics=tuple(reversed(records.topics)),
        series=tuple(reversed(records.series)),
        facts=tuple(reversed(records.facts)),
    )

    assert layout.files(mixed) == layout.files(records)


@given(strategies.words)
def test_other_readers_of_yaml_read_a_text_as_the_same_text(text: str) -> None:
    """Also those that take "no", 2024-11-15 or 0123 for something else."""
    content = document({"schema": 1, "topics": [{"id": "a", "label": text, "aliases": {"no": [text]}}]})

    assert yaml.safe_load(content)["topics"] == [{"id": "a", "label": text, "aliases": {"no": [text]}}]


@given(strategies.texts)
def test_nothing_invisible_stands_in_a_file(text: str) -> None:
    content = document({"schema": 1, "topics": [{"id": "a", "label": text}]})

    assert not set(content) & set("\u00a0\u00ad\u200b\u200e\u202e\u2028\u2066\ufeff\x7f\x85\r\t\U000e0041")
    assert content.count("\n") == 5, "the text stands on one line"


def test_a_file_is_read_easily() -> None:
    records = some_records(a_record(number=3, notes=("A note.",)))
    content = layout.files(records)[PurePosixPath("2026/gazette-2026-05-02.yaml")].decode()

    assert content.startswith(
        'schema: 1\n\nsources:\n  - id: gazette-2026-05-02\n    publisher: "The Testwick Gazette"\n'
    )
    assert '\n    speaker: {entity: ada-muster, name: "Ada Muster", role: "Mayor of Testwick"}\n' in content
    assert "\n      - {act: said, actor: ada-muster, stated: true}\n" in content
    assert content.endswith('    notes: ["A note."]\n')


def test_facts_stand_with_their_first_source_in_the_folder_of_its_year() -> None:
    undated = a_source(id="leaflet", published=None)
    old = a_source(id="chronicle", published=parse("0987"))
    second = a_record(slug="second", citations=(replace(a_record().revision.citations[0], source="chronicle"),))
    loose = a_record(slug="loose", citations=())
    records = replace(some_records(a_record(), second, loose), sources=(undated, old, a_source()))

    assert [str(path) for path in layout.files(records)] == [
        "0987/chronicle.yaml",
        "2026/gazette-2026-05-02.yaml",
        "entities.yaml",
        "facts.yaml",
        "topics.yaml",
        "undated/leaflet.yaml",
    ]
    assert b"second" in layout.files(records)[PurePosixPath("0987/chronicle.yaml")]


def test_json_and_yaml_carry_the_same_data() -> None:
    data = to_data(some_records())

    assert strict_yaml.read(document(data).encode()).data == json.loads(json.dumps(data))

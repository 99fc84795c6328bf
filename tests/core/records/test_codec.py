"""Records and their plain data are the same thing in two forms."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.model.change import Records
from bot.core.model.fact import Revision
from bot.core.model.names import Entity, Topic
from bot.core.model.quantity import ClaimSeries
from bot.core.model.source import Citation, Selector, Source
from bot.core.records import (
    Problem,
    RecordError,
    content_hash,
    read_entity,
    read_fact_record,
    read_records,
    read_revision,
    read_series,
    read_source,
    read_topic,
    to_data,
)
from tests import strategies
from tests.builders import a_record, a_revision, a_source, some_records


def through_json(data: dict[str, Any]) -> Any:
    return json.loads(json.dumps(data))


def problems_of(read: Callable[[object], object], data: object) -> tuple[Problem, ...]:
    """What a reader finds wrong; nothing else may come out of it than a record."""
    try:
        read(data)
    except RecordError as error:
        return error.problems
    return ()


@given(strategies.records)
def test_records_come_back_as_they_were(records: Records) -> None:
    assert read_records(through_json(to_data(records))) == records


@given(strategies.revisions)
def test_a_revision_comes_back_with_number_and_hash(revision: Revision) -> None:
    assert read_revision(through_json(to_data(revision))) == revision


@given(strategies.sources, strategies.entities, strategies.topics, strategies.series)
def test_each_sort_of_record_comes_back(source: Source, entity: Entity, topic: Topic, series: ClaimSeries) -> None:
    assert read_source(through_json(to_data(source))) == source
    assert read_entity(through_json(to_data(entity))) == entity
    assert read_topic(through_json(to_data(topic))) == topic
    assert read_series(through_json(to_data(series))) == series


plain = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=12,
)


@given(plain, st.sampled_from(["sources", "entities", "topics", "series", "facts", "schema", "fact"]))
def test_any_data_gives_records_or_a_record_error(data: object, section: str) -> None:
    for given_data in (data, {section: data}, {section: [data]}):
        assert all(problem.wrong and problem.instead for problem in problems_of(read_records, given_data))


@given(strategies.fact_records, plain, st.data())
def test_a_fact_with_one_damaged_value_is_read_or_named(record: Any, damage: object, data: st.DataObject) -> None:
    fact = to_data(record)
    key = data.draw(st.sampled_from(sorted(fact)))

    assert all(problem.path.startswith("fact") for problem in problems_of(read_fact_record, fact | {key: damage}))


def test_what_has_its_default_value_is_left_out() -> None:
    data = to_data(a_record())

    assert not {"number", "base", "quoted_spans", "addressee", "venue", "notes", "answerable"} & data.keys()


def test_what_is_not_known_of_a_source_is_said() -> None:
    data = to_data(a_source(publisher=None, url=None, published=None))

    assert (data["publisher"], data["url"], data["published"]) == (None, None, None)
    del data["url"]
    with pytest.raises(RecordError, match="'url' is missing"):
        read_source(data)


def test_a_selector_need_not_repeat_the_text() -> None:
    text = "We have planted at least 300 trees"
    selector = Selector(exact=text, prefix='"', suffix='"', start=1, end=35)
    revision = a_revision(text=text, citations=(Citation(source="gazette-2026-05-02", selector=selector),))

    assert "exact" not in to_data(revision)["citations"][0]["selector"]
    assert read_revision(to_data(revision)) == revision


def test_every_wrong_place_is_named_with_what_to_write_instead() -> None:
    data = to_data(some_records())
    fact = data["facts"][0]
    fact["said"] = {"date": "2024-13", "stated": "yes", "datum": 1}
    fact["kind"] = "dirct"
    fact["chain"][1]["act"] = "qouted"
    fact["labl"] = fact.pop("label")
    data["entities"][0]["aliases"] = {"english": ["x"]}
    data["topcs"] = []

    with pytest.raises(RecordError) as caught:
        read_records(data)

    places = {problem.path: f"{problem.wrong}: {problem.instead}" for problem in caught.value.problems}
    assert places["facts[0].said.date"].startswith("'2024-13' is not in the calendar")
    assert places["facts[0].said.datum"] == "unknown key 'datum': did you mean 'date'?"
    assert "without quotation marks" in places["facts[0].said.stated"]
    assert places["facts[0].kind"] == "'dirct' is not known here: did you mean 'direct'?"
    assert places["facts[0].chain[1].act"].endswith("did you mean 'quoted'?")
    assert places["facts[0].labl"] == "unknown key 'labl': did you mean 'label'?"
    assert places["facts[0]"] == "'label' is missing: write label:"
    assert "language tag" in places["entities[0].aliases"]
    assert places["data"] == "unknown section 'topcs': did you mean 'topics'?"


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("id", "../../etc/passwd"),
        ("id", "A"),
        ("id", "a--b"),
        ("id", "a\n"),
        ("id", "a" * 101),
        ("number", 0),
        ("number", True),
        ("number", 2**60),
        pytest.param("number", 10**5000, id="more digits than Python prints"),
        ("number", 1.0),
        ("text", ""),
        ("text", " \n"),
        ("text", "a\0b"),
        ("text", "a\x1b[2Jb"),
        ("text", "\ud800"),
        ("text", 5),
        ("text", None),
        ("language", "english"),
        ("status", "publishd"),
        ("status", ["published"]),
        ("topics", "trees"),
        ("topics", {"trees": 1}),
        ("answerable", "no"),
        ("answerable", 0),
        ("answerable", None),
        ("base", {"revision": 1}),
        ("base", {"revision": 0, "hash": "0" * 64}),
        ("base", {"revision": 1, "hash": "xyz"}),
        ("quantities", [{"comparator": ">=", "value": "3,5", "unit": "x", "surface": "y"}]),
        ("quantities", [{"comparator": ">=", "value": 3500000, "unit": "x", "surface": "y"}]),
        ("quantities", [{"comparator": ">=", "value": "NaN", "unit": "x", "surface": "y"}]),
        ("said", {"not_after": "2024-11"}),
        ("said", {"not_after": "2024-11-15?"}),
        ("said", {"date": 2024}),
    ],
)  # fmt: skip
def test_a_value_of_the_wrong_sort_is_refused(key: str, value: object) -> None:
    with pytest.raises(RecordError) as caught:
        read_fact_record(to_data(a_record()) | {key: value})

    assert caught.value.problems[0].path.startswith(f"fact.{key}")
    assert len(str(caught.value)) < 400


@pytest.mark.parametrize("captured_at", ["2024-11-16", "2024-11-16T09:30:00", "2024-13-16T09:30:00Z", "now"])
def test_an_instant_is_in_utc(captured_at: str) -> None:
    snapshot = {
        "sha256": "0" * 64, "normalised_sha256": "0" * 64, "normalisation": 1, "codepoints": 5,
        "obtained": "bot_fetch", "captured_at": captured_at,
    }  # fmt: skip

    with pytest.raises(RecordError, match="no instant"):
        read_source(to_data(a_source()) | {"snapshot": snapshot})


def test_the_hash_is_of_the_content_alone() -> None:
    revision = a_revision()

    assert content_hash(revision) == content_hash(replace(revision, number=7, content_hash="f" * 64))
    assert content_hash(revision) != content_hash(replace(revision, label="Another label"))
    assert read_fact_record(to_data(a_record(revision=revision))).revision.content_hash == content_hash(revision)


@given(strategies.revisions, strategies.revisions)
def test_different_content_has_different_hashes(one: Revision, other: Revision) -> None:
    same = replace(one, number=other.number, content_hash=other.content_hash) == other

    assert (content_hash(one) == content_hash(other)) is same


def test_the_hash_is_the_same_in_every_release() -> None:
    """Files carry it: a change of the canonical form would make every base on file unknown."""
    assert content_hash(a_revision()) == "2d8f578a212978576f1d7857335b265f792254c59e5661a1af9d642c3c7bc043"


def test_a_record_from_a_base_is_numbered_like_it() -> None:
    data = to_data(a_record(base_revision=3, base_hash="0" * 64))

    assert read_fact_record(data).revision.number == 3
    assert read_fact_record(to_data(a_record())).revision.number == 1


def test_another_schema_is_refused() -> None:
    with pytest.raises(RecordError, match="reads schema 1, not 2"):
        read_records({"schema": 2})

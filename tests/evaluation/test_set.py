"""The evaluation set is well formed: what it expects exists, and every language and kind is asked in both parts."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import pytest
import yaml

from bot.core.model.fact import Kind
from bot.core.model.review import Workflow
from bot.core.rules import examine
from bot.interchange.export import check_canonical
from bot.interchange.loading import load

ROOT = Path(__file__).parent.parent.parent
FOLDER = ROOT / "evaluation" / "facts"
RECORDS = load([FOLDER]).records
ON_FILE = {record.slug: record for record in (*RECORDS.facts, *load([ROOT / "facts"]).records.facts)}

LANGUAGES = {"en", "uk", "ru", "ko", "de"}
ANSWERABLE = {"keyword", "question", "alias", "number", "typo", "inflected", "series", "synonym"}
NEAR_MISSES = {f"near-miss-{what}" for what in ("country", "person", "number", "direction", "topic")}
UNANSWERABLE = NEAR_MISSES | {"off-topic"}
PARTS = {"dev", "held-out"}


@dataclass(frozen=True)
class Query:
    """One labelled query; unknown and missing keys are errors."""

    id: str
    q: str
    language: str
    kind: str
    expect: list[str] | None
    part: str


QUERIES = [Query(**row) for row in yaml.safe_load((ROOT / "evaluation" / "queries.yaml").read_text("utf-8"))]


def test_the_facts_may_be_imported_and_are_in_canonical_form() -> None:
    loaded = load([FOLDER, ROOT / "facts"])

    assert loaded.ok, [str(notice) for notice in loaded.notices]
    assert not [remark for remark in examine(loaded.records) if remark.error]
    assert check_canonical(FOLDER) == ()


def test_there_are_enough_facts_of_every_kind() -> None:
    assert len(RECORDS.facts) >= 150
    assert {record.revision.kind for record in RECORDS.facts} == set(Kind)
    assert {record.workflow for record in RECORDS.facts} == {Workflow.PUBLISHED}


def test_there_are_enough_queries_and_each_is_there_once() -> None:
    assert len(QUERIES) >= 400
    assert [key for key, count in Counter(query.id for query in QUERIES).items() if count > 1] == []
    assert [text for text, count in Counter(query.q.casefold() for query in QUERIES).items() if count > 1] == []
    assert [query.id for query in QUERIES if not query.q.strip() or query.q != query.q.strip()] == []


def test_about_half_have_no_answer() -> None:
    silent = sum(query.expect is None for query in QUERIES)

    assert 0.4 <= silent / len(QUERIES) <= 0.6


def test_what_is_expected_can_be_given_as_an_answer() -> None:
    expected = {slug for query in QUERIES for slug in query.expect or ()}

    assert sorted(expected - ON_FILE.keys()) == []
    assert [slug for slug in sorted(expected) if not ON_FILE[slug].revision.answerable] == []
    assert [query.id for query in QUERIES if query.expect == []] == []


def test_kinds_say_whether_there_is_an_answer() -> None:
    assert {query.kind for query in QUERIES if query.expect is not None} == ANSWERABLE
    assert {query.kind for query in QUERIES if query.expect is None} == UNANSWERABLE


@pytest.mark.parametrize("part", sorted(PARTS))
def test_both_parts_hold_every_language_and_kind(part: str) -> None:
    own = [query for query in QUERIES if query.part == part]

    assert {query.language for query in own} == LANGUAGES
    assert {query.kind for query in own} == ANSWERABLE | UNANSWERABLE
    assert {(query.language, query.expect is None) for query in own} == {
        (language, silent) for language in LANGUAGES for silent in (False, True)
    }


def test_the_part_set_aside_follows_from_the_ids() -> None:
    for query in QUERIES:
        aside = int(sha256(query.id.encode()).hexdigest(), 16) % 3 == 0

        assert query.part == ("held-out" if aside else "dev"), query.id


def test_the_newest_statement_of_a_series_is_expected() -> None:
    """Where a query asks for a series, no expected fact has a newer sibling from the same series."""
    days: dict[str, list[tuple[str, str]]] = {}
    for slug, record in ON_FILE.items():
        said = record.revision.said.on
        for quantity in record.revision.quantities:
            if quantity.series and said and record.revision.answerable:
                days.setdefault(quantity.series, []).append((said.latest.isoformat(), slug))
    newest = {max(statements)[1] for statements in days.values()}
    in_a_series = {slug for statements in days.values() for _, slug in statements}

    for query in QUERIES:
        if query.kind == "series":
            assert set(query.expect or ()) & in_a_series <= newest, query.id

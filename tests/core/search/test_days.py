"""Years, months and days of a query, and the terms of a fact's days."""

from __future__ import annotations

import pytest

from bot.core.dates import parse
from bot.core.search import days
from bot.core.search.terms import Analysis
from bot.stemming import Stemmer

ANALYSIS = Analysis(Stemmer())


@pytest.mark.parametrize(
    ("text", "term"),
    [
        ("2024", "d:2024"),
        ("November 2024", "d:2024-11"),
        ("nov 2024", "d:2024-11"),
        ("листопада 2024 року", "d:2024-11"),
        ("ноября 2024", "d:2024-11"),
        ("15 November 2024", "d:2024-11-15"),
        ("November 15, 2024", "d:2024-11-15"),
        ("November 15th 2024", "d:2024-11-15"),
        ("2024-11-15", "d:2024-11-15"),
        ("15 листопада", "d:-11-15"),
        ("November", "d:-11"),
        ("May 2024", "d:2024-05"),
    ],
)
def test_dates_of_a_query(text: str, term: str) -> None:
    tokens = ANALYSIS.tokens(text)
    day = days.read(tokens, 0)
    assert day is not None
    assert day.terms == (term,)
    assert day.size == len(tokens)


@pytest.mark.parametrize(
    ("text", "month"), [("in may", 5), ("in March", 3), ("since mar", 3), ("shells may", 5), ("may shells", None),
                        ("we march", None), ("may shells may be", None)],
)  # fmt: skip
def test_months_that_are_verbs_too(text: str, month: int | None) -> None:
    tokens = ANALYSIS.tokens(text)
    found = [day.terms for at in range(len(tokens)) if (day := days.read(tokens, at))]
    assert found == ([(f"d:-{month:02d}",)] if month else [])


@pytest.mark.parametrize("text", ["may", "march", "1200", "3500", "31", "30 February 2024", "shells"])
def test_what_is_no_date(text: str) -> None:
    assert days.read(ANALYSIS.tokens(text), 0) is None


@pytest.mark.parametrize(
    ("edtf", "terms"),
    [
        ("2024-11-16", {"d:2024", "d:2024-11", "d:-11", "d:2024-11-16", "d:-11-16"}),
        ("2024-11", {"d:2024", "d:2024-11", "d:-11"}),
        ("2024", {"d:2024"}),
        ("2023-12/2024-01", set()),
    ],
)
def test_a_day_is_only_as_precise_as_it_is_known(edtf: str, terms: set[str]) -> None:
    assert set(days.terms_of(parse(edtf))) == terms


def test_no_date_has_no_terms() -> None:
    assert not list(days.terms_of(None))

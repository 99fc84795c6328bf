"""Figures by hand: what counts as a hit, as a wrong answer and as neither."""

from __future__ import annotations

import pytest

from bot.evaluation import report
from bot.evaluation.figures import Result, figures, grouped
from bot.evaluation.queries import Labelled


def a_query(*expect: str, id: str = "q-1", language: str = "en", part: str = "dev") -> Labelled:  # noqa: A002 -- its name
    return Labelled(id=id, q="words", language=language, kind="keyword", expect=frozenset(expect), part=part)


def test_hits_are_counted_by_the_rank_of_the_first_acceptable_fact() -> None:
    results = [
        Result(query=a_query("a"), found=("a", "b")),
        Result(query=a_query("a", "c"), found=("b", "c", "a")),
        Result(query=a_query("a"), found=("b", "c", "d", "a")),
        Result(query=a_query("a"), found=()),
    ]

    found = figures(results)

    assert (found.answerable, found.hit_1, found.hit_3) == (4, 0.25, 0.5)
    assert found.mrr == pytest.approx((1 + 1 / 2 + 1 / 4) / 4)
    assert (found.unanswerable, found.wrong) == (0, None)


def test_anything_but_silence_is_wrong_where_nothing_answers() -> None:
    results = [
        Result(query=a_query(), found=()),
        Result(query=a_query(), found=("a",)),
        Result(query=a_query(), found=("a", "b"), asked=True),
        Result(query=a_query(), found=(), complete=False),
    ]

    found = figures(results)

    assert (found.unanswerable, found.wrong, found.unanswerable_asked, found.incomplete) == (4, 0.5, 1, 1)
    assert (found.answerable, found.hit_1, found.mrr) == (0, None, None)


def test_a_rank_below_the_tenth_counts_for_nothing() -> None:
    deep = Result(query=a_query("a"), found=(*"bcdefghijk", "a"))

    assert deep.rank is None
    assert figures([deep]).mrr == 0


def test_groups_have_their_own_figures() -> None:
    results = [
        Result(query=a_query("a", language="en"), found=("a",)),
        Result(query=a_query("a", language="uk"), found=("b",)),
    ]

    assert {name: each.hit_1 for name, each in grouped(results, lambda query: query.language).items()} == {
        "en": 1.0,
        "uk": 0.0,
    }


def test_the_table_has_the_floor_below_every_row() -> None:
    ours = [Result(query=a_query("a"), found=("a",)), Result(query=a_query(), found=())]
    plain = [Result(query=a_query("a"), found=("b",)), Result(query=a_query(), found=("b",))]

    lines = report.table(ours, plain)

    assert lines[1].split() == ["all", "1", "1.000", "1.000", "1.000", "0", "1", "0.0%", "0"]
    assert lines[2].split() == ["plain", "FTS5", "1", "0.000", "0.000", "0.000", "0", "1", "100.0%", "0"]
    assert len(lines) == 1 + 2 * 3


def test_misses_never_name_the_part_set_aside() -> None:
    wrong = Result(query=a_query("a", part="dev"), found=("b",))
    aside = Result(query=a_query("a", id="q-2", part="held-out"), found=("b",))

    (line,) = report.misses([wrong, aside])

    assert "q-1" in line
    assert "expected a, got b" in line

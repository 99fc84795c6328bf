"""Files of labelled queries: read as they stand, or every mistake told with its line."""

from __future__ import annotations

import pytest

from bot.evaluation.queries import Labelled, read

GOOD = '- {id: a-1, q: "dprk ammunition", language: en, kind: alias, expect: [shells], part: dev}\n'


def mistakes(text: str) -> list[str]:
    return [str(notice) for notice in read(text.encode(), "q.yaml", {"shells"})[1]]


def test_a_query_with_an_answer_and_one_without() -> None:
    queries, notices = read(
        (
            GOOD + '- {id: a-2, q: "japan ammunition", language: en, kind: near-miss, expect: null, part: held-out}'
        ).encode(),
        "q.yaml",
        {"shells"},
    )

    assert notices == ()
    assert queries == (
        Labelled(id="a-1", q="dprk ammunition", language="en", kind="alias", expect=frozenset({"shells"}), part="dev"),
        Labelled(id="a-2", q="japan ammunition", language="en", kind="near-miss", expect=frozenset(), part="held-out"),
    )


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("", "q.yaml: no list of queries: begin each query with a hyphen"),
        ("queries: []", "q.yaml:1: no list of queries: begin each query with a hyphen"),
        ("- [1]", "q.yaml:1: a list is no query: "),
        (GOOD + GOOD, "q.yaml:2: query a-1: this id stands twice: "),
        (GOOD.replace("shells", "shels"), "q.yaml:1: query a-1: no fact 'shels' is among the facts: "),
        (GOOD.replace("[shells]", "shells"), "q.yaml:1: query a-1: expect is neither null nor a list of slugs: "),
        (GOOD.replace("[shells]", "[]"), "q.yaml:1: query a-1: expect is neither null nor a list of slugs: "),
        (GOOD.replace("expect: [shells], ", ""), "q.yaml:1: query a-1: expect is neither null nor a list of slugs: "),
        (GOOD.replace("part: dev", "part: test"), "q.yaml:1: query a-1: 'test' is no part: write one of dev, held-out"),
        (GOOD.replace("q: ", "query: "), "q.yaml:1: query a-1: unknown key 'query': "),
        (GOOD.replace('"dprk ammunition"', '" "'), "q.yaml:1: query a-1: q is missing or no text: "),
        (GOOD.replace("id: a-1", "id: 1"), "q.yaml:1: id is missing or no text: "),
        ("- {id: a-1", "q.yaml:2: not readable as YAML"),
    ],
)
def test_a_mistake_is_told_with_its_place(text: str, line: str) -> None:
    assert any(told.startswith(line) for told in mistakes(text)), mistakes(text)


def test_one_mistake_does_not_hide_another() -> None:
    both = GOOD.replace("dev", "test") + GOOD.replace("a-1", "a-2").replace("shells", "shels")

    assert len(mistakes(both)) == 2

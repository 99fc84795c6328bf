"""The order of candidates, one feature at a time."""

from __future__ import annotations

from dataclasses import replace

from bot.core.model.fact import Kind
from bot.core.search.document import Facets, SearchDocument
from bot.core.search.plan import Frequencies
from bot.core.search.query import Query, Unit, UnitKind
from bot.core.search.ranking import ranked
from bot.core.search.relations import Relations
from bot.core.search.weights import KINDS

FACETS = Facets(
    kind=Kind.DIRECT,
    label="label",
    speaker=None,
    entities=(),
    topics=(),
    series=(),
    numbers=(),
    directions=(),
    latest_day=100,
)
COUNTS = Frequencies(documents=100, mean_length=10, of={"a": 50, "b": 2, "n:5": 3, "e:ada": 9, "t:x": 9, "word": 4})


def a_document(number: int, *terms: str, **facets: object) -> SearchDocument:
    changed = replace(FACETS, **facets)  # type: ignore[arg-type]  # a builder
    return SearchDocument(fact=number, terms=terms, length=10, facets=changed)


def a_unit(*ways: str, kind: UnitKind = UnitKind.WORD, words: tuple[str, ...] = ()) -> Unit:
    return Unit(kind, ways[0], tuple((way,) for way in ways), words)


def order(query: Query, *documents: SearchDocument) -> list[int]:
    return [scored.document.fact for scored in ranked(query, documents, COUNTS)]


def a_query(*units: Unit) -> Query:
    return Query(units, Relations())


def test_the_rarer_part_counts_more() -> None:
    query = a_query(a_unit("a"), a_unit("b"))
    assert order(query, a_document(1, "a"), a_document(2, "b")) == [2, 1]


def test_nearer_to_the_mouth_comes_first() -> None:
    documents = [a_document(number, "a", kind=kind) for number, kind in enumerate(Kind)]
    found = ranked(a_query(a_unit("a")), documents[::-1], COUNTS)
    kinds = [scored.document.facets.kind for scored in found]
    assert kinds == sorted(Kind, key=lambda kind: -KINDS[kind])


def test_a_number_of_the_fact_beats_one_that_only_occurs() -> None:
    query = a_query(a_unit("n:5", kind=UnitKind.NUMBER), a_unit("a"))
    assert order(query, a_document(1, "n:5", "a"), a_document(2, "n:5", "a", numbers=("5",))) == [2, 1]


def test_another_number_speaks_against_a_fact() -> None:
    query = a_query(a_unit("n:5", kind=UnitKind.NUMBER), a_unit("a"))
    assert order(query, a_document(2, "a", numbers=("7",)), a_document(1, "a")) == [1, 2]


def test_the_speaker_before_those_spoken_of() -> None:
    query = a_query(a_unit("e:ada", kind=UnitKind.NAME))
    assert order(query, a_document(2, "e:ada"), a_document(1, "e:ada", speaker="ada")) == [1, 2]


def test_the_very_words_before_other_names_of_the_topic() -> None:
    query = a_query(a_unit("t:x", "word", kind=UnitKind.TOPIC, words=("word",)))
    assert order(query, a_document(2, "t:x"), a_document(1, "t:x", "word")) == [1, 2]


def test_the_newest_of_a_series_first() -> None:
    query = a_query(a_unit("a"))
    older, newer = a_document(9, "a", series=("s",), latest_day=1), a_document(1, "a", series=("s",), latest_day=2)
    assert order(query, older, newer) == [1, 9]


def test_of_equals_the_newer() -> None:
    assert order(a_query(a_unit("a")), a_document(1, "a", latest_day=1), a_document(2, "a", latest_day=2)) == [2, 1]
    assert order(a_query(a_unit("a")), a_document(1, "a"), a_document(2, "a")) == [2, 1]


def test_what_is_not_explained_is_named() -> None:
    (scored,) = ranked(a_query(a_unit("a"), a_unit("b")), [a_document(1, "a")], COUNTS)
    assert scored.unexplained == ("b",)

"""Plans ask for every part of a query, within what stores take."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.core.search.plan import AllOf, AnyOf, Frequencies, Plan, Term
from bot.core.search.planning import MOST_CHARACTERS, MOST_TERMS, asked, documents, every, widening
from bot.core.search.query import Query, Unit, UnitKind
from bot.core.search.relations import Relations


def a_query(*units: tuple[tuple[str, ...], ...]) -> Query:
    return Query(tuple(Unit(UnitKind.WORD, "/".join(ways[0]), ways) for ways in units), Relations())


def counted(**of: int) -> Frequencies:
    return Frequencies(documents=100, mean_length=10, of=of)


def terms(plan: Plan) -> set[str]:
    if isinstance(plan, Term):
        return {plan.text}
    return set().union(*(terms(part) for part in plan.parts))


def test_all_parts_rarest_first() -> None:
    query = a_query((("common",),), (("rare",), ("other",)))
    plan = every(query, counted(common=50, rare=1, other=2))
    assert plan == AllOf((AnyOf((Term("rare"), Term("other"))), Term("common")))


def test_what_stands_nowhere_is_not_asked_for() -> None:
    query = a_query((("known",), ("unknown",)))
    assert every(query, counted(known=3)) == AllOf((Term("known"),))
    assert every(a_query((("known",),), (("unknown",),)), counted(known=3)) is None


def test_an_alternative_of_several_terms_needs_all_of_them() -> None:
    query = a_query((("one", "two"),))
    assert every(query, counted(one=3)) is None
    assert every(query, counted(one=3, two=3)) == AllOf((AllOf((Term("one"), Term("two"))),))


def test_no_parts_make_no_plan() -> None:
    assert every(a_query(), counted()) is None
    assert list(widening(a_query(), counted(), limit=10)) == []


def test_frequencies_are_asked_once_a_term() -> None:
    assert asked(a_query((("a",), ("b", "a")), (("b",),))) == ("a", "b")


def test_a_part_is_as_frequent_as_its_ways_together() -> None:
    (unit,) = a_query((("a",), ("b", "c"))).units
    assert documents(unit, counted(a=5, b=7, c=2)) == 7
    assert documents(unit, counted(a=99, b=70, c=70)) == 100


def test_rare_words_are_fetched_whole_and_common_ones_with_company() -> None:
    query = a_query((("rare",),), (("common",),), (("frequent",),))
    first, *others = widening(query, counted(rare=3, common=60, frequent=90), limit=40)
    assert first == Term("rare")
    assert others[0] == AllOf((Term("common"), AnyOf((Term("rare"), Term("frequent")))))


@given(st.lists(st.tuples(st.text("abcdef", min_size=1, max_size=60), st.integers(1, 90)), max_size=40))
def test_every_plan_stays_within_bounds(words: list[tuple[str, int]]) -> None:
    counts = dict(words)
    query = a_query(*(((word,),) for word in counts))
    frequencies = counted(**counts)
    whole = every(query, frequencies)
    for plan in [*([whole] if whole else []), *widening(query, frequencies, limit=40)]:
        assert len(terms(plan)) <= MOST_TERMS
        assert sum(map(len, terms(plan))) <= MOST_CHARACTERS


def test_one_long_run_of_ideographs_is_asked_for_by_its_beginning() -> None:
    pieces = tuple(f"p{number}" for number in range(30))
    plan = every(a_query((pieces,)), counted(**dict.fromkeys(pieces, 1)))
    assert plan == AllOf(tuple(map(Term, pieces[:3])))

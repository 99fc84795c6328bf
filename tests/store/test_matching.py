"""What a plan asks of a document, by the slow way and the quick one."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.core.search.plan import AllOf, AnyOf, Plan, Term
from bot.store.matching import MOST_CHARACTERS, MOST_TERMS, bounded, findable, holds, judge, terms_of

TERMS = st.sampled_from(["a", "b", "c", "d"])
PLANS: st.SearchStrategy[Plan] = st.recursive(
    TERMS.map(Term),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3).map(lambda parts: AllOf(tuple(parts))),
        st.lists(inner, max_size=3).map(lambda parts: AnyOf(tuple(parts))),
    ),
    max_leaves=8,
)


@given(plan=PLANS, terms=st.frozensets(TERMS))
def test_both_ways_agree(plan: Plan, terms: frozenset[str]) -> None:
    asked, whole = bounded(plan)
    assert whole
    if asked is not None:
        assert judge(asked)(terms) == holds(asked, terms)


@given(plan=PLANS, terms=st.frozensets(TERMS, min_size=1))
def test_a_plan_within_the_limits_asks_the_same(plan: Plan, terms: frozenset[str]) -> None:
    """Apart from empty parts, which match nothing."""
    asked, _ = bounded(plan)
    empty = AllOf(()) in _parts(plan)
    if asked is not None and not empty:
        assert holds(asked, terms) == holds(plan, terms)
    if asked is None and not empty:
        assert not holds(plan, terms)


@given(words=st.lists(st.text(max_size=40), max_size=40), any_of=st.booleans())
def test_no_query_is_larger_than_the_limits(words: list[str], any_of: bool) -> None:
    parts = tuple(Term(word) for word in words)
    asked, _ = bounded(AnyOf(parts) if any_of else AllOf(parts))
    terms = terms_of(asked) if asked else frozenset()
    assert len(terms) <= MOST_TERMS
    assert sum(map(len, terms)) <= MOST_CHARACTERS
    assert all(map(findable, terms))


def _parts(plan: Plan) -> list[Plan]:
    if isinstance(plan, Term):
        return [plan]
    return [plan, *(each for part in plan.parts for each in _parts(part))]

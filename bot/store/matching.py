"""What a plan asks of a search document; both stores judge by these functions."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from bot.core.search.plan import AllOf, AnyOf, Plan, Term

MOST_TERMS = 12  # distinct terms of one query
MOST_CHARACTERS = 256  # of all its distinct terms together
_FINDABLE = re.compile(r'[^\s"\0\ud800-\udfff]+')


def bounded(plan: Plan) -> tuple[Plan | None, bool]:
    """The plan within the limits and without terms that no document can hold, and whether nothing was cut for size.

    None means that no document can match. A part that is cut from an `AllOf` widens the search, one cut from an
    `AnyOf` narrows it: in both cases the result is incomplete.
    """
    kept: dict[str, None] = {}
    room = MOST_CHARACTERS
    whole = True

    def keep(term: Term) -> bool:
        nonlocal room, whole
        if term.text not in kept:
            if len(kept) == MOST_TERMS or len(term.text) > room:
                whole = False
                return False
            kept[term.text] = None
            room -= len(term.text)
        return True

    def cut(part: Plan) -> Plan | bool | None:
        """The part within the limits, None where it cannot match, True where it was cut as a whole."""
        if isinstance(part, Term):
            if not findable(part.text):
                return None
            return part if keep(part) else True
        inner = [cut(each) for each in part.parts]
        parts = tuple(each for each in inner if each is not None and not isinstance(each, bool))
        if isinstance(part, AllOf):
            if None in inner or not inner:
                return None
            return AllOf(parts) if parts else True
        if parts:
            return AnyOf(parts)
        return True if True in inner else None

    result = cut(plan)
    return (None if isinstance(result, bool) else result), whole


def terms_of(plan: Plan) -> frozenset[str]:
    """All terms of a plan."""
    if isinstance(plan, Term):
        return frozenset((plan.text,))
    return frozenset[str]().union(*(terms_of(part) for part in plan.parts))


def holds(plan: Plan, terms: frozenset[str]) -> bool:
    """A document with these terms is what the plan asks for."""
    match plan:
        case Term(text):
            return text in terms
        case AllOf(parts):
            return all(holds(part, terms) for part in parts)
        case AnyOf(parts):
            return any(holds(part, terms) for part in parts)


def judge(plan: Plan) -> Callable[[frozenset[str]], bool]:
    """`holds` for many documents: quick for what questions come to, an `AllOf` of terms and of `AnyOf`s of terms."""
    parts = plan.parts if isinstance(plan, AllOf) else (plan,)
    groups = [terms_of(part) for part in parts if not isinstance(part, AllOf)]
    plain = all(isinstance(each, Term) for part in parts if isinstance(part, AnyOf) for each in part.parts)
    if len(groups) < len(parts) or not plain:
        return lambda terms: holds(plan, terms)
    return lambda terms: not any(group.isdisjoint(terms) for group in groups)


def findable(term: str) -> bool:
    """A document may hold this term: it has no white space, quotation mark, NUL or lone surrogate."""
    return _FINDABLE.fullmatch(term) is not None


def has_word(terms: Iterable[str], prefix: str) -> bool:
    """One of a document's words begins so; ids and numbers behind a prefix (`e:`) are no words."""
    return any(term.startswith(prefix) and term[1:2] != ":" for term in terms)

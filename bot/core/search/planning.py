"""From a query to the plans that fetch its candidates: all parts, then the rarest part with any other, then any.

A plan is kept within what every store takes (12 terms, 256 characters). Parts that find no room are left out: that
widens the search, and ranking and refusal look at every part again.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bot.core.search.plan import AllOf, AnyOf, Frequencies, Plan, Term
from bot.core.search.query import Query, Unit

MOST_TERMS = 12
MOST_CHARACTERS = 256
MOST_ASKED = 128  # terms whose frequencies one look-up asks for

Ways = tuple[tuple[str, ...], ...]


def asked(query: Query) -> tuple[str, ...]:
    """The distinct terms of a query, in order."""
    terms = dict.fromkeys(term for unit in query.units for way in unit.alternatives for term in way)
    return tuple(terms)[:MOST_ASKED]


def ways(unit: Unit, frequencies: Frequencies) -> Ways:
    """Those alternatives of a unit that at least might explain it somewhere."""
    return tuple(way for way in unit.alternatives if all(frequencies.of.get(term) for term in way))


def documents(unit: Unit, frequencies: Frequencies) -> int:
    """About how many facts explain a unit; 0 only when none does."""
    return _rows(ways(unit, frequencies), frequencies)


def _rows(ways: Ways, frequencies: Frequencies) -> int:
    most = sum(min(frequencies.of[term] for term in way) for way in ways)
    return min(most, frequencies.documents)


def every(query: Query, frequencies: Frequencies) -> Plan | None:
    """All parts at once, the rarest first where room is short; None when a part is explained by nothing on record."""
    known = [each for _, each in _by_rarity(query.units, frequencies)]
    if not known or not all(known):
        return None
    room = _Room()
    parts = [_either(each) for each in known if room.takes(each)]
    return AllOf(tuple(parts)) if parts else _either(_trimmed(known[0]))


def widening(query: Query, frequencies: Frequencies, *, limit: int, steps: int = 6) -> Iterator[Plan]:
    """Any of the parts so rare that all their facts fit into `limit`; then each rare part with any of the others.

    A plain "any of" over common words would fetch the newest facts rather than the fitting ones.
    """
    units = [(count, each) for count, each in _by_rarity(query.units, frequencies) if each]
    known = [each for _, each in units]
    counts = [count for count, _ in units]
    rare = next((at for at in range(len(counts)) if sum(counts[: at + 1]) > limit), len(counts))
    room = _Room()
    any_of = [way for each in known[:rare] if room.takes(each) for way in each]
    if any_of:
        yield _either(tuple(any_of))
    for at in range(rare, min(rare + steps, len(known))):
        room = _Room()
        first, rest = known[at], [*known[:at], *known[at + 1 :]]
        others = [way for each in rest if room.takes(each) for way in each] if room.takes(first) else []
        if others or len(known) == 1:
            yield AllOf((_either(first), _either(tuple(others)))) if others else _either(first)


def _by_rarity(units: Sequence[Unit], frequencies: Frequencies) -> list[tuple[int, Ways]]:
    """About how many facts each unit has, and by which ways; the rarest first, else in their order."""
    known = [ways(unit, frequencies) for unit in units]
    return sorted(((_rows(each, frequencies), each) for each in known), key=lambda pair: pair[0])


def _trimmed(ways: Ways) -> Ways:
    """Ways with only their first terms, which admit more: for a long run of ideographs that is the whole query."""
    return tuple(dict.fromkeys(way[:3] for way in ways))[: MOST_TERMS // 3]


def _either(ways: Ways) -> Plan:
    parts = tuple(Term(way[0]) if len(way) == 1 else AllOf(tuple(map(Term, way))) for way in ways)
    return parts[0] if len(parts) == 1 else AnyOf(parts)


class _Room:
    """What is left of a plan's bounds."""

    def __init__(self) -> None:
        self._terms: set[str] = set()
        self._characters = 0

    def takes(self, ways: Ways) -> bool:
        """Whether these terms still fit; they are counted when they do."""
        new = {term for way in ways for term in way} - self._terms
        length = sum(map(len, new))
        if len(self._terms) + len(new) > MOST_TERMS or self._characters + length > MOST_CHARACTERS:
            return False
        self._terms |= new
        self._characters += length
        return True

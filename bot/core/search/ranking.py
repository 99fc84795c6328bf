"""Which of the candidates comes first: a sum of a few features, each of which can be said in one line.

Nothing here comes from an engine: bm25 is computed from document frequencies, so that every store ranks alike.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.core.model.fact import Kind
from bot.core.search.document import SearchDocument
from bot.core.search.plan import Frequencies
from bot.core.search.planning import documents
from bot.core.search.query import Query, Unit, UnitKind

# What each feature is worth. A feature lies between 0 and 1.
WEIGHTS = {
    "coverage": 4.0,  # share of the query that the fact explains, rare parts counting more
    "words": 1.5,  # bm25 of the parts, saturated
    "literal": 0.6,  # share whose very words stand in the fact, spellings of names aside; like direct before indirect
    "kind": 1.5,  # how near the words are to the speaker's mouth
    "number": 1.0,  # a number of the query is one of the fact's quantities
    "mismatch": -2.0,  # the fact has quantities, but none of the query's numbers
    "speaker": 0.5,  # somebody named in the query is the speaker
    "newest": 0.5,  # no newer statement of the same series among the candidates
}
KINDS = {Kind.DIRECT: 1.0, Kind.MIXED: 0.8, Kind.INDIRECT: 0.6, Kind.OUTLET: 0.3, Kind.CAPTION: 0.0}

K1, B = 1.2, 0.75  # bm25's usual constants (Robertson and Zaragoza 2009)
HALF = 3.0  # the bm25 sum that counts as half of a perfect one


@dataclass(frozen=True, slots=True)
class Scored:
    """A candidate with what speaks for it."""

    document: SearchDocument
    score: float
    confidence: float  # 0 to 1
    unexplained: tuple[str, ...]  # parts of the query as typed


def ranked(query: Query, found: Sequence[SearchDocument], frequencies: Frequencies) -> list[Scored]:
    """The candidates, best first; of equals the newer one, then the higher number."""
    asked = _Asked(query, [weight(unit, frequencies) for unit in query.units], frequencies.mean_length or 1.0)
    newest = _newest(found)
    scored = [_scored(asked, document, newest) for document in found]
    return sorted(scored, key=lambda each: (-each.score, -(each.document.facets.latest_day or 0), -each.document.fact))


def weight(unit: Unit, frequencies: Frequencies) -> float:
    """The inverse document frequency of a unit, always above 0."""
    count = documents(unit, frequencies)
    return math.log(1 + (frequencies.documents - count + 0.5) / (count + 0.5))


def occurrences(unit: Unit, counts: Mapping[str, int]) -> int:
    """How often a fact holds a unit; 0 when nothing in it explains the unit."""
    most = 0
    for way in unit.alternatives:
        least = counts.get(way[0], 0) if len(way) == 1 else min(counts.get(term, 0) for term in way)
        most = max(most, least)
    return most


class _Asked:
    """What all candidates of one query are measured with."""

    def __init__(self, query: Query, weights: Sequence[float], mean_length: float) -> None:
        self.units = tuple(zip(query.units, weights, strict=True))
        self.total = sum(weights) or 1.0
        self.mean_length = mean_length
        terms = {way[0] for unit in query.units for way in unit.alternatives if len(way) == 1}
        self.people = {term[2:] for term in terms if term.startswith(("e:", "s:"))}
        self.numeric = any(unit.kind is UnitKind.NUMBER for unit in query.units)
        self.numbers = {term[2:] for term in terms if term.startswith("n:")} if self.numeric else set()


def _scored(asked: _Asked, document: SearchDocument, newest: Mapping[str, int]) -> Scored:
    counts = Counter(document.terms)
    norm = K1 * (1 - B + B * document.length / asked.mean_length)
    explained = bm25 = literal = 0.0
    unexplained = []
    for unit, worth in asked.units:
        often = occurrences(unit, counts)
        if often:
            explained += worth
            bm25 += worth * often * (K1 + 1) / (often + norm)
        else:
            unexplained.append(unit.surface)
        if unit.words and unit.kind is not UnitKind.NAME and all(word in counts for word in unit.words):
            literal += worth
    facets = document.facets
    words = bm25 / (bm25 + HALF)
    hit = not asked.numbers.isdisjoint(facets.numbers)
    features = {
        "coverage": explained / asked.total,
        "words": words,
        "literal": literal / asked.total,
        "kind": KINDS[facets.kind],
        "number": float(hit),
        "mismatch": float(asked.numeric and bool(facets.numbers) and not hit),
        "speaker": float(facets.speaker in asked.people),
        "newest": float(all(newest[line] <= (facets.latest_day or 0) for line in facets.series)),
    }
    return Scored(
        document=document,
        score=sum(WEIGHTS[name] * value for name, value in features.items()),
        confidence=round(features["coverage"] * (0.5 + 0.5 * words), 4),
        unexplained=tuple(unexplained),
    )


def _newest(found: Sequence[SearchDocument]) -> dict[str, int]:
    """The latest day of each series among the candidates."""
    days: dict[str, int] = {}
    for document in found:
        for line in document.facets.series:
            days[line] = max(days.get(line, 0), document.facets.latest_day or 0)
    return days

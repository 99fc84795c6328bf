"""Which of the candidates comes first: a sum of a few features, each of which can be said in one line.

Nothing here comes from an engine: bm25 is computed from document frequencies, so that every store ranks alike.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
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
    "literal": 1.0,  # share of the query whose very words stand in the fact
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
    terms: frozenset[str]


def ranked(query: Query, found: Sequence[SearchDocument], frequencies: Frequencies) -> list[Scored]:
    """The candidates, best first; of equals the newer one, then the higher number."""
    weights = {unit: weight(unit, frequencies) for unit in query.units}
    newest = _newest(found)
    scored = [_scored(query, document, weights, frequencies, newest) for document in found]
    return sorted(scored, key=lambda each: (-each.score, -(each.document.facets.latest_day or 0), -each.document.fact))


def weight(unit: Unit, frequencies: Frequencies) -> float:
    """The inverse document frequency of a unit, always above 0."""
    count = documents(unit, frequencies)
    return math.log(1 + (frequencies.documents - count + 0.5) / (count + 0.5))


def occurrences(unit: Unit, counts: Counter[str]) -> int:
    """How often a fact holds a unit; 0 when nothing in it explains the unit."""
    return max((min(counts[term] for term in way) for way in unit.alternatives), default=0)


def _scored(
    query: Query,
    document: SearchDocument,
    weights: dict[Unit, float],
    frequencies: Frequencies,
    newest: dict[str, int],
) -> Scored:
    counts = Counter(document.terms)
    often = {unit: occurrences(unit, counts) for unit in query.units}
    total = sum(weights.values()) or 1.0
    coverage = sum(weights[unit] for unit in query.units if often[unit]) / total
    length = K1 * (1 - B + B * document.length / (frequencies.mean_length or 1.0))
    bm25 = sum(weights[unit] * count * (K1 + 1) / (count + length) for unit, count in often.items() if count)
    words = bm25 / (bm25 + HALF)
    numbers = [unit for unit in query.units if unit.kind is UnitKind.NUMBER]
    hit = any(
        f"n:{number}" in way for unit in numbers for way in unit.alternatives for number in document.facets.numbers
    )
    features = {
        "coverage": coverage,
        "words": words,
        "literal": sum(weights[unit] for unit in query.units if _literal(unit, counts)) / total,
        "kind": KINDS[document.facets.kind],
        "number": float(hit),
        "mismatch": float(bool(numbers) and bool(document.facets.numbers) and not hit),
        "speaker": float(_speaks(query, document)),
        "newest": float(all(newest[line] <= (document.facets.latest_day or 0) for line in document.facets.series)),
    }
    return Scored(
        document=document,
        score=sum(WEIGHTS[name] * value for name, value in features.items()),
        confidence=round(coverage * (0.5 + 0.5 * words), 4),
        unexplained=tuple(unit.surface for unit in query.units if not often[unit]),
        terms=frozenset(counts),
    )


def _literal(unit: Unit, counts: Counter[str]) -> bool:
    return bool(unit.words) and all(counts[word] for word in unit.words)


def _speaks(query: Query, document: SearchDocument) -> bool:
    speaker = document.facets.speaker
    return speaker is not None and any(
        way in ((f"e:{speaker}",), (f"s:{speaker}",)) for unit in query.units for way in unit.alternatives
    )


def _newest(found: Sequence[SearchDocument]) -> dict[str, int]:
    """The latest day of each series among the candidates."""
    days: dict[str, int] = {}
    for document in found:
        for line in document.facets.series:
            days[line] = max(days.get(line, 0), document.facets.latest_day or 0)
    return days

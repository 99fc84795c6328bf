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
from bot.core.search.meaning import CAPTION
from bot.core.search.plan import Frequencies
from bot.core.search.planning import documents
from bot.core.search.query import Query, Unit, UnitKind
from bot.core.search.weights import KINDS, QUESTION

K1, B = 1.2, 0.75  # bm25's usual constants (Robertson and Zaragoza 2009)
HALF = 3.0  # the bm25 sum that counts as half of a perfect one

Days = dict[tuple[str, ...], int]  # line of statements -> proleptic Gregorian ordinal


@dataclass(frozen=True, slots=True)
class Scored:
    """A candidate with what speaks for it."""

    document: SearchDocument
    score: float
    unexplained: tuple[str, ...]  # parts of the query as typed
    features: Mapping[str, float]  # by their names in `weights`


def ranked(query: Query, found: Sequence[SearchDocument], frequencies: Frequencies) -> list[Scored]:
    """The candidates, best first; of equals the newer one, then the higher number."""
    asked = _Asked(query, [weight(unit, frequencies) for unit in query.units], frequencies.mean_length or 1.0)
    newest, oldest = _newest(found)
    scored = [_scored(asked, document, newest, oldest) for document in found]
    return sorted(scored, key=lambda each: (-each.score, -(each.document.facets.latest_day or 0), -each.document.fact))


def rival(scored: Sequence[Scored]) -> Scored | None:
    """The best of the others that is no older statement of the first one's line; None when there is none."""
    if not scored:
        return None
    own, day = frozenset(lines(scored[0].document)), scored[0].document.facets.latest_day or 0

    def takes_its_place(other: SearchDocument) -> bool:
        shared, its_day = own.intersection(lines(other)), other.facets.latest_day or 0
        return day >= its_day and any(line[0] == "series" or day > its_day for line in shared)

    return next((each for each in scored[1:] if not takes_its_place(each.document)), None)


def weight(unit: Unit, frequencies: Frequencies) -> float:
    """The inverse document frequency of a unit, always above 0."""
    count = documents(unit, frequencies)
    return math.log(1 + (frequencies.documents - count + 0.5) / (count + 0.5))


def lines(document: SearchDocument) -> tuple[tuple[str, ...], ...]:
    """The rows of statements in which a newer one takes the place of an older one: claim series, or one speaker's
    words about the same topics."""
    facets = document.facets
    spoken = (("spoken", facets.speaker, *sorted(facets.topics)),) if facets.speaker and facets.topics else ()
    return (*(("series", series) for series in facets.series), *spoken)


def occurrences(unit: Unit, counts: Mapping[str, int], *, sure: bool = False) -> int:
    """How often a fact holds a unit; 0 when nothing in it explains the unit. `sure` leaves out mere hints."""
    most = 0
    for way in unit.alternatives[: unit.sure] if sure else unit.alternatives:
        least = counts.get(way[0], 0) if len(way) == 1 else min(counts.get(term, 0) for term in way)
        most = max(most, least)
    return most


class _Asked:
    """What all candidates of one query are measured with."""

    def __init__(self, query: Query, weights: Sequence[float], mean_length: float) -> None:
        self.units = tuple(
            (unit, worth, frozenset(term for way in unit.alternatives for term in way))
            for unit, worth in zip(query.units, weights, strict=True)
        )
        self.total = sum(weights) or 1.0
        self.mean_length = mean_length
        terms = {way[0] for unit in query.units for way in unit.alternatives if len(way) == 1}
        self.people = {term[2:] for term in terms if term.startswith(("e:", "s:"))}
        self.numeric = any(unit.kind is UnitKind.NUMBER for unit in query.units)
        self.numbers = {term[2:] for term in terms if term.startswith("n:")} if self.numeric else set()
        self.amounts = {term for term in terms if term.startswith("a:")}
        self.pictures = (CAPTION,) in {way for unit in query.units for way in unit.alternatives}
        self.amount = query.amount or any(term.startswith("m:") for term in terms)


def _scored(asked: _Asked, document: SearchDocument, newest: Days, oldest: Days) -> Scored:
    counts = Counter(document.terms)
    norm = K1 * (1 - B + B * document.length / asked.mean_length)
    explained = bm25 = literal = sure = 0.0
    unexplained = []
    here = frozenset(counts)
    for unit, worth, terms in asked.units:
        often = 0 if here.isdisjoint(terms) else occurrences(unit, counts)
        if often:
            explained += worth
            bm25 += worth * often * (K1 + 1) / (often + norm)
            if len(unit.alternatives) <= unit.sure or occurrences(unit, counts, sure=True):
                sure += worth
            if unit.words and unit.kind is not UnitKind.NAME and here.issuperset(unit.words):
                literal += worth
        else:
            unexplained.append(unit.surface)
    facets = document.facets
    words = bm25 / (bm25 + HALF)
    hit = not (asked.numbers.isdisjoint(facets.numbers) and asked.amounts.isdisjoint(here))
    day = facets.latest_day or 0
    newer = {line[0] for line in lines(document) if newest[line] > day}
    older = any(line[0] == "series" and oldest[line] < day for line in lines(document))
    features = {
        "coverage": explained / asked.total,
        "words": words,
        "literal": literal / asked.total,
        "sure": sure / asked.total,
        "kind": 1.0 if asked.pictures and facets.kind is Kind.CAPTION else KINDS[facets.kind],
        "number": float(hit),
        "mismatch": float(asked.numeric and bool(facets.numbers) and not hit),
        "speaker": float(facets.speaker in asked.people),
        "amount": float(asked.amount and bool(facets.numbers)),
        "newest": float(older and "series" not in newer),
        "superseded": float("series" in newer),
        "earlier": float("spoken" in newer and "series" not in newer),
    }
    return Scored(
        document=document,
        score=sum(QUESTION[name] * value for name, value in features.items()),
        unexplained=tuple(unexplained),
        features=features,
    )


def _newest(found: Sequence[SearchDocument]) -> tuple[Days, Days]:
    """The latest and the earliest day of each line of statements among the candidates."""
    latest: Days = {}
    earliest: Days = {}
    for document in found:
        day = document.facets.latest_day or 0
        for line in lines(document):
            latest[line] = max(latest.get(line, 0), day)
            earliest[line] = min(earliest.get(line, day), day)
    return latest, earliest

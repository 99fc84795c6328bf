"""How far a message retells a fact. Its other words do not matter, so what counts is how rare the shared words are.

Facts are short, so their length says little: bm25 leans on it less here than in questions.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence

from bot.core.search.document import SearchDocument
from bot.core.search.plan import Frequencies
from bot.core.search.query import Query, Unit
from bot.core.search.ranking import Scored, occurrences, weight
from bot.core.search.weights import MESSAGE, MESSAGE_SURE

K1, B = 1.2, 0.4  # of bm25
HALF = 20.0  # the bm25 sum that counts as half of a perfect one


def ranked(message: Query, found: Sequence[SearchDocument], frequencies: Frequencies) -> list[Scored]:
    """The candidates, best first; of equals the newer one, then the higher number."""
    asked = [
        (unit, weight(unit, frequencies), frozenset(term for way in unit.alternatives[: unit.sure] for term in way))
        for unit in message.units
    ]
    scored = [_scored(asked, document, frequencies.mean_length or 1.0) for document in found]
    return sorted(scored, key=lambda each: (-each.score, -(each.document.facets.latest_day or 0), -each.document.fact))


def sureness(scored: Sequence[Scored]) -> float:
    """How likely it is that the first candidate is what the message speaks of, 0 to 1: a logistic of a few features."""
    if not scored:
        return 0.0
    features = measures(scored)
    return 1 / (1 + math.exp(-sum(MESSAGE_SURE[name] * value for name, value in features.items())))


def measures(scored: Sequence[Scored]) -> dict[str, float]:
    """What sureness rests on: the first candidate's features, and how far the second one is behind."""
    first = scored[0].features
    best = _sum(first["bm25"])
    second = _sum(scored[1].features["bm25"]) if len(scored) > 1 else 0.0
    return {
        "always": 1.0,
        "bm25": first["bm25"],
        "both": math.log1p(best * first["coverage"]),
        "margin": max(0.0, 1 - second / best) if best else 0.0,
    }


def _scored(asked: Sequence[tuple[Unit, float, frozenset[str]]], document: SearchDocument, mean: float) -> Scored:
    counts = Counter(document.terms)
    here = frozenset(counts)
    norm = K1 * (1 - B + B * document.length / mean)
    explained = bm25 = 0.0
    missing = []
    for unit, value, terms in asked:
        often = 0 if here.isdisjoint(terms) else occurrences(unit, counts, sure=True)
        if often:
            explained += value
            bm25 += value * often * (K1 + 1) / (often + norm)
        else:
            missing.append(unit.surface)
    features = {"bm25": bm25 / (bm25 + HALF), "coverage": explained / (sum(value for _, value, _ in asked) or 1.0)}
    return Scored(
        document=document,
        score=sum(MESSAGE[name] * value for name, value in features.items()),
        confidence=0.0,
        unexplained=tuple(missing),
        features=features,
    )


def _sum(share: float) -> float:
    """The bm25 sum behind a saturated share."""
    return HALF * share / (1 - share)

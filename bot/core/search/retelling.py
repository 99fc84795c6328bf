"""How far a message retells a fact. Its other words do not matter, so what counts is how rare the shared words are.

Facts are short, so their length says little: bm25 leans on it less here than in questions.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from bot.core.search.document import SearchDocument
from bot.core.search.plan import Frequencies
from bot.core.search.query import Query
from bot.core.search.ranking import Scored, occurrences, weight
from bot.core.search.weights import MESSAGE

K1, B = 1.2, 0.4  # of bm25
HALF = 20.0  # the bm25 sum that counts as half of a perfect one


def ranked(message: Query, found: Sequence[SearchDocument], frequencies: Frequencies) -> list[Scored]:
    """The candidates, best first; of equals the newer one, then the higher number."""
    asked = _Asked(message, frequencies)
    scored = [_scored(asked, document) for document in found]
    return sorted(scored, key=lambda each: (-each.score, -(each.document.facets.latest_day or 0), -each.document.fact))


class _Asked:
    """What all candidates of one message are measured with."""

    def __init__(self, message: Query, frequencies: Frequencies) -> None:
        self.units = [(unit, weight(unit, frequencies)) for unit in message.units]
        self.total = sum(worth for _, worth in self.units) or 1.0
        self.mean = frequencies.mean_length or 1.0
        self.places: dict[str, list[int]] = {}  # of the units that a term may explain
        for place, unit in enumerate(message.units):
            for term in {term for way in unit.alternatives[: unit.sure] for term in way}:
                self.places.setdefault(term, []).append(place)


def _scored(asked: _Asked, document: SearchDocument) -> Scored:
    counts = Counter(document.terms)
    norm = K1 * (1 - B + B * document.length / asked.mean)
    explained = bm25 = 0.0
    found = set()
    for place in sorted({place for term in asked.places.keys() & counts.keys() for place in asked.places[term]}):
        unit, worth = asked.units[place]
        if often := occurrences(unit, counts, sure=True):
            explained += worth
            bm25 += worth * often * (K1 + 1) / (often + norm)
            found.add(place)
    features = {"bm25": bm25 / (bm25 + HALF), "coverage": explained / asked.total}
    return Scored(
        document=document,
        score=sum(MESSAGE[name] * value for name, value in features.items()),
        unexplained=tuple([unit.surface for place, (unit, _) in enumerate(asked.units) if place not in found]),
        features=features,
    )


def unsaturated(share: float) -> float:
    """The bm25 sum behind a saturated share."""
    return HALF * share / (1 - share)

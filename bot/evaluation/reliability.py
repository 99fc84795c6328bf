"""Whether a confidence means what it says: of the queries that got 0.9, nine in ten should be right.

Brier score: mean square of confidence minus outcome (Brier 1950), 0 is best. AUROC: the share of pairs of a right and a
wrong one in which the right one has the higher confidence. Expected calibration error: mean distance of the mean
confidence from the share right, over the bands, weighted by their size (Naeini et al. 2015).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

BANDS = (0.0, 0.1, 0.3, 0.5, 0.7, 0.9, 0.95, 1.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Guess:
    """The fact that comes first where nothing is refused."""

    confidence: float  # 0 to 1; 0 where there is none
    right: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Band:
    """The guesses of like confidence."""

    low: float
    high: float
    queries: int
    confidence: float  # mean
    right: float  # share


@dataclass(frozen=True, slots=True, kw_only=True)
class Reliability:
    """How well the confidence of many guesses holds."""

    bands: tuple[Band, ...]  # without empty ones
    brier: float
    error: float  # expected calibration error
    auroc: float | None  # None where all are right or all are wrong


def reliability(guesses: Sequence[Guess]) -> Reliability:
    """Raises ZeroDivisionError for no guesses."""
    bands = tuple(_bands(guesses))
    return Reliability(
        bands=bands,
        brier=sum((each.confidence - each.right) ** 2 for each in guesses) / len(guesses),
        error=sum(band.queries * abs(band.confidence - band.right) for band in bands) / len(guesses),
        auroc=auroc([each.confidence for each in guesses], [each.right for each in guesses]),
    )


def auroc(scores: Sequence[float], labels: Sequence[bool]) -> float | None:
    """The share of pairs of a positive and a negative in which the positive scores higher; ties count half."""
    positive = sum(labels)
    if positive in (0, len(labels)):
        return None
    order = sorted(range(len(scores)), key=lambda at: scores[at])
    ranks, at = 0.0, 0
    while at < len(order):
        end = at
        while end < len(order) and scores[order[end]] == scores[order[at]]:
            end += 1
        ranks += sum(labels[each] for each in order[at:end]) * (at + 1 + end) / 2
        at = end
    return (ranks - positive * (positive + 1) / 2) / (positive * (len(labels) - positive))


def _bands(guesses: Sequence[Guess]) -> Iterator[Band]:
    for low, high in pairwise(BANDS):
        inside = [each for each in guesses if low <= each.confidence < high or each.confidence == high == BANDS[-1]]
        if inside:
            yield Band(
                low=low,
                high=high,
                queries=len(inside),
                confidence=sum(each.confidence for each in inside) / len(inside),
                right=sum(each.right for each in inside) / len(inside),
            )

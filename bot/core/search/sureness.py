"""How likely it is that the first candidate is meant, 0 to 1: a logistic of a few features of it and of the others.

For questions it is calibrated on the labelled ones (`onrecord eval` prints how well it holds), for messages on such a
folder as `python -m evaluation.messages` reads.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from bot.core.search import refusal
from bot.core.search.query import Query
from bot.core.search.ranking import Scored
from bot.core.search.refusal import Shape
from bot.core.search.retelling import unsaturated
from bot.core.search.weights import MESSAGE_SURE, QUESTION_SURE

CROWD = 10  # candidates behind a message's first that it is measured against
DIGITS = 4


def of_question(query: Query, first: Scored) -> float:
    """That a fact is what a question asks for."""
    return _logistic(QUESTION_SURE, question_measures(query, first))


def of_message(scored: Sequence[Scored]) -> float:
    """That the first candidate is what a message speaks of."""
    return _logistic(MESSAGE_SURE, message_measures(scored)) if scored else 0.0


def question_measures(query: Query, first: Scored) -> dict[str, float]:
    """What sureness of a question's candidate rests on: mostly whether it would be shown at all."""
    would = refusal.shape(query) in (Shape.QUESTION, Shape.LIST) and refusal.answers(query, first)
    coverage = first.features["coverage"]
    return {
        "always": 1.0,
        "answers": float(would),
        "coverage": coverage,
        "hint": coverage - first.features["sure"],
    }


def message_measures(scored: Sequence[Scored]) -> dict[str, float]:
    """What sureness of a message's first candidate rests on: its features, and how far the others are behind."""
    first = scored[0].features
    best = unsaturated(first["bm25"])
    others = [unsaturated(each.features["bm25"]) for each in scored[1 : 1 + CROWD]]
    second, mean = (others[0], sum(others) / len(others)) if others else (0.0, 0.0)
    return {
        "always": 1.0,
        "bm25": first["bm25"],
        "both": math.log1p(best * first["coverage"]),
        "margin": max(0.0, 1 - second / best) if best else 0.0,
        "crowd": max(0.0, 1 - mean / best) if best else 0.0,
    }


def _logistic(weights: Mapping[str, float], measures: Mapping[str, float]) -> float:
    return round(1 / (1 + math.exp(-sum(weights[name] * value for name, value in measures.items()))), DIGITS)

"""Logistic regression by stochastic gradient descent, seeded."""

from __future__ import annotations

import math
import random
from collections.abc import Mapping, Sequence

SEED = 0
FOLDS = 5
ROUNDS = 60  # over the rows, in random order


def fitted(rows: Sequence[Mapping[str, float]], labels: Sequence[bool]) -> dict[str, float]:
    """The weights of the rows' measures under which the labels are likeliest."""
    weights = dict.fromkeys(rows[0], 0.0)
    order, rng = list(range(len(rows))), random.Random(SEED)
    for done in range(ROUNDS):
        rng.shuffle(order)
        for at in order:
            error = labels[at] - chance(weights, rows[at])
            for name, value in rows[at].items():
                weights[name] += 0.5 / (1 + 0.2 * done) * error * value
    return weights


def crossed(rows: Sequence[Mapping[str, float]], labels: Sequence[bool]) -> list[float]:
    """The chance of each row by weights that were fitted on the other folds."""
    chances = [0.0] * len(rows)
    for fold in range(FOLDS):
        train = [at for at in range(len(rows)) if at % FOLDS != fold]
        weights = fitted([rows[at] for at in train], [labels[at] for at in train])
        for at in range(fold, len(rows), FOLDS):
            chances[at] = chance(weights, rows[at])
    return chances


def chance(weights: Mapping[str, float], row: Mapping[str, float]) -> float:
    """0 to 1."""
    return 1 / (1 + math.exp(-sum(weights[name] * value for name, value in row.items())))

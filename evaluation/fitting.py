"""Fit the weights of questions to the labelled queries of part dev, and print them beside those that are in use.

Every answerable query gives those of its candidates that may answer; the weights are moved so that the expected one
comes first (a softmax over the candidates, stochastic gradient descent, pulled back towards the weights in use, because
few queries speak of some of the features). Five folds tell what the fitted weights are worth on queries that they have
not seen. So are the weights of the confidence, on the best candidate of every query. The part set aside is never read
here.

    python -m evaluation.fitting
"""

from __future__ import annotations

import asyncio
import functools
import math
import random
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

from bot.core.lookup import Lookup
from bot.core.model.change import FileImport
from bot.core.search import refusal, sureness
from bot.core.search.index import document
from bot.core.search.terms import Analysis
from bot.core.search.weights import QUESTION, QUESTION_SURE
from bot.evaluation.reliability import Guess, reliability
from bot.interchange.loading import load
from bot.stemming import Stemmer
from bot.store.sqlite.opening import opened
from bot.system import OrderedIds, SystemClock
from evaluation import logistic

ROOT = Path(__file__).resolve().parent.parent
FOLDS, ROUNDS, SEED = 5, 40, 0
RATE, PULL = 0.1, 0.01


@dataclass(frozen=True)
class Asked:
    """One query: of the candidates that may answer whether each is right, and their features; of the best one of all
    whether it is right, and what its sureness rests on.
    """

    candidates: tuple[tuple[bool, Mapping[str, float]], ...]
    best: tuple[bool, Mapping[str, float]] | None


def main() -> None:
    """Fit and print."""
    asked = asyncio.run(_asked())
    rows = [row for row in asked if len({right for right, _ in row.candidates}) == 2]
    print(f"{len(rows)} queries of which ranking decides the answer")
    places = list(range(len(rows)))
    random.Random(SEED).shuffle(places)
    hits = 0.0
    for fold in range(FOLDS):
        held = places[fold::FOLDS]
        weights = _fitted([rows[at] for at in places if at not in set(held)])
        hits += sum(_first_is_right(weights, rows[at]) for at in held)
    print(f"first right: in use {sum(_first_is_right(QUESTION, row) for row in rows) / len(rows):.3f}", end=", ")
    print(f"fitted on other queries {hits / len(rows):.3f}")
    _print(QUESTION, _fitted(rows))
    _confidence([row.best for row in asked if row.best])


def _confidence(rows: Sequence[tuple[bool, Mapping[str, float]]]) -> None:
    labels, measures = [right for right, _ in rows], [each for _, each in rows]
    print(f"{len(rows)} queries with any candidate: is the best one right?")
    for name, chances in (
        ("in use", [logistic.chance(QUESTION_SURE, each) for each in measures]),
        ("fitted on other queries", logistic.crossed(measures, labels)),
    ):
        found = reliability([Guess(confidence=c, right=r) for c, r in zip(chances, labels, strict=True)])
        print(f"{name}: Brier score {found.brier:.4f}, calibration error {found.error:.4f}, AUROC {found.auroc:.3f}")
    _print(QUESTION_SURE, logistic.fitted(measures, labels))


def _print(used: Mapping[str, float], fitted: Mapping[str, float]) -> None:
    for name, value in fitted.items():
        print(f"{name:>12} in use {used[name]:+.1f} fitted {value:+.2f}")


async def _asked() -> list[Asked]:
    stemmer = Stemmer()
    analysis = Analysis(stemmer, stemmer.german)
    records = load([ROOT / "evaluation" / "facts", ROOT / "facts"]).records
    queries = yaml.safe_load((ROOT / "evaluation" / "queries.yaml").read_text(encoding="utf-8"))
    with tempfile.TemporaryDirectory() as place:
        index = functools.partial(document, analysis=analysis)
        async with opened(Path(place) / "facts.db", index=index, clock=SystemClock(), ids=OrderedIds()) as store:
            await store.apply(FileImport(records=records, publish_as="Measuring"), key="all", expect={})
            lookup = Lookup(store, analysis)
            found = []
            for row in queries:
                if row["part"] != "dev":
                    continue
                async with store.reading() as view:
                    right = {await view.number_of(slug) for slug in row["expect"] or ()}
                pooled = await lookup.pooled(row["q"], message=False)
                fitting = [each for each in pooled.scored if refusal.answers(pooled.query, each)]
                best = None
                if pooled.scored:
                    first = pooled.scored[0]
                    best = (first.document.fact in right, sureness.question_measures(pooled.query, first))
                found.append(Asked(tuple((each.document.fact in right, each.features) for each in fitting), best))
            return found


def _first_is_right(weights: Mapping[str, float], row: Asked) -> bool:
    return max(row.candidates, key=lambda each: _weighed(weights, each[1]))[0]


def _fitted(rows: Sequence[Asked]) -> dict[str, float]:
    weights, order, rng = dict(QUESTION), list(rows), random.Random(SEED)
    for _ in range(ROUNDS):
        rng.shuffle(order)
        for row in order:
            scores = [_weighed(weights, features) for _, features in row.candidates]
            odds = [math.exp(score - max(scores)) for score in scores]
            right = sum(each for each, _ in row.candidates)
            for name, now in weights.items():
                is_now = sum(odd * features[name] for odd, (_, features) in zip(odds, row.candidates, strict=True))
                wanted = sum(features[name] for each, features in row.candidates if each) / right
                weights[name] = now + RATE * (wanted - is_now / sum(odds) + PULL * (QUESTION[name] - now))
    return weights


def _weighed(weights: Mapping[str, float], features: Mapping[str, float]) -> float:
    return sum(weights[name] * value for name, value in features.items())


if __name__ == "__main__":
    main()

"""Figures of a confidence, by hand."""

from __future__ import annotations

import pytest

from bot.evaluation import report
from bot.evaluation.reliability import Guess, auroc, reliability


def some(*pairs: tuple[float, bool]) -> list[Guess]:
    return [Guess(confidence=confidence, right=right) for confidence, right in pairs]


def test_a_confidence_that_holds_has_no_error() -> None:
    found = reliability(some((0.75, True), (0.75, True), (0.75, True), (0.75, False), (0.0, False)))

    assert found.error == 0
    assert found.brier == pytest.approx((3 * 0.25**2 + 0.75**2) / 5)
    assert [(each.low, each.queries, each.right) for each in found.bands] == [(0.0, 1, 0.0), (0.7, 4, 0.75)]


def test_one_that_boasts_has() -> None:
    assert reliability(some((1.0, True), (1.0, False))).error == 0.5


def test_certainty_belongs_to_the_last_band() -> None:
    (band,) = reliability(some((1.0, True), (0.95, True))).bands
    assert (band.high, band.queries) == (1.0, 2)


@pytest.mark.parametrize(
    ("scores", "labels", "expected"),
    [
        ([0.1, 0.9], [False, True], 1.0),
        ([0.9, 0.1], [False, True], 0.0),
        ([0.5, 0.5], [False, True], 0.5),
        ([0.1, 0.4, 0.35, 0.8], [False, False, True, True], 0.75),
        ([0.3, 0.4], [True, True], None),
    ],
)
def test_the_share_of_pairs_in_order(scores: list[float], labels: list[bool], expected: float | None) -> None:
    assert auroc(scores, labels) == expected


def test_the_report_tells_each_band() -> None:
    head, *bands, told = report.confidence(some((0.99, True), (0.02, False), (0.02, False)))

    assert head.split()[:4] == ["confidence", "queries", "mean", "right"]
    assert [line.split() for line in bands] == [
        ["0.00", "to", "0.10", "2", "0.020", "0.000"],
        ["0.95", "to", "1.00", "1", "0.990", "1.000"],
    ]
    assert told == "Brier score 0.0003, expected calibration error 0.0167, AUROC 1.000"

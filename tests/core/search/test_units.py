"""A unit is the same unit in every language."""

from __future__ import annotations

import pytest

from bot.core.search import units


@pytest.mark.parametrize("word", ["metre", "metres", "meters", "метр", "метрів", "метров", "미터"])
def test_spellings_of_a_unit(word: str) -> None:
    assert units.unit_of(word) == "u:metre"


@pytest.mark.parametrize(
    ("word", "what"),
    [("price", "m:money"), ("цена", "m:money"), ("вартість", "m:money"), ("kosten", "m:money"), ("length", "m:length")],
)
def test_what_is_asked_for(word: str, what: str) -> None:
    assert units.asked_of(word) == what


@pytest.mark.parametrize("word", ["shell", "снаряд", "", "мета"])
def test_what_is_no_unit(word: str) -> None:
    assert units.unit_of(word) is None
    assert units.asked_of(word) is None


def test_a_quantity_has_its_unit_and_what_it_measures() -> None:
    assert units.terms_of("crown") == ("u:crown", "m:money")
    assert units.terms_of("artillery-round") == ("u:artillery-round",)

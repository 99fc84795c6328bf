"""A unit is the same unit in every language."""

from __future__ import annotations

import pytest

from bot.core.search import units


@pytest.mark.parametrize("word", ["metre", "metres", "meters", "метр", "метрів", "метров", "미터"])
def test_spellings_of_a_unit(word: str) -> None:
    assert units.unit_of(word) == "u:metre"


@pytest.mark.parametrize(
    ("word", "what"),
    [
        ("price", "m:money"),
        ("цена", "m:money"),
        ("вартість", "m:money"),
        ("kosten", "m:money"),
        ("length", "m:length"),
        ("ширина", "m:width"),
        ("hohe", "m:height"),
        ("깊이", "m:depth"),
    ],
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


@pytest.mark.parametrize(
    ("value", "unit", "amount"),
    [
        ("1.25", "kilometre", "metre:1250"),
        ("1250", "metre", "metre:1250"),
        ("7.5", "tonne", "kilogram:7500"),
        ("90", "minute", "minute:90"),
        ("1.5", "hour", "minute:90"),
        ("3", "crown", None),
        ("many", "metre", None),
    ],
)
def test_an_amount_is_the_same_in_whichever_unit(value: str, unit: str, amount: str | None) -> None:
    assert units.amount(value, unit) == amount


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("1250 metres long and they are in deep trouble", {"m:length"}),
        ("300 metres in length", {"m:length"}),
        ("a depth of up to 300 metres", {"m:depth"}),
        ("12 m wide and 300 m long", {"m:width", "m:length"}),
        ("завширшки 12 метрів", {"m:width"}),
    ],
)
def test_the_words_beside_a_length_tell_its_dimension(text: str, told: set[str]) -> None:
    assert units.dimensions(text.split()) == told


@pytest.mark.parametrize("text", ["", "a long and wide road", "so far they built 300 metres"])
def test_a_length_without_a_dimension_may_be_any(text: str) -> None:
    assert len(units.dimensions(text.split())) > 3

"""Numbers as they were claimed, in the way of each language."""

from __future__ import annotations

import pytest

from bot.core.model.quantity import Comparator, Quantity
from bot.wording import wording
from bot.wording.numbers import amount, grouped

EN, UK = wording("en"), wording("uk")


@pytest.mark.parametrize(
    ("value", "english", "ukrainian"),
    [
        ("3500000", "3,500,000", "3\N{NO-BREAK SPACE}500\N{NO-BREAK SPACE}000"),
        ("2500", "2500", "2500"),
        ("12000.5", "12,000.5", "12\N{NO-BREAK SPACE}000,5"),
        ("-40000", "-40,000", "-40\N{NO-BREAK SPACE}000"),
        ("0.25", "0.25", "0,25"),
        ("7", "7", "7"),
    ],
)
def test_digits_are_grouped(value: str, english: str, ukrainian: str) -> None:
    assert (grouped(value, EN), grouped(value, UK)) == (english, ukrainian)


@pytest.mark.parametrize(
    ("comparator", "english", "ukrainian"),
    [
        ("=", "300", "300"),
        (">=", "at least 300", "щонайменше 300"),
        (">", "more than 300", "понад 300"),
        ("<=", "at most 300", "щонайбільше 300"),
        ("<", "less than 300", "менше ніж 300"),
        ("~", "about 300", "близько 300"),
    ],
)
def test_the_hedge_is_never_lost(comparator: str, english: str, ukrainian: str) -> None:
    quantity = Quantity(comparator=Comparator(comparator), value="300", unit="tree", surface="300 trees")
    assert (amount(quantity, EN), amount(quantity, UK)) == (english, ukrainian)

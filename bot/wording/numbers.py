"""Numbers in words, as exactly as they were claimed."""

from __future__ import annotations

from bot.core.model.quantity import Comparator, Quantity
from bot.wording.catalogue import Wording


def amount(quantity: Quantity, words: Wording) -> str:
    """The number with its hedge, without the unit: "at least 3,500,000"."""
    return words.say(_HEDGES[quantity.comparator], value=grouped(quantity.value, words))


def grouped(value: str, words: Wording) -> str:
    """A decimal in the way of the language: "3,500,000.5", "3 500 000,5"; four digits stay together."""
    whole, point, rest = value.partition(".")
    sign, digits = ("-", whole[1:]) if whole.startswith("-") else ("", whole)
    if len(digits) > 4:
        first = len(digits) % 3
        groups = [digits[:first], *(digits[at : at + 3] for at in range(first, len(digits), 3))]
        digits = words.say("number.group").join(group for group in groups if group)
    return f"{sign}{digits}{words.say('number.point') if point else ''}{rest}"


_HEDGES = {
    Comparator.EQUAL: "number.equal",
    Comparator.AT_LEAST: "number.at_least",
    Comparator.MORE_THAN: "number.more_than",
    Comparator.AT_MOST: "number.at_most",
    Comparator.LESS_THAN: "number.less_than",
    Comparator.ABOUT: "number.about",
}

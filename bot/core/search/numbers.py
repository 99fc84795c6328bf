"""Numbers in the forms people write them, as canonical decimals: 3.5m, 3,500,000, 2,4 млн, 11 thousand, 240만.

A canonical decimal is plain text without exponent, grouping or trailing zeros ("3500000", "2.4"). A point or comma
before exactly three digits groups in some languages and is a decimal mark in others: then both readings are given.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from bot.core.search.terms import Script, Token

MOST_DIGITS = 24  # beyond it is no number that anybody claims

_GLUED = {
    "k": 3,
    "к": 3,
    "m": 6,
    "м": 6,
    "kk": 6,
    "кк": 6,
    "b": 9,
    "bn": 9,
    "tn": 12,
}  # count only when written onto the digits
_POWERS = {
    "hundred": 2, "hundreds": 2,
    "thousand": 3, "thousands": 3, "thsd": 3, "tsd": 3, "tausend": 3, "тис": 3, "тыс": 3,
    "million": 6, "millions": 6, "mln": 6, "mio": 6, "mil": 6, "millionen": 6, "млн": 6,
    "billion": 9, "billions": 9, "bln": 9, "mlrd": 9, "milliarde": 9, "milliarden": 9, "mrd": 9, "млрд": 9,
    "trillion": 12, "trillions": 12, "трлн": 12,
    "백": 2, "천": 3, "만": 4, "억": 8, "조": 12,
    "百": 2, "千": 3, "万": 4, "萬": 4, "亿": 8, "億": 8, "兆": 12,
}  # fmt: skip
_STEMS = {"тисяч": 3, "тысяч": 3, "мільйон": 6, "миллион": 6, "мільярд": 9, "миллиард": 9}  # any ending may follow
_SPELLED = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17,
    "eighteen": 18, "nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70,
    "eighty": 80, "ninety": 90,
    "один": 1, "одна": 1, "два": 2, "дві": 2, "две": 2, "три": 3, "чотири": 4, "четыре": 4, "пять": 5, "шість": 6,
    "шесть": 6, "сім": 7, "семь": 7, "вісім": 8, "восемь": 8, "девять": 9, "десять": 10, "одинадцять": 11,
    "одиннадцать": 11, "дванадцять": 12, "двенадцать": 12, "двадцять": 20, "двадцать": 20,
}  # fmt: skip
# "пять" and "девять" stand for the Ukrainian spellings too: folding drops the apostrophe.


@dataclass(frozen=True, slots=True)
class Number:
    """A number as it stands in a row of tokens."""

    values: tuple[str, ...]  # canonical decimals: one, or both readings of an unclear separator
    size: int  # tokens that it takes up
    rest: str = ""  # folded letters left over from the last token, such as the counter of "240만발"


def canonical(value: Decimal) -> str:
    """A decimal as plain text without exponent and trailing zeros."""
    text = format(value, "f")
    return (text.rstrip("0").rstrip(".") if "." in text else text) or "0"


def read(tokens: Sequence[Token], at: int) -> Number | None:
    """The number that begins at this token, with the words that multiply it, or None."""
    token = tokens[at]
    if token.script is Script.NUMBER:
        bases = _decimals(token.text)
    elif token.text in _SPELLED and at + 1 < len(tokens) and _power(tokens[at + 1].text) is not None:
        bases = (Decimal(_SPELLED[token.text]),)
    else:
        return None
    if not bases:
        return None
    power, size, rest = _multiplied(tokens, at)
    if size > 1 and len(bases) > 1:
        bases = bases[-1:]  # "2.400 million" is no way to write a grouped number
    return Number(tuple(canonical(base.scaleb(power)) for base in bases), size, rest)


def _multiplied(tokens: Sequence[Token], at: int) -> tuple[int, int, str]:
    """Sum of the powers of ten that follow a number, the tokens taken, and letters left over from the last one."""
    power, size = 0, 1
    for following in tokens[at + 1 : at + 3]:
        before = tokens[at + size - 1]
        glued = following.start == before.end
        if glued and size == 1 and following.script is Script.IDEOGRAPHIC:
            more, rest = _leading_power(following.text)
            return (more, 2, rest) if more else (0, 1, "")
        found = _power(following.text)
        if found is None and glued and size == 1:
            found = _GLUED.get(following.text)
        if found is None:
            break
        power, size = power + found, size + 1
    return power, size, ""


def _power(word: str) -> int | None:
    if word in _POWERS:
        return _POWERS[word]
    return next((power for stem, power in _STEMS.items() if word.startswith(stem) and len(word) <= len(stem) + 3), None)


def _leading_power(run: str) -> tuple[int, str]:
    power = 0
    while run and run[0] in _POWERS:
        power, run = power + _POWERS[run[0]], run[1:]
    return power, run


def _decimals(text: str) -> tuple[Decimal, ...]:
    """Readings of digits with separators; the decimal reading last."""
    if sum(map(str.isdigit, text)) > MOST_DIGITS:
        return ()
    marks = [char for char in text if not char.isdigit()]
    if not marks:
        return (Decimal(text),)
    whole, mark, tail = text.rpartition(marks[-1])
    grouped = Decimal("".join(filter(str.isdigit, text)))
    as_decimal = Decimal("".join(filter(str.isdigit, whole)) + "." + tail)
    if mark not in ".,":
        return (grouped,)
    if len(marks) > 1:
        return (grouped,) if marks.count(mark) > 1 else (as_decimal,)
    if len(tail) == 3 and whole != "0" and len(whole) <= 3:
        return (grouped, as_decimal)
    return (as_decimal,)

"""Numbers in the forms people write them, as canonical decimals: 3.5m, 3,500,000, 2,4 млн, 11 thousand, 240만.

A canonical decimal is plain text without exponent, grouping or trailing zeros ("3500000", "2.4"). A point or comma
before exactly three digits groups in some languages and is a decimal mark in others: then both readings are given.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from bot.core.search.number_words import POWERS, SPELLED, begins, compound, power_of
from bot.core.search.terms import Script, Token

_DIGITS = re.compile(r"\d{1,8}", re.ASCII)
LONGEST = 16  # words of one number
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
_PARTS = {
    "a": "1", "an": "1", "ein": "1", "eine": "1", "half": "0.5", "halb": "0.5", "halbe": "0.5", "halben": "0.5",
    "пів": "0.5", "пол": "0.5", "anderthalb": "1.5", "eineinhalb": "1.5", "полтора": "1.5", "полутора": "1.5",
    "півтора": "1.5",
}  # fmt: skip
_LINKS = frozenset({"a", "of", "eine"})  # "half a million", "a half of a million"
_AND_A_HALF = (("and", "a", "half"), ("з", "половиною"), ("с", "половиной"))
_KOREAN_DIGITS = {digit: value for value, digit in enumerate("일이삼사오육칠팔구", 1)}
_KOREAN_TENS = {"십": 10, "백": 100, "천": 1000}
_KOREAN_MYRIADS = {"만": 4, "억": 8, "조": 12}

_MOST = frozenset(
    (
        "at most", "up to", "no more than", "not more than", "under", "below",
        "maximum", "max",
        "щонайбільше", "не більше", "не більше ніж", "до", "не более", "не более чем", "не больше", "максимум",
        "hochstens", "maximal", "bis zu", "nicht mehr als", "unter",
    )
)  # fmt: skip
_LEAST = frozenset(
    (
        "at least", "more than", "over", "above", "no fewer than", "no less than", "not less than", "minimum", "min",
        "щонайменше", "не менше", "понад", "більше", "не менее", "более", "больше", "свыше",
        "mindestens", "mehr als", "uber",
    )
)  # fmt: skip
_BOUND_WORDS = frozenset(word for phrase in _MOST | _LEAST for word in phrase.split())


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
    elif found := _compound(tokens, at):
        return found
    else:
        return _in_words(tokens, at)
    if not bases:
        return None
    power, size, rest = _multiplied(tokens, at)
    if (lower := _lower(rest, power)) is not None:
        return Number((canonical(bases[-1].scaleb(power) + lower[0]),), size, lower[1])
    if size > 1 and len(bases) > 1:
        bases = bases[-1:]  # "2.400 million" is no way to write a grouped number
    return Number(tuple(canonical(base.scaleb(power)) for base in bases), size, rest)


def signs_behind(tokens: Sequence[Token]) -> tuple[Token, ...]:
    """The tokens with each sign that is written onto a number behind it: "$3 million" is "3 million dollars"."""
    row = list(tokens)
    for at, token in enumerate(tokens[:-1]):
        if token.script is Script.SIGN and token.end == tokens[at + 1].start and (number := read(tokens, at + 1)):
            row[at : at + 1 + number.size] = [*tokens[at + 1 : at + 1 + number.size], token]
    return tuple(row)


def _lower(run: str, power: int) -> tuple[Decimal, str] | None:
    """The smaller part of "1만1천", which is written onto the first one, and what is left behind it."""
    found = _DIGITS.match(run)
    if found is None:
        return None
    more, rest = _leading_power(run[found.end() :])
    value = Decimal(found[0]).scaleb(more)
    return (value, rest) if value < Decimal(10) ** power else None


def bound(tokens: Sequence[Token], at: int) -> bool | None:
    """Whether the words before a number make it the most (True) or the least (False); None where they do neither."""
    before = [token.text for token in tokens[max(0, at - 3) : at]]
    for size in (3, 2, 1):
        words = " ".join(before[-size:])
        if len(before) >= size and words in _MOST | _LEAST:
            return words in _MOST
    return None


def begins_bound(tokens: Sequence[Token], at: int) -> bool:
    """Whether a phrase that makes the number behind it the least or the most begins or goes on here: "no less than"."""
    return tokens[at].text in _BOUND_WORDS and any(
        " ".join(token.text for token in tokens[start:end]) in _MOST | _LEAST and read(tokens, end) is not None
        for start in range(max(0, at - 2), at + 1)
        for end in range(at + 1, min(start + 4, len(tokens)))
    )


def small(word: str) -> str | None:
    """The canonical decimal of a folded word such as "sixteen"; None for one, which is an article in many languages."""
    value = SPELLED.get(word, 1)
    return str(value) if value > 1 else None


def _in_words(tokens: Sequence[Token], at: int) -> Number | None:
    """Numbers that are words alone: half a million, anderthalb Millionen, полмиллиона, zweitausend, 오십만."""
    word = tokens[at].text
    if tokens[at].script is Script.IDEOGRAPHIC:
        return _korean(word)
    if word.startswith(("пів", "пол")) and (power := power_of(word[3:])) is not None:
        return Number((canonical(Decimal("0.5").scaleb(power)),), 1)
    if word in SPELLED and (found := _with_a_fraction(SPELLED[word], tokens, at, 1) or _share(tokens, at)):
        return found
    if word not in _PARTS:
        return None
    size = 1
    if word in {"a", "eine"} and at + 1 < len(tokens) and _PARTS.get(tokens[at + 1].text) == "0.5":
        word, size = tokens[at + 1].text, 2
    if _PARTS[word] == "0.5":
        while at + size < len(tokens) and tokens[at + size].text in _LINKS:
            size += 1
    return _times(Decimal(_PARTS[word]), tokens, at, size)


def _compound(tokens: Sequence[Token], at: int) -> Number | None:
    """Several words that come to one number, and the fraction behind them: forty-five (and a half) million."""
    if not begins(tokens[at].text):
        return None
    row = tokens[at : at + LONGEST]
    end = next((place for place in range(1, len(row)) if not _beside(row[place - 1], row[place])), len(row))
    before = tokens[at - 1].text if at and _beside(tokens[at - 1], tokens[at]) else ""
    found = compound([token.text for token in row[:end]], before)
    if found is None:
        return None
    value, size = found
    return (_with_a_fraction(value, tokens, at, size) if value < 100 else None) or Number((str(value),), size)


def _beside(one: Token, other: Token) -> bool:
    """Nothing but a blank or a hyphen stands between them: a comma begins another number."""
    return other.start - one.end <= 1


def _with_a_fraction(whole: int, tokens: Sequence[Token], at: int, size: int) -> Number | None:
    """ "seven and a half", "три з половиною", "three point five", with or without a power behind it."""
    row = tuple(token.text for token in tokens[at + size : at + size + 3])
    for half in _AND_A_HALF:
        if row[: len(half)] == half:
            value, size = whole + Decimal("0.5"), size + len(half)
            return _times(value, tokens, at, size) or Number((canonical(value),), size)
    if row[:1] == ("point",) and len(row) > 1 and 0 < SPELLED.get(row[1], 0) < 10:
        value = whole + Decimal(SPELLED[row[1]]) / 10
        return _times(value, tokens, at, size + 2) or Number((canonical(value),), size + 2)
    return None


def _share(tokens: Sequence[Token], at: int) -> Number | None:
    """The one of "one out of five" and "one in ten", which is no article."""
    row = tokens[at + 1 : at + 3]
    words = [token.text for token in row]
    counted = words == ["out", "of"] or (
        len(row) == 2 and words[0] in {"in", "из", "з"} and (row[1].script is Script.NUMBER or bool(small(words[1])))
    )
    return Number(("1",), 1) if counted and SPELLED[tokens[at].text] == 1 else None


def _times(base: Decimal, tokens: Sequence[Token], at: int, size: int) -> Number | None:
    """A number before a word of at least a thousand, at `size` tokens from here."""
    power = power_of(tokens[at + size].text) if at + size < len(tokens) else None
    return Number((canonical(base.scaleb(power)),), size + 1) if power is not None and power > 2 else None


def _korean(run: str) -> Number | None:
    """A Korean number in letters up to its last myriad, at least 10,000: smaller ones look like other words."""
    total, section, digit, end = 0, 0, 0, 0
    for at, letter in enumerate(run):
        if letter in _KOREAN_DIGITS and not digit:
            digit = _KOREAN_DIGITS[letter]
        elif letter in _KOREAN_TENS:
            section, digit = section + max(1, digit) * _KOREAN_TENS[letter], 0
        elif letter in _KOREAN_MYRIADS and section + digit:
            total, section, digit = total + (section + digit) * 10 ** _KOREAN_MYRIADS[letter], 0, 0
            end = at + 1
        else:
            break
    return Number((str(total),), 1, run[end:]) if end > 1 else None


def _multiplied(tokens: Sequence[Token], at: int) -> tuple[int, int, str]:
    """Sum of the powers of ten that follow a number, the tokens taken, and letters left over from the last one."""
    power, size = 0, 1
    for following in tokens[at + 1 : at + 3]:
        before = tokens[at + size - 1]
        glued = following.start == before.end
        if glued and size == 1 and following.script is Script.IDEOGRAPHIC:
            more, rest = _leading_power(following.text)
            return (more, 2, rest) if more else (0, 1, "")
        found = power_of(following.text)
        if found is None and glued and size == 1:
            found = _GLUED.get(following.text)
        if found is None:
            break
        power, size = power + found, size + 1
    return power, size, ""


def _leading_power(run: str) -> tuple[int, str]:
    power = 0
    while run and run[0] in POWERS:
        power, run = power + POWERS[run[0]], run[1:]
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

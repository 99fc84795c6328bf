"""Numbers in the forms people write them, as canonical decimals: 3.5m, 3,500,000, 2,4 млн, 11 thousand, 240만.

A canonical decimal is plain text without exponent, grouping or trailing zeros ("3500000", "2.4"). A point or comma
before exactly three digits groups in some languages and is a decimal mark in others: then both readings are given.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from bot.core.search.terms import Script, Token

_DIGITS = re.compile(r"\d{1,8}", re.ASCII)
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
    "zwei": 2, "drei": 3, "vier": 4, "funf": 5, "sechs": 6, "sieben": 7, "acht": 8, "neun": 9, "zehn": 10, "elf": 11,
    "zwolf": 12, "dreizehn": 13, "vierzehn": 14, "funfzehn": 15, "sechzehn": 16, "siebzehn": 17, "achtzehn": 18,
    "neunzehn": 19, "zwanzig": 20, "dreissig": 30, "vierzig": 40, "funfzig": 50, "sechzig": 60, "siebzig": 70,
    "achtzig": 80, "neunzig": 90,
    "один": 1, "одна": 1, "два": 2, "дві": 2, "две": 2, "двух": 2, "двох": 2, "три": 3,
    "трех": 3, "трьох": 3, "чотири": 4, "четыре": 4, "четырех": 4, "чотирьох": 4, "пять": 5, "шість": 6,
    "шесть": 6, "сім": 7, "семь": 7, "вісім": 8, "восемь": 8, "девять": 9, "десять": 10, "одинадцять": 11,
    "одиннадцать": 11, "дванадцять": 12, "двенадцать": 12, "пятнадцять": 15, "пятнадцать": 15,
    "двадцять": 20, "двадцать": 20, "тридцять": 30, "тридцать": 30, "сорок": 40, "пятдесят": 50, "пятьдесят": 50,
    "шістдесят": 60, "шестьдесят": 60, "сімдесят": 70, "семьдесят": 70, "вісімдесят": 80, "восемьдесят": 80,
    "девяносто": 90, "сто": 100, "двісті": 200, "двести": 200, "триста": 300, "пятсот": 500, "пятьсот": 500,
}  # fmt: skip
# "пять" and "девять" stand for the Ukrainian spellings too: folding drops the apostrophe.
_PARTS = {
    "a": "1", "an": "1", "ein": "1", "eine": "1", "half": "0.5", "halb": "0.5", "halbe": "0.5", "halben": "0.5",
    "пів": "0.5", "пол": "0.5", "anderthalb": "1.5", "eineinhalb": "1.5", "полтора": "1.5", "полутора": "1.5",
    "півтора": "1.5",
}  # fmt: skip
_LINKS = frozenset({"a", "of", "eine"})  # "half a million", "a half of a million"
_AND_A_HALF = (("and", "a", "half"), ("з", "половиною"), ("с", "половиной"))
_GERMAN_POWERS = {"hundert": 2, "tausend": 3}  # written onto the number: "zweitausend"
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
        return _in_words(tokens, at)
    if not bases:
        return None
    power, size, rest = _multiplied(tokens, at)
    if (lower := _lower(rest, power)) is not None:
        return Number((canonical(bases[-1].scaleb(power) + lower[0]),), size, lower[1])
    if size > 1 and len(bases) > 1:
        bases = bases[-1:]  # "2.400 million" is no way to write a grouped number
    return Number(tuple(canonical(base.scaleb(power)) for base in bases), size, rest)


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
    return any(
        " ".join(token.text for token in tokens[start:end]) in _MOST | _LEAST and read(tokens, end) is not None
        for start in range(max(0, at - 2), at + 1)
        for end in range(at + 1, min(start + 4, len(tokens)))
    )


def small(word: str) -> str | None:
    """The canonical decimal of a folded word such as "sixteen"; None for one, which is an article in many languages."""
    value = _SPELLED.get(word, 1)
    return str(value) if value > 1 else None


def _in_words(tokens: Sequence[Token], at: int) -> Number | None:
    """Numbers that are words alone: half a million, anderthalb Millionen, полмиллиона, zweitausend, 오십만."""
    word = tokens[at].text
    if tokens[at].script is Script.IDEOGRAPHIC:
        return _korean(word)
    if word.startswith(("пів", "пол")) and (power := _power(word[3:])) is not None:
        return Number((canonical(Decimal("0.5").scaleb(power)),), 1)
    for ending, power in _GERMAN_POWERS.items():
        if word.endswith(ending) and (value := _SPELLED.get(word.removesuffix(ending))):
            return Number((canonical(Decimal(value).scaleb(power)),), 1)
    if word in _SPELLED and (found := _with_a_fraction(tokens, at) or _share(tokens, at)):
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


def _with_a_fraction(tokens: Sequence[Token], at: int) -> Number | None:
    """ "seven and a half", "три з половиною", "three point five", with or without a power behind it."""
    base = Decimal(_SPELLED[tokens[at].text])
    row = tuple(token.text for token in tokens[at + 1 : at + 4])
    for half in _AND_A_HALF:
        if row[: len(half)] == half:
            value, size = base + Decimal("0.5"), 1 + len(half)
            return _times(value, tokens, at, size) or Number((canonical(value),), size)
    if row[:1] == ("point",) and len(row) > 1 and 0 < _SPELLED.get(row[1], 0) < 10:
        value = base + Decimal(_SPELLED[row[1]]) / 10
        return _times(value, tokens, at, 3) or Number((canonical(value),), 3)
    return None


def _share(tokens: Sequence[Token], at: int) -> Number | None:
    """The one of "one out of five" and "one in ten", which is no article."""
    row = tokens[at + 1 : at + 3]
    words = [token.text for token in row]
    counted = words == ["out", "of"] or (
        len(row) == 2 and words[0] in {"in", "из", "з"} and (row[1].script is Script.NUMBER or bool(small(words[1])))
    )
    return Number(("1",), 1) if counted and _SPELLED[tokens[at].text] == 1 else None


def _times(base: Decimal, tokens: Sequence[Token], at: int, size: int) -> Number | None:
    """A number before a word of at least a thousand, at `size` tokens from here."""
    power = _power(tokens[at + size].text) if at + size < len(tokens) else None
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

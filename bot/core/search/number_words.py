"""Words for numbers in English, German, Ukrainian and Russian, and what several of them come to together.

Words go on from each other only downwards, as people say them: "forty-five", "two thousand three hundred and six".
"one two" and "nineteen forty-five" are no such number, and are never added up.
"""

from __future__ import annotations

from collections.abc import Sequence

from bot.core.search import slavic

POWERS = {
    "hundred": 2, "hundreds": 2,
    "thousand": 3, "thousands": 3, "thsd": 3, "tsd": 3, "tausend": 3, "тис": 3, "тыс": 3,
    "million": 6, "millions": 6, "mln": 6, "mio": 6, "mil": 6, "millionen": 6, "млн": 6,
    "billion": 9, "billions": 9, "bln": 9, "mlrd": 9, "milliarde": 9, "milliarden": 9, "mrd": 9, "млрд": 9,
    "trillion": 12, "trillions": 12, "трлн": 12,
    "백": 2, "천": 3, "만": 4, "억": 8, "조": 12,
    "百": 2, "千": 3, "万": 4, "萬": 4, "亿": 8, "億": 8, "兆": 12,
}  # fmt: skip
_STEMS = {"тисяч": 3, "тысяч": 3, "мільйон": 6, "миллион": 6, "мільярд": 9, "миллиард": 9}  # any ending may follow
SPELLED = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17,
    "eighteen": 18, "nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70,
    "eighty": 80, "ninety": 90,
    "fuenf": 5, "zwoelf": 12, "fuenfzehn": 15, "fuenfzig": 50,
    "zwei": 2, "drei": 3, "vier": 4, "funf": 5, "sechs": 6, "sieben": 7, "acht": 8, "neun": 9, "zehn": 10, "elf": 11,
    "zwolf": 12, "dreizehn": 13, "vierzehn": 14, "funfzehn": 15, "sechzehn": 16, "siebzehn": 17, "achtzehn": 18,
    "neunzehn": 19, "zwanzig": 20, "dreissig": 30, "vierzig": 40, "funfzig": 50, "sechzig": 60, "siebzig": 70,
    "achtzig": 80, "neunzig": 90,
    "один": 1, "одна": 1, "два": 2, "дві": 2, "две": 2, "двух": 2, "двох": 2, "три": 3,
    "трех": 3, "трьох": 3, "чотири": 4, "четыре": 4, "четырех": 4, "чотирьох": 4, "пять": 5, "шість": 6,
    "шесть": 6, "сім": 7, "семь": 7, "вісім": 8, "восемь": 8, "девять": 9, "десять": 10, "одинадцять": 11,
    "одиннадцать": 11, "дванадцять": 12, "двенадцать": 12, "пятнадцять": 15, "пятнадцать": 15,
    "тринадцять": 13, "тринадцать": 13, "чотирнадцять": 14, "четырнадцать": 14, "шістнадцять": 16, "шестнадцать": 16,
    "сімнадцять": 17, "семнадцать": 17, "вісімнадцять": 18, "восемнадцать": 18, "девятнадцять": 19, "девятнадцать": 19,
    "двадцять": 20, "двадцать": 20, "тридцять": 30, "тридцать": 30, "сорок": 40, "пятдесят": 50, "пятьдесят": 50,
    "шістдесят": 60, "шестьдесят": 60, "сімдесят": 70, "семьдесят": 70, "вісімдесят": 80, "восемьдесят": 80,
    "девяносто": 90, "сто": 100, "двісті": 200, "двести": 200, "триста": 300,
    "чотириста": 400, "четыреста": 400, "пятсот": 500, "пятьсот": 500, "шістсот": 600, "шестьсот": 600,
    "сімсот": 700, "семьсот": 700, "вісімсот": 800, "восемьсот": 800, "девятсот": 900, "девятьсот": 900,
}  # fmt: skip
# "пять" and "девять" stand for the Ukrainian spellings too: folding drops the apostrophe.
_GERMAN_POWERS = {"tausend": 1000, "hundert": 100}  # written onto the number: "zweitausend"
_GERMAN_PARTS = ("und", *_GERMAN_POWERS)
_GERMAN_ONES = {"ein": 1, "eins": 1, **{word: value for word, value in SPELLED.items() if value < 10}}
_ARTICLES = frozenset({"a", "an", "eine"})
_UNLIMITED = 10**18


def power_of(word: str) -> int | None:
    """The power of ten by which a folded word multiplies: 6 for "millions"."""
    if word in POWERS:
        return POWERS[word]
    return next((power for stem, power in _STEMS.items() if word.startswith(stem) and len(word) <= len(stem) + 3), None)


def begins(word: str) -> bool:
    """Whether a folded word may be the first of several that come to a number."""
    return word in SPELLED or word in _ARTICLES or any(part in word for part in _GERMAN_PARTS) or _is_thousand(word)


def compound(words: Sequence[str], before: str = "") -> tuple[int, int] | None:
    """The number that several folded words come to, and how many they are; None for one word and for unclear ones.

    `before` is the word in front of them: behind another number it is unclear where theirs begins.
    """
    if not words or _worth(before):
        return None
    total, section, at, parts = 0, 0, 0, 0  # `section` is what the next power multiplies
    room, most = _UNLIMITED, _UNLIMITED  # what the next word and the next power have to stay below
    sure = (0, 0)  # sum and words up to the last power
    if len(words) > 1 and (words[0] in _ARTICLES or _is_thousand(words[0])) and power_of(words[words[0] in _ARTICLES]):
        section, at = 1, int(words[0] in _ARTICLES)  # "a hundred and six", "тисяча двісті"
    while at < len(words):
        joined = words[at] == "and" and at == sure[1] > 0
        word = words[at + 1] if joined and at + 1 < len(words) else words[at]
        value, factor = _worth(word), 10 ** (power_of(word) or 0)
        if value and value < (min(room, 100) if joined else room):
            section, room = section + value, _room(value)
        elif value and not joined:
            return None
        elif factor == 100 < most and 0 < section < 100:
            section, room = section * 100, 100
        elif factor > 100 and section and factor < most:
            total, section, room, most = total + section * factor, 0, factor, factor
        elif factor > 100 and total and at == sure[1]:
            total *= factor  # "two thousand million"
        else:
            if factor > 1 and section and sure[1]:
                return sure  # "two hundred and three hundred": the last words begin another number
            break
        at, parts = at + 1 + joined, parts + 1
        if factor > 1:
            sure = (total + section, at)
    whole = parts > 1 or (parts == 1 and section > 12 and words[0] not in SPELLED)
    return (total + section, at) if whole else None


def _worth(word: str) -> int:
    """The value of a word for a number, also of a long German one; 0 of other words."""
    return SPELLED.get(word) or _german(word) or 0


def _room(value: int) -> int:
    """What may be added behind a word has to be smaller than this: 10 behind "forty", nothing behind "four"."""
    if 20 <= value < 100 and value % 10 == 0:
        return 10
    return next((factor for factor in (1000, 100) if value % factor == 0), 1)


def _is_thousand(word: str) -> bool:
    return slavic.is_cyrillic(word) and power_of(word) == 3


def _german(word: str) -> int | None:
    """fünfundvierzig, dreihundertzwanzig, zweitausenddreihundert."""
    for name, factor in _GERMAN_POWERS.items():
        head, found, tail = word.partition(name)
        if found:
            times, rest = _german(head), _german(tail.removeprefix("und")) if tail else 0
            return times * factor + rest if times and times < 1000 and rest is not None and rest < factor else None
    ones, found, tens = word.partition("und")
    if not found:
        return _GERMAN_ONES.get(word) or SPELLED.get(word)
    one, ten = _GERMAN_ONES.get(ones, 0), SPELLED.get(tens, 0)
    return ten + one if one and 20 <= ten < 100 and ten % 10 == 0 else None

"""Ukrainian and Russian word forms: light stems for the index, and a strict test of whether a word is a form of a name.

The two languages share one table on purpose: a query does not say which of them it is in, many of its words fit both
("снаряд"), and a name on file in one of them is found by the forms of the other. Verbs are left as they are, and
vowel changes inside a stem ("Київ" - "Києва") are not undone.
"""

from __future__ import annotations

import re

from bot.core.search.wordlist import words

SHORTEST = 3  # letters that stay when an ending comes off: "Сі" and "Юн" are names, not endings

_ALPHABET = str.maketrans({"і": "и", "ї": "и", "ы": "и", "є": "е", "э": "е", "ё": "е", "ґ": "г", "ъ": "", "ь": ""})
_CYRILLIC = re.compile(r"[\u0400-\u052f]+")

# Endings as the alphabet above writes them (и stands for і, ї, ы; е for є, э; no soft sign).
_NOMINATIVE = words("а я о е и й ия ие ий ой ей ая яя ое ее ие")
_CASES = _NOMINATIVE | words(
    """
    у ю ам ям ах ях ами ями ом ем им их ими ою ею ою
    ии ию ием иею ией иям иях иями
    ого его ому ему ои ую юю ых
    """
)
_OF_NOUNS = words("ой ою ом ам ах ами")
_VOWELS = frozenset("аеиоуюя")
_PLURAL = words("ов ев ив")  # genitives; in people's names they are no endings but part of the name
_SURNAMES = ("ск", "цк")  # that are adjectives, with an ending for each sex
_FEMININE = words("а ая у ую ои ой ою")
_LONGEST = 4
_FLEETING = 6  # letters of a stem in which a fleeting vowel is looked for


def is_cyrillic(word: str) -> bool:
    """All letters are Cyrillic."""
    return _CYRILLIC.fullmatch(word) is not None


def stem(word: str) -> str:
    """The stem of a folded Cyrillic word: the same one for "північна" and "північної", "снаряды" and "снарядів"."""
    plain = _strip(word.translate(_ALPHABET), _CASES)
    return _strip(plain, _PLURAL)


def without_fleeting_vowel(stem: str) -> str | None:
    """The stem of the other forms of a genitive plural such as "сестёр" (сестра), "дощок" (дошка); None for others."""
    if len(stem) < _FLEETING or stem[-2] not in "ео" or not is_cyrillic(stem):
        return None
    return stem[:-2] + stem[-1] if stem[-1] not in _VOWELS and stem[-3] not in _VOWELS else None


def is_form(word: str, name: str, *, plural: bool) -> bool:
    """Whether a folded word is a folded name with another case ending: "кореї" of "корея", never "іван" of "іванов".

    `plural` admits genitive plurals ("снарядів"), which is wrong for people's names ("Іванів").
    """
    plain, base = word.translate(_ALPHABET), _strip(name.translate(_ALPHABET), _NOMINATIVE)
    if not plain.startswith(base):
        return False
    ending = plain[len(base) :]
    if not plural and base.endswith(_SURNAMES) and (ending in _FEMININE) != (name[-1] in "ая"):
        return False  # "Зеленська" is another person than "Зеленський"
    return not ending or ending in _CASES or (plural and ending in _PLURAL)


def _strip(word: str, endings: frozenset[str]) -> str:
    """Without its longest ending."""
    for size in range(min(_LONGEST, len(word) - SHORTEST), 0, -1):
        stem, ending = word[:-size], word[-size:]
        if ending in endings and (size == 1 or len(stem) > SHORTEST or _is_whole(stem, ending)):
            return stem
    return word


def _is_whole(stem: str, ending: str) -> bool:
    """Whether a stem of three letters is one: "вод-ою", "южн-ая", but not "кит-ая" (China) nor "збр-ою"."""
    sound = [letter in _VOWELS for letter in stem]
    return any(sound) and (ending in _OF_NOUNS or not (sound[-1] or sound[-2]))

"""Slips of the finger: which words somebody may have meant by a word that nothing on record knows.

One letter missing, too many or different, or two neighbours swapped (Damerau 1964), the first letter always right.
A different letter makes another word more easily than the rest, so it counts only in longer words.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from bot.core.search import numbers, slavic, units
from bot.core.search.stopwords import STOP_WORDS
from bot.core.search.wordlist import words

SHORTEST = 4  # letters
SHORTEST_CHANGED = 6  # letters of a word of which one may be different
SHORTEST_EVERYDAY = 5  # shorter words are too near to each other
MOST = 256  # words that are looked up for one slip
# Words of their own that are such a slip away from an everyday word (of the American English word list of Debian).
_OWN = words(
    "bellow booth litter litters loots minuet minuets minutest odder pries putts quiet rubble tones warren wroth"
)
_LATIN = "etaoinsrhldcumfpgwybvkxjqz"  # by frequency, so that the bound cuts the unlikely ones
_CYRILLIC = "оаеинтсрвлкмдпуяызбгчйхжшюцщэфіїєґьё"


def meant(word: str) -> Iterator[str]:
    """The words one slip away from a folded word, likelier kinds of slips first; none for short or mixed words."""
    if len(word) < SHORTEST or not word.isalpha():
        return
    letters = _CYRILLIC if slavic.is_cyrillic(word) else _LATIN if word.isascii() else ""
    seen = {word}
    for other in (*_swapped(word), *_without(word), *_with_one_more(word, letters), *_changed(word, letters)):
        if other not in seen:
            seen.add(other)
            yield other


def one_slip(word: str, other: str) -> bool:
    """One letter is missing, too many, different, or two neighbours changed places (Damerau 1964)."""
    if word == other or abs(len(word) - len(other)) > 1:
        return False
    start = next((at for at, (a, b) in enumerate(zip(word, other, strict=False)) if a != b), min(len(word), len(other)))
    left, right = word[start:], other[start:]
    if left[1:] == right or left == right[1:] or left[1:] == right[1:]:
        return True
    return left[:2] == right[1::-1] and left[2:] == right[2:]


def other_sex(word: str, name: str) -> bool:
    """Whether two surnames differ as those of a man and a woman do: "Zelenska" and "Zelensky"."""
    if word[:-1] != name[:-1] or len(word) != len(name):
        return False
    return {word[-1], name[-1]} in ({"a", "y"}, {"a", "i"}) and word[-3:-1] in {"sk", "ck", "tk"}


def everyday(word: str) -> str | None:
    """The one stop word, unit or word that asks for an amount which was meant; None when there is none, or several.

    Two neighbours must have changed places ("lenght"), or a letter be doubled or single by mistake ("untill"): "tanks"
    is not "thanks", "three" is not "there", and to drop it would be to answer another question.
    """
    if len(word) < SHORTEST_EVERYDAY or word in _OWN or numbers.small(word):
        return None
    found = {other for other in meant(word) if _by_hand(word, other) and _is_everyday(other)}
    return found.pop() if len(found) == 1 else None


def _by_hand(word: str, other: str) -> bool:
    """Two neighbours are swapped, or one of two equal neighbours is missing or too many."""
    if len(word) == len(other):
        return sorted(word) == sorted(other)
    return [letter for letter, _ in groupby(word)] == [letter for letter, _ in groupby(other)]


def _is_everyday(word: str) -> bool:
    return word in STOP_WORDS or units.unit_of(word) is not None or units.asked_of(word) is not None


def _swapped(word: str) -> Iterator[str]:
    for at in range(1, len(word) - 1):
        yield word[:at] + word[at + 1] + word[at] + word[at + 2 :]


def _without(word: str) -> Iterator[str]:
    if len(word) > SHORTEST:
        for at in range(1, len(word)):
            yield word[:at] + word[at + 1 :]


def _with_one_more(word: str, letters: str) -> Iterator[str]:
    for letter in letters:
        for at in range(1, len(word) + 1):
            yield word[:at] + letter + word[at:]


def _changed(word: str, letters: str) -> Iterator[str]:
    if len(word) >= SHORTEST_CHANGED:
        for letter in letters:
            for at in range(1, len(word)):
                yield word[:at] + letter + word[at + 1 :]

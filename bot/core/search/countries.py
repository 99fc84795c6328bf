"""The countries of the world and what they are called in some forty languages, known before anybody files them.

The table is the text file beside this module, made by tools/make_countries.py. It has a line `=JP|Japan` for each
country, then one line for each name, ordered by the name without its spaces: `日本|JP`, `korea|KP+KR` (either of
them), `guinea|GN~` (also part of the name of another country, so the word alone proves nothing), `pyongyang|KP^` (its
capital, which may speak for it). It stays one text in memory, searched by halving: a table of objects would take ten
times as much.
"""

from __future__ import annotations

import pkgutil
import re
from array import array
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import takewhile

from bot.core.search import slavic
from bot.core.search.sieve import Sieve

FILE = "countries.txt"
_LONGEST_WORD = 40  # characters; what is longer is no name of a country
_GERMAN = re.compile(r"(\w{3,}sch)e[mnrs]?")  # "japanische", "nordkoreanischen"
FIRST = 4  # letters that are sieved
_SHORTEST_PLURAL = 6  # "Japans": the genitive of some languages


@dataclass(frozen=True, slots=True)
class Country:
    """What a name in the table stands for."""

    words: tuple[str, ...]  # folded, as the table has them
    codes: tuple[str, ...]  # ISO 3166-1 alpha-2; several when the name means either
    shared: bool  # the word is also part of another country's name
    capital: bool = False  # the name is that of its capital


class Countries:
    """The table, read."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._houses: dict[str, str] = {}
        self._starts = array("I")
        self._stems: dict[str, tuple[int, ...]] = {}
        self._first_stems: set[str] = set()  # of names of several words
        self._first_ideographs: set[str] = set()
        self._beginnings = Sieve()  # where the first letters of a name fall: few other words pass
        start = 0
        while (end := text.find("\n", start)) >= 0:
            if text[start] == "=":
                code, _, name = text[start + 1 : end].partition("|")
                self._houses[code] = name
            else:
                self._take(start, text[start:end].partition("|")[0])
            start = end + 1

    def _take(self, start: int, name: str) -> None:
        self._starts.append(start)
        self._beginnings.add(name.replace(" ", "")[:FIRST])
        if "\u0400" <= name[0] <= "\u052f":
            words = name.split(" ")
            if all(map(slavic.is_cyrillic, words)):
                stems = [slavic.stem(word) for word in words]
                key = " ".join(stems)
                self._stems[key] = (*self._stems.get(key, ()), start)
                self._first_stems.update(stems[:1] if len(stems) > 1 else ())
        elif "\u3040" <= name[0] <= "\ud7af":
            self._first_ideographs.add(name[0])

    def __len__(self) -> int:
        return len(self._starts)

    def __iter__(self) -> Iterator[Country]:
        return map(self._country, self._starts)

    def house(self, code: str) -> str:
        """The English name of a country."""
        return self._houses[code]

    def find(self, words: Sequence[str]) -> Country | None:
        """The country of this name. Folded words, apart as usual or all of them written together.

        "i ran" is not "iran": words of a name may be joined, never parted.
        """
        key = "".join(words)
        if len(key) > _LONGEST_WORD:
            return None
        if not self._beginnings.passes(key[:FIRST]):
            return self._form(words)
        at = bisect_left(self._starts, key, key=self._key)
        spellings = []
        while at < len(self._starts) and self._key(self._starts[at]) == key:
            spellings.append(self._country(self._starts[at]))
            at += 1
        alike = next((each for each in spellings if len(each.words) == len(words)), None)
        return alike or (spellings[0] if spellings and len(words) == 1 else None) or self._form(words)

    def _form(self, words: Sequence[str]) -> Country | None:
        """The country of which this is another case. "Нігерії" is a form of Нігерія rather than of Нігер."""
        if all(map(slavic.is_cyrillic, words)):
            lines = self._stems.get(" ".join(map(slavic.stem, words)), ())
            forms = [
                country
                for country in map(self._country, lines)
                if all(
                    slavic.is_form(word, name, plural=False) for word, name in zip(words, country.words, strict=True)
                )
            ]
            return max(forms, key=lambda each: (_in_common(words, each.words), -len("".join(each.words))), default=None)
        (*rest, last) = words
        if german := _GERMAN.fullmatch(last):
            return self.find((*rest, german[1]))
        if last.endswith("s") and len(last) >= _SHORTEST_PLURAL and last.isascii():
            return self.find((*rest, last[:-1]))
        return None

    def reach(self, words: Sequence[str]) -> int:
        """How many of the words may belong to a name that begins with the first, at least 1."""
        if slavic.is_cyrillic(words[0]):
            return len(words) if slavic.stem(words[0]) in self._first_stems else 1
        size = 1
        while size < len(words) and self._leads_on("".join(words[:size])):
            size += 1
        return size

    def inside(self, run: str) -> tuple[Country, int] | None:
        """The longest name that an ideographic run begins with, and its length."""
        if run[:1] not in self._first_ideographs:
            return None
        size = 1
        while size < len(run) and self._leads_on(run[:size]):
            size += 1
        sizes = range(size, 1, -1)
        return next(((found, size) for size in sizes if (found := self.find((run[:size],)))), None)

    def _leads_on(self, key: str) -> bool:
        if len(key) >= FIRST and not self._beginnings.passes(key[:FIRST]):
            return False
        at = bisect_left(self._starts, key, key=self._key)
        return at < len(self._starts) and self._key(self._starts[at]).startswith(key)

    def near(self, word: str, alike: Callable[[str, str], bool]) -> frozenset[str]:
        """The codes of all names of one word with this first letter that are `alike`."""
        first = bisect_left(self._starts, word[0], key=self._key)
        last = bisect_left(self._starts, chr(ord(word[0]) + 1), key=self._key)
        return frozenset(
            code
            for country in map(self._country, self._starts[first:last])
            if len(country.words) == 1 and not country.capital and alike(word, country.words[0])
            for code in country.codes
        )

    def _line(self, start: int) -> str:
        return self._text[start : self._text.index("|", start)]

    def _key(self, start: int) -> str:
        return self._line(start).replace(" ", "")

    def _country(self, start: int) -> Country:
        name, _, codes = self._text[start : self._text.index("\n", start)].partition("|")
        bare = tuple(codes.rstrip("~^").split("+"))
        return Country(tuple(name.split(" ")), bare, codes.endswith("~"), codes.endswith("^"))


def _in_common(words: Sequence[str], name: Sequence[str]) -> int:
    """Letters with which each word begins like its counterpart."""
    pairs = zip(words, name, strict=True)
    return sum(sum(1 for _ in takewhile(lambda two: two[0] == two[1], zip(*pair, strict=False))) for pair in pairs)


@cache
def countries() -> Countries:
    """The table of the program, read when the first question comes."""
    data = pkgutil.get_data("bot.core.search", FILE)
    if data is None:
        raise FileNotFoundError(f"{FILE} is missing beside bot.core.search: the installation is not complete")
    return Countries(data.decode())

"""Words as the index and the queries see them: one analysis for both, so that they can meet.

Decisions: NFKC, then case folding. Marks on letters fall for Latin, Greek and Cyrillic ("Séoul" = "seoul", a stressed
"а́" = "а"), but й and ї stay letters of their own and ё counts as е. An apostrophe inside a word falls in every form
(U+0027, U+2019, U+02BC: "об'єкт" = "обʼєкт"), an English 's goes altogether. A hyphen parts words; names that were
written together or apart meet in the lexicon. Invisible and bidirectional characters, lone surrogates, NUL, emoji and
everything else that is neither letter nor digit part words or vanish, so no term holds white space or a quotation mark.
Only the signs of currencies and of percent are words: "$" is "dollar".
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from bot.core.search import slavic

Stem = Callable[[str], str]  # a folded word -> its stem

_LINK = re.compile(
    r"https?://\S+|www\.\S+|pic\.twitter\.com/\S+|\b[\w-]+(?:\.[\w-]+){0,4}\.[a-z]{2,6}/\S*|<(?:@[!&]?|#|a?:\w+:)\d+>",
    re.IGNORECASE,
)
_FRACTIONS = {"\u00bc": "25", "\u00bd": "5", "\u00be": "75"}
_FRACTION = re.compile(rf"(\d) ?([{''.join(_FRACTIONS)}])")  # "3½": NFKC would make 31/2 of it
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z][a-z])")
_TAG = re.compile(r"[#@]\w+")
_APOSTROPHES = "'\u2019\u02bc\u2018\u02b9`\u00b4"
_MARKS = "\u0300-\u036f\u0483-\u0487\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u0900-\u109f"
_LETTER = rf"[^\W\d_{_APOSTROPHES}]"
_SIGNS = {
    "$": "dollar", "€": "euro", "£": "pound", "¥": "yen", "₴": "hryvnia", "₽": "ruble", "₩": "won", "%": "percent",
}  # fmt: skip
_TOKEN = re.compile(
    r"(?P<number>\d{1,3}(?P<gap>[ ,.'\u2019])\d{3}(?!\d)(?:(?P=gap)\d{3}(?!\d))*(?:[.,]\d+)?|\d+(?:[.,]\d+)?)"
    rf"|(?P<sign>[{''.join(_SIGNS)}])"
    rf"|(?P<word>{_LETTER}[{_MARKS}]*(?:(?:[^\W_]|(?<=\w)[{_APOSTROPHES}](?={_LETTER}))[{_MARKS}]*)*)"
)
_PLAIN_LATIN = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ð": "d", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th"})
_DROP_APOSTROPHES = str.maketrans(dict.fromkeys(_APOSTROPHES))
_POSSESSIVE = re.compile(rf"(?<=[a-z])[{_APOSTROPHES}]s$", re.IGNORECASE)
_IDEOGRAPH = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff]")
_UNSAFE = re.compile(r"[\s\"']+")
REMEMBERED = 512  # words whose stems are kept: reading one message asks for each of its words many times
LONGEST_WORD = 64  # characters; what is longer is noise, and is cut the same way on both sides


class Script(StrEnum):
    """What a token is made of, as far as it is treated differently."""

    WORD = "word"  # letters with spaces between words
    IDEOGRAPHIC = "ideographic"  # Han, Kana, Hangul: names are looked for inside it
    NUMBER = "number"
    SIGN = "sign"  # of a unit; its text is the unit's word


@dataclass(frozen=True, slots=True)
class Token:
    """One word or number: folded, and as it was typed."""

    text: str  # folded; a number keeps its separators
    surface: str
    script: Script
    start: int  # within the cleaned text
    end: int


def cleaned(text: str) -> str:
    """Text without what nobody can see or type on purpose; NFKC, one line, hashtags in camel case parted."""
    if text.isascii() and text.isprintable():  # most of what is typed: nothing in it can be invisible or composed
        text = _LINK.sub(" ", text)
    else:
        text = "".join(" " if _is_gap(char) else char for char in text if not _is_invisible(char))
        text = _FRACTION.sub(lambda match: f"{match[1]}.{_FRACTIONS[match[2]]}", text)
        text = unicodedata.normalize("NFKC", _LINK.sub(" ", text))
    return _TAG.sub(lambda tag: parted(tag[0]), text)


def parted(text: str) -> str:
    """Text with words in camel case parted: "KoksanHowitzers"."""
    return _CAMEL.sub(" ", text)


def fold(word: str) -> str:
    """A word without case, marks and apostrophes."""
    word = _POSSESSIVE.sub("", word).translate(_DROP_APOSTROPHES)
    if word.isascii():
        return word.lower()[:LONGEST_WORD]
    word = unicodedata.normalize("NFC", unicodedata.normalize("NFKC", word).casefold())
    if any("\u0400" <= char <= "\u052f" for char in word):
        word = "".join(char for char in word.replace("ё", "е") if unicodedata.category(char) != "Mn")
    elif any(char < "\u0400" or "\u1e00" <= char <= "\u1fff" for char in word):
        parts = unicodedata.normalize("NFD", word)
        word = unicodedata.normalize("NFC", "".join(char for char in parts if unicodedata.category(char) != "Mn"))
    return word.translate(_PLAIN_LATIN)[:LONGEST_WORD]


def slot(kind: str, name: str) -> str:
    """The term of an id: `e:` entity, `t:` topic, `s:` somebody who says or passes on."""
    return f"{kind}:{_UNSAFE.sub('-', name)}"


class Analysis:
    """How text becomes tokens and tokens become terms."""

    def __init__(self, stem: Stem, german: Stem | None = None) -> None:
        """`stem` is asked for every word but Cyrillic ones, which have stems of our own for two languages at once.

        `german` is asked beside it for the words of German texts, names and questions; without it they have no more.
        """
        self._stem = stem
        self._remembered = lru_cache(REMEMBERED)(self._stemmed)
        self._german = german

    def tokens(self, text: str) -> tuple[Token, ...]:
        """The words and numbers of a text, in order."""
        text = cleaned(text)
        return tuple(token for match in _TOKEN.finditer(text) if (token := _token(match)).text)

    def stem(self, word: str) -> str:
        """The stem of a folded word. The script decides: a query does not say its language."""
        return self._remembered(word)

    def _stemmed(self, word: str) -> str:
        return slavic.stem(word) if slavic.is_cyrillic(word) else self._stem(word)

    def german(self, word: str) -> str | None:
        """The term of a folded word of a German text, `g:` and its stem, or None for words in other letters."""
        return f"g:{self._german(word)}" if self._german and word.isascii() else None

    def forms(self, word: str) -> tuple[str, ...]:
        """The terms under which a folded word is indexed: itself, and its stem where that differs."""
        stem = self.stem(word)
        return (word,) if stem == word or not stem else (word, stem)

    def pieces(self, word: str) -> tuple[str, ...]:
        """Pairs of neighbouring characters of an ideographic run, which has no spaces to part its words."""
        return tuple(word[at : at + 2] for at in range(len(word) - 1)) if len(word) > 2 else ()


def _token(match: re.Match[str]) -> Token:
    surface = match[0]
    if match["number"]:
        digits = surface if surface.isascii() else "".join(_digit(char) for char in surface)
        return Token(digits, surface, Script.NUMBER, *match.span())
    if match["sign"]:
        return Token(_SIGNS[surface], surface, Script.SIGN, *match.span())
    word = fold(surface)
    script = Script.IDEOGRAPHIC if _IDEOGRAPH.search(word) else Script.WORD
    return Token(word, surface, script, *match.span())


def _digit(char: str) -> str:
    value = unicodedata.decimal(char, None)
    return char if value is None else str(value)


def _is_gap(char: str) -> bool:
    return char < " " or unicodedata.category(char) in {"Zl", "Zp", "Zs"}


def _is_invisible(char: str) -> bool:
    """Format characters (bidi, zero width), lone surrogates, private and unassigned ones; NUL and its like are gaps."""
    return char >= "\x7f" and unicodedata.category(char) in {"Cf", "Cs", "Co", "Cn"}

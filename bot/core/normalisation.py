"""Which differences between two printings of the same words do not count, with the way back to the original.

Version 2, in this order: invisible characters are removed (soft hyphen, zero-width characters and direction marks,
byte order mark); Unicode NFC; each run of white space becomes one space, or an empty line (two LF) where it holds more
than one line break: so the width at which a text was wrapped does not count, and paragraphs stay apart; typographic
quotation marks and apostrophes become `"` and `'`. Letters, digits, case and dashes stay as they are.
Changing any of this is a new version: selectors and hashes on file name the version they were made with.
(Version 1 kept every line break.)
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

VERSION = 2

_REMOVED = frozenset("\u00ad\u180e\u200b\u200c\u200d\u200e\u200f\u2060\ufeff")
_BREAKS = {"\n": 1, "\r": 1, "\x0b": 1, "\x0c": 2, "\x85": 1, "\u2028": 1, "\u2029": 2}  # 2: ends a paragraph by itself
_BLANKS = frozenset(
    "\t \u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
)
_MARKS = dict.fromkeys("“”„‟«»＂", '"') | dict.fromkeys("‘’‚‛‹›＇", "'")
_FIRST_THAT_COMPOSES = "\u0300"  # nothing below combines with the character before it


_WHITE = _BLANKS | _BREAKS.keys()
_TOUCHED = re.compile(
    f"[{''.join(sorted(_REMOVED | _MARKS.keys() | _WHITE - {' ', chr(10)}))}]|  | \n|\n |\n{{3}}|(?<!\n)\n(?!\n)"
)


@dataclass(frozen=True, slots=True)
class Normalised:
    """A normalised text and, for each of its characters, the part of the original that it stands for."""

    original: str
    text: str
    starts: Sequence[int]  # code points in the original, never decreasing
    ends: Sequence[int]  # exclusive, never decreasing

    def original_slice(self, start: int, end: int) -> str:
        """The original behind a slice of the normalised text; invisible characters at its ends are left out."""
        return self.original[self.starts[start] : self.ends[end - 1]] if start < end else ""


def normalise(text: str) -> Normalised:
    """Normalise with version 2. Doing it again changes nothing."""
    if unicodedata.is_normalized("NFC", text) and not _TOUCHED.search(text):
        return Normalised(text, text, range(len(text)), range(1, len(text) + 1))
    characters: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for character, start, end in _spaced(_composed(text)):
        characters.append(_MARKS.get(character, character))
        starts.append(start)
        ends.append(end)
    return Normalised(text, "".join(characters), tuple(starts), tuple(ends))


def _spaced(characters: Iterable[tuple[str, int, int]]) -> Iterator[tuple[str, int, int]]:
    """The characters with each run of white space as a space or an empty line."""
    run: list[tuple[str, int, int]] = []
    for item in characters:
        if item[0] in _WHITE:
            run.append(item)
            continue
        yield from _white(run)
        run.clear()
        yield item
    yield from _white(run)


def _white(run: Sequence[tuple[str, int, int]]) -> Iterator[tuple[str, int, int]]:
    if not run:
        return
    start, end = run[0][1], run[-1][2]  # of both line breaks: neither stands for a part of the run
    signs = "".join(character for character, _, _ in run).replace("\r\n", "\n")
    for character in "\n\n" if sum(_BREAKS.get(sign, 0) for sign in signs) > 1 else " ":
        yield character, start, end


def _composed(text: str) -> Iterator[tuple[str, int, int]]:
    """Visible characters in NFC; characters that combine share their place."""
    piece, first, last = "", 0, 0
    for place, character in enumerate(text):
        if character in _REMOVED:
            continue
        if piece and _combines(piece, character):
            piece, last = piece + character, place + 1
            continue
        for part in unicodedata.normalize("NFC", piece):
            yield part, first, last
        piece, first, last = character, place, place + 1
    for part in unicodedata.normalize("NFC", piece):
        yield part, first, last


def _combines(piece: str, character: str) -> bool:
    """Does NFC treat the character together with the piece before it?"""
    if character < _FIRST_THAT_COMPOSES:
        return False
    if unicodedata.combining(unicodedata.normalize("NFD", character)[0]):
        return True
    joined = unicodedata.normalize("NFC", piece + character)
    return joined != unicodedata.normalize("NFC", piece) + unicodedata.normalize("NFC", character)

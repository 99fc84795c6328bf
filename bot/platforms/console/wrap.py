"""Breaking lines to a width in terminal columns; the characters themselves are never altered.

A break takes the place of one space. Words without spaces to break at (Chinese, Japanese, long links) break between
characters. Source of the widths: Unicode Standard Annex #11, as far as Python's `unicodedata` has it.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

_TAB = 8


def columns(text: str) -> int:
    """How many columns a terminal gives to a text."""
    return len(text) if text.isascii() and "\t" not in text else sum(map(_width, text))


def wrapped(text: str, width: int | None) -> list[str]:
    """The text in lines of at most `width` columns; None leaves each line as long as it is."""
    if width is None:
        return text.split("\n")
    return [piece for line in text.split("\n") for piece in _broken(line, max(width, 4))]


def _broken(line: str, width: int) -> Iterator[str]:
    start = 0
    while start < len(line):
        end = _reach(line, start, width)
        if end == len(line):
            break
        at = line.rfind(" ", start, end + 1)
        if at > start and line[start:at].strip() and not _wide(line, end):
            yield line[start:at]
            start = at + 1
        else:
            yield line[start:end]
            start = end
    yield line[start:]


def _reach(line: str, start: int, width: int) -> int:
    """The first index whose character no longer fits; always past `start`, and never before a combining mark."""
    used = 0
    for index in range(start, len(line)):
        used += _width(line[index])
        if used > width and index > start and _width(line[index]):
            return index
    return len(line)


def _wide(line: str, index: int) -> bool:
    """Whether a line may break right before this character: both neighbours are ideographs or the like."""
    return all(
        unicodedata.category(sign) == "Lo" and _width(sign) == 2 and not _hangul(sign)
        for sign in line[index - 1 : index + 1]
    )


def _hangul(sign: str) -> bool:
    return "\uac00" <= sign <= "\ud7a3"  # Korean is written with spaces and breaks at them


def _width(sign: str) -> int:
    if sign == "\t":
        return _TAB
    if unicodedata.category(sign) in ("Mn", "Me", "Cf") or "\u1160" <= sign <= "\u11ff":
        return 0
    return 2 if unicodedata.east_asian_width(sign) in "WF" else 1

"""A long text in pieces that each fit a message: cut after a sentence, else between words, never inside a number."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.commands.parts import apart

_SENTENCE_END = re.compile(r"[.!?…][\"'”’»)\]*]*(?=\s)|[。！？][」』”’]*")
_GAP = re.compile(r"(?<![\d\s])\s+|(?<!\s)\s+(?![\d\s])")  # "3 500 000" has no gap that may be cut


def size(text: str) -> int:
    """Length as the strictest reader counts it: UTF-16 code units.

    Discord's server counts code points (https://github.com/discord/discord-api-docs/issues/1315), its clients UTF-16.
    """
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def pieces(text: str, room: int) -> Iterator[tuple[int, int]]:
    """(start, end) of pieces of at most `room` UTF-16 units; only white space is left out between them.

    The text is escaped: a backslash is never parted from the sign behind it.
    """
    start = 0
    while start < len(text):
        window = _window(text, start, room)
        end = len(text) if window >= len(text) else _cut(text, start, window)
        yield start, end
        start = end + len(text[end:]) - len(text[end:].lstrip())


def _window(text: str, start: int, room: int) -> int:
    """The furthest end whose piece still fits."""
    end = min(len(text), start + room)
    while size(text[start:end]) > room:
        end -= max(1, (size(text[start:end]) - room) // 2)
    return end


def _cut(text: str, start: int, window: int) -> int:
    middle = start + (window - start) // 2
    sentences = [match.end() for match in _SENTENCE_END.finditer(text, start, window + 1) if match.end() <= window]
    if sentences and sentences[-1] > middle:
        return sentences[-1]
    gaps = [match.start() for match in _GAP.finditer(text, start + 1, window + 1)]
    if gaps and gaps[-1] > start:
        return gaps[-1]
    end = window
    while end > start + 1 and not apart(text, end):
        end -= 1
    return end if end > start + 1 else window

"""The sentences around a passage, cut where a reader would cut."""

from __future__ import annotations

import re

_END = re.compile(r"[.!?…。！？]+[\"'”’»)\]]*(?=\s|$)|\n+")


def around(text: str, start: int, end: int, *, sentences: int = 2, limit: int = 400) -> tuple[str, str]:
    """What stands before and after text[start:end]: up to so many sentences and characters on each side.

    Both parts are pieces of `text`, cut at sentence ends, else at white space, never in the words themselves.
    """
    return _before(text[:start], sentences, limit), _after(text[end:], sentences, limit)


def _before(text: str, sentences: int, limit: int) -> str:
    ends = [match.end() for match in _END.finditer(text.rstrip())]
    # a sentence that has begun runs on into the passage and comes on top
    piece = text[ends[-sentences - 1] if len(ends) > sentences else 0 :].lstrip()
    if len(piece) <= limit:
        return piece
    short = piece[-limit:]
    return short[short.find(" ") + 1 :]


def _after(text: str, sentences: int, limit: int) -> str:
    ends = [match.end() for match in _END.finditer(text)]
    # the passage may end inside a sentence: what is left of it counts as one
    piece = text[: ends[sentences - 1]] if len(ends) >= sentences else text
    piece = piece.rstrip()
    if len(piece) <= limit:
        return piece
    short = piece[:limit]
    return short[: short.rfind(" ")] if " " in short else short

"""The quotations in a pasted passage, in order, exactly as printed there."""

from __future__ import annotations

from itertools import islice

from bot.core.normalisation import Normalised, normalise
from bot.core.quotation import in_quotation_marks
from bot.core.verbatim import occurrences

MOST = 10
_SHORTEST = 2  # words: a single one between marks is rarely a statement
_MARKS = "\"'「『"
_CLOSING = "\"'」』"
LONGEST = 2_000  # characters
_TRIED = 50  # closing marks at which a longer one may end


def quotations(passage: str) -> tuple[str, ...]:
    """What stands between the outermost quotation marks, without them and a comma or full stop before the last."""
    text = normalise(passage)
    found: dict[str, None] = {}
    place = 0
    while place < len(text.text) and len(found) < MOST:
        end = _end(text.text, place + 1) if text.text[place] in _MARKS else None
        if end is None:
            place += 1
            continue
        words = " ".join(text.original_slice(place + 1, end).split())
        if len(words.split()) >= _SHORTEST and _stands(text, words):
            found[words] = None
        place = end + 1
    return tuple(found)


def longer(passage: str) -> int:
    """How long the first quotation is that is too long to be offered; 0 where there is none."""
    text = normalise(passage).text
    for start, mark in enumerate(text, 1):
        if mark in _MARKS and not text[start - 2 : start - 1].isalnum():
            end = _closed(text, start, range(min(len(text), start + LONGEST), len(text)), _TRIED)
            return end - start if end is not None else 0
    return 0


def _stands(text: Normalised, words: str) -> bool:
    """Whether just these words, on one line, would be found between marks again."""
    return any(in_quotation_marks(text.text, each.start, each.end) for each in occurrences(text, words))


def _end(text: str, start: int) -> int | None:
    """Where the quotation ends that begins here; None where none does."""
    return _closed(text, start, range(start + 1, min(len(text), start + LONGEST)), LONGEST)


def _closed(text: str, start: int, places: range, most: int) -> int | None:
    """The end of the quotation at the first of these places that closes it; `most` marks are tried."""
    for closing in islice((place for place in places if text[place] in _CLOSING), most):
        end = closing - 1 if text[closing - 1] in ",." else closing
        if end > start and in_quotation_marks(text, start, end):
            return end
    return None

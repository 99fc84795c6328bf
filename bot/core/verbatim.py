"""Do exactly these words stand in that text, at that place, between quotation marks?

Selectors are those of the W3C Web Annotation model (https://www.w3.org/TR/annotation-model/#selectors):
a quote with up to 32 characters around it, and positions, both over the normalised text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from hashlib import sha256

from bot.core.model.source import CheckResult, Selector
from bot.core.normalisation import Normalised, normalise

CONTEXT = 32  # code points kept on each side of a quote

_CLOSING = {'"': '"', "'": "'", "「": "」", "『": "』"}
_BEFORE_CLOSING = ",."  # may stand between the last word and the closing mark
_NUMBER_GOES_ON = re.compile(r"[.,]?\d")
_NUMBER_BEFORE = re.compile(r"\d[.,]?\Z")


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """What comparing words with a text gave."""

    result: CheckResult
    start: int = 0  # where the words stand in the normalised text; 0, 0 when they do not
    end: int = 0
    quoted: bool = False  # between quotation marks there
    whole: bool = False  # neither begins nor ends inside a word or number


def fingerprint(text: str) -> str:
    """SHA-256 in hexadecimal of a text's UTF-8 bytes."""
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def occurrences(text: Normalised, words: str) -> tuple[Selector, ...]:
    """A selector for each place at which the words stand, in order; overlapping places count."""
    exact = normalise(words).text
    return tuple(_selector(text.text, exact, start) for start in _places(text.text, exact))


def resolve(text: Normalised, selector: Selector) -> Selector | None:
    """The place that a selector means in this text, as a new selector.

    Of several places that one counts which shares most of the context with the selector, then the nearest one.
    None when the words stand nowhere.
    """
    places = _places(text.text, selector.exact)
    if not places:
        return None

    def fit(start: int) -> tuple[int, int]:
        here = _selector(text.text, selector.exact, start)
        shared = _shared(here.prefix[::-1], selector.prefix[::-1]) + _shared(here.suffix, selector.suffix)
        return shared, -abs(start - selector.start)

    return _selector(text.text, selector.exact, max(places, key=fit))


def compare(text: Normalised | None, words: str, selector: Selector | None) -> Comparison:
    """Compare words with a text; without a selector the first place counts, one between quotation marks before others.

    EXACT: the text as obtained has the very same characters. NORMALISED: the same after normalisation.
    UNVERIFIABLE: there is no text. A selector whose words are not `words` is NOT_FOUND.
    """
    if text is None:
        return Comparison(result=CheckResult.UNVERIFIABLE)
    if selector is None:
        places = occurrences(text, words)
        place = next((here for here in places if in_quotation_marks(text.text, here.start, here.end)), None)
        place = place or next(iter(places), None)
    else:
        place = resolve(text, selector) if selector.exact == normalise(words).text else None
    if place is None:
        return Comparison(result=CheckResult.NOT_FOUND)
    same = text.original_slice(place.start, place.end) == words
    return Comparison(
        result=CheckResult.EXACT if same else CheckResult.NORMALISED,
        start=place.start,
        end=place.end,
        quoted=in_quotation_marks(text.text, place.start, place.end),
        whole=stands_whole(text.text, place.start, place.end),
    )


def in_quotation_marks(text: str, start: int, end: int) -> bool:
    """Does a quotation mark open directly before `start` and its partner close directly after `end`?

    A comma or a full stop may stand before the closing mark. Blanks inside the marks, as French sets them, count
    only where the marks of the paragraph pair up that way. `text` is normalised.
    """
    before = text[max(0, start - 1) : start]
    spaced = before == " "
    opening = start - 2 if spaced else start - 1
    if opening < 0 or text[opening] not in _CLOSING:
        return False
    mark = text[opening]
    if spaced and (mark != '"' or text.count(mark, text.rfind("\n", 0, opening) + 1, opening) % 2):
        return False  # that mark closes an earlier quotation
    if not spaced and mark in "\"'" and opening and (text[opening - 1].isalnum() or text[opening - 1] in ".!?"):
        return False  # an apostrophe, or a mark that closes what stands before it
    rest = text[end : end + 3]
    if rest[:1] and rest[0] in _BEFORE_CLOSING:
        rest = rest[1:]
    if spaced:
        rest = rest.removeprefix(" ")
    closes = rest[:1] == _CLOSING[mark]
    return closes and not (mark == "'" and rest[1:2].isalnum())


def stands_whole(text: str, start: int, end: int) -> bool:
    """False when the place begins or ends inside a word or inside a number ("3" of "3.5")."""
    if start >= end:
        return False
    first, last = text[start], text[end - 1]
    if first.isalnum() and text[max(0, start - 1) : start].isalnum() and not _separate(text[start - 1], first):
        return False
    if last.isalnum() and text[end : end + 1].isalnum() and not _separate(last, text[end]):
        return False
    if first.isdigit() and _NUMBER_BEFORE.search(text[max(0, start - 2) : start]):
        return False
    return not (last.isdigit() and _NUMBER_GOES_ON.match(text[end : end + 2]))


def _separate(left: str, right: str) -> bool:
    """Scripts without blanks between words have no visible word ends."""
    return _unspaced(left) or _unspaced(right)


def _unspaced(character: str) -> bool:
    # Thai to Myanmar and Khmer; kana, Han and Hangul (particles follow Hangul words without a blank).
    code = ord(character)
    return 0x0E00 <= code < 0x10A0 or 0x1780 <= code < 0x1800 or 0x3040 <= code < 0xD7B0 or 0x20000 <= code < 0x40000


def _places(text: str, words: str) -> list[int]:
    places: list[int] = []
    start = text.find(words) if words else -1
    while start >= 0:
        places.append(start)
        start = text.find(words, start + 1)
    return places


def _selector(text: str, exact: str, start: int) -> Selector:
    end = start + len(exact)
    return Selector(
        exact=exact,
        prefix=text[max(0, start - CONTEXT) : start],
        suffix=text[end : end + CONTEXT],
        start=start,
        end=end,
    )


def _shared(left: str, right: str) -> int:
    """How many leading characters two texts share."""
    count = 0
    for one, other in zip(left, right, strict=False):
        if one != other:
            break
        count += 1
    return count

"""Do exactly these words stand in that text, at that place, between quotation marks?

Selectors are those of the W3C Web Annotation model (https://www.w3.org/TR/annotation-model/#selectors):
a quote with up to 32 characters around it, and positions, both over the normalised text.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from hashlib import sha256

from bot.core.model.source import CheckResult, Selector
from bot.core.normalisation import Normalised, normalise
from bot.core.quotation import is_one_quotation, marks_around, marks_match

CONTEXT = 32  # code points kept on each side of a quote

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


def passage_hash(selector: Selector) -> str:
    """SHA-256 in hexadecimal of a place in a text: its words, what stands around them, and where.

    Of the JSON list [exact, prefix, suffix, start, end] without blanks, all other than ASCII as \\u escapes.
    """
    place = [selector.exact, selector.prefix, selector.suffix, selector.start, selector.end]
    return fingerprint(json.dumps(place, separators=(",", ":"), ensure_ascii=True))


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


def compare(text: Normalised | None, words: str, selector: Selector | None, *, as_printed: bool = True) -> Comparison:
    """Compare words with a text; without a selector the first place counts, one between quotation marks before others.

    EXACT: the text as obtained has the very same characters. NORMALISED: the same after normalisation.
    UNVERIFIABLE: there is no text. A selector whose words are not `words` is NOT_FOUND. With `as_printed` false, the
    text was normalised before: which shape its quotation marks had is no longer known, and EXACT is never claimed.
    """
    if text is None:
        return Comparison(result=CheckResult.UNVERIFIABLE)
    printed_as = None if as_printed else words
    if selector is None:
        places = occurrences(text, words)
        place = next((here for here in places if _quoted(text, here.start, here.end, printed_as)), None)
        place = place or next(iter(places), None)
    else:
        place = resolve(text, selector) if selector.exact == normalise(words).text else None
    if place is None:
        return Comparison(result=CheckResult.NOT_FOUND)
    same = as_printed and text.original_slice(place.start, place.end) == words
    return Comparison(
        result=CheckResult.EXACT if same else CheckResult.NORMALISED,
        start=place.start,
        end=place.end,
        quoted=_quoted(text, place.start, place.end, printed_as),
        whole=stands_whole(text.text, place.start, place.end),
    )


def _quoted(text: Normalised, start: int, end: int, printed_as: str | None) -> bool:
    """One quotation, judged by the marks as they were printed; `printed_as` stands in where the text lost them."""
    marks = marks_around(text.text, start, end)
    if marks is None:
        return False
    if printed_as is not None:
        return is_one_quotation(printed_as, text.text[marks.opening])
    opening, closing = (text.original_slice(place, place + 1) for place in (marks.opening, marks.closing))
    return marks_match(opening, closing, spaced=marks.spaced) and is_one_quotation(
        text.original_slice(start, end), text.text[marks.opening]
    )


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

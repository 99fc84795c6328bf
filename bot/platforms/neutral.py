"""Characters that hide or reorder what a reader sees, made harmless at the last moment, whatever the platform.

Stored words keep them. What changes the order of the text is shown as a mark; what shows nothing is left out; what
cannot be shown at all becomes U+FFFD. Joiners stay where they shape letters or an emoji. Sources of the lists: UAX #9
(directional formatting characters), Unicode's Default_Ignorable_Code_Point, UTS #51 (emoji sequences).
"""

from __future__ import annotations

import re

_ORDER = "\u202a-\u202e\u2066-\u2069"  # embeddings, overrides, isolates
_SILENT = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u200e\u200f\u2060-\u2065\u206a-\u206f"
    "\u2800\u3164\ufeff\uffa0\ufff0-\ufff8\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
_JOINERS = "\u200c\u200d"
_SELECTORS = "\ufe00-\ufe0f"
_UNSHOWABLE = "\x00-\x08\x0b-\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufff9-\ufffb\ufffe\uffff"
_HIDDEN = re.compile(f"[{_ORDER}{_SILENT}{_JOINERS}{_SELECTORS}{_UNSHOWABLE}]")

# Scripts in which a joiner changes the shape of letters: Arabic and its kin, the scripts of India and South-East Asia.
_JOINED = re.compile("[\u0600-\u08ff\u0900-\u109f\u1780-\u18af\ufb50-\ufdcf\ufdf0-\ufdff\ufe70-\ufefc]")
_PICTURE = re.compile("[\u00a9\u00ae\u203c-\u3299\U0001f000-\U0001faff#*0-9]")


def visible(text: str) -> str:
    """The text without hidden or reordering characters; line breaks and everything that can be seen stay."""
    return _HIDDEN.sub(_shown, text) if not text.isascii() or not text.isprintable() else text


def _shown(match: re.Match[str]) -> str:
    sign = match[0]
    if re.match(f"[{_ORDER}]", sign):
        return f"⟨U+{ord(sign):04X}⟩"
    before = match.string[match.start() - 1 : match.start()]
    after = match.string[match.end() : match.end() + 1]
    if sign in _JOINERS and ((_JOINED.match(before) and _JOINED.match(after)) or _joins_pictures(sign, before, after)):
        return sign
    if re.match(f"[{_SELECTORS}]", sign):
        return sign if _PICTURE.match(before) else ""
    return "\ufffd" if re.match(f"[{_UNSHOWABLE}]", sign) else ""


def _joins_pictures(sign: str, before: str, after: str) -> bool:
    """Whether U+200D stands between two parts of an emoji; the part before may end in a selector or a skin tone."""
    return sign == "\u200d" and bool(re.match(f"{_PICTURE.pattern}|[{_SELECTORS}]", before) and _PICTURE.match(after))


_BREAKS = re.compile("\r\n|[\r\v\f\x1c-\x1e\x85\u2028\u2029]")


def lines(text: str) -> list[str]:
    """The visible text in lines, whatever sign breaks them: none may return to the start of a line to overwrite it."""
    return visible(_BREAKS.sub("\n", text)).split("\n")


def one_line(text: str) -> str:
    """The visible text on one line: a name or title cannot forge a line of the answer."""
    return " ".join(lines(text))

"""What is too long for a few chat messages, in parts: cut after a sentence, seen to be cut, and nothing lost.

No part ends inside a number, and none between a negation and what it denies: where no sentence ends in reach, a gap far
from both is taken.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

ROOM = 3000  # weight of a part: with its other lines it fits four messages of 2,000 UTF-16 units, however it is escaped
CUT = "[…]"

_SENTENCE_END = re.compile(r"(?P<mark>[.!?…]+)[\"'”’»)\]]*(?=\s)|[。！？][」』”’]*|\n+")
_LAST_WORD = re.compile(r"[^\s\"'“”„«»()\[\]]*\Z")
_LETTERS = 4  # a shorter word before a full stop may be an abbreviation
_NEAR = 4  # words beside a gap that must be neither number nor negation
_NEGATION = re.compile(
    r"(?:no|not|nor|none|never|neither|nobody|nothing|nowhere|without|cannot|hardly|scarcely|.*n['’]t"
    r"|не|ні|ані|нема|немає|нічого|ніхто|ніколи|ніде|без|нет|ни|никто|ничего|никогда"
    r"|nicht|kein\w*|nie|niemals|ohne|ne|pas|jamais|sans|sin|nunca|bez|안|못|.*(?:않|없|아니|말).*)",
    re.IGNORECASE,
)
_NUMBER = re.compile(
    r".*\d.*|(?:half|two|three|four|five|six|seven|eight|nine|ten|twenty|thirty|forty|fifty|sixty|hundred|thousand|million|billion|trillion|dozen|тисяч|мільйон|мільярд|сот|тысяч|миллион|миллиард)\w*",
    re.IGNORECASE,
)
_HEAVY = re.compile(r"[!-/:-@\[-`{-~]|[^\x00-\uffff]")  # may be escaped, or counts twice
_HEAVIEST = re.compile("[\u202a-\u202e\u2066-\u2069\n]")  # shown as a mark of eight signs


def weight(text: str) -> int:
    """Signs that a platform may need for the text at most, whatever it escapes."""
    return len(text) + len(_HEAVY.findall(text)) + 7 * len(_HEAVIEST.findall(text))


def parts(text: str, room: int = ROOM) -> tuple[str, ...]:
    """The text in pieces of at most `room`, at least one; only white space between them is left out."""
    return tuple(_pieces(text, room)) or (text,)


def marked(pieces: tuple[str, ...], place: int) -> str:
    """One of the pieces, counted from 1, with "[…]" where the text goes on."""
    before, after = f"{CUT} " if place > 1 else "", f" {CUT}" if place < len(pieces) else ""
    return f"{before}{pieces[place - 1]}{after}"


def is_long(text: str) -> bool:
    """Whether an answer shows only the beginning of these words."""
    return weight(text) > ROOM


def ended(text: str) -> str:
    """A text that is broken off: up to its last sentence or a gap, at least eight characters shorter, then "[…]"."""
    return f"{text[: _cut(text, 0, max(1, len(text) - 8))].rstrip()} {CUT}"


def _pieces(text: str, room: int) -> Iterator[str]:
    start = 0
    while start < len(text):
        window = _window(text, start, room)
        end = len(text) if window >= len(text) else _cut(text, start, window)
        yield text[start:end]
        start = end + len(text[end:]) - len(text[end:].lstrip())


def _window(text: str, start: int, room: int) -> int:
    """The furthest end whose piece still fits; at least one character."""
    end = min(len(text), start + room)
    while end > start + 1 and (over := weight(text[start:end]) - room) > 0:
        end = max(start + 1, end - max(1, over // 9))
    return end


def _cut(text: str, start: int, window: int) -> int:
    """Where a piece ends that may reach up to `window`."""
    least = start + (window - start) // 4
    ends = [match.end() for match in _SENTENCE_END.finditer(text, least, window) if _ends(text, match)]
    if ends:
        return ends[-1]
    gaps = [match.start() for match in re.finditer(r"\s+", text[least : window + 1])]
    gaps = [least + gap for gap in gaps if gap]
    calm = next((gap for gap in reversed(gaps) if _calm(text, gap)), None)
    if calm is not None:
        return calm
    end = gaps[-1] if gaps else window
    while end > start + 1 and not apart(text, end):
        end -= 1
    return end if end > start + 1 else window


def _ends(text: str, match: re.Match[str]) -> bool:
    """Whether a sentence is over here: "No. 5", "J. Doe" and "approx. three" go on."""
    if match["mark"] != ".":
        return True
    before = _LAST_WORD.search(text, max(0, match.start() - 40), match.start())
    word = before[0] if before else ""
    following = text[match.end() : match.end() + 8].lstrip()[:1]
    return len(word) >= _LETTERS and "." not in word and not following.islower() and not following.isdigit()


def _calm(text: str, gap: int) -> bool:
    """Whether neither a number nor a negation is near."""
    around = (*text[max(0, gap - 100) : gap].split()[-_NEAR:], *text[gap : gap + 100].split()[:_NEAR])
    words = [word.strip("\"'“”„«»()[]*_,.;:!?") for word in around]
    if text[:gap].endswith("."):
        return False  # an abbreviation, or a sentence that goes on
    return not any(_NEGATION.fullmatch(word) or _NUMBER.fullmatch(word) for word in words)


def apart(text: str, at: int) -> bool:
    """Whether a cut before text[at] parts no number, no sign from its marks, no backslash from its sign."""
    before, after = text[at - 1], text[at]
    escaped = (at - len(text[:at].rstrip("\\"))) % 2 == 1
    mark = bool(unicodedata.combining(after)) or after in "\u200c\u200d" or "\ufe00" <= after <= "\ufe0f"
    number = (before.isdigit() and after in ".,0123456789") or (before in ".," and after.isdigit())
    spaced = after.isspace() and before.isdigit() and text[at:].lstrip()[:1].isdigit()
    return not (escaped or mark or number or spaced or before == "\u200d")

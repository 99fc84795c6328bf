"""Is a passage one quotation: does it open with a mark, close with its partner, and stay inside all the way?"""

from __future__ import annotations

from dataclasses import dataclass

_CLOSING = {'"': '"', "'": "'", "「": "」", "『": "』"}  # in a normalised text
_BEFORE_CLOSING = ",."  # may stand between the last word and the closing mark
_ENDS_BEFORE_A_CLOSING_MARK = frozenset(".,;!?…)]")  # what stands before an opening mark is none of these

# As printed: which marks may close what a mark opens, in the ways of the languages that use them.
_PARTNERS = {'"': '"”＂', "＂": '＂"', "“": '”"', "„": '“”"', "‟": '”"', "«": "»", "»": "«»", "”": "”"}
_DOUBLE = frozenset('"＂“”„‟«»')
_SINGLE = frozenset("'＇‘’‚‛‹›")
_CORNERS = {"「": 1, "『": 1, "」": -1, "』": -1}
_BY_SHAPE = {"“": 1, "«": 1, "„": 1, "‘": 1, "‹": 1, "”": -1, "»": -1, "’": -1, "›": -1}
_BEFORE_OPENING = frozenset("([{—–-/")
_AFTER_CLOSING = frozenset(".,;:!?…)]}—–-/")


@dataclass(frozen=True, slots=True)
class Marks:
    """Where the marks around a passage stand."""

    opening: int
    closing: int
    spaced: bool  # with a blank inside the marks, as French sets them


def marks_around(text: str, start: int, end: int) -> Marks | None:
    """The quotation marks that open directly before `start` and close directly after `end`; None where they do not.

    A comma or a full stop may stand before the closing mark. Blanks inside the marks, as French sets them, count
    only where the marks of the paragraph pair up that way. `text` is normalised.
    """
    before = text[max(0, start - 1) : start]
    spaced = before == " "
    opening = start - 2 if spaced else start - 1
    if opening < 0 or text[opening] not in _CLOSING:
        return None
    mark = text[opening]
    if spaced and (mark != '"' or text.count(mark, text.rfind("\n", 0, opening) + 1, opening) % 2):
        return None  # that mark closes an earlier quotation
    if not spaced and mark in "\"'" and opening and _ends(text[opening - 1]):
        return None  # an apostrophe, or a mark that closes what stands before it
    closing = end
    if text[closing : closing + 1] in tuple(_BEFORE_CLOSING):
        closing += 1
    if spaced and text[closing : closing + 1] == " ":
        closing += 1
    if text[closing : closing + 1] != _CLOSING[mark] or (mark == "'" and text[closing + 1 : closing + 2].isalnum()):
        return None
    return Marks(opening, closing, spaced)


def in_quotation_marks(text: str, start: int, end: int) -> bool:
    """Does one quotation of a normalised text hold exactly this passage?"""
    marks = marks_around(text, start, end)
    return marks is not None and is_one_quotation(text[start:end], text[marks.opening])


def marks_match(opening: str, closing: str, *, spaced: bool) -> bool:
    """Can these two, as printed, open and close one quotation?

    Straight marks with blanks inside them could as well close one quotation and open the next.
    """
    if opening in _SINGLE or opening in _CORNERS:
        return True
    return closing in _PARTNERS.get(opening, "") and not (spaced and opening in '"＂”')


def is_one_quotation(words: str, mark: str = '"') -> bool:
    """Do the marks inside the words open and close again, so that a quotation around them ends only with them?

    `plan" but did not deny that he "took` is no one quotation: its middle is somebody else's. `mark` is the one that
    opens the quotation; single marks count only inside single ones. A mark opens or closes by what stands beside it,
    then by its shape; one that could do either speaks against the words.
    """
    open_marks = {"double": 0, "single": 0, "corner": 0}
    for place, character in enumerate(words):
        family = _family(character)
        if family is None or (family == "single" and mark != "'"):
            continue
        before, after = words[place - 1 : place] if place else "", words[place + 1 : place + 2]
        if family == "single" and before.isalnum() and after.isalnum():
            continue  # an apostrophe
        turn = _turn(character, before, after)
        open_marks[family] += turn
        if turn == 0 or open_marks[family] < 0:
            return False
    return not any(open_marks.values())


def _ends(character: str) -> bool:
    return character.isalnum() or character in _ENDS_BEFORE_A_CLOSING_MARK


def _family(character: str) -> str | None:
    if character in _DOUBLE:
        return "double"
    if character in _SINGLE:
        return "single"
    return "corner" if character in _CORNERS else None


def _turn(character: str, before: str, after: str) -> int:
    """1 for a mark that opens, -1 for one that closes, 0 where it cannot be told."""
    if character in _CORNERS:
        return _CORNERS[character]
    opens = not before or before.isspace() or before in _BEFORE_OPENING
    closes = not after or after.isspace() or after in _AFTER_CLOSING
    if opens != closes:
        return 1 if opens else -1
    return _BY_SHAPE.get(character, 0)

"""The few characters that a selector keeps on each side of the words, cut between words and seen to be cut."""

from __future__ import annotations

from bot.core.model.source import Selector, Source

_MORE = "…"
_ENDS = tuple(f"{mark}{closing}" for mark in ".!?…。！？" for closing in ("", '"', "'", "”", "’", "»", ")", "]"))


def beside(place: Selector, source: Source | None) -> tuple[str, str]:
    """What stands before and after the words; "…" where the text goes on, in place of a word that may be cut."""
    before, after = place.prefix, place.suffix
    whole = source.snapshot.codepoints if source and source.snapshot else None
    if place.start > len(before):
        head, gap, rest = before.partition(" ") if before[:1].isalnum() else ("", "", before.lstrip())
        before = f"{_MORE} {rest}" if gap or not head else _MORE + before
    if whole is None or place.end + len(after) < whole:
        rest, gap, tail = after.rpartition(" ") if after[-1:].isalnum() else (after.rstrip(), "", "")
        after = f"{rest} {_MORE}" if gap or not tail else after + _MORE
    return before, after


def opened(before: str, ahead: str) -> str:
    """What stands before the words, with "…" where it begins inside a sentence; `ahead` is the text left out."""
    ends = not ahead.strip() or ahead.endswith("\n") or ahead.rstrip().endswith(_ENDS)
    return before if ends else f"{_MORE} {before}"


def closed(after: str, behind: str) -> str:
    """What stands after the words, with "…" where it ends inside a sentence; `behind` is the text left out."""
    ends = not behind.strip() or behind.startswith("\n") or after.rstrip().endswith(_ENDS)
    return after if ends else f"{after} {_MORE}"

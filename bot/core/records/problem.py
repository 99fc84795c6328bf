"""What a reader of records says when the data is wrong: where, what, and what to write instead."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One wrong place."""

    path: str  # "facts[3].said.on"
    wrong: str  # what is wrong
    instead: str  # what to write

    def __str__(self) -> str:
        return f"{self.path}: {self.wrong}: {self.instead}"


class RecordError(ValueError):
    """Data that is no record. Carries every wrong place that was found, at least one."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__("; ".join(str(problem) for problem in problems))
        self.problems = problems


def wrong(path: str, what: str, instead: str) -> RecordError:
    """An error of one problem."""
    return RecordError(Problem(path=path, wrong=what, instead=instead))


def shown(value: object, length: int = 40) -> str:
    """A value for an error message: short, on one line, without anything invisible."""
    if isinstance(value, dict):
        return "a mapping"
    if isinstance(value, list):
        return "a list"
    if isinstance(value, int) and not isinstance(value, bool) and value.bit_length() > 64:
        return "a huge number"
    text = ascii(value) if isinstance(value, str) and not value.isprintable() else repr(value)
    return text if len(text) <= length else text[:length] + "…"


def one_of(known: Iterable[str], given: object) -> str:
    """The advice for a word that is not among the known ones."""
    from difflib import get_close_matches  # noqa: PLC0415 -- memory that only a mistake needs

    words = list(known)
    close = get_close_matches(given[:100], words, n=1) if isinstance(given, str) else []
    return f"did you mean {close[0]!r}?" if close else f"write one of {', '.join(words)}"

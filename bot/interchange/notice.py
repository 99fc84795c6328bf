"""What is reported about files: one line each, with the place, what is wrong and what to do."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """An error (nothing is imported) or a warning about a file."""

    file: str
    line: int | None  # from 1
    about: str  # "fact some-slug", "source some-id"; empty for the file itself
    wrong: str
    instead: str
    error: bool = True

    def __str__(self) -> str:
        place = self.file if self.line is None else f"{self.file}:{self.line}"
        parts = (place, "" if self.error else "warning", self.about, self.wrong, self.instead)
        line = ": ".join(part for part in parts if part)
        return "".join(sign if sign.isprintable() else ascii(sign)[1:-1] for sign in line)


def errors(notices: Iterable[Notice]) -> tuple[Notice, ...]:
    """Those that forbid an import."""
    return tuple(notice for notice in notices if notice.error)


def in_order(notices: Iterable[Notice]) -> tuple[Notice, ...]:
    """By file and line, errors of the same line first."""
    return tuple(sorted(notices, key=lambda notice: (notice.file, notice.line or 0, not notice.error)))

"""One thing that `onrecord check` looked at."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Level(StrEnum):
    """How bad a finding is."""

    OK = "ok"
    WARNING = "warning"
    ERROR = "error"  # the bot would not start, or not work


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What was found, on one line, with what to do where something is wrong."""

    about: str
    level: Level
    text: str

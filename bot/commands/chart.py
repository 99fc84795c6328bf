"""What a chart of claims over time shows, in finished words; drawing it is somebody else's work."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """One statement."""

    value: str  # decimal as text
    comparator: str  # one of `Comparator`
    earliest: str  # ISO 8601, the first day it may be of
    latest: str
    uncertain: bool  # the day itself is in doubt, or is that of the publication
    tag: str  # beside the mark: "#17"
    label: str  # "#17  published 16 Nov 2024: at least 3,500,000 · Volodymyr Zelenskyi"


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """One strand of statements, in order of date."""

    title: str
    subtitle: str  # unit, scope and direction
    note: str  # below: what the marks mean, and as on record when
    rest: str  # above the list, where not all of them stand there
    points: tuple[Point, ...]


#: PNG and its size in pixels; None where it could not be drawn.
Draw = Callable[[Chart], Awaitable[tuple[bytes, tuple[int, int]] | None]]

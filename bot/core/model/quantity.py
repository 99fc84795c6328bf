"""A number as it was claimed, and the line that such claims make over time."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from bot.core.dates import CalendarDate


class Comparator(StrEnum):
    """How the number was hedged."""

    EQUAL = "="
    AT_LEAST = ">="
    MORE_THAN = ">"
    AT_MOST = "<="
    LESS_THAN = "<"
    ABOUT = "~"


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity:
    """One number in a fact."""

    comparator: Comparator
    value: str  # decimal as text, no separators: "3500000"
    unit: str  # "artillery-round", "person"
    surface: str  # the exact words of the fact's text, hedge included
    origin: str | None = None  # id of an Entity: from whom
    destination: str | None = None  # id of an Entity: to whom
    series: str | None = None  # id of a ClaimSeries
    scope: str = ""
    as_of: CalendarDate | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimSeries:
    """A number over time. Statements are never merged by number alone: unit and scope must agree."""

    id: str
    label: str
    unit: str
    scope: str

"""Calendar dates of known and unknown precision: the part of EDTF levels 0 and 1 that sources need.

Format: https://www.loc.gov/standards/datetime/ (`2024-11-15`, `2024-11`, `2024`, each with `?`, `~` or `%`, and
intervals `A/B`). Unknown stays unknown: there is no default day or month.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

_POINT = re.compile(r"(?P<year>[0-9]{4})(-(?P<month>[0-9]{2})(-(?P<day>[0-9]{2}))?)?(?P<mark>[?~%]?)", re.ASCII)
FORMS = "write 2024-11-15, 2024-11 or 2024, where needed with ? (uncertain), ~ (about) or % (both) behind it, or A/B"
_LONGEST = len("2024-11-15?/2024-11-16?")


class Precision(StrEnum):
    """The smallest unit that is known."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"
    INTERVAL = "interval"


class DateError(ValueError):
    """A text is no calendar date of the supported forms. `wrong` says why, `instead` what to write."""

    def __init__(self, text: str, why: str, instead: str = FORMS) -> None:
        shown = repr(text) if len(text) <= 40 else f"{text[:40]!r}…"
        self.wrong = f"{shown} {why}"
        self.instead = instead
        super().__init__(f"{self.wrong}; {instead}")


@dataclass(frozen=True, slots=True)
class CalendarDate:
    """A date only as precise as it is known; `earliest` and `latest` are its first and last possible day."""

    edtf: str
    precision: Precision
    earliest: date
    latest: date
    uncertain: bool = False  # ? -- the value itself is in doubt
    approximate: bool = False  # ~ -- near this value

    def __str__(self) -> str:
        return self.edtf


def parse(text: str) -> CalendarDate:
    """Read one EDTF value.

    The bounds are inclusive days; those of an interval reach from the first day of A to the last day of B.
    Open intervals, seasons, times and years before 1 or after 9999 are not read. Raises DateError.
    """
    if len(text) > _LONGEST:
        raise DateError(text, "is no calendar date")
    first, slash, last = text.partition("/")
    if not slash:
        return _point(text)
    start, end = _point(first), _point(last)
    if start.earliest > end.latest:
        raise DateError(text, "ends before it begins", "write the earlier date first")
    return CalendarDate(
        edtf=text,
        precision=Precision.INTERVAL,
        earliest=start.earliest,
        latest=end.latest,
        uncertain=start.uncertain or end.uncertain,
        approximate=start.approximate or end.approximate,
    )


def _point(text: str) -> CalendarDate:
    match = _POINT.fullmatch(text)
    if match is None:
        raise DateError(text, "is no calendar date")
    year, month, day = int(match["year"]), int(match["month"] or 0), int(match["day"] or 0)
    try:
        if match["day"]:
            precision, earliest = Precision.DAY, date(year, month, day)
            latest = earliest
        elif match["month"]:
            precision, earliest = Precision.MONTH, date(year, month, 1)
            latest = date(year, month, calendar.monthrange(year, month)[1])
        else:
            precision, earliest, latest = Precision.YEAR, date(year, 1, 1), date(year, 12, 31)
    except ValueError:
        raise DateError(text, "is not in the calendar", "check day and month") from None
    mark = match["mark"]
    return CalendarDate(
        text,
        precision,
        earliest,
        latest,
        uncertain=mark in "?%" and mark != "",
        approximate=mark in "~%" and mark != "",
    )

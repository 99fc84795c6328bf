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


class Precision(StrEnum):
    """The smallest unit that is known."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"
    INTERVAL = "interval"


class DateError(ValueError):
    """A text is no calendar date of the supported forms."""


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

    Raises DateError, whose text says what is wrong and which forms are read.
    """
    first, slash, last = text.partition("/")
    if not slash:
        return _point(text)
    start, end = _point(first), _point(last)
    if start.earliest > end.latest:
        raise DateError(f"{text!r}: the interval ends before it begins")
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
        raise DateError(f"{text!r} is no date; write 2024-11-15, 2024-11, 2024, with ? or ~ behind it, or A/B")
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
    except (ValueError, IndexError):
        raise DateError(f"{text!r}: there is no such day") from None
    mark = match["mark"]
    return CalendarDate(
        text,
        precision,
        earliest,
        latest,
        uncertain=mark in "?%" and mark != "",
        approximate=mark in "~%" and mark != "",
    )

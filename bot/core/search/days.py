"""Calendar dates: the terms of a fact's days, and the years, months and days that people type into a query.

A date in a query is explained by the day the words were said or the day the source was published, never by a guess.
Terms: `d:2024`, `d:2024-11`, `d:2024-11-16`, and `d:-11`, `d:-11-16`
where the year is left out.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.core.dates import CalendarDate, Precision
from bot.core.search.terms import Script, Token
from bot.core.search.wordlist import words

_NAMES = (
    "january jan січень січня січні январь января январе januar 1월",
    "february feb лютий лютого лютому февраль февраля феврале februar 2월",
    "march mar березень березня березні март марта марте marz 3월",
    "april apr квітень квітня квітні апрель апреля апреле 4월",
    "may травень травня травні май мая мае mai 5월",
    "june jun червень червня червні июнь июня июне juni 6월",
    "july jul липень липня липні июль июля июле juli 7월",
    "august aug серпень серпня серпні август августа августе 8월",
    "september sep sept вересень вересня вересні сентябрь сентября сентябре 9월",
    "october oct жовтень жовтня жовтні октябрь октября октябре oktober 10월",
    "november nov листопад листопада листопаді ноябрь ноября ноябре 11월",
    "december dec грудень грудня грудні декабрь декабря декабре dezember 12월",
)
_MONTHS = {name: number for number, names in enumerate(_NAMES, 1) for name in names.split()}
_VERBS_TOO = frozenset({"may", "mar", "jun", "march"})  # a month only beside a year, a day or what stands before months
_BEFORE_MONTHS = words("in since until till by during before after last next this from")
_BEFORE = frozenset({"before", "до", "перед", "vor"})
_AFTER = frozenset({"after", "після", "после", "nach"})
_ISO = re.compile(r"[12][0-9]{3}")
_ORDINAL = frozenset({"st", "nd", "rd", "th", "го", "е", "년", "日", "年", "року", "рік", "году", "год", "г", "р"})


@dataclass(frozen=True, slots=True)
class Day:
    """A date as it stands in a row of tokens."""

    terms: tuple[str, ...]  # readings, any of them explains
    size: int  # tokens that it takes up


def terms_of(date: CalendarDate | None) -> Iterator[str]:
    """The terms of a date of known precision; an interval within one month or year counts as that."""
    if date is None:
        return
    first, last = date.earliest, date.latest
    if first.year != last.year:
        return
    yield f"d:{first.year:04d}"
    if first.month == last.month:
        yield f"d:{first.year:04d}-{first.month:02d}"
        yield f"d:-{first.month:02d}"
        if date.precision is Precision.DAY or first == last:
            yield f"d:{first.isoformat()}"
            yield f"d:{first.isoformat()[4:]}"


def widened(term: str) -> tuple[str, ...]:
    """A term of a date with those of its month and year: what a text that names the day names too."""
    year, _, rest = term[2:].partition("-")
    month = rest.partition("-")[0]
    if not (year and month):
        return (term,)
    return tuple(dict.fromkeys((term, f"d:{year}-{month}", f"d:-{rest}", f"d:-{month}", f"d:{year}")))


def span(tokens: Sequence[Token], at: int, day: Day) -> tuple[int | None, int | None] | None:
    """The days (before, after) that are meant where a date stands behind "before" or "after"; None elsewhere."""
    word = tokens[at - 1].text if at else ""
    if word not in _BEFORE | _AFTER:
        return None
    known = ends(day.terms[0])
    if known is None:
        return None if word == "до" else (None, None)  # "до лютого" is rather "until February"
    return (known[0], None) if word in _BEFORE else (None, known[1])


def ends(term: str) -> tuple[int, int] | None:
    """The first and the last day of a date's term, as proleptic Gregorian ordinals; None where it has no year."""
    parts = term[2:].split("-")
    if not parts[0]:
        return None
    year, month, date = (int(part) for part in (*parts, "0", "0")[:3])
    first = dt.date(year, month or 1, date or 1)
    last = dt.date(year, month or 12, date or calendar.monthrange(year, month or 12)[1])
    return first.toordinal(), last.toordinal()


def read(tokens: Sequence[Token], at: int) -> Day | None:
    """The date that begins at this token: 2024, November 2024, 15 November (2024), 2024-11-15, November."""
    iso = _iso(tokens, at)
    if iso is not None:
        return iso
    day, month, year, size = 0, 0, 0, 0
    while at + size < len(tokens):
        token = tokens[at + size]
        if not year and _is_year(tokens, at + size):
            year = int(token.text)
        elif not day and token.script is Script.NUMBER and _may_be_day(token) and _month_near(tokens, at + size, month):
            day = int(token.text)
        elif not month and token.text in _MONTHS:
            month = _MONTHS[token.text]
        elif not (size and token.text in _ORDINAL and (day or year)):
            break
        size += 1
    if not month:
        return Day((f"d:{year:04d}",), _year_size(tokens, at)) if year and not day else None
    if tokens[at].text in _VERBS_TOO and not (year or day or _is_month(tokens, at)):
        return None
    return _dated(day, month, year, size)


def _is_month(tokens: Sequence[Token], at: int) -> bool:
    """Whether a word that is a verb, too, stands where a month does: "in march", "flu may"."""
    before = tokens[at - 1].text if at else ""
    return before in _BEFORE_MONTHS or (tokens[at].text == "may" and bool(before) and at + 1 == len(tokens))


def _dated(day: int, month: int, year: int, size: int) -> Day | None:
    if year and day:
        if day > calendar.monthrange(year, month)[1]:
            return None
        return Day((f"d:{year:04d}-{month:02d}-{day:02d}",), size)
    if day:
        return Day((f"d:-{month:02d}-{day:02d}",), size)
    return Day((f"d:{year:04d}-{month:02d}" if year else f"d:-{month:02d}",), size)


def _iso(tokens: Sequence[Token], at: int) -> Day | None:
    parts = tokens[at : at + 3]
    if len(parts) < 3 or not all(part.script is Script.NUMBER and part.text.isdigit() for part in parts):
        return None
    year, month, day = (int(part.text) for part in parts)
    glued = parts[1].start == parts[0].end + 1 and parts[2].start == parts[1].end + 1
    if not (glued and _ISO.fullmatch(parts[0].text) and 1 <= month <= 12):
        return None
    return _dated(day, month, year, 3) if day else None


def _is_year(tokens: Sequence[Token], at: int) -> bool:
    token = tokens[at]
    return token.script is Script.NUMBER and _ISO.fullmatch(token.text) is not None and 1900 <= int(token.text) <= 2099


def _year_size(tokens: Sequence[Token], at: int) -> int:
    return 2 if at + 1 < len(tokens) and tokens[at + 1].text in _ORDINAL else 1


def _may_be_day(token: Token) -> bool:
    return token.text.isdigit() and len(token.text) <= 2 and 1 <= int(token.text) <= 31


def _month_near(tokens: Sequence[Token], at: int, month: int) -> bool:
    """A day stands just before or after the name of a month."""
    if month:
        return True
    following = [token.text for token in tokens[at + 1 : at + 3] if token.text not in _ORDINAL]
    return bool(following) and following[0] in _MONTHS

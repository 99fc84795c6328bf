"""Reading what people type into a form: days, kinds, links, ids. What cannot be meant is told, never guessed."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from bot.core import dates
from bot.core.dates import CalendarDate, DateError
from bot.core.model.fact import Kind
from bot.core.model.names import Entity, Topic
from bot.core.records.problem import RecordError
from bot.core.records.values import LANGUAGE

NOTHING = ("", "none", "-", "n/a", "немає", "нема")
_MONTHS = (
    ("jan", "січ"), ("feb", "лют"), ("mar", "берез"), ("apr", "квіт"), ("may", "трав"), ("jun", "черв"),
    ("jul", "лип"), ("aug", "серп"), ("sep", "верес"), ("oct", "жовт"), ("nov", "листоп"), ("dec", "груд"),
)  # fmt: skip
_WORDY = re.compile(r"(?:(?P<day>\d{1,2})\.? )?(?P<month>[^\W\d]+)\.?,? (?P<year>\d{4})(?: (?:р\.|року))?")
_AMERICAN = re.compile(r"(?P<month>[^\W\d]+)\.? (?P<day>\d{1,2}),? (?P<year>\d{4})")
_DOTTED = re.compile(r"(?P<day>\d{1,2})\.(?P<month>\d{1,2})\.(?P<year>\d{4})", re.ASCII)
_SLASHED = re.compile(r"(?P<one>\d{1,2})/(?P<other>\d{1,2})/(?P<year>\d{4})", re.ASCII)


class Wrong(StrEnum):
    """What can be wrong about something typed."""

    NOBODY_SPEAKS = "nobody-speaks"

    MISSING = "missing"
    NO_DAY = "no-day"  # given
    FUTURE = "future"  # given
    TWO_WAYS = "two-ways"  # given: day and month cannot be told apart
    NO_KIND = "no-kind"  # given
    NO_LANGUAGE = "no-language"  # given
    UNKNOWN = "unknown"  # given: nothing of this name is on file


@dataclass(frozen=True, slots=True)
class Trouble:
    """A field that cannot be read, and why."""

    name: str  # of the form's field
    wrong: Wrong
    data: Mapping[str, str] = field(default_factory=dict)


class Unread(Exception):  # noqa: N818 -- reads as what happened
    """Something typed has no meaning here."""

    def __init__(self, wrong: Wrong, given: str = "") -> None:
        super().__init__(wrong.value)
        self.wrong, self.given = wrong, given


def is_nothing(text: str) -> bool:
    """Whether somebody has said that there is none."""
    return text.strip().casefold() in NOTHING


def day(text: str, today: date) -> CalendarDate | None:
    """A day of the past, as precise as it was written; None where there is none. Raises Unread."""
    given = " ".join(text.split())
    if is_nothing(given):
        return None
    found = _written(given)
    if found.earliest > today:
        raise Unread(Wrong.FUTURE, given)
    return found


def _written(given: str) -> CalendarDate:
    try:
        return dates.parse(given)
    except DateError:
        pass
    if slashed := _SLASHED.fullmatch(given):
        one, other = int(slashed["one"]), int(slashed["other"])
        if max(one, other) <= 12 and one != other:
            raise Unread(Wrong.TWO_WAYS, given)
        first, second = (one, other) if other <= 12 else (other, one)
        return _parsed(given, int(slashed["year"]), second, first)
    if dotted := _DOTTED.fullmatch(given):
        return _parsed(given, int(dotted["year"]), int(dotted["month"]), int(dotted["day"]))
    worded = _WORDY.fullmatch(given) or _AMERICAN.fullmatch(given)
    month = _month(worded["month"]) if worded else None
    if worded is None or month is None:
        raise Unread(Wrong.NO_DAY, given)
    return _parsed(given, int(worded["year"]), month, int(worded["day"]) if worded["day"] else None)


def _parsed(given: str, year: int, month: int, day_: int | None) -> CalendarDate:
    try:
        return dates.parse(f"{year:04}-{month:02}" + (f"-{day_:02}" if day_ is not None else ""))
    except DateError:
        raise Unread(Wrong.NO_DAY, given) from None


def _month(word: str) -> int | None:
    folded = word.casefold()
    return next((place for place, names in enumerate(_MONTHS, 1) if folded.startswith(names)), None)


def kind(text: str) -> Kind | None:
    """The kind, None where nothing was chosen. Raises Unread."""
    given = text.strip().casefold()
    if given in NOTHING:
        return None
    try:
        return Kind(given)
    except ValueError:
        raise Unread(Wrong.NO_KIND, text.strip()) from None


def language(text: str) -> str:
    """A BCP 47 tag; "" where nothing was given. Raises Unread."""
    given = text.strip()
    if is_nothing(given):
        return ""
    try:
        return LANGUAGE.read(given, "")
    except RecordError:
        raise Unread(Wrong.NO_LANGUAGE, given) from None


def listed(text: str, known: Iterable[Entity | Topic]) -> tuple[str, ...]:
    """Ids from ids or names, parted by commas. Raises Unread for the first that is not on file."""
    by_name: dict[str, str] = {}
    for item in known:
        name = item.name if isinstance(item, Entity) else item.label
        by_name |= {item.id.casefold(): item.id, name.casefold(): item.id}
    found: dict[str, None] = {}
    for part in (" ".join(part.split()) for part in text.split(",")):
        if is_nothing(part):
            continue
        if part.casefold() not in by_name:
            raise Unread(Wrong.UNKNOWN, part)
        found[by_name[part.casefold()]] = None
    return tuple(found)


def slug(text: str, longest: int = 40) -> str:
    """Small Latin letters, digits and hyphens; "" where the text has none."""
    plain = unicodedata.normalize("NFKD", text.casefold()).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain)[:longest].strip("-")

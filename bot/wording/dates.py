"""Calendar dates in words: exactly as precise as they are known, never more."""

from __future__ import annotations

from datetime import date, datetime

from bot.core import dates
from bot.core.dates import CalendarDate, Precision
from bot.core.model.fact import Kind, Revision, Said
from bot.core.model.source import Source
from bot.wording.catalogue import Wording


def day(on: date, words: Wording) -> str:
    """One day: "16 Nov 2024"."""
    return words.say("date.day", day=on.day, month=words.say(f"month.{on.month}.on"), year=on.year)


def instant(at: datetime, words: Wording) -> str:
    """An instant in UTC, to the minute."""
    month = words.say(f"month.{at.month}.on")
    return words.say("date.instant", day=at.day, month=month, year=at.year, hour=at.hour, minute=at.minute)


def plain(value: CalendarDate, words: Wording) -> str:
    """A date by itself: "Nov 2024", "probably 15 Nov 2024", "14 Nov 2024 to 16 Nov 2024"."""
    if value.precision is Precision.INTERVAL:
        first, last = _ends(value, words)
        bare = words.say("date.interval", first=first, last=last)
    else:
        bare = _bare(value, words)
    mark = _mark(value)
    return words.say(f"date.{mark}", date=bare) if mark else bare


def when(value: CalendarDate, words: Wording) -> str:
    """A date behind a verb: "15 Nov 2024", "in Nov 2024", "probably on 15 Nov 2024", "between … and …"."""
    mark = _mark(value)
    key = f"when.{value.precision}.{mark}" if mark else f"when.{value.precision}"
    if value.precision is Precision.INTERVAL:
        first, last = _ends(value, words)
        return words.say(key, first=first, last=last)
    month = words.say(f"month.{value.earliest.month}.in")
    return words.say(key, date=_bare(value, words), month=month, year=value.earliest.year)


def said_line(revision: Revision, source: Source | None, words: Wording) -> str:
    """The line about the day: when the words were said, and, always under that name, when they were published."""
    published = source.published if source else None
    if revision.kind in (Kind.OUTLET, Kind.CAPTION):
        return _outlet_line(revision.said, published, words)
    spoken = _spoken(revision.said, published, words)
    if spoken is None:
        if published is None:
            return words.say("day.nothing")
        return words.say("day.only_published", when=when(published, words))
    inferred = revision.said.on is not None and not revision.said.stated and not _mark(revision.said.on)
    key = "day.said.inferred" if inferred else "day.said"
    return words.say(key, when=spoken, published=_published(published, words))


def bounds(said: Said, words: Wording) -> str:
    """The hard bounds in words; "" where there are none."""
    if said.not_before and said.not_after:
        return words.say("evidence.bounds.both", first=day(said.not_before, words), last=day(said.not_after, words))
    if said.not_before:
        return words.say("evidence.bounds.first", first=day(said.not_before, words))
    return words.say("evidence.bounds.last", last=day(said.not_after, words)) if said.not_after else ""


def _spoken(said: Said, published: CalendarDate | None, words: Wording) -> str | None:
    """When it was said, or None where nothing is known beyond "not after its publication"."""
    if said.on is not None:
        return when(said.on, words)
    first, last = said.not_before, said.not_after
    if last is not None and (published is None or last >= published.latest):
        last = None  # an end without an earlier publication says nothing: nobody is quoted before having spoken
    if first and last:
        return words.say("when.bounds", first=day(first, words), last=day(last, words))
    if first:
        return words.say("when.after", first=day(first, words))
    return words.say("when.before", last=day(last, words)) if last else None


def _outlet_line(said: Said, published: CalendarDate | None, words: Wording) -> str:
    """Nobody spoke, so no line may say "said"."""
    if said.on is not None and (published is None or said.on.edtf != published.edtf):
        key = "day.outlet.dated" if said.stated or _mark(said.on) else "day.outlet.dated.inferred"
        return words.say(key, date=plain(said.on, words), published=_published(published, words))
    if published is None:
        return words.say("day.outlet.unknown")
    return words.say("day.outlet", when=when(published, words))


def _published(published: CalendarDate | None, words: Wording) -> str:
    if published is None:
        return words.say("day.published.unknown")
    return words.say("day.published", when=when(published, words))


def _bare(value: CalendarDate, words: Wording) -> str:
    first = value.earliest
    if value.precision is Precision.DAY:
        return day(first, words)
    if value.precision is Precision.MONTH:
        return words.say("date.month", month=words.say(f"month.{first.month}"), year=first.year)
    return words.say("date.year", year=first.year)


def _ends(value: CalendarDate, words: Wording) -> tuple[str, str]:
    first, _, last = value.edtf.partition("/")
    return _bare(dates.parse(first), words), _bare(dates.parse(last), words)


def _mark(value: CalendarDate) -> str:
    if value.uncertain and value.approximate:
        return "both"
    if value.uncertain:
        return "uncertain"
    return "approximate" if value.approximate else ""

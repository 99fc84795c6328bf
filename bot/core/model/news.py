"""News: what readers see change of a fact, and who follows what where."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.core.model.mail import Place


class Became(StrEnum):
    """What readers see happen to a fact."""

    PUBLISHED = "published"  # for the first time
    CORRECTED = "corrected"
    HIDDEN = "hidden"
    WITHDRAWN = "withdrawn"
    SHOWN_AGAIN = "shown-again"


@dataclass(frozen=True, slots=True, kw_only=True)
class Shift:
    """One such change, with what it concerns: what the fact was filed under before it counts like what it is now."""

    fact: int
    became: Became
    topics: frozenset[str]  # with all that contain them
    speakers: frozenset[str]  # ids of entities
    series: frozenset[str]


class Subject(StrEnum):
    """What can be followed."""

    TOPIC = "topic"
    SPEAKER = "speaker"
    SERIES = "series"
    EVERYTHING = "everything"


class Pace(StrEnum):
    """How news come."""

    EACH = "each"  # one by one, at most so many an hour
    DAILY = "daily"  # once a day, as a list


@dataclass(frozen=True, slots=True, kw_only=True)
class Follow:
    """A place that follows something."""

    number: int  # as it is shown; 0 before it is kept
    place: Place
    subject: Subject
    target: str = ""  # id of the topic, entity or series; "" for everything
    pace: Pace = Pace.EACH
    locale: str = "en"
    person: str  # who set it up
    at: datetime
    failures: int = 0  # posts in a row that the place did not take
    paused: bool = False

    def wants(self, shift: Shift) -> bool:
        """Whether a change is news here."""
        match self.subject:
            case Subject.TOPIC:
                return self.target in shift.topics
            case Subject.SPEAKER:
                return self.target in shift.speakers
            case Subject.SERIES:
                return self.target in shift.series
            case Subject.EVERYTHING:
                return True


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """News of one fact in one place: the newest of it."""

    place: Place
    at: datetime | None  # when it was posted, alone or in a list; None: it still waits

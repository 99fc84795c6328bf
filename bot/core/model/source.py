"""Where the words stand: a published document, what was seen of it, and the exact place."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from bot.core.dates import CalendarDate


class Independence(StrEnum):
    """How near the document is to what it reports."""

    PRIMARY = "primary"
    SECONDARY = "secondary"
    SYNDICATED = "syndicated"
    AGGREGATOR = "aggregator"


class Obtained(StrEnum):
    """How a snapshot came to us."""

    BOT_FETCH = "bot_fetch"
    FILE_IMPORT = "file_import"
    ARCHIVE_FETCH = "archive_fetch"
    MODERATOR_PASTE = "moderator_paste"


class CheckResult(StrEnum):
    """What comparing the selector with a text gave."""

    EXACT = "exact"  # the same characters
    NORMALISED = "normalised"  # the same after `verbatim.normalise`
    NOT_FOUND = "not_found"
    UNVERIFIABLE = "unverifiable"  # no text to compare with

    @property
    def found(self) -> bool:
        """The words stand in the text."""
        return self in (CheckResult.EXACT, CheckResult.NORMALISED)


class Supports(StrEnum):
    """Which part of a fact a citation is evidence for."""

    TEXT = "text"
    SPEAKER = "speaker"
    DATE = "date"
    VENUE = "venue"
    ROLE = "role"


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """What was seen of a document. The text itself stays in the private store, or only its hash is kept."""

    sha256: str  # of the UTF-8 bytes of the text as obtained
    normalised_sha256: str  # of the UTF-8 bytes after normalisation
    normalisation: int  # version of `verbatim.normalise`
    codepoints: int  # length of the normalised text
    obtained: Obtained
    captured_at: datetime | None = None  # in UTC, to the second; None when not known
    archive_urls: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One published document."""

    id: str
    publisher: str | None  # None: the copy at hand does not name it
    title: str
    author: str | None = None
    published: CalendarDate | None
    url: str | None  # None: no link on file; never guessed
    language: str
    independence: Independence = Independence.SECONDARY
    snapshot: Snapshot | None = None  # of the whole text
    passages: tuple[Snapshot, ...] = ()  # of pieces that people pasted; they confirm words, but deny none
    credits: tuple[str, ...] = ()  # picture credits, kept as evidence for dates and venues
    notes: tuple[str, ...] = ()

    @property
    def seen(self) -> tuple[Snapshot, ...]:
        """Everything that was seen of it: the whole text, then the pieces."""
        return ((self.snapshot,) if self.snapshot else ()) + self.passages


@dataclass(frozen=True, slots=True, kw_only=True)
class Selector:
    """W3C Web Annotation TextQuoteSelector and TextPositionSelector over the normalised text.

    `start` and `end` are code points, end exclusive. Source: https://www.w3.org/TR/annotation-model/#selectors
    """

    exact: str
    prefix: str  # up to 32 code points before
    suffix: str  # up to 32 code points after
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One comparison of a selector with a text: kept, so that an answer can say when and by whom.

    It is bound to what was compared: `bot.core.matching` says whether it still counts.
    """

    result: CheckResult
    on: date
    checker: str  # program and version, or a person's disclosed name
    text_sha256: str  # of the normalised text that was compared
    passage_sha256: str = ""  # `verbatim.passage_hash` of the selector that was compared; "" binds to nothing


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """Fact to source: where exactly, and what came of checking it."""

    source: str  # id of a Source
    supports: Supports = Supports.TEXT
    selector: Selector | None = None
    checks: tuple[Check, ...] = ()

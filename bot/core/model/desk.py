"""The desk: who does something, what is being written, what waits for a second person, what readers report."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, time
from enum import StrEnum

from bot.core.model.fact import Revision
from bot.core.model.mail import Place
from bot.core.model.review import Workflow
from bot.core.model.source import Source


@dataclass(frozen=True, slots=True, kw_only=True)
class By:
    """Who does something, as a platform vouches for it at the moment of doing."""

    platform: str  # discord, matrix, console
    account: str  # the platform's id
    editor: bool  # the configuration counts this account among the editors


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What the configuration decides about the desk and about news."""

    editors: int = 2  # people who check what makes an answer say more: 1 or 2
    review: tuple[Place, ...] = ()  # where review cards are posted
    hourly: int = 10  # posts of news in one place within an hour; what is more waits
    digest_at: time = time(8)  # UTC: when daily lists are posted


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody who has done something here; several accounts may be one person."""

    id: str  # random; stays when everything else is erased
    name: str = ""  # as the person chose to be disclosed
    accounts: Mapping[str, frozenset[str]] = field(default_factory=dict)  # platform -> account ids
    nowhere_else: frozenset[str] = frozenset()  # platforms on which the person declared to have no account


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """What somebody has typed about a fact, as it was typed; "" where nothing was. A refused form loses nothing."""

    link: str = ""  # "none": there is no link
    passage: str = ""  # the piece of the source that holds the words
    title: str = ""
    publisher: str = ""
    author: str = ""
    published: str = ""
    language: str = ""
    words: str = ""
    kind: str = ""
    speaker: str = ""  # as named in the source
    role: str = ""
    said: str = ""  # empty: the day is not given
    venue: str = ""
    relayed: str = ""  # a person between the speaker and the outlet
    label: str = ""
    topics: str = ""  # ids, separated by commas
    about: str = ""
    unverified: str = ""  # why it is to be shown although the words do not stand in the passage
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A form under way. Its number becomes the fact's and is never given again."""

    number: int
    person: str  # Person.id
    form: Form
    place: Place | None  # where its author is told what came of it
    reply_to: str | None  # the message there that began it
    at: datetime  # of the last change


class Origin(StrEnum):
    """Where a proposal comes from; a fact has at most one open proposal of each."""

    DESK = "desk"
    FILES = "files"  # an import: the file and the chat have both changed


class Settled(StrEnum):
    """What became of a proposal."""

    ACCEPTED = "accepted"
    DECLINED = "declined"
    TAKEN_BACK = "taken-back"
    OVERTAKEN = "overtaken"  # the fact has changed in the same place meanwhile


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """A change that makes an answer say more or otherwise, until a second person has looked."""

    fact: int
    origin: Origin
    base: int  # number of the revision that it was made from
    revision: Revision | None  # the content that is proposed; None: the content stays
    source: Source | None  # the same for the source behind the words
    workflow: Workflow  # of the fact afterwards
    verb: str  # of the audit line that accepts it
    person: str
    at: datetime
    reason: str = ""
    unreadable: str = ""  # why its content cannot be read: it can be turned down, and that is all

    @property
    def moves(self) -> bool:
        """Whether it is about where the fact stands; else it is about what it says, wherever it stands."""
        return self.verb != "changed"


class Wrong(StrEnum):
    """What a reader reports about an answer."""

    WORDS = "words"
    SPEAKER = "speaker"
    DATE = "date"
    LINK = "link"
    CONTEXT = "context"
    FAKE = "fake"
    LEGAL = "legal"
    PERSONAL_DATA = "personal-data"


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What a reader reported, and what came of it."""

    fact: int
    number: int  # 1, 2, 3 … within the fact
    revision: int  # the one that was shown
    wrong: Wrong
    text: str
    person: str
    at: datetime
    outcome: str | None = None  # None while it is open
    place: Place | None = None  # where the reader wants to be told
    reply_to: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Doing:
    """One line of the audit about a fact: who did what to which revision, and when."""

    verb: str
    revision: int
    person: str | None  # None: nobody disclosed
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """Everything of one person since an instant, hidden in one go and brought back in one go."""

    number: int
    person: str  # whose facts
    since: datetime
    by: str
    at: datetime
    facts: tuple[int, ...]


class NoticeKind(StrEnum):
    """What the bot says by itself."""

    CARD = "card"  # a fact or a change of one that waits for review, or a report
    TOLD = "told"  # to a suggester or a reporter: waiting, published, declined …
    ALERT = "alert"
    DAY = "day"  # the head of the audit
    MONTH = "month"
    CORRECTION = "correction"  # an answer or a post of news that shows what no longer holds
    TRAVELLED = "travelled"  # how many messages a correction has reached
    NEWS = "news"  # to a place that follows something
    DIGEST = "digest"  # the same, once a day


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """Something to be posted: what it is about, never its words. The platform renders it when it is sent."""

    kind: NoticeKind
    place: Place
    key: str  # the same key is posted once
    fact: int | None = None
    data: Mapping[str, str] = field(default_factory=dict)  # what wording needs: ids, numbers, states; no free text
    replaces: str | None = None  # key of the post that is to show this instead
    reply_to: str | None = None
    person: str | None = None  # whom it is for, where the place is that person's own
    not_before: datetime | None = None  # it is held until then


@dataclass(frozen=True, slots=True, kw_only=True)
class Listener:
    """Somebody who is to be told what becomes of a suggestion, where it was made."""

    fact: int
    person: str
    place: Place
    reply_to: str | None

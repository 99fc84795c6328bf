"""What the desk needs from a store beside facts: what waits, what is being written, who people are."""

from __future__ import annotations

from collections.abc import Collection
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.core.model.desk import Batch, By, Doing, Draft, Listener, Origin, Person, Proposal, Report
from bot.core.model.fact import Dossier
from bot.core.model.news import Follow, Told
from bot.core.model.review import Workflow
from bot.core.model.source import Source
from bot.core.ports import Facts, Reading


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """One thing that waits at the desk; at most one of `origin` and `report` is set."""

    number: int  # of the fact
    label: str
    since: datetime
    person: str | None  # who brought it; None where nobody is known
    origin: Origin | None = None  # a proposal
    report: int | None = None  # a reader's report
    vouched: bool = False  # one editor has agreed already


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """How much there is, for the queue's head and the monthly line."""

    published: int
    waiting: int  # facts
    proposals: int  # changes
    conflicts: int
    reports: int
    unanswered: int
    published_since: int = 0  # facts published for the first time since an instant
    withdrawn_since: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Unanswered:
    """A question that nothing answered, again and again, or that somebody passed on; whoever asked is not known."""

    query: str
    times: int
    day: str  # of the last time, ISO 8601


@dataclass(frozen=True, slots=True, kw_only=True)
class Travelled:
    """Of the messages that show what has been corrected."""

    changed: int
    lost: int  # that could not be
    waiting: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Remembered:
    """Everything that is kept about one person, for that person to see."""

    person: Person
    former_names: tuple[str, ...]
    drafts: tuple[Draft, ...]
    reports: tuple[Report, ...]
    listening: tuple[Listener, ...]  # where the person is told what becomes of a suggestion
    follows: tuple[Follow, ...]  # that the person set up
    doings: tuple[tuple[str, Doing], ...]  # slug of a fact or the person's own line, newest first; at most 1,000


class DeskReading(Reading, Protocol):
    """What the desk reads beside facts; of the same view."""

    async def person(self, by: By) -> Person | None:
        """Whoever has this account, None where nobody has."""
        ...

    async def somebody(self, person: str) -> Person | None:
        """The person of this id, or whom that one has joined; also by the first characters of the id, if they do."""
        ...

    async def named(self, name: str) -> Person | None:
        """The one person who is disclosed under this name, in any case; None where nobody is, or more than one."""
        ...

    async def remembered(self, person: str) -> Remembered:
        """Everything that is kept about a person."""
        ...

    async def draft(self, number: int, person: str) -> Draft | None:
        """A form under way."""
        ...

    async def drafts(self, person: str) -> tuple[Draft, ...]:
        """All forms of a person, by number."""
        ...

    async def waiting(self, *, limit: int, offset: int = 0) -> tuple[Waiting, ...]:
        """Reports first, then proposals, conflicts and facts; oldest first in each."""
        ...

    async def counts(self, since: datetime | None = None) -> Counts:
        """How much there is."""
        ...

    async def proposal(self, number: int, origin: Origin) -> Proposal | None:
        """What waits on a fact."""
        ...

    async def reports(self, number: int) -> tuple[Report, ...]:
        """All reports on a fact, oldest first."""
        ...

    async def doings(self, number: int) -> tuple[Doing, ...]:
        """Every line of the audit about a fact, oldest first."""
        ...

    async def mine(self, person: str, *, limit: int) -> tuple[tuple[int, str, Workflow], ...]:
        """(number, label, state) of the facts that a person suggested, newest first."""
        ...

    async def batch(self, number: int) -> Batch | None:
        """What was hidden in one go."""
        ...

    async def unanswered(self, *, limit: int) -> tuple[Unanswered, ...]:
        """Questions that nothing answered at least three times, or that were passed on, most often first."""
        ...

    async def source_at(self, url: str) -> Source | None:
        """The source with this canonical address that readers see: a published fact rests on it."""
        ...

    async def unseen_at(self, url: str, *, limit: int) -> tuple[Source, ...]:
        """Those with this canonical address that no reader sees, by id."""
        ...

    async def source(self, source_id: str) -> Source | None:
        """The source of this id."""
        ...

    async def earlier_sources(self, source_id: str) -> tuple[Source, ...]:
        """What the source of this id said before, the later states first."""
        ...

    async def known_host(self, host: str, *, besides: str = "") -> bool:
        """Whether some source that readers see is from there, other than the one of this id."""
        ...

    async def hosts(self, *, limit: int) -> tuple[str, ...]:
        """Hosts of sources, for comparing a new one with them."""
        ...

    async def publishers(self, *, limit: int) -> tuple[str, ...]:
        """Publishers of sources, in small letters, for comparing a new one with them."""
        ...

    async def known_publisher(self, name: str, *, besides: str = "") -> bool:
        """The same of its publisher; case does not count."""
        ...

    async def facts_of(self, source: str, *, limit: int) -> tuple[Dossier, ...]:
        """The facts that rest on a source, newest first."""
        ...

    async def follows(self) -> tuple[Follow, ...]:
        """Everything that is followed anywhere, by number."""
        ...

    async def shifted(self, since: datetime, until: datetime, *, limit: int) -> tuple[tuple[int, str], ...]:
        """(fact number, verb) of what was published, changed, hidden, withdrawn or shown again in a while, in order."""
        ...

    async def told(self, number: int) -> tuple[Told, ...]:
        """The newest news of a fact in each place: a post that stands or waits, or a list that names it."""
        ...

    async def stirred(self, *, limit: int, verbs: Collection[str]) -> tuple[int, ...]:
        """Numbers of facts that were published, changed, hidden, withdrawn or shown again, by the newest lines first.

        One for each of at most `limit` lines with these verbs; a number may come again.
        """
        ...

    async def travelled(self, number: int, at: datetime) -> Travelled:
        """How far the correction of a fact at an instant has come."""
        ...

    async def head(self) -> tuple[int, str]:
        """The end of the audit's chain: the number of its last line and that line's hash."""
        ...


class Desk(Facts, Protocol):
    """The facts as the desk sees them."""

    def reading(self) -> AbstractAsyncContextManager[DeskReading]:
        """As `Facts.reading`."""
        ...

    async def missed(self, query: str, *, wanted: bool = False) -> None:
        """Count a question that nothing answered. Its words are kept from the third time on, and nothing else.

        `wanted`: whoever asked wants the moderators to see it, so that its words are kept at once.
        """
        ...

    async def scrub(self) -> bool:
        """Make sure that nothing erased is left in the files; at once where nothing was erased since the last time.

        False where that cannot be done just now, because somebody reads or the disk is full: try again later.
        """
        ...

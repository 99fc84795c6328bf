"""What the core needs from outside: stores, mail, time and ids. Semantic methods, never an engine's language."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.core.model.change import Applied, Change, Records
from bot.core.model.fact import Dossier, PastRevision
from bot.core.model.finding import Listed
from bot.core.model.mail import Delivery, Job, MessageRef, Post, Sent
from bot.core.model.names import Entity, Topic
from bot.core.model.quantity import ClaimSeries
from bot.core.search.plan import Candidates, Frequencies, Plan, Pool


class Clock(Protocol):
    """The time, handed in so that tests own it."""

    def now(self) -> datetime:
        """The instant, aware, in UTC."""
        ...


class Ids(Protocol):
    """New identifiers, ordered by time."""

    def new(self) -> str:
        """A fresh id: 26 or more characters of [0-9a-z], later ids sort after earlier ones."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Vocabulary:
    """All names on file, for the lexicon."""

    entities: tuple[Entity, ...]
    topics: tuple[Topic, ...]
    series: tuple[ClaimSeries, ...]


class ReadTimedOut(Exception):  # noqa: N818 -- reads as what happened
    """A read took longer than it may: "search incomplete", never "nothing on record"."""

    def __init__(self, limit: float) -> None:
        super().__init__(f"a read took longer than {limit:g} s")
        self.limit = limit  # seconds


class Reading(Protocol):
    """One consistent view of the store, leased for one answer. Every query is bounded in terms, length and time.

    `candidates` and `pool` bring home what they found in time and say so, `labels` too; all others raise ReadTimedOut.
    """

    async def candidates(self, plan: Plan, *, limit: int) -> Candidates:
        """Published, answerable facts that match; newest number first where the limit cuts."""
        ...

    async def pool(self, plans: Sequence[Plan], *, limit: int, most: int) -> Pool:
        """What the plans match in turn, `limit` facts each at most, until there are `most`."""
        ...

    async def frequencies(self, terms: Sequence[str]) -> Frequencies:
        """Document frequencies of the given terms over published, answerable facts."""
        ...

    async def vocabulary(self) -> Vocabulary:
        """All names, topics and series."""
        ...

    async def dossiers(self, numbers: Sequence[int]) -> tuple[Dossier, ...]:
        """The facts of these numbers, in this order, of any workflow state; unknown numbers are left out."""
        ...

    async def number_of(self, slug: str) -> int | None:
        """The number behind a slug."""
        ...

    async def history(self, number: int) -> tuple[PastRevision, ...]:
        """Everything that became of a fact, oldest first."""
        ...

    async def listed(self, *, topic: str | None = None, series: str | None = None, limit: int) -> tuple[Listed, ...]:
        """Labels of published, answerable facts of a topic or series (both None: of all), newest first."""
        ...

    async def labels(self, prefix: str, *, limit: int) -> tuple[Listed, ...]:
        """Labels of published, answerable facts that have a word with this folded prefix; unranked, newest first."""
        ...

    async def text_of(self, source: str) -> str | None:
        """The private full text of a source, normalised, or None where only its hash is kept."""
        ...

    async def passages_of(self, source: str) -> tuple[str, ...]:
        """The private pieces of a source that people pasted, normalised, oldest first."""
        ...

    async def records(self) -> Records:
        """Everything, for export: ordered by id, facts by number."""
        ...


class Facts(Protocol):
    """The facts and the only way to change them."""

    @property
    def position(self) -> int:
        """Counts applied changes; whoever cached something compares it."""
        ...

    def reading(self) -> AbstractAsyncContextManager[Reading]:
        """Lease a view; waits for its turn when all are taken."""
        ...

    async def apply(self, change: Change, *, key: str, expect: Mapping[str, int]) -> Applied:
        """Apply a change in one unit: revisions, audit, idempotency key and outbox.

        `key` is the platform's event id or a fresh id; the same key twice gives the first answer (`repeated`).
        `expect` maps slugs to the revision numbers that the caller saw. The caller may be cancelled, the change
        may not: once it has begun it is applied or refused as a whole.

        Raises ChangeRefused (RevisionConflict when `expect` no longer holds).
        """
        ...


class Mail(Protocol):
    """Inbox, outbox, deliveries, and the command lines behind long buttons."""

    async def claim(self, platform: str, event: str) -> bool:
        """True for the first claim of this event, False ever after."""
        ...

    async def lease(self, platform: str, *, limit: int, ttl: float) -> tuple[Job, ...]:
        """Jobs that are due, at most one a lane and none of a lane already leased; the lease ends after ttl seconds."""
        ...

    async def done(self, job: Job, receipt: MessageRef | None, *, keep: str = "") -> bool:
        """The job was sent: its payload is erased, and `keep` stays in its place.

        False when the lease was lost: the caller's result no longer counts.
        """
        ...

    async def later(self, job: Job, *, at: datetime, why: str, sure: bool = False) -> bool:
        """Try again at `at`; the lane waits for it. `sure`: what has been tried so far did not arrive."""
        ...

    async def dead(self, job: Job, why: str) -> bool:
        """Give the job up; its payload is erased, the lane goes on."""
        ...

    async def record(self, delivery: Delivery) -> None:
        """Remember which message shows which revisions; the same message again replaces what it showed.

        Of an answer that only one person sees nothing is kept but that there was one more. What has changed while the
        message was under way is corrected from here.
        """
        ...

    async def delivery(self, ref: MessageRef) -> Delivery | None:
        """What a message shows."""
        ...

    async def lost(self, ref: MessageRef) -> None:
        """A message is gone: nothing is known of it any more."""
        ...

    async def showing(self, number: int, *, before: datetime, limit: int) -> tuple[Delivery, ...]:
        """Messages that show a fact, newest first, older than `before`."""
        ...

    async def forget(self, before: datetime) -> int:
        """Drop deliveries, finished jobs, inbox events, keys and kept lines older than `before`; how many."""
        ...

    async def keep_line(self, line: str) -> str:
        """Keep a command line too long for a button; returns a random key of at most 40 characters."""
        ...

    async def kept_line(self, key: str) -> str | None:
        """The line behind a key, None when unknown or forgotten."""
        ...


class Stream(Mail, Protocol):
    """Mail of a platform whose events come as one long stream, read on from a remembered place."""

    async def unhandled(self, platform: str, events: Sequence[str]) -> frozenset[str]:
        """Those of the events that the inbox does not know."""
        ...

    async def handled(
        self,
        platform: str,
        *,
        events: Sequence[str] = (),
        posts: Sequence[Post] = (),
        recalled: Sequence[str] = (),
        notes: Mapping[str, str | None] | None = None,
    ) -> None:
        """In one unit: enter events in the inbox, queue posts, drop queued posts and keep notes.

        `recalled` are keys of posts to drop if nobody has ever leased them: what was tried may have arrived.
        A note whose value is None is removed.
        """
        ...

    async def released(self, platform: str) -> None:
        """End all leases and pauses: whoever starts and is alone need not wait for those of an earlier run."""
        ...

    async def turned_back(self, platform: str) -> None:
        """The clock was ahead and has been put right: no pause lasts longer than it was meant to."""
        ...

    async def note(self, platform: str, name: str) -> str | None:
        """What the platform keeps under this name: how far it has read, and the like."""
        ...

    async def sent(self, platform: str, keys: Sequence[str]) -> tuple[Sent, ...]:
        """The posts of these keys that have been sent, in this order, the others left out."""
        ...

    async def stand(self, platform: str, now: Sequence[Sent], *, gone: Sequence[str] = ()) -> None:
        """Posts stand elsewhere now, also under keys that were never queued; those of the keys `gone` stand nowhere.

        `sent` and `sent_as` tell so from here on, and no message of `gone` shows a fact any more. A post that still
        waits to be sent is left alone.
        """
        ...

    async def sent_as(self, ref: MessageRef) -> Sent | None:
        """The newest sent post whose receipt is this message."""
        ...

    def watch(self, platform: str, wake: Callable[[], None]) -> None:
        """Have `wake` called whenever something may have come into the outbox of a platform; the last one counts."""
        ...

    async def swept(self) -> bool:
        """What was erased is gone for good, from logs of the store too. False: not yet, somebody reads; try again."""
        ...

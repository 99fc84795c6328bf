"""A change, decided: what a decision may ask of the store, and everything that the store then writes in one unit."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Protocol

from bot.core.model.change import Item
from bot.core.model.desk import (
    Batch,
    By,
    Doing,
    Draft,
    Listener,
    Notice,
    Origin,
    Person,
    Proposal,
    Report,
    Settled,
)
from bot.core.model.fact import Fact, Revision
from bot.core.model.mail import Delivery, Place
from bot.core.model.news import Follow, Told
from bot.core.model.review import Publication, Workflow
from bot.core.records import content_hash


class OnFile(Protocol):
    """What a decision needs to know of the store. Plain calls: a change runs where the data is."""

    def fact(self, slug: str) -> Fact | None:
        """The fact as it stands."""
        ...

    def numbered(self, number: int) -> Fact | None:
        """The fact of this number as it stands."""
        ...

    def earlier(self, number: int) -> Iterable[Revision]:
        """All revisions but the newest, the later ones first."""
        ...

    def taken(self, number: int) -> bool:
        """A fact has this number, or a draft has reserved it."""
        ...

    def highest(self) -> int:
        """The highest number of any fact or draft, 0 when there is none."""
        ...

    def item(self, item_id: str) -> Item | None:
        """The source, entity, topic or series of this id: ids are unique over all of them."""
        ...

    def earlier_items(self, item_id: str) -> Iterable[Item]:
        """What has been on file under this id before, the later ones first."""
        ...

    def text(self, source: str) -> str | None:
        """The private text of a whole source."""
        ...

    def passages(self, source: str) -> tuple[str, ...]:
        """The private pieces of a source that people pasted, oldest first."""
        ...

    def facts_of(self, source: str) -> Iterable[Fact]:
        """The facts that rest on a source, as they stand."""
        ...

    def shown_with(self, item_id: str) -> str | None:
        """The slug of one published fact that rests on this id, if there is any."""
        ...

    def person(self, by: By) -> Person:
        """Whoever has this account; somebody new where nobody has."""
        ...

    def somebody(self, person: str) -> Person:
        """The person of this id, or whom that one has joined."""
        ...

    def names(self, *, besides: str) -> tuple[str, ...]:
        """The names by which others than this person are disclosed."""
        ...

    def offered(self, code_sha256: str, since: datetime) -> str | None:
        """The id of the person who left this code since then."""
        ...

    def draft(self, number: int, person: str) -> Draft | None:
        """The form under this number that the person is filling in."""
        ...

    def drafts(self, person: str) -> tuple[Draft, ...]:
        """Everything that the person is filling in, by number."""
        ...

    def proposal(self, number: int, origin: Origin) -> Proposal | None:
        """What waits for a second person on the fact of this number."""
        ...

    def waiting_of(self, person: str) -> tuple[int, ...]:
        """Numbers of the facts that wait, or have a change that waits, because of this person."""
        ...

    def doings(self, number: int) -> tuple[Doing, ...]:
        """Every line of the audit about the fact of this number, oldest first."""
        ...

    def approvals(self, since: datetime) -> tuple[tuple[int, Doing], ...]:
        """Fact number and line of everything that somebody agreed to since then, oldest first."""
        ...

    def changed_by(self, person: str, since: datetime) -> tuple[int, ...]:
        """Numbers of the published facts whose words or state this person has put there since then."""
        ...

    def report(self, number: int, report: int) -> Report | None:
        """A report on the fact of this number."""
        ...

    def reports(self, number: int) -> tuple[Report, ...]:
        """All reports on the fact of this number, oldest first."""
        ...

    def reported_by(self, person: str) -> tuple[Report, ...]:
        """All reports of this person, by fact and number."""
        ...

    def listeners(self, number: int) -> tuple[Listener, ...]:
        """Who is to be told what becomes of the fact of this number."""
        ...

    def batch(self, number: int) -> Batch | None:
        """What was hidden in one go."""
        ...

    def batches(self) -> int:
        """How many there have been."""
        ...

    def follows(self) -> tuple[Follow, ...]:
        """Everything that is followed anywhere, by number."""
        ...

    def showing(self, number: int) -> tuple[Delivery, ...]:
        """Messages that show the fact of this number, newest first."""
        ...

    def private_answers(self, number: int) -> int:
        """How many answers that only one person sees have shown it; nobody knows which messages."""
        ...

    def told(self, number: int) -> tuple[Told, ...]:
        """The newest news of the fact of this number in each place."""
        ...

    def news_times(self, place: Place, limit: int, now: datetime) -> tuple[datetime, ...]:
        """When the newest posts of news in a place went or will go, oldest first; none went later than now."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """What is to be done to one fact."""

    slug: str
    number: int
    new: bool
    revision: Revision | None  # to be added; None: the content stays
    workflow: Workflow
    publication: Publication | None
    verb: str  # of the audit line
    reason: str = ""

    @classmethod
    def on(
        cls,
        fact: Fact,
        verb: str,
        *,
        reason: str = "",
        revision: Revision | None = None,
        workflow: Workflow | None = None,
        publication: Publication | None = None,
    ) -> Step:
        """A step on a fact as it stands; what is not given stays as it is."""
        return cls(
            slug=fact.slug,
            number=fact.number,
            new=False,
            revision=revision,
            workflow=workflow or fact.workflow,
            publication=publication or fact.publication,
            verb=verb,
            reason=reason.strip(),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """A line of the audit about a person, not a fact."""

    person: str
    verb: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Closing:
    """A proposal that waits no longer."""

    fact: int
    origin: Origin
    settled: Settled


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """A change, decided: what a store writes in one unit."""

    actor: str | None = None  # an import: disclosed name of who answers for it
    person: str | None = None  # a change at the desk: who made it
    number: int | None = None  # what the caller is told it is about
    items: tuple[Item, ...] = ()  # new or changed
    texts: Mapping[str, str] = field(default_factory=dict)  # whole texts of sources, new or changed
    passages: tuple[tuple[str, str], ...] = ()  # (source, normalised piece), new
    steps: tuple[Step, ...] = ()
    unchanged: tuple[str, ...] = ()  # slugs
    drafts: tuple[Draft, ...] = ()  # to be kept
    dropped: tuple[tuple[int, str], ...] = ()  # (number, person) of drafts that are done with
    opened: tuple[Proposal, ...] = ()
    closed: tuple[Closing, ...] = ()
    reports: tuple[Report, ...] = ()  # new, or with their outcome
    listeners: tuple[Listener, ...] = ()  # new
    told: tuple[int, ...] = ()  # facts whose listeners have heard the last of it
    batches: tuple[Batch, ...] = ()
    people: tuple[Person, ...] = ()  # whose name or declarations changed
    offers: tuple[tuple[str, str], ...] = ()  # (sha256 of a code, person)
    joined: tuple[tuple[str, str], ...] = ()  # (person, into which person)
    forgotten: tuple[str, ...] = ()  # persons
    deeds: tuple[Deed, ...] = ()
    notices: tuple[Notice, ...] = ()
    follows: tuple[Follow, ...] = ()  # new (number 0) or with what changed
    unfollowed: tuple[int, ...] = ()  # numbers of follows
    conflicts: tuple[str, ...] = ()  # slugs

    @property
    def idle(self) -> bool:
        """Nothing is to be done to what facts say or rest on, and nothing else is to be written."""
        return not any(
            (
                self.items,
                self.texts,
                self.passages,
                self.steps,
                self.drafts,
                self.dropped,
                self.opened,
                self.closed,
                self.reports,
                self.listeners,
                self.told,
                self.batches,
                self.people,
                self.offers,
                self.joined,
                self.forgotten,
                self.deeds,
                self.notices,
                self.follows,
                self.unfollowed,
            )
        )

    @property
    def moves(self) -> bool:
        """What readers could be shown may have changed, so that whoever cached something must look again."""
        return bool(self.items or self.texts or self.passages or self.steps)


def numbered(revision: Revision, number: int) -> Revision:
    """The revision under its number, with the hash of its content."""
    return replace(revision, number=number, content_hash=content_hash(revision))

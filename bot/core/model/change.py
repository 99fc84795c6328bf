"""What can be changed: each change is data, applied by a store in one unit or not at all."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from bot.core.model.desk import By, Form, Notice, Origin, Terms, Wrong
from bot.core.model.fact import Fact, Revision
from bot.core.model.mail import Place
from bot.core.model.names import Entity, Topic
from bot.core.model.news import Pace, Subject
from bot.core.model.quantity import ClaimSeries
from bot.core.model.review import Withdrawal, Workflow
from bot.core.model.source import Source

Item = Source | Entity | Topic | ClaimSeries  # what facts refer to


@dataclass(frozen=True, slots=True, kw_only=True)
class FactRecord:
    """A fact as it stands in a file."""

    slug: str
    number: int | None  # None: the store gives the next one
    workflow: Workflow
    base_revision: int | None  # the revision this file was exported from; None for a new record
    base_hash: str | None  # and its content hash
    revision: Revision

    @classmethod
    def of(cls, fact: Fact) -> FactRecord:
        """The record that an export writes of a fact on file."""
        return cls(
            slug=fact.slug,
            number=fact.number,
            workflow=fact.workflow,
            base_revision=fact.revision.number,
            base_hash=fact.revision.content_hash,
            revision=fact.revision,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Records:
    """Everything that a set of files says. Ids are unique over all of it."""

    sources: tuple[Source, ...] = ()
    entities: tuple[Entity, ...] = ()
    topics: tuple[Topic, ...] = ()
    series: tuple[ClaimSeries, ...] = ()
    facts: tuple[FactRecord, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FileImport:
    """Bring records from files in. They wait for review unless `publish_as` names who answers for them."""

    records: Records
    publish_as: str | None
    texts: Mapping[str, str] = field(default_factory=dict)  # source id -> full text, for the private store
    terms: Terms = field(default_factory=Terms)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tell:
    """Post what the bot says by itself. Nothing else changes; a notice whose key is known is not posted again."""

    notices: tuple[Notice, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskChange:
    """What every change made at the desk has: who makes it, under which terms."""

    by: By
    terms: Terms


@dataclass(frozen=True, slots=True, kw_only=True)
class SaveDraft(DeskChange):
    """Keep a form under way. Without a number it gets the next one."""

    number: int | None
    form: Form
    place: Place | None = None
    reply_to: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DropDraft(DeskChange):
    """Give a form up."""

    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggest(DeskChange):
    """Send a draft to review: the fact of its number waits from now on."""

    number: int
    slug: str
    revision: Revision
    source: Source  # new, or as on file with what the passage adds
    passage: str  # kept privately; "" where the words were not compared with one


@dataclass(frozen=True, slots=True, kw_only=True)
class Revise(DeskChange):
    """Change what a fact, or the source behind its words, says.

    What says less, and metadata, holds at once; what says more waits for a second person where the fact is shown.
    """

    number: int
    revision: Revision
    source: Source | None = None
    passage: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Approve(DeskChange):
    """Agree to what waits: the fact itself, or the proposal of this origin."""

    number: int
    origin: Origin = Origin.DESK
    seen: str = ""  # which card the caller saw, as `core.desk.notices` names it; another one is not what was agreed to


@dataclass(frozen=True, slots=True, kw_only=True)
class Decline(DeskChange):
    """Say no to what waits: by an editor with a reason, or by its author as taking it back."""

    number: int
    reason: str
    origin: Origin = Origin.DESK
    seen: str = ""  # as of `Approve`


@dataclass(frozen=True, slots=True, kw_only=True)
class Hide(DeskChange):
    """Stop showing a fact until it is looked at."""

    number: int
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Withdraw(DeskChange):
    """Never give a fact as an answer again; its tombstone stays."""

    number: int
    withdrawal: Withdrawal


@dataclass(frozen=True, slots=True, kw_only=True)
class BringBack(DeskChange):
    """Show a hidden or withdrawn fact again, or let a rejected one wait again."""

    number: int
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportWrong(DeskChange):
    """A reader says that an answer is wrong."""

    number: int
    wrong: Wrong
    text: str
    place: Place | None = None  # where the reader wants to be told what came of it
    reply_to: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CloseReport(DeskChange):
    """An editor has dealt with a report."""

    number: int  # of the fact
    report: int
    outcome: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HideAll(DeskChange):
    """Hide everything that a person has published or changed since an instant."""

    person: str
    since: datetime
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BringAllBack(DeskChange):
    """Show again what a batch has hidden and nobody has touched since; takes two people."""

    batch: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SaveItem(DeskChange):
    """Add an entity or a topic, or names to one. What is shown of it (the house spelling) is not changed here."""

    item: Entity | Topic


@dataclass(frozen=True, slots=True, kw_only=True)
class MergeTopic(DeskChange):
    """Let a topic go on as another: its names, its facts and whoever follows it lead there."""

    old: str  # ids
    into: str
    language: str  # BCP 47, of the old topic's label


@dataclass(frozen=True, slots=True, kw_only=True)
class NameMe(DeskChange):
    """Choose the name under which one's decisions are disclosed; "" for none."""

    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferLink(DeskChange):
    """Leave a code with which another account of the same person can join."""

    code_sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeLink(DeskChange):
    """Join the person who left this code: both accounts are one person from now on."""

    code_sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DeclareNone(DeskChange):
    """Declare, on record, to have no account on a platform."""

    platform: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ForgetMe(DeskChange):
    """Erase the accounts and names of a person; what was done stays done by nobody."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StartFollow(DeskChange):
    """News of something are posted in a place from now on, or in another way than so far."""

    place: Place
    subject: Subject
    target: str = ""
    pace: Pace = Pace.EACH
    locale: str = "en"


@dataclass(frozen=True, slots=True, kw_only=True)
class StopFollow(DeskChange):
    """No more of them."""

    place: Place
    number: int  # of the follow


@dataclass(frozen=True, slots=True, kw_only=True)
class Reached:
    """A place has taken a post of news, or will not take it: three times in a row pause what it follows."""

    place: Place
    taken: bool
    terms: Terms


@dataclass(frozen=True, slots=True, kw_only=True)
class MovePlace:
    """A room goes on as another one: what was followed in the old one is followed in the new one."""

    old: Place
    new: Place


Change = (
    FileImport
    | Tell
    | SaveDraft
    | DropDraft
    | Suggest
    | Revise
    | Approve
    | Decline
    | Hide
    | Withdraw
    | BringBack
    | ReportWrong
    | CloseReport
    | HideAll
    | BringAllBack
    | SaveItem
    | MergeTopic
    | NameMe
    | OfferLink
    | TakeLink
    | DeclareNone
    | ForgetMe
    | StartFollow
    | StopFollow
    | Reached
    | MovePlace
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Applied:
    """What a change did. The same key applied twice gives the same answer and changes nothing."""

    position: int  # of the store after the change
    created: tuple[str, ...] = ()  # slugs
    revised: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    published: tuple[str, ...] = ()
    number: int | None = None  # of the fact, draft, batch or report that a change at the desk is about
    waits: tuple[int, ...] = ()  # facts of which something now waits for a second person
    conflicts: tuple[str, ...] = ()  # slugs of which file and chat have both changed
    repeated: bool = False  # the key had been applied before


class ChangeRefused(Exception):  # noqa: N818 -- reads as what happened
    """A rule of the project speaks against a change; nothing was changed. Carries the facts of the case."""


class RevisionConflict(ChangeRefused):
    """The caller saw another revision than the newest one."""

    def __init__(self, slug: str, expected: int, found: int) -> None:
        super().__init__(f"{slug}: revision {found} is the newest, the change was made from {expected}")
        self.slug = slug
        self.expected = expected
        self.found = found

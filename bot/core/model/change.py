"""What can be changed: each change is data, applied by a store in one unit or not at all."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.core.model.fact import Fact, Revision
from bot.core.model.names import Entity, Topic
from bot.core.model.quantity import ClaimSeries
from bot.core.model.review import Workflow
from bot.core.model.source import Source


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


Change = FileImport  # a closed union; the desk adds its own changes


@dataclass(frozen=True, slots=True, kw_only=True)
class Applied:
    """What a change did. The same key applied twice gives the same answer and changes nothing."""

    position: int  # of the store after the change
    created: tuple[str, ...]  # slugs
    revised: tuple[str, ...]
    unchanged: tuple[str, ...]
    published: tuple[str, ...]
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

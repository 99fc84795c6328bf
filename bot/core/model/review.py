"""The axes of a fact that say who may see it and how sure it is that it was said."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Workflow(StrEnum):
    """Who may see a fact."""

    DRAFT = "draft"
    PENDING = "pending"
    PUBLISHED = "published"
    HIDDEN = "hidden"
    WITHDRAWN = "withdrawn"
    REJECTED = "rejected"


class Attribution(StrEnum):
    """How sure it is that these words were said by this speaker."""

    ATTRIBUTED = "attributed"
    SECOND_HAND = "second-hand"
    VERIFIED = "verified"
    DISPUTED = "disputed"
    MISATTRIBUTED = "misattributed"
    FABRICATED = "fabricated"


class Checking(StrEnum):
    """How many people looked before a fact was published; every answer discloses the weaker ones."""

    TWO_EDITORS = "two_editors"
    ONE_EDITOR = "one_editor"
    FILE_IMPORT = "file_import"  # published from files by one named person


@dataclass(frozen=True, slots=True, kw_only=True)
class Publication:
    """Who answers for showing a fact."""

    checking: Checking
    by: str  # disclosed name
    at: datetime


class WithdrawalReason(StrEnum):
    """Why a fact is no longer given as an answer; a class, so that the public list can be read in any language."""

    MISQUOTED = "misquoted"
    MISATTRIBUTED = "misattributed"
    SOURCE_RETRACTED = "source-retracted"
    FABRICATED = "fabricated"
    LEGAL = "legal"
    PERSONAL_DATA = "personal-data"
    DUPLICATE = "duplicate"
    OUT_OF_SCOPE = "out-of-scope"


@dataclass(frozen=True, slots=True, kw_only=True)
class Withdrawal:
    """Stands in the revision that withdraws a fact; the next revision without it restores the fact."""

    reason: WithdrawalReason
    note: str = ""  # in words, for everybody to read
    replaced_by: str | None = None  # slug of the fact to read instead


class RelationKind(StrEnum):
    """What one fact is to another: read "this one … that one"."""

    CONTRADICTS = "contradicts"
    DENIES = "denies"
    CORRECTS = "corrects"
    RESTATES = "restates"
    SAME_UTTERANCE = "same-utterance"


@dataclass(frozen=True, slots=True, kw_only=True)
class Relation:
    """A fact speaks of another one."""

    kind: RelationKind
    fact: str  # slug

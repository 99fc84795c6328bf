"""A fact is an utterance, or a report of one, with its evidence; whether it is true is never rated."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from bot.core.dates import CalendarDate
from bot.core.model.names import Entity, Topic
from bot.core.model.quantity import ClaimSeries, Quantity
from bot.core.model.review import Attribution, Publication, Relation, RelationKind, Withdrawal, Workflow
from bot.core.model.source import Citation, Source


class Kind(StrEnum):
    """Whose words the text is; only DIRECT text may stand in quotation marks."""

    DIRECT = "direct"  # the speaker's exact words, between quotation marks in the source
    MIXED = "mixed"  # the outlet's words with quoted fragments (`quoted_spans`)
    INDIRECT = "indirect"  # the outlet's summary of what somebody said
    OUTLET = "outlet"  # the outlet asserts it itself, nobody is quoted
    CAPTION = "caption"  # the caption of a picture


class Act(StrEnum):
    """What one link of the chain did with the words."""

    SAID = "said"
    INTERVIEWED = "interviewed"
    RELAYED = "relayed"
    QUOTED = "quoted"
    PARAPHRASED = "paraphrased"
    REPORTED = "reported"
    TRANSLATED = "translated"
    CAPTIONED = "captioned"
    PHOTOGRAPHED = "photographed"
    OBSERVED = "observed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Speaker:
    """Who is said to have spoken, as the source has it."""

    entity: str | None  # id of an Entity; None when nobody of that name is on file
    name_in_source: str  # as spelled there, also a pronoun ("He")
    role_in_source: str = ""  # the role at the time of speaking, as worded there


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """The day the words were said: a value of known precision or none, hard bounds, and what they rest on."""

    on: CalendarDate | None = None
    not_before: date | None = None
    not_after: date | None = None
    stated: bool = False  # the source itself dates these words
    basis: str = ""  # what the date or its bounds rest on, in words


@dataclass(frozen=True, slots=True, kw_only=True)
class Venue:
    """Where the words were said."""

    text: str = ""  # "interview with Ukrainian Radio"; empty when not given
    stated: bool = False
    conflict: str = ""  # what in the same source speaks against it


@dataclass(frozen=True, slots=True, kw_only=True)
class Hop:
    """One link between the mouth and us. Actor and name may both be missing: "not named" is a legal actor."""

    act: Act
    actor: str | None = None  # id of an Entity
    name: str = ""  # as in the source, where the actor is no entity on file
    role: str = ""  # "South Korean Deputy National Security Adviser"
    stated: bool = False  # the source says so itself


@dataclass(frozen=True, slots=True, kw_only=True)
class Revision:
    """One state of a fact's content; never altered once stored. A change is the next revision."""

    number: int  # 1, 2, 3 … within the fact
    kind: Kind
    text: str  # verbatim, as printed in the source: never altered, joined or silently cut
    quoted_spans: tuple[str, ...] = ()  # MIXED only: the fragments that the source has in quotation marks
    language: str  # BCP 47, of `text`
    original_language: str | None = None  # BCP 47, of the words as spoken; None when the source does not say
    speaker: Speaker | None  # None for OUTLET and CAPTION
    addressee: str | None = None  # id of an Entity
    said: Said
    venue: Venue = Venue()
    label: str  # at most 100 characters; leads with thing and number
    quantities: tuple[Quantity, ...] = ()
    topics: tuple[str, ...] = ()  # ids of Topics
    about: tuple[str, ...] = ()  # ids of Entities
    chain: tuple[Hop, ...]
    citations: tuple[Citation, ...]
    attribution: Attribution
    answerable: bool = True  # False: kept as evidence, never given as an answer
    restates: str | None = None  # slug of the fact whose claim the outlet repeats in its own voice
    relations: tuple[Relation, ...] = ()
    unverified: str = ""  # why it is shown although its words were not found in the source; every answer says it
    withdrawal: Withdrawal | None = None  # set in the revision that withdraws the fact
    notes: tuple[str, ...] = ()
    content_hash: str = ""  # sha256 of the canonical record, filled in by `bot.core.records`


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """The identity of a fact and its newest revision. Number and slug are never reused."""

    number: int  # for people: #17
    slug: str  # for git
    workflow: Workflow
    revision: Revision
    publication: Publication | None  # who answers for showing it; None while it is not published
    created_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Related:
    """Another fact that speaks of this one, or that this one speaks of."""

    kind: RelationKind | None  # None: it replaces the withdrawn one
    outgoing: bool  # this fact's own relation; False: the other one's
    number: int
    label: str
    workflow: Workflow


@dataclass(frozen=True, slots=True, kw_only=True)
class Dossier:
    """A fact with everything that it refers to by id, as one read transaction saw it."""

    fact: Fact
    sources: Mapping[str, Source]
    entities: Mapping[str, Entity]
    topics: Mapping[str, Topic]
    series: Mapping[str, ClaimSeries]
    related: tuple[Related, ...] = ()  # by number


@dataclass(frozen=True, slots=True, kw_only=True)
class PastRevision:
    """One line of a fact's history: what became of it, when, by whom and why."""

    revision: Revision
    at: datetime
    verb: str  # imported, published …: the audit's verb
    actor_name: str  # as the actor chose to be disclosed; empty where none was chosen, and after erasure
    reason: str
    actor: str = ""  # a short random name that stays when the name is erased; empty for nobody

"""What a rule has found: a code and the facts of the case, without a sentence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from bot.core.model.change import Records
from bot.core.model.names import Entity, Topic
from bot.core.model.quantity import ClaimSeries
from bot.core.model.source import Citation, Source, Supports


class Code(StrEnum):
    """All findings; those of WARNINGS do not forbid an import."""

    UNKNOWN_ID = "unknown-id"  # given, kind
    DUPLICATE_ID = "duplicate-id"  # given, section
    DUPLICATE_NUMBER = "duplicate-number"  # given, other
    SAME_FACT = "same-fact"  # other
    NEAR_DUPLICATE = "near-duplicate"  # other
    SHARED_ALIAS = "shared-alias"  # given, other
    TOPIC_CIRCLE = "topic-circle"  # given
    UNTRIMMED_TEXT = "untrimmed-text"
    SPANS_MISSING = "spans-missing"
    SPANS_NOT_ALLOWED = "spans-not-allowed"  # kind
    SPAN_NOT_QUOTED = "span-not-quoted"  # given
    SPEAKER_MISSING = "speaker-missing"  # kind
    SPEAKER_NOT_ALLOWED = "speaker-not-allowed"  # kind
    LABEL_LONG = "label-long"  # length, limit
    QUOTE_LONG = "quote-long"  # length, limit
    NO_SOURCE = "no-source"
    SINGLE_SOURCE = "single-source"
    SELECTOR_OTHER_WORDS = "selector-other-words"
    SELECTOR_POSITION = "selector-position"  # start, end, length
    SELECTOR_CONTEXT = "selector-context"  # length, limit
    NOT_QUOTED = "not-quoted"
    CUT_WORD = "cut-word"
    NOT_FOUND = "not-found"
    UNCHECKED = "unchecked"
    CHECK_WITHOUT_PLACE = "check-without-place"
    CHECK_OF_OTHER_TEXT = "check-of-other-text"
    CHECK_OF_OTHER_WORDS = "check-of-other-words"
    LINE_BREAK = "line-break"
    TEXT_LONG = "text-long"  # length, limit
    NOT_ONE_QUOTATION = "not-one-quotation"
    VALUE_NOT_IN_SURFACE = "value-not-in-surface"  # given, surface
    HEDGE_OUTSIDE = "hedge-outside"  # given, surface
    RESTATES_ITSELF = "restates-itself"
    RELATES_TO_ITSELF = "relates-to-itself"
    UNVERIFIED = "unverified"  # given
    NEEDLESS_WARNING = "needless-warning"
    FUTURE_QUOTE = "future-quote"  # given, published
    BOUNDS_REVERSED = "bounds-reversed"
    DATE_OUT_OF_BOUNDS = "date-out-of-bounds"  # given
    BASIS_MISSING = "basis-missing"
    CHAIN_SHORT = "chain-short"
    CHAIN_START = "chain-start"  # given
    CHAIN_END = "chain-end"  # given, publisher
    HEARSAY = "hearsay"  # given
    NOT_HEARSAY = "not-hearsay"
    PLACEHOLDER = "placeholder"  # given
    VENUE_CONFLICT = "venue-conflict"  # given
    BAD_VALUE = "bad-value"  # given
    SURFACE_NOT_IN_TEXT = "surface-not-in-text"  # given
    COMPARATOR = "comparator"  # given, surface
    UNIT_DIFFERS = "unit-differs"  # given, series
    SCOPE_DIFFERS = "scope-differs"  # given, series
    HEDGE_LOST = "hedge-lost"  # given
    URL_MISSING = "url-missing"
    URL_BAD = "url-bad"  # given
    URL_CREDENTIALS = "url-credentials"
    URL_PRIVATE = "url-private"  # given
    URL_SHORTENER = "url-shortener"  # given
    URL_FOREIGN_LETTERS = "url-foreign-letters"  # given
    MUCH_OF_SOURCE = "much-of-source"  # percent, limit


WARNINGS = frozenset(
    {
        Code.NEAR_DUPLICATE,
        Code.SHARED_ALIAS,
        Code.SPEAKER_MISSING,
        Code.UNVERIFIED,
        Code.LABEL_LONG,
        Code.QUOTE_LONG,
        Code.SINGLE_SOURCE,
        Code.UNCHECKED,
        Code.CHECK_OF_OTHER_WORDS,
        Code.NOT_HEARSAY,
        Code.PLACEHOLDER,
        Code.VENUE_CONFLICT,
        Code.SCOPE_DIFFERS,
        Code.HEDGE_LOST,
        Code.URL_MISSING,
        Code.URL_FOREIGN_LETTERS,
        Code.MUCH_OF_SOURCE,
    }
)


@dataclass(frozen=True, slots=True)
class Found:
    """What one rule says of one record."""

    code: Code
    path: str  # inside the record: ".said.date"
    data: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """A finding with the record that it is about."""

    code: Code
    section: str  # of Records: "facts"
    index: int  # in that section
    id: str
    path: str
    data: Mapping[str, str]

    @property
    def error(self) -> bool:
        """Forbids an import and publication."""
        return self.code not in WARNINGS

    @classmethod
    def of(cls, found: Found, section: str, index: int, own: str) -> Remark:
        """The finding about this record."""
        return cls(code=found.code, section=section, index=index, id=own, path=found.path, data=found.data)


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What records may refer to, by id."""

    sources: Mapping[str, Source]
    entities: Mapping[str, Entity]
    topics: Mapping[str, Topic]
    series: Mapping[str, ClaimSeries]
    facts: frozenset[str]
    taken: Mapping[str, int]  # source id -> characters of its text that facts repeat

    @classmethod
    def of(cls, records: Records, beside: Records) -> Known:
        """Both sets together; where an id is in both, the new record counts."""
        own = {record.slug for record in records.facts}
        taken: dict[str, int] = {}
        for record in (*records.facts, *(item for item in beside.facts if item.slug not in own)):
            if (citation := evidence_of_words(record.revision.citations)) is not None:
                taken[citation.source] = taken.get(citation.source, 0) + len(record.revision.text)
        return cls(
            sources={item.id: item for item in (*beside.sources, *records.sources)},
            entities={item.id: item for item in (*beside.entities, *records.entities)},
            topics={item.id: item for item in (*beside.topics, *records.topics)},
            series={item.id: item for item in (*beside.series, *records.series)},
            facts=frozenset(record.slug for record in (*beside.facts, *records.facts)),
            taken=taken,
        )


def evidence_of_words(citations: tuple[Citation, ...]) -> Citation | None:
    """The first citation that stands for the words themselves."""
    return next((citation for citation in citations if citation.supports is Supports.TEXT), None)

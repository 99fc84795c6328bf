"""The keys of every record: what is written under which name, in which order, with which default."""

from __future__ import annotations

from bot.core.model.fact import Act, Hop, Kind, Revision, Said, Speaker, Venue
from bot.core.model.names import Entity, EntityType, Topic
from bot.core.model.quantity import ClaimSeries, Comparator, Quantity
from bot.core.model.review import Attribution, Relation, RelationKind, Withdrawal, WithdrawalReason
from bot.core.model.source import (
    Check,
    CheckResult,
    Citation,
    Independence,
    Obtained,
    Selector,
    Snapshot,
    Source,
    Supports,
)
from bot.core.records.shape import Field, Shape
from bot.core.records.values import (
    DAY,
    DECIMAL,
    EDTF,
    FLAG,
    INSTANT,
    LANGUAGE,
    NAMES,
    SHA256,
    SLUG,
    TEXT,
    WORDS,
    count,
    list_of,
    maybe,
    word_of,
)

SNAPSHOT = Shape(
    Snapshot,
    (
        Field("sha256", SHA256),
        Field("normalised_sha256", SHA256),
        Field("normalisation", count(1)),
        Field("codepoints", count(0)),
        Field("obtained", word_of(Obtained)),
        Field("captured_at", maybe(INSTANT)),
        Field("archive_urls", list_of(WORDS)),
    ),
)

SOURCE = Shape(
    Source,
    (
        Field("id", SLUG),
        Field("publisher", maybe(WORDS)),  # written also when null: what is not known is said
        Field("title", WORDS),
        Field("author", maybe(WORDS)),
        Field("published", maybe(EDTF)),
        Field("url", maybe(WORDS)),
        Field("language", LANGUAGE),
        Field("independence", word_of(Independence)),
        Field("snapshot", maybe(SNAPSHOT.codec)),
        Field("passages", list_of(SNAPSHOT.codec)),
        Field("credits", list_of(WORDS)),
        Field("notes", list_of(WORDS)),
    ),
)

ENTITY = Shape(
    Entity,
    (
        Field("id", SLUG),
        Field("type", word_of(EntityType)),
        Field("name", WORDS),
        Field("aliases", NAMES),
        Field("ambiguous", list_of(WORDS)),
        Field("not_to_be_confused_with", list_of(WORDS)),
        Field("placeholder", FLAG),
        Field("wikidata", maybe(WORDS)),
    ),
)

TOPIC = Shape(
    Topic,
    (
        Field("id", SLUG),
        Field("label", WORDS),
        Field("aliases", NAMES),
        Field("broader", list_of(SLUG)),
    ),
)

SERIES = Shape(
    ClaimSeries,
    (
        Field("id", SLUG),
        Field("label", WORDS),
        Field("unit", WORDS),
        Field("scope", TEXT),
    ),
)

QUANTITY = Shape(
    Quantity,
    (
        Field("comparator", word_of(Comparator)),
        Field("value", DECIMAL),
        Field("unit", WORDS),
        Field("surface", WORDS),
        Field("from", maybe(SLUG), "origin"),
        Field("to", maybe(SLUG), "destination"),
        Field("series", maybe(SLUG)),
        Field("scope", TEXT),
        Field("as_of", maybe(EDTF)),
    ),
)

SPEAKER = Shape(
    Speaker,
    (
        Field("entity", maybe(SLUG), default=None),
        Field("name", WORDS, "name_in_source"),
        Field("role", TEXT, "role_in_source"),
    ),
)

SAID = Shape(
    Said,
    (
        Field("date", maybe(EDTF), "on"),  # not "on": YAML 1.1 readers take that key for true
        Field("not_before", maybe(DAY)),
        Field("not_after", maybe(DAY)),
        Field("stated", FLAG),
        Field("basis", TEXT),
    ),
)

VENUE = Shape(
    Venue,
    (
        Field("text", TEXT),
        Field("stated", FLAG),
        Field("conflict", TEXT),
    ),
)

HOP = Shape(
    Hop,
    (
        Field("act", word_of(Act)),
        Field("actor", maybe(SLUG)),
        Field("name", TEXT),
        Field("role", TEXT),
        Field("stated", FLAG),
    ),
)

SELECTOR = Shape(
    Selector,
    (
        Field("exact", WORDS),  # a fact leaves it out where it is the fact's text
        Field("prefix", TEXT),
        Field("suffix", TEXT),
        Field("start", count(0)),
        Field("end", count(0)),
    ),
)

CHECK = Shape(
    Check,
    (
        Field("result", word_of(CheckResult)),
        Field("day", DAY, "on"),
        Field("checker", WORDS),
        Field("text_sha256", SHA256),
        Field("passage_sha256", SHA256),
    ),
)

CITATION = Shape(
    Citation,
    (
        Field("source", SLUG),
        Field("supports", word_of(Supports)),
        Field("selector", maybe(SELECTOR.codec)),
        Field("checks", list_of(CHECK.codec)),
    ),
)

RELATION = Shape(Relation, (Field("kind", word_of(RelationKind)), Field("fact", SLUG)))

WITHDRAWAL = Shape(
    Withdrawal,
    (
        Field("reason", word_of(WithdrawalReason)),
        Field("note", TEXT),
        Field("replaced_by", maybe(SLUG)),
    ),
)

REVISION = Shape(
    Revision,
    (
        Field("number", count(1)),
        Field("label", WORDS),
        Field("kind", word_of(Kind)),
        Field("text", WORDS),
        Field("quoted_spans", list_of(WORDS)),
        Field("language", LANGUAGE),
        Field("original_language", maybe(LANGUAGE)),
        Field("speaker", maybe(SPEAKER.codec), default=None),
        Field("addressee", maybe(SLUG)),
        Field("said", SAID.codec),  # also written when nothing is known, so that no default of a file replaces it
        Field("venue", VENUE.codec),
        Field("quantities", list_of(QUANTITY.codec)),
        Field("topics", list_of(SLUG)),
        Field("about", list_of(SLUG)),
        Field("chain", list_of(HOP.codec)),
        Field("attribution", word_of(Attribution)),
        Field("answerable", FLAG),
        Field("restates", maybe(SLUG)),
        Field("relations", list_of(RELATION.codec)),
        Field("unverified", TEXT),
        Field("withdrawal", maybe(WITHDRAWAL.codec)),
        Field("citations", list_of(CITATION.codec)),
        Field("notes", list_of(WORDS)),
        Field("content_hash", TEXT),
    ),
)

"""Records of every shape that files may hold, for property tests. They have the right form, not always sense."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC
from typing import Any

from hypothesis import strategies as st

from bot.core import dates
from bot.core.model.change import FactRecord, Records
from bot.core.model.fact import Act, Hop, Kind, Revision, Said, Speaker, Venue
from bot.core.model.names import Entity, EntityType, Name, Topic
from bot.core.model.quantity import ClaimSeries, Comparator, Quantity
from bot.core.model.review import Attribution, Workflow
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
from bot.core.records import content_hash

# Everything that may stand in a text: no control characters but tab and line breaks, no halves of surrogate pairs.
characters = st.characters(exclude_categories=("Cs", "Cc")) | st.sampled_from(
    "\t\n\r\u0085\u00a0\u2028\ufeff\u202e:#'\"\\-?{}[]&*!|>%@`~"
)
texts = st.text(characters, max_size=30)
words = st.text(characters, min_size=1, max_size=30).filter(lambda text: bool(text.strip())) | st.sampled_from(
    [
        "no",
        "null",
        "true",
        "~",
        "0123",
        "1e3",
        "15:30",
        "2024-11-15",
        "3_500_000",
        "- a",
        "a: b",
        "# a",
        "%a",
        "on",
        "é",
    ]
)
slugs = st.lists(st.text("abyz019", min_size=1, max_size=3), min_size=1, max_size=3).map("-".join)
languages = st.sampled_from(["de", "en", "ko", "no", "uk", "zh-Hant"])
hashes = st.sampled_from("0a9f").map(lambda digit: digit * 64)
days = st.dates()
calendar_dates = st.builds(
    lambda day, cut, mark: dates.parse(day.isoformat()[:cut] + mark),
    days,
    st.sampled_from([4, 7, 10]),
    st.sampled_from(["", "?", "~", "%"]),
)
decimals = st.integers(-(10**12), 10**12).map(str) | st.sampled_from(["0.5", "-3.25", "007", "3500000.10"])


def maybe(strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.none() | strategy


def several(strategy: st.SearchStrategy[Any], most: int = 2) -> st.SearchStrategy[tuple[Any, ...]]:
    return st.lists(strategy, max_size=most).map(tuple)


def _names(given: dict[str, list[str]]) -> tuple[Name, ...]:
    return tuple(Name(text=text, language=language) for language in sorted(given) for text in given[language])


names = st.dictionaries(languages, st.lists(words, min_size=1, max_size=3), max_size=3).map(_names)
snapshots = st.builds(
    Snapshot,
    sha256=hashes,
    normalised_sha256=hashes,
    normalisation=st.integers(1, 9),
    codepoints=st.integers(0, 10**6),
    obtained=st.sampled_from(Obtained),
    captured_at=maybe(st.datetimes().map(lambda at: at.replace(microsecond=0, tzinfo=UTC))),
    archive_urls=several(words),
)
sources = st.builds(
    Source,
    id=slugs,
    publisher=maybe(words),
    title=words,
    author=maybe(words),
    published=maybe(calendar_dates),
    url=maybe(words),
    language=languages,
    independence=st.sampled_from(Independence),
    snapshot=maybe(snapshots),
    credits=several(words),
    notes=several(words),
)
entities = st.builds(
    Entity,
    id=slugs,
    type=st.sampled_from(EntityType),
    name=words,
    aliases=names,
    ambiguous=several(words),
    not_to_be_confused_with=several(words),
    placeholder=st.booleans(),
    wikidata=maybe(words),
)
topics = st.builds(Topic, id=slugs, label=words, aliases=names, broader=several(slugs))
series = st.builds(ClaimSeries, id=slugs, label=words, unit=words, scope=texts)
quantities = st.builds(
    Quantity,
    comparator=st.sampled_from(Comparator),
    value=decimals,
    unit=words,
    surface=words,
    origin=maybe(slugs),
    destination=maybe(slugs),
    series=maybe(slugs),
    scope=texts,
    as_of=maybe(calendar_dates),
)
selectors = st.builds(
    Selector, exact=words, prefix=texts, suffix=texts, start=st.integers(0, 10**6), end=st.integers(0, 10**6)
)
checks = st.builds(Check, result=st.sampled_from(CheckResult), on=days, checker=words, text_sha256=hashes)
citations = st.builds(
    Citation, source=slugs, supports=st.sampled_from(Supports), selector=maybe(selectors), checks=several(checks, 2)
)
said = st.builds(
    Said,
    on=maybe(calendar_dates),
    not_before=maybe(days),
    not_after=maybe(days),
    stated=st.booleans(),
    basis=texts,
)
_bare_revisions = st.builds(
    Revision,
    number=st.just(1),
    kind=st.sampled_from(Kind),
    text=words,
    quoted_spans=several(words),
    language=languages,
    original_language=maybe(languages),
    speaker=maybe(st.builds(Speaker, entity=maybe(slugs), name_in_source=words, role_in_source=texts)),
    addressee=maybe(slugs),
    said=st.just(Said()) | said,
    venue=st.builds(Venue, text=texts, stated=st.booleans(), conflict=texts),
    label=words,
    quantities=several(quantities, 2),
    topics=several(slugs),
    about=several(slugs),
    chain=several(
        st.builds(Hop, act=st.sampled_from(Act), actor=maybe(slugs), name=texts, role=texts, stated=st.booleans())
    ),
    citations=several(citations, 2),
    attribution=st.sampled_from(Attribution),
    answerable=st.booleans(),
    restates=maybe(slugs),
    notes=several(words),
)
revisions = st.builds(
    lambda bare, number: replace(bare, number=number, content_hash=content_hash(bare)),
    _bare_revisions,
    st.integers(1, 10**6),
)


def _record(slug: str, number: int | None, status: Workflow, revision: Revision, base: bool) -> FactRecord:
    return FactRecord(
        slug=slug,
        number=number,
        workflow=status,
        base_revision=revision.number if base else None,
        base_hash=revision.content_hash if base else None,
        revision=revision if base else replace(revision, number=1),
    )


fact_records = st.builds(
    _record, slugs, maybe(st.integers(1, 10**6)), st.sampled_from(Workflow), revisions, st.booleans()
)


def _unique(strategy: st.SearchStrategy[Any], most: int = 2) -> st.SearchStrategy[tuple[Any, ...]]:
    return st.lists(
        strategy, max_size=most, unique_by=lambda item: item.slug if isinstance(item, FactRecord) else item.id
    ).map(tuple)


def _cited(given: Records) -> Records:
    """Facts cite the first source of the records, where there is one."""
    if not given.sources:
        return given
    citation = Citation(source=given.sources[0].id)
    facts = []
    for fact in given.facts:
        revision = replace(fact.revision, citations=(citation, *fact.revision.citations))
        hashed = content_hash(revision)
        base = hashed if fact.base_hash else None
        facts.append(replace(fact, revision=replace(revision, content_hash=hashed), base_hash=base))
    return replace(given, facts=tuple(facts))


_scattered = st.builds(
    Records,
    sources=_unique(sources),
    entities=_unique(entities),
    topics=_unique(topics),
    series=_unique(series),
    facts=_unique(fact_records),
)
records = _scattered | _scattered.map(_cited)

"""What an import must not lose or contradict: checks that were made, snapshots, and the texts that are kept."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from bot.core.matching import counts
from bot.core.model.change import ChangeRefused, FactRecord, Records
from bot.core.model.fact import Fact, Kind
from bot.core.model.source import Check, Citation, Source, Supports
from bot.core.normalisation import normalise
from bot.core.records import content_hash
from bot.core.verbatim import compare


def remembered(
    records: Records, *, fact: Callable[[str], Fact | FactRecord | None], item: Callable[[str], object]
) -> Records:
    """The records with what is on file about the same words and the same documents, where the files leave it out.

    A source without a snapshot keeps the one on file. A citation of words that did not change keeps place and checks.
    `fact` gives what is on file of a slug, `item` the source (or another record) of an id.
    """
    sources = tuple(_seen(source, item(source.id)) for source in records.sources)
    facts = tuple(_compared(record, fact(record.slug)) for record in records.facts)
    return replace(records, sources=sources, facts=facts)


def without_void_checks(records: Records, source: Callable[[str], Source | None]) -> Records:
    """The records without checks that found other words, another place or another text."""
    return replace(records, facts=tuple(_without_void(record, source) for record in records.facts))


def refuse_other_words(record: FactRecord, text_of: Callable[[str], str | None]) -> None:
    """Raise ChangeRefused where the normalised text of a source is there and does not have the words of the fact."""
    revision = record.revision
    for citation in revision.citations:
        text = text_of(citation.source) if citation.supports is Supports.TEXT else None
        if text is None:
            continue
        found = compare(normalise(text), revision.text, citation.selector, as_printed=False)
        if not found.result.found:
            raise ChangeRefused(f"{record.slug}: its words do not stand in the text of {citation.source}")
        if revision.kind is Kind.DIRECT and not found.quoted:
            raise ChangeRefused(f"{record.slug}: no quotation of {citation.source} has exactly its words")
        place = citation.selector
        if place is not None and (found.start, found.end) != (place.start, place.end):
            raise ChangeRefused(f"{record.slug}: its words stand elsewhere in the text of {citation.source}")


def _seen(source: Source, stored: object) -> Source:
    if source.snapshot is not None or not isinstance(stored, Source):
        return source
    return replace(source, snapshot=stored.snapshot)


def _compared(record: FactRecord, on_file: Fact | FactRecord | None) -> FactRecord:
    if on_file is None:
        return record
    revision, stored = record.revision, on_file.revision
    if stored.kind is not revision.kind or normalise(stored.text).text != normalise(revision.text).text:
        return record
    known = {(item.source, item.supports): item for item in reversed(stored.citations)}
    citations = tuple(_with_checks(item, known.get((item.source, item.supports))) for item in revision.citations)
    return _with_citations(record, citations)


def _with_checks(citation: Citation, stored: Citation | None) -> Citation:
    if stored is None or citation.selector not in (None, stored.selector):
        return citation
    if citation.selector is None and citation.supports is not Supports.TEXT:
        return citation
    later = tuple(check for check in citation.checks if check not in stored.checks)
    return replace(citation, selector=stored.selector, checks=(*stored.checks, *later))


def _without_void(record: FactRecord, source: Callable[[str], Source | None]) -> FactRecord:
    def holds(check: Check, citation: Citation) -> bool:
        return not check.result.found or counts(check, citation, record.revision.text, source(citation.source))

    citations = tuple(
        replace(item, checks=tuple(check for check in item.checks if holds(check, item)))
        for item in record.revision.citations
    )
    return _with_citations(record, citations)


def _with_citations(record: FactRecord, citations: tuple[Citation, ...]) -> FactRecord:
    if citations == record.revision.citations:
        return record
    revision = replace(record.revision, citations=citations)
    return replace(record, revision=replace(revision, content_hash=content_hash(revision)))

"""Which record stands in which file of an exported folder."""

from __future__ import annotations

from pathlib import PurePosixPath

from bot.core.model.change import FactRecord, Records
from bot.core.model.source import Source
from bot.core.records import to_data
from bot.interchange.canonical import document

UNDATED = "undated"  # the folder of sources whose date of publication is not known
LOOSE = PurePosixPath("facts.yaml")  # facts whose source is not among the records


def in_order(records: Records) -> Records:
    """Everything by id, facts by number (those without one last) and then by id."""
    return Records(
        sources=tuple(sorted(records.sources, key=lambda item: item.id)),
        entities=tuple(sorted(records.entities, key=lambda item: item.id)),
        topics=tuple(sorted(records.topics, key=lambda item: item.id)),
        series=tuple(sorted(records.series, key=lambda item: item.id)),
        facts=tuple(sorted(records.facts, key=lambda item: (item.number is None, item.number or 0, item.slug))),
    )


def file_of(source: Source) -> PurePosixPath:
    """The file of a source document and of the facts that it is the first evidence for."""
    year = f"{source.published.earliest.year:04d}" if source.published else UNDATED
    return PurePosixPath(year, f"{source.id}.yaml")


def files(records: Records) -> dict[PurePosixPath, bytes]:
    """The files of an export, by their path inside the folder; the same records give the same bytes."""
    records = in_order(records)
    parts: dict[PurePosixPath, Records] = {}
    if records.entities:
        parts[PurePosixPath("entities.yaml")] = Records(entities=records.entities)
    if records.topics:
        parts[PurePosixPath("topics.yaml")] = Records(topics=records.topics)
    if records.series:
        parts[PurePosixPath("series.yaml")] = Records(series=records.series)
    facts: dict[str, list[FactRecord]] = {}
    for fact in records.facts:
        facts.setdefault(fact.revision.citations[0].source if fact.revision.citations else "", []).append(fact)
    for source in records.sources:
        parts[file_of(source)] = Records(sources=(source,), facts=tuple(facts.pop(source.id, ())))
    if facts:
        loose = Records(facts=tuple(fact for group in facts.values() for fact in group))
        parts[LOOSE] = in_order(loose)
    return {path: document(to_data(part)).encode() for path, part in sorted(parts.items())}

"""One id, one number, one record for each thing; nothing on file twice under two names."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from itertools import chain

from bot.core.model.change import FactRecord, Records
from bot.core.model.names import Entity, Topic
from bot.core.model.review import Workflow
from bot.core.normalisation import normalise
from bot.core.rules.remark import Code, Found, Remark, evidence_of_words

NEARLY = 0.9  # share of common words from which two texts of one speaker count as the same
_COMPARED = 200  # the last facts of a speaker in a source that a text is compared with word by word
_LIVING = (Workflow.DRAFT, Workflow.PENDING, Workflow.PUBLISHED, Workflow.HIDDEN)


def over_all(records: Records, beside: Records) -> Iterator[Remark]:
    """What can only be seen by comparing records with each other."""
    yield from _ids(records)
    yield from _numbers(records.facts, beside.facts)
    yield from _repeated(records.facts, beside.facts)
    yield from _shared_names("entities", records.entities, beside.entities)
    yield from _shared_names("topics", records.topics, beside.topics)


def _ids(records: Records) -> Iterator[Remark]:
    """Ids are unique over sources, entities, topics, series and facts."""
    seen: dict[str, str] = {}
    for section in ("sources", "entities", "topics", "series", "facts"):
        for index, value in enumerate(getattr(records, section)):
            own = value.slug if isinstance(value, FactRecord) else value.id
            if own in seen:
                found = Found(Code.DUPLICATE_ID, ".id", {"given": own, "section": seen[own]})
                yield Remark.of(found, section, index, own)
            seen.setdefault(own, section)


def _numbers(facts: tuple[FactRecord, ...], beside: tuple[FactRecord, ...]) -> Iterator[Remark]:
    taken = {record.number: record.slug for record in beside if record.number is not None}
    for index, record in enumerate(facts):
        if record.number is None:
            continue
        other = taken.setdefault(record.number, record.slug)
        if other != record.slug:
            found = Found(Code.DUPLICATE_NUMBER, ".number", {"given": str(record.number), "other": other})
            yield Remark.of(found, "facts", index, record.slug)


def _repeated(facts: tuple[FactRecord, ...], beside: tuple[FactRecord, ...]) -> Iterator[Remark]:
    """No two living facts have speaker, words and source in common; nearly the same words are worth a remark.

    The same words from another source are no duplicate: a statement may be repeated on another day.
    """
    own = {record.slug for record in facts}
    same: dict[tuple[str, str, str], str] = {}
    near: dict[tuple[str, str], deque[tuple[str, frozenset[str]]]] = {}
    older = (record for record in beside if record.slug not in own)
    for index, record in chain(((-1, item) for item in older), enumerate(facts)):
        citation = evidence_of_words(record.revision.citations)
        if record.workflow not in _LIVING or citation is None:
            continue
        group = (_speaker(record), citation.source)
        text = normalise(record.revision.text).text
        words = frozenset(text.casefold().split())
        other = same.setdefault((*group, text), record.slug)
        if index >= 0 and other != record.slug:
            yield Remark.of(Found(Code.SAME_FACT, ".text", {"other": other}), "facts", index, record.slug)
            continue
        others = near.setdefault(group, deque(maxlen=_COMPARED))
        for other, other_words in others if index >= 0 else ():
            if other != record.slug and len(words & other_words) >= NEARLY * max(len(words | other_words), 1):
                yield Remark.of(Found(Code.NEAR_DUPLICATE, ".text", {"other": other}), "facts", index, record.slug)
        others.append((record.slug, words))


def _speaker(record: FactRecord) -> str:
    speaker = record.revision.speaker
    return "" if speaker is None else speaker.entity or speaker.name_in_source


def _shared_names(section: str, values: Iterable[Entity | Topic], beside: Iterable[Entity | Topic]) -> Iterator[Remark]:
    """A name that two records share cannot lead to either of them alone, unless both say that it is ambiguous."""
    values = list(values)
    own = {value.id for value in values}
    owners: dict[str, str] = {}
    for value in beside:
        if value.id not in own:
            for name in _names(value):
                owners.setdefault(name, value.id)
    for index, value in enumerate(values):
        for name in sorted(_names(value)):
            other = owners.setdefault(name, value.id)
            if other != value.id:
                found = Found(Code.SHARED_ALIAS, ".aliases", {"given": name, "other": other})
                yield Remark.of(found, section, index, value.id)


def _names(value: Entity | Topic) -> set[str]:
    names = {value.name if isinstance(value, Entity) else value.label, *(alias.text for alias in value.aliases)}
    if isinstance(value, Entity):
        names -= set(value.ambiguous)
    return {normalise(name).text.casefold() for name in names}

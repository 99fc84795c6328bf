"""What whoever is to approve a fact should know before: short findings, the weightiest first, never a judgement."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from bot.core.desk.speaking import somebody_else, stands_near, surroundings
from bot.core.hosts import may_pass_for, nearly
from bot.core.links import host_of
from bot.core.matching import matches
from bot.core.model.change import FactRecord
from bot.core.model.fact import Dossier, Kind
from bot.core.model.review import Workflow
from bot.core.model.source import Obtained, Source
from bot.core.normalisation import normalise
from bot.core.quotation import in_quotation_marks
from bot.core.rules import examine_fact
from bot.core.rules.figures import HEDGES
from bot.core.rules.identity import NEARLY
from bot.core.rules.remark import Code, Known, Remark, evidence_of_words
from bot.core.rules.sources import link_is_good
from bot.core.rules.words import SPOKEN
from bot.core.verbatim import occurrences


class Weight(StrEnum):
    """What is found."""

    NOT_FOUND = "not-found"
    FOUND = "found"
    FOUND_QUOTED = "found-quoted"
    FILED = "filed"  # found when they were compared; that text is not kept here
    UNVERIFIED = "unverified"  # given: why it is to be shown all the same
    SAME = "same"  # number, label
    NEARLY_SAME = "nearly-same"  # number, label
    SPEAKER_FAR = "speaker-far"  # name
    SPEAKER_FILED = "speaker-filed"  # name, filed
    SPEAKER_ELSE = "speaker-else"  # name, filed
    NO_SPEAKER = "no-speaker"
    PUBLISHER_ALIKE = "publisher-alike"  # publisher, other
    HOST_ALIKE = "host-alike"  # host, other
    NEW_HOST = "new-host"  # host
    NEW_PUBLISHER = "new-publisher"  # publisher
    PASTED = "pasted"
    HEDGE_LOST = "hedge-lost"  # hedge


OF_SPEAKER = (Weight.SPEAKER_FILED, Weight.SPEAKER_ELSE)  # what whoever names a speaker is told at once


@dataclass(frozen=True, slots=True)
class Finding:
    """One of them, with the facts of the case."""

    weight: Weight
    data: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Looked:
    """What was looked up for it."""

    texts: Sequence[str] = ()  # of the source, normalised
    known_host: bool = True
    known_publisher: bool = True
    hosts: Sequence[str] = ()
    publishers: Sequence[str] = ()
    others: Sequence[Dossier] = ()  # facts that may be the same


def weighed(dossier: Dossier, looked: Looked) -> tuple[Finding, ...]:
    """Everything that is worth knowing about the fact."""
    revision = dossier.fact.revision
    citation = evidence_of_words(revision.citations)
    source = dossier.sources.get(citation.source) if citation else None
    return (
        *_of_words(dossier, looked),
        *_of_others(dossier, looked.others),
        *_of_speaker(dossier, looked.texts),
        *(_of_source(source, looked) if source else ()),
        *_of_label(dossier),
    )


def remarks_on(dossier: Dossier) -> tuple[Remark, ...]:
    """What the rules find in the fact and in the link of its source; that words were not found is not among it."""
    fact = dossier.fact
    known = Known(
        sources=dossier.sources,
        entities=dossier.entities,
        topics=dossier.topics,
        series=dossier.series,
        facts=frozenset(
            {relation.fact for relation in fact.revision.relations} | {fact.revision.restates or fact.slug}
        ),
        taken={},
    )
    record = FactRecord(
        slug=fact.slug,
        number=fact.number,
        workflow=Workflow.PENDING,
        base_revision=None,
        base_hash=None,
        revision=fact.revision,
    )
    of_links = (
        Remark.of(found, "sources", 0, source.id)
        for source in dossier.sources.values()
        for found in link_is_good(source, known)
    )
    return tuple(remark for remark in (*examine_fact(record, known), *of_links) if remark.code is not Code.NOT_FOUND)


def _of_words(dossier: Dossier, looked: Looked) -> Iterator[Finding]:
    revision = dossier.fact.revision
    words = normalise(revision.text).text
    places = [(text, text.find(words)) for text in looked.texts if words and words in text]
    if not places:
        filed = any(each.found for each in matches(revision, dossier.sources, {}))
        yield Finding(Weight.FILED if filed else Weight.NOT_FOUND)
    elif revision.kind is Kind.DIRECT and any(
        in_quotation_marks(text, here.start, here.end)
        for text, _ in places
        for here in occurrences(normalise(text), words)
    ):
        yield Finding(Weight.FOUND_QUOTED)
    else:
        yield Finding(Weight.FOUND)
    if revision.unverified:
        yield Finding(Weight.UNVERIFIED, {"given": revision.unverified})


def _of_others(dossier: Dossier, others: Iterable[Dossier]) -> Iterator[Finding]:
    mine = dossier.fact.revision
    for other in others:
        its = other.fact.revision
        if other.fact.number == dossier.fact.number or _speakers(dossier).isdisjoint(_speakers(other)):
            continue
        if other.fact.workflow in (Workflow.REJECTED, Workflow.WITHDRAWN):
            continue
        share = overlap(mine.text, its.text)
        if share >= NEARLY:
            same = normalise(mine.text).text == normalise(its.text).text
            data = {"number": str(other.fact.number), "label": its.label}
            yield Finding(Weight.SAME if same else Weight.NEARLY_SAME, data)


def _speakers(dossier: Dossier) -> set[str]:
    """What the speaker may be known by; "" where nobody is quoted."""
    speaker = dossier.fact.revision.speaker
    if speaker is None:
        return {""}
    filed = dossier.entities.get(speaker.entity or "")
    return {speaker.name_in_source.casefold()} | ({filed.name.casefold()} if filed else set())


def overlap(one: str, other: str) -> float:
    """The share of words that two texts have in common."""
    left, right = (set(re.findall(r"\w+", text.casefold())) for text in (one, other))
    return len(left & right) / max(len(left | right), 1)


def _of_speaker(dossier: Dossier, texts: Sequence[str]) -> Iterator[Finding]:
    revision = dossier.fact.revision
    if revision.kind not in SPOKEN:
        return
    if revision.speaker is None:
        yield Finding(Weight.NO_SPEAKER)
        return
    speaker, entity = revision.speaker, dossier.entities.get(revision.speaker.entity or "")
    if entity is not None and normalise(entity.name).text != normalise(speaker.name_in_source).text:
        yield Finding(Weight.SPEAKER_FILED, {"name": speaker.name_in_source, "filed": entity.name})
    words = normalise(revision.text).text
    around = [found for text in texts if words and (found := surroundings(text, words)) is not None]
    if around and not stands_near(speaker, entity, around):
        yield Finding(Weight.SPEAKER_FAR, {"name": speaker.name_in_source})
    if entity is not None and (other := somebody_else(speaker, entity, around)) is not None:
        yield Finding(Weight.SPEAKER_ELSE, {"name": other, "filed": entity.name})


def _of_source(source: Source, looked: Looked) -> Iterator[Finding]:
    host = host_of(source.url) if source.url else None
    if host and not looked.known_host:
        other = next((each for each in looked.hosts if each != host and may_pass_for(host, each)), None)
        if other is not None:
            yield Finding(Weight.HOST_ALIKE, {"host": host, "other": other})
        else:
            yield Finding(Weight.NEW_HOST, {"host": host})
    if source.publisher and not looked.known_publisher:
        others = (each for each in looked.publishers if each != source.publisher.casefold())
        other = next((each for each in others if nearly(source.publisher, each)), None)
        if other is not None:
            yield Finding(Weight.PUBLISHER_ALIKE, {"publisher": source.publisher, "other": other})
        else:
            yield Finding(Weight.NEW_PUBLISHER, {"publisher": source.publisher})
    if source.snapshot is None and any(each.obtained is Obtained.MODERATOR_PASTE for each in source.passages):
        yield Finding(Weight.PASTED)


def _of_label(dossier: Dossier) -> Iterator[Finding]:
    """A hedge before a number of the words that the label's number has lost."""
    revision = dossier.fact.revision
    if not re.search(r"\d", revision.label):
        return
    text, label = revision.text.casefold(), revision.label.casefold()
    for hedges in HEDGES.get(revision.language.partition("-")[0], {}).values():
        for hedge in hedges:
            if re.search(rf"\b{re.escape(hedge)} [\d]", text) and not any(each in label for each in hedges):
                yield Finding(Weight.HEDGE_LOST, {"hedge": hedge})
                return

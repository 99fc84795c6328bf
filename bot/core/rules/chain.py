"""Who passed the words on, from the mouth to us."""

from __future__ import annotations

from collections.abc import Iterator

from bot.core.model.change import FactRecord
from bot.core.model.fact import Act, Hop
from bot.core.model.names import EntityType
from bot.core.model.review import Attribution
from bot.core.rules.remark import Code, Found, Known, evidence_of_words
from bot.core.rules.words import SPOKEN


def leads_from_the_mouth_to_the_outlet(record: FactRecord, known: Known) -> Iterator[Found]:
    """The first hop is the speaker, the last the publisher, unnamed where the source does not say.

    Where nobody speaks, the publisher alone is a chain.
    """
    revision = record.revision
    if len(revision.chain) < (2 if revision.kind in SPOKEN else 1):
        yield Found(Code.CHAIN_SHORT, ".chain")
        return
    first, last = revision.chain[0], revision.chain[-1]
    speaker = revision.speaker
    if revision.kind in SPOKEN and speaker is not None:
        same = first.actor == speaker.entity if speaker.entity else first.name == speaker.name_in_source
        if not same or first.act is not Act.SAID:
            yield Found(Code.CHAIN_START, ".chain[0]", {"given": speaker.entity or speaker.name_in_source})
    citation = evidence_of_words(revision.citations)
    source = known.sources.get(citation.source) if citation else None
    if source is not None and not _is_publisher(last, source.publisher, known):
        case = {"given": last.actor or last.name, "publisher": source.publisher or ""}
        yield Found(Code.CHAIN_END, f".chain[{len(revision.chain) - 1}]", case)


def hearsay_is_called_so(record: FactRecord, known: Known) -> Iterator[Found]:
    """A person between speaker and outlet, or a relay, makes a fact second-hand or better documented, and only that."""
    revision = record.revision
    between = [hop for hop in revision.chain[1:-1] if hop.act is Act.RELAYED or _is_person(hop, known)]
    if revision.kind in SPOKEN and between and revision.attribution is Attribution.ATTRIBUTED:
        given = between[0].actor or between[0].name
        yield Found(Code.HEARSAY, ".attribution", {"given": given})
    if not between and revision.attribution is Attribution.SECOND_HAND:
        yield Found(Code.NOT_HEARSAY, ".attribution")


def actors_are_named(record: FactRecord, known: Known) -> Iterator[Found]:
    """An actor that the source does not name is legal, and worth a remark; the last one is the publisher."""
    for place, hop in enumerate(record.revision.chain[:-1]):
        entity = known.entities.get(hop.actor or "")
        if entity is not None and entity.placeholder:
            yield Found(Code.PLACEHOLDER, f".chain[{place}].actor", {"given": entity.name})


def venue_is_certain(record: FactRecord, known: Known) -> Iterator[Found]:
    """What speaks against the venue is kept, and worth a remark."""
    if record.revision.venue.conflict:
        yield Found(Code.VENUE_CONFLICT, ".venue.conflict", {"given": record.revision.venue.conflict})


def _is_person(hop: Hop, known: Known) -> bool:
    entity = known.entities.get(hop.actor or "")
    return entity is not None and entity.type is EntityType.PERSON


def _is_publisher(hop: Hop, publisher: str | None, known: Known) -> bool:
    entity = known.entities.get(hop.actor or "")
    if publisher is None:
        return not hop.name and (hop.actor is None or (entity is not None and entity.placeholder))
    names = {hop.name} if entity is None else {entity.name, *(name.text for name in entity.aliases)}
    return publisher.casefold() in {name.casefold() for name in names}

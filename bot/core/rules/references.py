"""Every id that a record names is on file."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from difflib import get_close_matches

from bot.core.model.change import FactRecord
from bot.core.model.names import Entity, Topic
from bot.core.rules.remark import Code, Found, Known


def of_fact(record: FactRecord, known: Known) -> Iterator[Found]:
    """Entities, topics, series, sources and facts that a fact refers to."""
    revision = record.revision
    entities = known.entities
    if revision.speaker is not None:
        yield from _check(".speaker.entity", "entity", revision.speaker.entity, entities)
    yield from _check(".addressee", "entity", revision.addressee, entities)
    for place, item in enumerate(revision.about):
        yield from _check(f".about[{place}]", "entity", item, entities)
    for place, hop in enumerate(revision.chain):
        yield from _check(f".chain[{place}].actor", "entity", hop.actor, entities)
    for place, quantity in enumerate(revision.quantities):
        yield from _check(f".quantities[{place}].from", "entity", quantity.origin, entities)
        yield from _check(f".quantities[{place}].to", "entity", quantity.destination, entities)
        yield from _check(f".quantities[{place}].series", "series", quantity.series, known.series)
    for place, item in enumerate(revision.topics):
        yield from _check(f".topics[{place}]", "topic", item, known.topics)
    for place, citation in enumerate(revision.citations):
        yield from _check(f".citations[{place}].source", "source", citation.source, known.sources)
    yield from _check(".restates", "fact", revision.restates, known.facts)
    if revision.restates == record.slug:
        yield Found(Code.RESTATES_ITSELF, ".restates")
    for place, relation in enumerate(revision.relations):
        yield from _check(f".relations[{place}].fact", "fact", relation.fact, known.facts)
        if relation.fact == record.slug:
            yield Found(Code.RELATES_TO_ITSELF, f".relations[{place}]")
    if revision.withdrawal is not None:
        yield from _check(".withdrawal.replaced_by", "fact", revision.withdrawal.replaced_by, known.facts)


def of_entity(entity: Entity, known: Known) -> Iterator[Found]:
    """`not_to_be_confused_with` may hold plain names too: only an entity that warns of itself is wrong."""
    if entity.id in entity.not_to_be_confused_with:
        found = {"given": entity.id, "kind": "other entity", "close": ""}
        yield Found(Code.UNKNOWN_ID, ".not_to_be_confused_with", found)


def of_topic(topic: Topic, known: Known) -> Iterator[Found]:
    """Broader topics are on file, and none contains itself."""
    for place, item in enumerate(topic.broader):
        yield from _check(f".broader[{place}]", "topic", item, known.topics)
    seen: set[str] = set()
    above = list(topic.broader)
    while above:
        item = above.pop()
        if item == topic.id:
            yield Found(Code.TOPIC_CIRCLE, ".broader", {"given": topic.id})
            return
        if item not in seen and item in known.topics:
            seen.add(item)
            above.extend(known.topics[item].broader)


def _check(path: str, kind: str, given: str | None, known: Collection[str]) -> Iterator[Found]:
    if given is not None and given not in known:
        close = get_close_matches(given, list(known), n=1)
        yield Found(Code.UNKNOWN_ID, path, {"given": given, "kind": kind, "close": close[0] if close else ""})

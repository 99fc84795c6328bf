"""What a fact refers to by id, so that stores, rules and the index agree on it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from bot.core.model.fact import Revision
from bot.core.model.names import Topic


@dataclass(frozen=True, slots=True, kw_only=True)
class References:
    """Ids in the order in which the fact names them, each once."""

    sources: tuple[str, ...]
    entities: tuple[str, ...]
    topics: tuple[str, ...]
    series: tuple[str, ...]


def references(revision: Revision) -> References:
    """The ids that stand in the revision itself; broader topics come from `with_broader`."""
    entities = [
        revision.speaker.entity if revision.speaker else None,
        revision.addressee,
        *revision.about,
        *(hop.actor for hop in revision.chain),
        *(party for quantity in revision.quantities for party in (quantity.origin, quantity.destination)),
    ]
    return References(
        sources=_once(citation.source for citation in revision.citations),
        entities=_once(entities),
        topics=_once(revision.topics),
        series=_once(quantity.series for quantity in revision.quantities),
    )


def with_broader(topics: Iterable[str], find: Callable[[str], Topic | None]) -> tuple[Topic, ...]:
    """These topics and all that contain them, nearest first; ids that `find` does not know are left out."""
    reached: dict[str, Topic] = {}
    waiting = list(topics)
    while waiting:
        nearest = waiting.pop(0)
        if nearest not in reached and (topic := find(nearest)) is not None:
            reached[nearest] = topic
            waiting.extend(topic.broader)
    return tuple(reached.values())


def _once(ids: Iterable[str | None]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(item for item in ids if item is not None))

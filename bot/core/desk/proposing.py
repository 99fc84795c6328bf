"""Under which topics and names a fact may belong, and who its speaker may be: what stands in the words is proposed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from bot.core.model.fact import Revision
from bot.core.model.names import Entity, Topic
from bot.core.ports import Vocabulary

MOST = 4  # of each sort
_SHORTEST = 3  # letters of a name that is looked for


class Sort(StrEnum):
    """What is proposed."""

    TOPIC = "topic"
    ABOUT = "about"
    SPEAKER = "speaker"


@dataclass(frozen=True, slots=True)
class Proposed:
    """Something on file that may belong to the fact, and the name that stands in its words."""

    sort: Sort
    id: str
    name: str
    because: str


def proposals(revision: Revision, text: str, vocabulary: Vocabulary) -> tuple[Proposed, ...]:
    """What is not there yet; `text` is the words with whatever stands around them."""
    spoken = f" {' '.join(_words(text))} "
    speaker = revision.speaker
    found = [
        *_named(Sort.TOPIC, vocabulary.topics, spoken, revision.topics),
        *_named(Sort.ABOUT, vocabulary.entities, spoken, (*revision.about, speaker.entity if speaker else None)),
    ]
    if speaker is not None and speaker.entity is None:
        last = _words(speaker.name_in_source)[-1:]
        found += [
            Proposed(Sort.SPEAKER, each.id, each.name, name)
            for each in vocabulary.entities
            for name in _names(each)
            if last and last == _words(name)[-1:]
        ]
    kept: list[Proposed] = []
    for each in found:
        same = sum(other.sort is each.sort for other in kept)
        if same < MOST and all((other.sort, other.id) != (each.sort, each.id) for other in kept):
            kept.append(each)
    return tuple(kept)


def _named(sort: Sort, items: Iterable[Entity | Topic], spoken: str, there: Iterable[str | None]) -> Iterator[Proposed]:
    known = set(there)
    for item in items:
        if item.id in known:
            continue
        name = next((each for each in _names(item) if f" {' '.join(_words(each))} " in spoken), None)
        if name is not None:
            yield Proposed(sort, item.id, item.name if isinstance(item, Entity) else item.label, name)


def _names(item: Entity | Topic) -> Iterator[str]:
    """Its names, but for those that may mean somebody else."""
    ambiguous = {each.casefold() for each in item.ambiguous} if isinstance(item, Entity) else set()
    for name in (item.name if isinstance(item, Entity) else item.label, *(each.text for each in item.aliases)):
        if len(name) >= _SHORTEST and name.casefold() not in ambiguous:
            yield name


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())

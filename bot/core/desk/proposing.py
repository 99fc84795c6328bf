"""Under which topics and names a fact may belong, and who its speaker may be: what stands in the words is proposed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from bot.core.model.fact import Dossier, Revision
from bot.core.model.finding import Named
from bot.core.model.names import Entity, EntityType
from bot.core.ports import Vocabulary

MOST = 4  # of each sort
_ALIKE = 3  # letters with which a spelling of the source begins like a name on file: "he" and "the mayor" do not
_NO_NAME = ",@;"  # signs that no name has
_SPEAK = (EntityType.PERSON, EntityType.ORGANISATION)


class Sort(StrEnum):
    """What is proposed."""

    TOPIC = "topic"
    ABOUT = "about"
    SPEAKER = "speaker"


@dataclass(frozen=True, slots=True)
class Proposed:
    """Something on file that may belong to the fact, and why: a name that stands in its words, or a fact near it."""

    sort: Sort
    id: str
    name: str
    because: str
    near: bool = False  # `because` is the number of a fact, "#17"


def proposals(
    revision: Revision, read: Sequence[Named], near: Iterable[Dossier], vocabulary: Vocabulary
) -> tuple[Proposed, ...]:
    """What is not there yet. `read`: the names in the words and around them; `near`: facts that say much the same."""
    topics = {each.id: each for each in vocabulary.topics}
    entities = {each.id for each in vocabulary.entities}
    speaker = revision.speaker
    there = {*revision.topics, *revision.about, speaker.entity if speaker else None}
    found = [
        Proposed(Sort.TOPIC if each.id in topics else Sort.ABOUT, each.id, each.name, each.surface)
        for each in read
        if each.id in topics or each.id in entities
    ]
    if speaker is not None and speaker.entity is None:
        found += _speakers(speaker.name_in_source, vocabulary.entities)
    found += [
        Proposed(Sort.TOPIC, topic, topics[topic].label, f"#{dossier.fact.number}", near=True)
        for dossier in near
        for topic in dossier.fact.revision.topics
        if topic in topics
    ]
    kept: list[Proposed] = []
    for each in found:
        same = sum(other.sort is each.sort for other in kept)
        new = each.id not in there or each.sort is Sort.SPEAKER
        if new and same < MOST and all((other.sort, other.id) != (each.sort, each.id) for other in kept):
            kept.append(each)
    return tuple(kept)


def missing_name(revision: Revision, read: Sequence[Named], vocabulary: Vocabulary) -> Entity | None:
    """The speaker, where the source gives a name that does not lead to them. `read`: what that name is read as."""
    speaker = revision.speaker
    if speaker is None or speaker.entity is None or any(each.id == speaker.entity for each in read):
        return None
    entity = next((each for each in vocabulary.entities if each.id == speaker.entity), None)
    if entity is None or not set(speaker.name_in_source).isdisjoint(_NO_NAME):
        return None
    known = [word for name in _every_name(entity) for word in _words(name)]
    given = _words(speaker.name_in_source)
    spelled = any(word[:_ALIKE] == other[:_ALIKE] for word in given for other in known if len(word) >= _ALIKE)
    same = any(given == _words(name) for name in _every_name(entity))
    return entity if spelled and not same else None


def _speakers(name: str, entities: Iterable[Entity]) -> Iterator[Proposed]:
    """Whoever has a name that ends like this one."""
    last = _words(name)[-1:]
    for each in entities:
        for known in _names(each) if each.type in _SPEAK else ():
            if last and last == _words(known)[-1:]:
                yield Proposed(Sort.SPEAKER, each.id, each.name, known)


def _every_name(item: Entity) -> list[str]:
    return [item.name, *(each.text for each in item.aliases), *item.ambiguous]


def _names(item: Entity) -> Iterator[str]:
    """Its names, but for those that may mean somebody else."""
    ambiguous = {each.casefold() for each in item.ambiguous}
    yield from (name for name in (item.name, *(each.text for each in item.aliases)) if name.casefold() not in ambiguous)


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())

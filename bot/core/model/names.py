"""People, countries, organisations, things and topics, and the names people use for them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class EntityType(StrEnum):
    """What sort of thing an entity is."""

    PERSON = "person"
    ORGANISATION = "organisation"
    COUNTRY = "country"
    PLACE = "place"
    THING = "thing"
    EVENT = "event"


@dataclass(frozen=True, slots=True, kw_only=True)
class Name:
    """One way to write a name."""

    text: str
    language: str  # BCP 47


@dataclass(frozen=True, slots=True, kw_only=True)
class Entity:
    """Somebody or something that facts speak of."""

    id: str
    type: EntityType
    name: str  # the house spelling
    aliases: tuple[Name, ...] = ()
    ambiguous: tuple[str, ...] = ()  # names that never resolve to it alone ("Kim")
    not_to_be_confused_with: tuple[str, ...] = ()  # ids or plain names
    placeholder: bool = False  # an actor the source does not name ("the agency")
    wikidata: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """What facts are about, in the words people ask with."""

    id: str
    label: str
    aliases: tuple[Name, ...] = ()
    broader: tuple[str, ...] = ()  # ids of topics that contain this one

"""What a look-up comes to: one answer, a choice, or an honest nothing."""

from __future__ import annotations

from dataclasses import dataclass

from bot.core.model.fact import Dossier


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """A published fact in a list: its label, never its words."""

    number: int
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """The best fact, and the numbers of the further ones in order."""

    dossier: Dossier
    more: tuple[int, ...]
    confidence: float  # 0 to 1: that this fact is meant; of a message, how much of the fact it holds
    showing: tuple[str, ...] = ()  # the slots that were read, in words, when the match was inexact
    differs: bool = False  # these say the same as a message, but with another number


@dataclass(frozen=True, slots=True, kw_only=True)
class WhichOne:
    """Ranking cannot separate these."""

    options: tuple[Listed, ...]
    confidence: float  # 0 to 1: that the first of them is meant


@dataclass(frozen=True, slots=True, kw_only=True)
class NearbyTopic:
    """A topic that the query touches; a suggestion, not an answer."""

    id: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NothingFound:
    """No fact explains the query."""

    nearby: tuple[NearbyTopic, ...]
    complete: bool  # False: the search ran out of time, so nothing can be said
    unexplained: tuple[str, ...] = ()  # words of the query that nothing on record explains


Finding = Found | WhichOne | NothingFound


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """A name or topic that stands in a text, in any of its forms."""

    id: str  # of the entity or topic; "" for a country that is not on file
    name: str  # as it is called here
    surface: str  # as it stands there


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """One completion of a half-typed query."""

    text: str  # what to show and to send, at most 100 characters

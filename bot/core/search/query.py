"""What somebody typed, as it was understood: names, topics, numbers, dates and the words that are left over.

Each part (a `Unit`) carries the terms by which a fact explains it, as alternatives: one alternative of which the fact
holds every term is enough.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from bot.core.search.acting import Act
from bot.core.search.comparing import Comparison
from bot.core.search.relations import Relations


class UnitKind(StrEnum):
    """What a part of a query was read as."""

    NAME = "name"
    TOPIC = "topic"
    NUMBER = "number"
    DATE = "date"
    WORD = "word"


@dataclass(frozen=True, slots=True)
class Unit:
    """One part of a query that an answer has to explain."""

    kind: UnitKind
    surface: str  # as typed
    alternatives: tuple[tuple[str, ...], ...]  # terms; one of the inner tuples must stand in the fact as a whole
    words: tuple[str, ...] = ()  # folded, as typed
    ambiguous: bool = False  # never answers without something else
    means: str = ""  # the house spelling of what it was read as
    organisation: bool = False
    measure: bool = False  # "how far": asks for a quantity and names nothing
    sure: int = 99  # of the alternatives, the first so many; the others are hints such as a part of a topic's name


@dataclass(frozen=True, slots=True)
class Count:
    """A number right before the things it counts: "3.5 million rounds" is not "3.5 million missiles"."""

    values: frozenset[str]  # canonical decimals
    topics: frozenset[str]  # ids
    words: frozenset[str] = frozenset()  # stems of the things as typed


@dataclass(frozen=True, slots=True)
class Bound:
    """A number meant as the most or the least: "at most 3.5 million" is not what "at least 3.5 million" says."""

    most: bool
    values: frozenset[str]  # canonical decimals


@dataclass(frozen=True, slots=True)
class Span:
    """Days before or after a date, as proleptic Gregorian ordinals; both None where the date has no year."""

    before: int | None = None
    after: int | None = None


@dataclass(frozen=True, slots=True)
class Query:
    """A query as it was understood."""

    units: tuple[Unit, ...]
    relations: Relations
    long: bool = False  # more than a question holds: to be read as a message
    showing: tuple[str, ...] = ()  # what was read, in words, where a slip was mended
    counts: tuple[Count, ...] = ()
    amount: bool = False  # it asks how much or how many
    bounds: tuple[Bound, ...] = ()
    spans: tuple[Span, ...] = ()
    nouns: tuple[tuple[frozenset[str], frozenset[str]], ...] = ()  # values of a number, terms of what it counts
    parties: frozenset[str] = frozenset()  # ids of the people, countries and organisations that it names
    acts: tuple[Act, ...] = ()
    changes: frozenset[str] = frozenset()  # that something goes up, down, or stays
    how_many: bool = False  # it asks for a number in so many words
    comparisons: tuple[Comparison, ...] = ()  # what it says is more or less than what

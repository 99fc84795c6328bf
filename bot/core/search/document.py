"""What the index knows of a fact: terms of our own analysis, so that every store finds and ranks alike."""

from __future__ import annotations

from dataclasses import dataclass

from bot.core.model.fact import Kind


@dataclass(frozen=True, slots=True, kw_only=True)
class Facets:
    """What ranking and refusal look at beside the words."""

    kind: Kind
    label: str
    speaker: str | None  # id of an Entity
    entities: tuple[str, ...]  # ids: speaker, addressee, about, origins, destinations and actors of the chain
    topics: tuple[str, ...]  # ids, the broader ones too
    series: tuple[str, ...]  # ids
    numbers: tuple[str, ...]  # canonical decimals of the quantities
    directions: tuple[tuple[str | None, str | None], ...]  # (origin, destination) of the quantities, else of the text
    latest_day: int | None  # proleptic Gregorian ordinal of the last day on which it can have been said


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchDocument:
    """The materialised row of `fact_search`.

    A term is a folded word or a stem, or something behind a prefix: `e:` entity, `s:` who says or passes on, `t:`
    topic, `c:` claim series, `g:` German stem, `u:` unit, `m:` what a quantity measures, `a:` an amount in any
    unit, `k:` sort of fact, `b:` a number that is the least (`>`) or the most (`<`), `o:` a topic with whose thing it
    is and for whom, `p:` two that have something with each other, `v:` who does it or suffers it, `x:` what is compared
    with what, `n:` number, `d:` calendar date, `r:` stem of a role's word, `q:` and `w:` a number with the topic or the
    word that it counts. It holds no white space and no quotation mark; terms repeat as often as they occur, those of
    the text first.
    """

    fact: int  # number of the fact
    terms: tuple[str, ...]
    length: int  # words of the text, the length that bm25 speaks of
    facets: Facets

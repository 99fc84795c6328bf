"""What was claimed of a number over time: statements in order of date; unlike unit, scope or direction stand apart."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from bot.core import dates
from bot.core.dates import CalendarDate
from bot.core.matching import main_source
from bot.core.model.fact import Dossier, Revision
from bot.core.model.quantity import Quantity


class Basis(StrEnum):
    """What the date of a statement is the date of."""

    AS_OF = "as-of"  # the number holds for this day
    SAID = "said"
    PUBLISHED = "published"  # it was published then; the day it was said is not given
    NONE = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """One number in one fact."""

    dossier: Dossier
    quantity: Quantity
    on: CalendarDate | None
    basis: Basis

    @property
    def order(self) -> tuple[date, int]:
        """By the middle of the days on which it may have been; undated ones last, those of one day by number."""
        return _middle(self.on), self.dossier.fact.number


@dataclass(frozen=True, slots=True, kw_only=True)
class Strand:
    """Statements that can be compared: of one thing in one unit and scope, from and to the same."""

    series: str | None  # id of a ClaimSeries
    unit: str
    scope: str
    origin: str | None
    destination: str | None
    statements: tuple[Statement, ...]  # in order of date


def strands(dossiers: Iterable[Dossier], *, series: str | None = None) -> tuple[Strand, ...]:
    """All numbers of these facts, with `series` only those of that series; the longest strand first.

    A quantity without a scope of its own has that of its series.
    """
    found: dict[tuple[str | None, str, str, str | None, str | None], list[Statement]] = {}
    for dossier in dossiers:
        for quantity in dossier.fact.revision.quantities:
            if series is not None and quantity.series != series:
                continue
            known = dossier.series.get(quantity.series or "")
            scope = quantity.scope or (known.scope if known else "")
            key = (quantity.series, quantity.unit, scope, quantity.origin, quantity.destination)
            on, basis = _dated(quantity, dossier)
            found.setdefault(key, []).append(Statement(dossier=dossier, quantity=quantity, on=on, basis=basis))
    made = [
        Strand(
            series=of,
            unit=unit,
            scope=scope,
            origin=origin,
            destination=destination,
            statements=tuple(sorted(statements, key=lambda each: each.order)),
        )
        for (of, unit, scope, origin, destination), statements in found.items()
    ]
    return tuple(sorted(made, key=lambda each: (-len(each.statements), each.statements[0].order)))


def numberless(dossiers: Iterable[Dossier]) -> tuple[Dossier, ...]:
    """The facts that claim no number, in order of date."""
    plain = [dossier for dossier in dossiers if not dossier.fact.revision.quantities]
    return tuple(sorted(plain, key=lambda each: (_middle(spoken(each)[0]), each.fact.number)))


def spoken(dossier: Dossier) -> tuple[CalendarDate | None, Basis]:
    """When it was said, as exactly as that is known; else when it was published."""
    said = dossier.fact.revision.said
    source = main_source(dossier)
    published = source.published if source else None
    if said.on is not None:
        return said.on, Basis.SAID
    if said.not_before and said.not_after:
        return dates.parse(f"{said.not_before}/{said.not_after}"), Basis.SAID
    return published, Basis.PUBLISHED if published else Basis.NONE


def series_of(revision: Revision) -> Sequence[str]:
    """The series that a fact is a part of."""
    return tuple(dict.fromkeys(each.series for each in revision.quantities if each.series))


def _dated(quantity: Quantity, dossier: Dossier) -> tuple[CalendarDate | None, Basis]:
    return (quantity.as_of, Basis.AS_OF) if quantity.as_of else spoken(dossier)


def _middle(on: CalendarDate | None) -> date:
    return on.earliest + (on.latest - on.earliest) / 2 if on else date.max

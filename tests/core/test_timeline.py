"""Statements over time: in order of date, each dated only as far as it is, unlike ones apart."""

from __future__ import annotations

from typing import Any

from bot.core.dates import parse
from bot.core.model.fact import Dossier, Said
from bot.core.model.quantity import ClaimSeries, Comparator, Quantity
from bot.core.timeline import Basis, numberless, series_of, strands
from tests.builders import a_dossier, a_source

SERIES = ClaimSeries(id="trees", label="Trees planted", unit="tree", scope="in Testwick")


def trees(number: int, value: str = "300", *, said: Said | None = None, **changes: Any) -> Dossier:
    """A fact with one number of the series."""
    usual = {"unit": "tree", "surface": "300 trees", "series": "trees", "comparator": Comparator.AT_LEAST}
    fact = {name: changes.pop(name) for name in ("sources",) if name in changes}
    quantity = Quantity(value=value, **usual | changes)
    return a_dossier(
        number=number, slug=f"f{number}", said=said or Said(), quantities=(quantity,), series=(SERIES,), **fact
    )


def on(day: str) -> Said:
    return Said(on=parse(day), stated=True)


def test_statements_come_in_order_of_date_and_those_without_one_last() -> None:
    undated = trees(4, sources=(a_source(published=None),))
    found = strands((trees(3, said=on("2026-05-03")), undated, trees(2, said=on("2026-05")), trees(1, said=on("2025"))))
    (strand,) = found
    assert [each.dossier.fact.number for each in strand.statements] == [1, 3, 2, 4]  # May counts by its middle
    assert (strand.unit, strand.scope, strand.series) == ("tree", "in Testwick", "trees")


def test_a_day_is_said_to_be_what_it_is() -> None:
    as_of = parse("2026-01")
    facts = (
        trees(1, as_of=as_of),
        trees(2, said=on("2026-04-01")),
        trees(3, said=Said(not_before=parse("2026-04-02").earliest, not_after=parse("2026-04-05").earliest)),
        trees(4),
        trees(5, sources=(a_source(published=None),)),
    )
    (strand,) = strands(facts)
    assert [(each.basis, str(each.on)) for each in strand.statements] == [
        (Basis.AS_OF, "2026-01"),
        (Basis.SAID, "2026-04-01"),
        (Basis.SAID, "2026-04-02/2026-04-05"),
        (Basis.PUBLISHED, "2026-05-02"),
        (Basis.NONE, "None"),
    ]


def test_unlike_unit_scope_direction_or_series_are_never_joined() -> None:
    facts = (
        trees(1),
        trees(2, unit="oak"),
        trees(3, scope="in the whole county"),
        trees(4, destination="testwick"),
        trees(5, series=None, scope="in Testwick"),
        trees(6),
    )
    assert [[each.dossier.fact.number for each in strand.statements] for strand in strands(facts)] == [
        [1, 6],
        [2],
        [3],
        [4],
        [5],
    ]
    assert [len(strand.statements) for strand in strands(facts, series="trees")] == [2, 1, 1, 1]


def test_facts_without_a_number_stand_apart() -> None:
    plain = a_dossier(number=7, said=on("2024"))
    assert numberless((trees(1), plain, a_dossier(number=6, said=on("2023")))) == (
        a_dossier(number=6, said=on("2023")),
        plain,
    )
    assert series_of(trees(1).fact.revision) == ("trees",)
    assert series_of(plain.fact.revision) == ()

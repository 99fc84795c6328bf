"""Up, down, or as before."""

from __future__ import annotations

import pytest

from bot.core.search.changes import DOWN, SAME, UP, agree, changes
from tests.seeded import analysis


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("bread price up 14 percent", {UP}),
        ("a loaf cost 14 percent less than before", {DOWN}),
        ("the old will have eight percent more", {UP}),
        ("it stays at 63", {SAME}),
        ("ціна зросла, пенсії знизили", {UP, DOWN}),
        ("цены упали", {DOWN}),
        ("die Preise steigen um 14 Prozent", {UP}),
        ("up to twenty people", set()),
        ("more than twenty, less than 30", set()),
        ("more cooperation", set()),
        ("twelve percent, and not a tenth less", set()),
        ("she gave up", set()),
    ],
)
def test_what_is_said_of_a_change(text: str, expected: set[str]) -> None:
    assert changes(analysis().tokens(text)) == expected


def test_only_opposites_contradict() -> None:
    assert agree(frozenset({UP}), frozenset({UP, "word"}))
    assert agree(frozenset({UP}), frozenset({"word"}))
    assert agree(frozenset(), frozenset({DOWN}))
    assert not agree(frozenset({UP}), frozenset({DOWN}))
    assert not agree(frozenset({UP}), frozenset({SAME}))

"""Who gave what to whom, and who spoke."""

from __future__ import annotations

import pytest

from bot.core.search.parsing import parse
from bot.core.search.relations import Direction, Relations, agrees
from tests.seeded import analysis, lexicon

NK, RU, UA = "north-korea", "russia", "ukraine"


def relations(text: str) -> Relations:
    return parse(text, lexicon(), analysis()).relations


@pytest.mark.parametrize(
    ("text", "origin", "destination"),
    [
        ("north korea gave ammunition to russia", NK, RU),
        ("ukraine gave ammunition to north korea", UA, NK),
        ("how many shells did north korea give russia", NK, RU),
        ("shells given to russia by north korea", NK, RU),
        ("russia received shells from north korea", NK, RU),
        ("shells from north korea to russia", NK, RU),
        ("ammunition for russia", None, RU),
        ("скільки снарядів КНДР передала росії", NK, RU),
        ("россия получила снаряды из северной кореи", NK, RU),
        ("Nordkorea hat 3,5 Millionen Granaten an Russland geliefert", NK, RU),
        ("Nordkorea hat Russland Granaten geliefert", NK, RU),
        ("an Russland hat Nordkorea Granaten geliefert", NK, RU),
        ("북한이 러시아에 포탄 350만 발을 보냈다", NK, RU),
        ("북한이 포탄 350만 발을 제공했다", NK, None),
        ("러시아가 북한에서 포탄을 받았다", NK, RU),
        ("as for north korea, they have transferred rounds", NK, None),
        ("north korea ammunition", None, None),
        ("yoon to xi", None, None),
        ("russian shells", RU, None),
        ("російські снаряди", RU, None),
        ("russia shells", None, None),
        ("russian territory", None, None),
    ],
)
def test_who_gives_whom(text: str, origin: str | None, destination: str | None) -> None:
    found = relations(text)
    assert (set(found.origin), set(found.destination)) == (
        {origin} if origin else set(),
        {destination} if destination else set(),
    )


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("what did zelensky say about china", "zelensky"),
        ("zelensky said china", "zelensky"),
        ("according to kim tae-hyo", "kim tae hyo"),
        ("що сказав зеленський", "зеленський"),
        ("who said china is important", None),
        ("china zelensky", None),
    ],
)
def test_who_spoke(text: str, speaker: str | None) -> None:
    query = parse(text, lexicon(), analysis())
    assert [" ".join(query.units[place].words) for place in query.relations.speakers] == ([speaker] if speaker else [])


@pytest.mark.parametrize(
    ("asked", "directions", "agreed"),
    [
        (Relations(), ((NK, RU),), True),
        (Relations(origin=frozenset({NK})), ((NK, RU),), True),
        (Relations(origin=frozenset({UA})), ((NK, RU),), False),
        (Relations(destination=frozenset({UA})), ((NK, RU),), False),
        (Relations(origin=frozenset({RU}), destination=frozenset({NK})), ((NK, RU),), False),
        (Relations(origin=frozenset({NK}), destination=frozenset({RU})), ((UA, RU), (NK, RU)), True),
        (Relations(destination=frozenset({RU})), ((NK, None),), False),  # not known is not agreed
        (Relations(destination=frozenset({RU})), (), True),  # nobody gives anything in either
        (Relations(giving=True, origin=frozenset({NK})), (), False),
        (Relations(giving=True), (), False),
    ],
)
def test_directions_agree(asked: Relations, directions: tuple[Direction, ...], agreed: bool) -> None:
    assert agrees(asked, directions, gives=False) is agreed


@pytest.mark.parametrize(
    ("text", "sides"),
    [
        ("cooperation between russia and china", {"russia", "china"}),
        ("russia china relations", {"russia", "china"}),
        ("russia's deepening military cooperation with china", {"russia", "china"}),
        ("russia military cooperation china", {"russia", "china"}),
        ("china role military cooperation russia", set()),
        ("cooperation russia", set()),
        ("russia china", set()),
    ],
)
def test_who_has_something_with_whom(text: str, sides: set[str]) -> None:
    assert {each for side in relations(text).sides for each in side} == sides

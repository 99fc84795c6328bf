"""Who does it, and to whom."""

from __future__ import annotations

import pytest

from bot.core.model.names import Entity, EntityType, Name
from bot.core.ports import Vocabulary
from bot.core.search import acting
from bot.core.search.acting import Act
from bot.core.search.lexicon import Lexicon, build
from tests.seeded import analysis

ADA = Entity(id="ada", type=EntityType.PERSON, name="Ada Muster")
BEN = Entity(id="ben", type=EntityType.PERSON, name="Ben Beispiel", aliases=(Name(text="Ben", language="en"),))
LAND = Entity(id="land", type=EntityType.COUNTRY, name="Velmora", aliases=(Name(text="Velmorian", language="en"),))


@pytest.fixture(scope="module")
def names() -> Lexicon:
    return build(Vocabulary(entities=(ADA, BEN, LAND), topics=(), series=()), analysis())


def acts(text: str, names: Lexicon, **given: frozenset[str]) -> list[tuple[str, str, str]]:
    found = acting.acts(analysis().tokens(text), names, analysis(), **given)
    return [(each.verb, bare(each.subject), bare(each.object)) for each in found]


def bare(ids: frozenset[str]) -> str:
    return "+".join(sorted(each.partition(":")[2] for each in ids))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ada Muster sues Ben Beispiel", [("sue", "ada", "ben")]),
        ("did Ada Muster sue Velmora?", [("sue", "ada", "land")]),
        ("Ben sued by Ada Muster", [("sue", "ada", "ben")]),
        ("Ben was sued by the Velmora government", [("sue", "land", "ben")]),
        ("Ada Muster called Ben and thanked him", [("call", "ada", "ben"), ("thank", "ada", "")]),
        ("Ada Muster urged Velmorian mayor Ben Beispiel", [("urg", "ada", "ben")]),
        ("the Velmorian parliament accepted it", [("accept", "land", "")]),
        ("a loan for Velmora, Ada Muster", []),
        ("nothing is done", []),
    ],
)
def test_doer_and_receiver(text: str, expected: list[tuple[str, str, str]], names: Lexicon) -> None:
    assert acts(text, names) == expected


def test_whoever_speaks_is_the_doer_of_what_we_do(names: Lexicon) -> None:
    assert acts("We have lent Velmora a million", names, myself=frozenset({"person:ada"})) == [("lend", "ada", "land")]
    ours = acts("Our air defence shot down 17 Velmorian drones", names, myself=frozenset({"person:ada"}))
    assert ours == [("shoot", "ada", "")]
    assert acts("They pay a million", names, myself=frozenset({"person:ada"})) == [("pay", "", "")]


def an_act(subject: str = "", object_: str = "", *, sure: bool = True) -> Act:
    return Act("sue", frozenset({subject} - {""}), frozenset({object_} - {""}), sure)


@pytest.mark.parametrize(
    ("act", "alike"),
    [
        (an_act("person:ada", "person:ben"), True),
        (an_act("person:ada"), True),
        (an_act("person:ben"), False),
        (an_act("", "person:ada"), False),
        (an_act("country:"), True),  # a country may stand for whoever speaks for it
        (an_act("person:ben", sure=False), True),
        (Act("pay", frozenset({"person:ben"}), frozenset(), sure=True), True),
    ],
)
def test_somebody_elses_deed_is_no_answer(act: Act, alike: bool) -> None:
    on_file = tuple(acting.terms([an_act("person:ada", "person:ben")]))
    assert on_file == ("v:sue:s:person:ada", "v:sue:o:person:ben")
    assert acting.alike([act], on_file) == alike

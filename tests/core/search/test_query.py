"""What a query is taken apart into."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.search.parsing import MESSAGE_UNITS, MOST_UNITS, parse, repaired
from bot.core.search.query import Query, UnitKind
from tests.seeded import analysis, lexicon


def read(text: str, *, message: bool = False) -> Query:
    return parse(text, lexicon(), analysis(), message=message)


def parts(text: str) -> list[tuple[str, str]]:
    return [(unit.kind.value, unit.surface) for unit in read(text).units]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("dprk ammunition", [("name", "dprk"), ("topic", "ammunition")]),
        ("who said 3.5 million rounds?", [("number", "3.5 million"), ("topic", "rounds")]),
        ("please show me the koksan", [("name", "koksan")]),
        ("zelensky in november 2024", [("name", "zelensky"), ("date", "november 2024")]),
        ("хто сказав про снаряди", [("topic", "снаряди")]),
        ("сколько снарядов", [("topic", "снарядов")]),
        ("북한군이 쿠르스크에", [("topic", "북한군"), ("name", "쿠르스크")]),
        ("북한포탄", [("name", "북한"), ("topic", "포탄")]),
        ("조선업", [("word", "조선업")]),
        ("포탄 240만발", [("topic", "포탄"), ("number", "240 만발")]),
        ("war war war", [("word", "war")]),
        ("to be or not to be", []),
    ],
)
def test_parts_of_a_query(text: str, expected: list[tuple[str, str]]) -> None:
    assert parts(text) == expected


def test_the_words_of_a_long_country_name_explain_nothing_on_their_own() -> None:
    (unit,) = read("south korea").units
    assert unit.alternatives == (("e:south-korea",),)


def test_a_name_beside_a_word_may_be_a_role() -> None:
    name, word = read("ukrainian president").units
    assert ("r:ukrain", "r:presid") in name.alternatives
    assert ("r:presid",) in word.alternatives


def test_a_speaker_must_have_spoken() -> None:
    (unit,) = read("what did xi say").units
    assert unit.alternatives == (("s:xi-jinping",),)


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("us troops", True), ("how many us troops", True), ("ammunition from us", True), ("US troops", True),
        ("tell us about troops", False), ("give us troops", False), ("what did they give us", False),
    ],
)  # fmt: skip
def test_us_in_small_letters(text: str, country: bool) -> None:
    """Those who ask, or a country: to drop the country would be to answer another question."""
    assert ("name" in {kind for kind, _ in parts(text)}) is country


def test_to_give_an_answer_is_no_delivery() -> None:
    assert not read("give me dprk ammunition").relations.giving


def test_comparisons_stay() -> None:
    assert ("word", "less") in parts("less than 3.5 million rounds")


def test_a_slip_is_mended_and_shown() -> None:
    asked = read("amunition dprk")
    mended = repaired(asked, "amunition dprk", {"amunition": "ammunition"}, lexicon(), analysis())
    assert mended is not None
    assert mended.showing == ("North Korean ammunition for Russia",)
    assert [unit.kind for unit in mended.units] == [UnitKind.TOPIC, UnitKind.NAME]


def test_a_slip_towards_half_a_name_is_left() -> None:
    """ "koera" would become "korea", which is one of two."""
    assert repaired(read("koera"), "koera", {"koera": "korea"}, lexicon(), analysis()) is None


def test_a_text_that_is_too_long_for_a_question_says_so() -> None:
    assert read("dprk " * 30_000).long
    assert read(" ".join(f"w{n}" for n in range(MOST_UNITS + 1))).long
    assert not read("dprk ammunition").long


@pytest.mark.parametrize("message", [True, False])
def test_the_parts_are_bounded(message: bool) -> None:
    units = read(" ".join(f"word{n}x" for n in range(30_000)), message=message).units
    assert len(units) <= (MESSAGE_UNITS if message else MOST_UNITS)


PIECES = (
    "dprk AND OR NEAR( \" ' * \0 \ud800 \u202e 🚀 3.5 million 북한군은 朝鲜 кореї 's gave to kim said 2024 - n:1 "
    "e:russia २४"
)
HOSTILE = st.one_of(st.text(max_size=400), st.lists(st.sampled_from(PIECES.split(" ")), max_size=40).map(" ".join))


@given(HOSTILE, st.booleans())
def test_any_text_is_a_query(text: str, message: bool) -> None:
    query = read(text, message=message)
    for unit in query.units:
        assert unit.alternatives or unit.means  # nothing on file meets a country of several words that is not
        for way in unit.alternatives:
            assert way
            assert all(term and not any(char.isspace() or char in '"\0' for char in term) for term in way)
    assert all(0 <= place < len(query.units) or query.long for place in query.relations.speakers)


@given(HOSTILE)
def test_any_text_can_be_mended(text: str) -> None:
    query = read(text)
    swaps = {word: "korea" for unit in query.units for word in unit.words}
    repaired(query, text, swaps, lexicon(), analysis())


@given(st.text(alphabet="abcdefghij ", max_size=60))
def test_nobody_can_type_an_id(text: str) -> None:
    """A typed "e:russia" is the words e and russia."""
    for unit in read(f"e:{text}").units:
        if unit.kind is UnitKind.WORD:
            assert all(not term.startswith(("e:", "t:", "n:", "s:", "d:")) for way in unit.alternatives for term in way)

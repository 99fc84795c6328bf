"""Names in every spelling and script, and never one name for another."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.model.names import Entity, EntityType, Name, Topic
from bot.core.ports import Vocabulary
from bot.core.search.lexicon import Lexicon, build
from bot.core.search.slips import one_slip
from tests.seeded import analysis, lexicon


def an_entity(name: str, *aliases: str, **changes: object) -> Entity:
    values: dict[str, object] = {
        "id": name.lower().replace(" ", "-"),
        "type": EntityType.PERSON,
        "name": name,
        "aliases": tuple(Name(text=alias, language="en") for alias in aliases),
    }
    return Entity(**(values | changes))  # type: ignore[arg-type]  # a builder


def a_lexicon(*entities: Entity, topics: tuple[Topic, ...] = ()) -> Lexicon:
    return build(Vocabulary(entities=entities, topics=topics, series=()), analysis())


def slots(text: str, names: Lexicon) -> set[str]:
    """What a text begins with, if it is a name as a whole."""
    tokens = analysis().tokens(text)
    match = names.read(tokens, 0)
    if match is None or match.size != len(tokens) or match.rest:
        return set()
    return {target.slot for target in match.entry.targets}


@pytest.mark.parametrize(
    ("text", "slot"),
    [
        ("dprk", "e:north-korea"),
        ("North Korea", "e:north-korea"),
        ("northkorea", "e:north-korea"),
        ("North Koreans", "e:north-korea"),
        ("Північної Кореї", "e:north-korea"),
        ("северной кореей", "e:north-korea"),
        ("朝鲜", "e:north-korea"),
        ("북한", "e:north-korea"),
        ("South Korea", "e:south-korea"),
        ("південною кореєю", "e:south-korea"),
        ("зеленського", "e:volodymyr-zelenskyi"),
        ("Zelensky's", "e:volodymyr-zelenskyi"),
        ("Kim Taehyo", "e:kim-tae-hyo"),
        ("m-1989", "e:m1989-koksan"),
        ("снарядів", "t:dprk-ammunition"),
        ("artillery rounds", "t:dprk-ammunition"),
        ("북한군", "t:dprk-troops"),
    ],
)
def test_names_on_file(text: str, slot: str) -> None:
    assert slots(text, lexicon()) == {slot}


@pytest.mark.parametrize("text", ["north", "jong un", "the", "zelenskology", "kimono"])
def test_what_is_no_name(text: str) -> None:
    assert slots(text, lexicon()) == set()


def test_everyday_words_do_not_make_a_name_together() -> None:
    names = a_lexicon(an_entity("Iran"), an_entity("Togo"))
    assert slots("i ran", names) == slots("to go", names) == set()
    assert slots("IRAN", names) == {"e:iran"}


def test_the_name_of_a_divided_land_means_either_part() -> None:
    assert slots("korea", lexicon()) == {"e:north-korea", "e:south-korea"}


def test_the_longest_name_wins() -> None:
    names = a_lexicon(an_entity("Ada"), an_entity("Ada Muster"))
    assert slots("Ada Muster", names) == {"e:ada-muster"}


def test_a_shared_name_means_all_of_them_and_is_ambiguous() -> None:
    names = a_lexicon(an_entity("Ada Muster", "Muster"), an_entity("Bo Muster", "Muster"))
    match = names.read(analysis().tokens("muster"), 0)
    assert match is not None
    assert match.entry.ambiguous
    assert {target.slot for target in match.entry.targets} == {"e:ada-muster", "e:bo-muster"}


def test_a_declared_ambiguous_name_says_so() -> None:
    match = lexicon().read(analysis().tokens("kim"), 0)
    assert match is not None
    assert match.entry.ambiguous


def test_a_stranger_is_known_as_nobody_on_file() -> None:
    """ "Kim Jong Un" must not be read as the ambiguous "Kim" and two words."""
    tokens = analysis().tokens("kim jong un")
    match = lexicon().read(tokens, 0)
    assert match is not None
    assert match.size == 3
    assert all(target.stranger for target in match.entry.targets)


def test_a_stranger_of_the_same_name_as_somebody_on_file_changes_nothing() -> None:
    names = a_lexicon(an_entity("Ada", not_to_be_confused_with=("Bo Muster",)), an_entity("Bo Muster"))
    match = names.read(analysis().tokens("bo muster"), 0)
    assert match is not None
    assert not match.entry.ambiguous


def test_a_name_that_is_a_common_word_counts_in_capitals_only() -> None:
    names = a_lexicon(an_entity("United States", "US", type=EntityType.COUNTRY))
    assert slots("US", names) == {"e:united-states"}
    assert slots("us", names) == set()


def test_placeholders_have_no_name() -> None:
    assert slots("Nobody", a_lexicon(an_entity("Nobody", placeholder=True))) == set()


def test_words_of_a_person_do_not_bend_into_other_words() -> None:
    """ "Stoned" has the stem of "Stone", and is not the person."""
    names = a_lexicon(an_entity("Stone"))
    assert slots("stones", names) == {"e:stone"}
    assert slots("stoned", names) == set()


@pytest.mark.parametrize(
    ("word", "near"),
    [
        ("zelensy", "zelensky"),
        ("zelenksy", "zelensky"),
        ("amunition", "ammunition"),
        ("missilles", "missiles"),
        ("ukriane", "ukraine"),
        ("spells", None),  # a topic's word is mended from seven letters on
        ("prussia", None),  # the first letter is never mended
        ("xii", None),
        ("zelenska", None),  # another person
        ("bitcoin", None),
    ],
)
def test_slips_are_mended_towards_names_only(word: str, near: str | None) -> None:
    assert lexicon().near(word) == near


def test_a_slip_between_two_people_is_nobody() -> None:
    names = a_lexicon(an_entity("Martina"), an_entity("Martino"))
    assert names.near("martin") is None
    assert names.near("martinx") is None


def test_a_word_of_one_name_is_no_slip_in_another() -> None:
    """The person asked for is on file, under first and last name."""
    names = a_lexicon(an_entity("Lena Harrow"), an_entity("Milo Harlow"))
    assert names.near("harlow") is None
    assert names.near("harroww") == "harrow"


@pytest.mark.parametrize(
    ("one", "other", "slip"),
    [
        ("abcd", "abdc", True),
        ("abcd", "abd", True),
        ("abcd", "abxcd", True),
        ("abcd", "abxd", True),
        ("abcd", "abcd", False),
        ("abcd", "badc", False),
        ("abcd", "dcba", False),
        ("abcd", "ab", False),
    ],
)
def test_one_slip(one: str, other: str, slip: bool) -> None:
    assert one_slip(one, other) is slip


@given(st.text(alphabet="abc", max_size=8), st.text(alphabet="abc", max_size=8))
def test_a_slip_is_the_same_in_both_directions(one: str, other: str) -> None:
    assert one_slip(one, other) == one_slip(other, one)


@given(st.lists(st.text(max_size=30), max_size=6), st.text(max_size=60))
def test_any_names_and_any_text(texts: list[str], text: str) -> None:
    entities = [an_entity(name or "x", id=f"e{place}", ambiguous=(name,)) for place, name in enumerate(texts)]
    names = a_lexicon(*entities)
    tokens = analysis().tokens(text)
    for at in range(len(tokens)):
        match = names.read(tokens, at)
        assert match is None or 1 <= match.size <= len(tokens) - at

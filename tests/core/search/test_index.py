"""What a fact is found by, and what it is not found by."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from bot.core.dates import parse
from bot.core.model.fact import Act, Hop, Kind, Said, Speaker, Venue
from bot.core.model.names import Entity, EntityType, Name, Topic
from bot.core.model.quantity import Comparator, Quantity
from bot.core.search.index import document
from tests.builders import a_dossier, a_source
from tests.seeded import analysis


def terms(**changes: object) -> set[str]:
    return set(document(a_dossier(**changes), analysis()).terms)


def a_quantity(**changes: object) -> Quantity:
    values: dict[str, object] = {"comparator": Comparator.AT_LEAST, "value": "300", "unit": "tree", "surface": "300"}
    return Quantity(**(values | changes))  # type: ignore[arg-type]  # a builder


def test_words_stems_and_ids() -> None:
    found = terms()
    assert {"planted", "plant", "trees", "tree", "n:300"} <= found
    assert {"e:ada-muster", "e:testwick", "s:ada-muster", "t:testwick-trees"} <= found
    assert {"ada", "muster"} <= found  # the name as the source has it
    assert "r:mayor" in found
    assert "mayor" not in found  # a role explains a role, not a word of the text


def test_stop_words_and_other_spellings_stay_out() -> None:
    entities = (Entity(id="testwick", type=EntityType.PLACE, name="Testwick", aliases=()),)
    found = terms(text="We have seen it", entities=entities)
    assert not {"we", "have", "it"} & found


def test_the_title_of_the_source_and_the_notes_stay_out() -> None:
    """A headline's number is not what the speaker said."""
    found = terms(sources=(a_source(title="Five million oaks"),), notes=("elm",))
    assert not {"oaks", "elm", "n:5000000"} & found


def test_broader_topics_count_too() -> None:
    topics = (
        Topic(id="oaks", label="Oaks", broader=("trees",)),
        Topic(id="trees", label="Trees", broader=("plants", "oaks")),
        Topic(id="plants", label="Plants"),
    )
    facets = document(a_dossier(topics=("oaks",), topics_on_file=topics), analysis()).facets
    assert facets.topics == ("oaks", "trees", "plants")


def test_whoever_passes_words_on_speaks_too() -> None:
    found = terms(chain=(Hop(act=Act.SAID, actor="ada-muster"), Hop(act=Act.RELAYED, actor="bo", role="clerk")))
    assert {"s:bo", "e:bo", "r:clerk"} <= found


def test_what_is_compared_is_kept_in_its_order() -> None:
    assert "x:-:oak:elm" in terms(text="Our oaks grow less than elms")


def test_venue_and_label_are_words() -> None:
    assert {"radio", "label"} <= terms(venue=Venue(text="on the radio"), label="A label")


def test_numbers_of_text_and_quantities() -> None:
    quantity = a_quantity(value="3500000", origin="ada-muster", destination="testwick", series="line")
    made = document(a_dossier(text="11 thousand or 3.5 million", quantities=(quantity,)), analysis())
    assert {"n:11000", "n:3500000"} <= set(made.terms)
    assert made.facets.numbers == ("3500000",)
    assert made.facets.series == ("line",)
    assert made.facets.directions == (("ada-muster", "testwick"),)


def test_a_quantity_counts_the_topic_that_its_words_name() -> None:
    topics = (
        Topic(id="trees", label="Trees in Testwick", aliases=(Name(text="tree", language="en"),)),
        Topic(id="parks", label="Parks", aliases=(Name(text="park", language="en"),)),
    )
    quantity = a_quantity(surface="at least 300 trees")
    found = terms(quantities=(quantity,), topics=("trees", "parks"), topics_on_file=topics)
    assert {term for term in found if term.startswith("q:")} == {"q:300:trees"}


def test_a_text_says_itself_who_gives() -> None:
    entities = (
        Entity(id="ada-muster", type=EntityType.COUNTRY, name="Adaland"),
        Entity(id="testwick", type=EntityType.PLACE, name="Testwick"),
    )
    made = document(a_dossier(text="Adaland had already sent trees to Testwick", entities=entities), analysis())
    assert made.facets.directions == (("ada-muster", "testwick"),)


def test_days_are_those_of_saying_and_publishing() -> None:
    found = terms(said=Said(on=parse("2026-04")), sources=(a_source(published=parse("2026-05-02")),))
    assert {"d:2026-04", "d:2026-05-02"} <= found


def test_the_latest_day_is_the_narrowest_bound() -> None:
    said = Said(on=parse("2026-04"), not_after=date(2026, 4, 10))
    assert document(a_dossier(said=said), analysis()).facets.latest_day == date(2026, 4, 10).toordinal()
    assert document(a_dossier(), analysis()).facets.latest_day == date(2026, 5, 2).toordinal()  # published


def test_nobody_speaks_in_a_caption() -> None:
    made = document(a_dossier(kind=Kind.CAPTION, speaker=None, chain=()), analysis())
    assert made.facets.speaker is None
    assert not any(term.startswith("s:") for term in made.terms)


def test_korean_text_is_found_by_its_pairs() -> None:
    assert {"북한이", "북한", "한이"} <= terms(text="북한이 포탄을")


@given(st.text(max_size=200), st.text(max_size=60))
def test_any_text_is_indexed_in_clean_terms(text: str, name: str) -> None:
    made = document(a_dossier(text=text, label=name, speaker=Speaker(entity=None, name_in_source=name)), analysis())
    assert made.length >= 0
    for term in made.terms:
        assert term
        assert not any(char.isspace() or char in "\"'\0" or "\ud800" <= char <= "\udfff" for char in term)


@given(st.text(max_size=100))
def test_the_same_fact_gives_the_same_document(text: str) -> None:
    dossier = a_dossier(text=text)
    assert document(dossier, analysis()) == document(dossier, analysis())

"""Numbers with their hedges, links that can be trusted, and one name for each thing."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given

from bot.core.dates import parse
from bot.core.model.change import FactRecord, Records
from bot.core.model.fact import Act, Hop, Said
from bot.core.model.names import Entity, EntityType, Name, Topic
from bot.core.model.quantity import ClaimSeries, Comparator
from bot.core.model.review import Workflow
from bot.core.model.source import Obtained, Snapshot
from bot.core.rules import Code, examine
from tests import strategies
from tests.builders import a_revision, a_source, some_entities, some_topics
from tests.core.rules.good import (
    AIDE,
    CITATION,
    GAZETTE,
    MUSTER,
    QUANTITY,
    SNAPSHOT,
    TEXT,
    a_good_record,
    a_mixed_record,
    found,
)


@pytest.mark.parametrize(
    ("surface", "comparator"),
    [
        ("300 trees", Comparator.EQUAL),
        ("more than 300 trees", Comparator.MORE_THAN),
        ("no more than 300 trees", Comparator.AT_MOST),
        ("over 300 trees", Comparator.MORE_THAN),
        ("about 300 trees", Comparator.ABOUT),
        ("fewer than 300 trees", Comparator.LESS_THAN),
        ("no fewer than 300 trees", Comparator.AT_LEAST),
    ],
)
def test_a_comparator_is_what_the_words_say(surface: str, comparator: Comparator) -> None:
    def record(chosen: Comparator) -> FactRecord:
        quantity = replace(QUANTITY, surface=surface, comparator=chosen)
        return a_mixed_record(text=f'"We" planted {surface}', quoted_spans=("We",), quantities=(quantity,),
                              label=surface)  # fmt: skip

    assert found(record(comparator)) == {}
    for other in set(Comparator) - {comparator}:
        assert Code.COMPARATOR in found(record(other))


def test_a_language_whose_hedges_are_not_known_is_not_judged() -> None:
    quantity = replace(QUANTITY, surface="300", comparator=Comparator.AT_LEAST)
    record = a_mixed_record(
        text='"나무" 300', quoted_spans=("나무",), quantities=(quantity,), language="ko", label="Trees"
    )

    assert found(record) == {}


@pytest.mark.parametrize(
    ("surface", "value", "language", "expected"),
    [
        ("at least 3.5 million rounds", "3500000", "en", True),
        ("at least 3.5 million rounds", "3.5", "en", False),
        ("at least 3.5 million rounds", "9500000", "en", False),
        ("more than 11 thousand servicemen", "11000", "en", True),
        ("1,500 trees", "1500", "en", True),
        ("1,500 trees", "1.5", "en", True),  # both are ways to write it
        ("about sixteen trees", "16", "en", True),
        ("about sixteen trees", "17", "en", False),
        ("Thirty-one people", "31", "en", True),
        ("Thirty-one people", "32", "en", False),
        ("two hundred and fifty trees", "250", "en", True),
        ("300 trees and 20 oaks", "320", "en", False),
        ("two of the 300 trees", "2", "en", True),
        ("dozens of trees", "24", "en", True),  # no number can be read there
        ("-5 degrees", "-5", "en", True),
        ("2,4 млн снарядів", "2400000", "uk", True),
        ("240만발", "2400000", "ko", True),
        ("240만발", "240", "ko", False),
    ],
)
def test_a_value_is_what_the_words_say(surface: str, value: str, language: str, expected: bool) -> None:
    quantity = replace(QUANTITY, surface=surface, value=value)
    record = a_good_record(text=surface, quantities=(quantity,), language=language)

    assert (Code.VALUE_NOT_IN_SURFACE not in found(record)) is expected


def test_what_multiplies_a_number_may_stand_elsewhere() -> None:
    quantity = replace(QUANTITY, comparator=Comparator.EQUAL, value="80000000", surface="80")
    record = a_good_record(text="not for 18 million and not for 80", quantities=(quantity,))

    assert Code.VALUE_NOT_IN_SURFACE not in found(record)


def test_a_hedge_may_stand_at_another_place_of_the_same_words() -> None:
    quantity = replace(QUANTITY, comparator=Comparator.EQUAL, surface="300 trees")
    record = a_good_record(text="There are 300 trees, not over 300 trees", quantities=(quantity,))

    assert Code.HEDGE_OUTSIDE not in found(record)


def test_a_series_has_one_unit_and_one_scope() -> None:
    series = (ClaimSeries(id="trees", label="Trees", unit="tree", scope="in town"),)
    good = replace(QUANTITY, series="trees")

    assert found(a_good_record(quantities=(good,)), series=series) == {}
    assert Code.UNIT_DIFFERS in found(a_good_record(quantities=(replace(good, unit="hectare"),)), series=series)
    assert Code.SCOPE_DIFFERS in found(a_good_record(quantities=(replace(good, scope="in all"),)), series=series)


@pytest.mark.parametrize(
    ("url", "code"),
    [
        (None, Code.URL_MISSING),
        ("", Code.URL_BAD),
        ("~", Code.URL_BAD),
        ("javascript:alert(1)", Code.URL_BAD),
        ("ftp://gazette.example/", Code.URL_BAD),
        ("file:///etc/passwd", Code.URL_BAD),
        ("gazette.example/trees", Code.URL_BAD),
        ("https://", Code.URL_BAD),
        ("https://[", Code.URL_BAD),
        ("https://gazette.example:port/", Code.URL_BAD),
        ("https://gazette.example/a b", Code.URL_BAD),
        ("https://gazette.example\\@evil.example/", Code.URL_BAD),
        ("https://gazette.example/\u202etxt", Code.URL_BAD),
        ("https://localhost/trees", Code.URL_PRIVATE),
        ("http://192.168.1.1/", Code.URL_PRIVATE),
        ("https://gazette.example:22/", Code.URL_PRIVATE),
        ("https://me:secret@gazette.example/", Code.URL_CREDENTIALS),
        ("https://gazette.example@evil.example/", Code.URL_CREDENTIALS),
        ("https://bit.ly/3x", Code.URL_SHORTENER),
        ("http://www.T.CO/3x", Code.URL_SHORTENER),
        ("https://gаzette.example/", Code.URL_FOREIGN_LETTERS),
        ("https://xn--gzette-4nf.example/", Code.URL_FOREIGN_LETTERS),
    ],
)
def test_a_link_is_one_that_readers_can_trust(url: str | None, code: Code) -> None:
    assert found(sources=(a_source(url=url),)) == {code: ".url"}


def test_a_placeholder_in_the_middle_is_remarked_and_the_unnamed_publisher_is_legal() -> None:
    unnamed = Entity(id="unnamed-agency", type=EntityType.ORGANISATION, name="an agency", placeholder=True)
    chain = (MUSTER, Hop(act=Act.QUOTED, actor="unnamed-agency"), Hop(act=Act.QUOTED))
    entities = (*some_entities(), unnamed)
    sources = (a_source(publisher=None),)

    assert found(a_good_record(chain=chain), entities=entities, sources=sources) == {
        Code.PLACEHOLDER: ".chain[1].actor"
    }
    invented = (MUSTER, GAZETTE)
    assert found(a_good_record(chain=invented), sources=sources) == {Code.CHAIN_END: ".chain[1]"}


def test_ids_are_taken_once_over_all_sections() -> None:
    topic = Topic(id="testwick", label="The town")

    assert Code.DUPLICATE_ID in found(topics=(*some_topics(), topic))
    assert Code.DUPLICATE_ID in found(a_good_record(), a_good_record(text="Quite other words", label="x"))


def test_a_number_belongs_to_one_fact() -> None:
    beside = Records(facts=(a_good_record(slug="older", number=4, text="Some older words"),))

    assert Code.DUPLICATE_NUMBER in found(a_good_record(number=4), beside=beside)
    assert Code.DUPLICATE_NUMBER not in found(a_good_record(slug="older", number=4), beside=beside)


def test_the_same_words_of_the_same_speaker_in_the_same_source_are_one_fact() -> None:
    again = a_good_record(slug="again", text=TEXT.replace(" 300", "\u00a0300"))

    assert Code.SAME_FACT in found(a_good_record(), again)
    assert Code.SAME_FACT in found(again, beside=Records(facts=(a_good_record(),)))
    assert Code.SAME_FACT not in found(a_good_record(), replace(again, workflow=Workflow.WITHDRAWN))


def test_nearly_the_same_words_are_remarked() -> None:
    text = "we have planted at least three hundred young trees in the park"
    one, other = a_mixed_record(text=f'{text} "now"', quoted_spans=("now",)), a_mixed_record(
        slug="other", text=f'{text} today "now"', quoted_spans=("now",)
    )  # fmt: skip

    assert found(one, other) == {Code.NEAR_DUPLICATE: ".text"}


def test_the_same_number_repeated_on_another_day_is_no_duplicate() -> None:
    sources = (a_source(), a_source(id="gazette-2026-06-01", published=parse("2026-06-01")))
    again = a_good_record(
        slug="again",
        citations=(replace(CITATION, source="gazette-2026-06-01"),),
        said=Said(on=parse("2026-06-01"), stated=True),
    )

    assert found(a_good_record(), again, sources=sources) == {}


def test_a_name_leads_to_one_record_unless_it_is_called_ambiguous() -> None:
    kim = Entity(id="kim", type=EntityType.PERSON, name="Kim A", aliases=(Name(text="Kim", language="en"),))
    other = Entity(id="kim-b", type=EntityType.PERSON, name="Kim B", aliases=(Name(text="KIM", language="en"),))

    def over(*entities: Entity) -> dict[Code, str]:
        return found(entities=(*some_entities(), AIDE, *entities))

    assert over(kim, other) == {Code.SHARED_ALIAS: ".aliases"}
    assert over(replace(kim, ambiguous=("Kim",)), replace(other, ambiguous=("KIM",))) == {}
    assert over(replace(kim, not_to_be_confused_with=("kim",))) == {Code.UNKNOWN_ID: ".not_to_be_confused_with"}


def test_topics_make_no_circle() -> None:
    town, park = (Topic(id=own, label=own, broader=(other,)) for own, other in (("a", "b"), ("b", "a")))

    assert Code.TOPIC_CIRCLE in found(topics=(*some_topics(), town, park))
    assert Code.UNKNOWN_ID in found(topics=(*some_topics(), town))


def test_a_long_quote_and_much_of_a_source_are_remarked() -> None:
    snapshot = Snapshot(
        sha256="0" * 64, normalised_sha256="0" * 64, normalisation=1, codepoints=1000, obtained=Obtained.FILE_IMPORT
    )
    text = '"a" ' + "word " * 78 + "end"
    long = a_mixed_record(text=text, quoted_spans=("a",))
    longer = a_mixed_record(text=text + " of all words", quoted_spans=("a",))

    assert found(long, sources=(a_source(snapshot=snapshot),)) == {Code.MUCH_OF_SOURCE: ""}
    assert Code.QUOTE_LONG in found(longer)


def test_records_may_refer_to_what_is_on_file() -> None:
    beside = Records(sources=(a_source(snapshot=SNAPSHOT),), entities=(*some_entities(), AIDE), topics=some_topics())

    assert found(sources=(), entities=(), topics=(), beside=beside) == {}
    assert Code.UNKNOWN_ID in found(sources=(), entities=(), topics=())


def test_revisions_of_builders_are_complete() -> None:
    assert a_revision().chain[0] == MUSTER


@given(strategies.records, strategies.records)
def test_any_records_are_judged(records: Records, beside: Records) -> None:
    for remark in examine(records, beside=beside):
        named = getattr(records, remark.section)[remark.index]
        assert remark.id == (named.slug if isinstance(named, FactRecord) else named.id)

"""What readers get, whichever store answers."""

from __future__ import annotations

import pytest

from bot.core.model.finding import Listed
from bot.core.model.names import Topic
from bot.core.model.quantity import ClaimSeries, Comparator, Quantity
from bot.core.search.plan import AllOf, AnyOf, Plan, Term
from bot.store.matching import MOST_TERMS
from tests.builders import a_record, an_import, some_entities, some_topics
from tests.contracts.stores.conftest import Store

TEXTS = {
    "red-apples": "red apples",
    "green-apples": "green apples and pears",
    "red-cherries": "red cherries red as red can be",
    "korean": "북한군 탄약",
    "shells": "n:3500000 e:north-korea боєприпаси п'ять c++ u.s. 3.5",
}


@pytest.fixture
async def filled(store: Store) -> Store:
    records = [a_record(slug=slug, text=text, label=slug) for slug, text in TEXTS.items()]
    await store.apply(an_import(*records), key="fill", expect={})
    return store


async def numbers(store: Store, plan: Plan, limit: int = 10) -> list[int]:
    async with store.reading() as reading:
        return [row.document.fact for row in (await reading.candidates(plan, limit=limit)).rows]


RED, GREEN, APPLES, PEARS = Term("red"), Term("green"), Term("apples"), Term("pears")


@pytest.mark.parametrize(
    ("plan", "expected"),
    [
        (RED, [3, 1]),
        (AllOf((RED, APPLES)), [1]),
        (AnyOf((RED, APPLES)), [3, 2, 1]),
        (AllOf((APPLES, AnyOf((RED, PEARS)))), [2, 1]),
        (AnyOf((AllOf((RED, GREEN)), PEARS)), [2]),
        (AllOf((AllOf((AnyOf((AllOf((RED,)),)),)),)), [3, 1]),
        (Term("북한군"), [4]),
        (Term("북한"), []),
        (AllOf(()), []),
        (AnyOf(()), []),
        (AllOf((RED, AnyOf(()))), []),
        (AnyOf((RED, AllOf(()))), [3, 1]),
        (Term("appl"), []),
        (Term(""), []),
        *((Term(term), [5]) for term in TEXTS["shells"].split()),
        (Term("north"), []),
        (Term("korea"), []),
    ],
)
async def test_a_plan_finds_whole_terms_newest_first(filled: Store, plan: Plan, expected: list[int]) -> None:
    assert await numbers(filled, plan) == expected


async def test_the_limit_keeps_the_newest(filled: Store) -> None:
    assert await numbers(filled, RED, limit=1) == [3]
    assert await numbers(filled, RED, limit=0) == []


@pytest.mark.parametrize(
    "hostile",
    [
        '"',
        '" OR "',
        "a b",
        "NEAR(",
        "*",
        "red*",
        "-",
        "^red",
        "terms:red",
        "NULL",
        "\0",
        "red\0",
        "AND",
        "(",
        "\ud800",
        "🙂",
    ],
)
async def test_no_term_means_anything_to_an_engine(filled: Store, hostile: str) -> None:
    assert await numbers(filled, Term(hostile)) == []
    assert await numbers(filled, AnyOf((Term(hostile), GREEN))) == [2]
    async with filled.reading() as reading:
        assert (await reading.frequencies([hostile, "red"])).of == {"red": 2}
        assert await reading.labels(hostile, limit=5) == ()
        assert await reading.number_of(hostile) is None
        assert await reading.text_of(hostile) is None
        assert await reading.listed(topic=hostile, limit=5) == ()
    assert await filled.kept_line(hostile) is None


async def test_candidates_carry_their_terms_and_what_matched(filled: Store) -> None:
    async with filled.reading() as reading:
        found = await reading.candidates(AnyOf((RED, GREEN, Term("cherries"))), limit=1)
    (row,) = found.rows
    assert row.matched == {"red", "cherries"}
    assert row.document.terms[:7] == ("red", "cherries", "red", "as", "red", "can", "be")
    assert row.document.length == 7
    assert row.document.facets.label == "red-cherries"
    assert (found.complete, found.as_of) == (True, filled.position)


async def test_a_pool_holds_each_fact_once_until_there_are_enough(filled: Store) -> None:
    both = (RED, GREEN, AnyOf((RED, GREEN)))
    async with filled.reading() as reading:
        red = [row.document for row in (await reading.candidates(RED, limit=10)).rows]
        green = [row.document for row in (await reading.candidates(GREEN, limit=10)).rows]
        every = await reading.pool(both, limit=10, most=10)
        enough = await reading.pool(both, limit=10, most=1)
        cut = await reading.pool(both, limit=1, most=10)
        nothing = await reading.pool((), limit=10, most=10)
    assert list(every.documents) == list(dict.fromkeys((*red, *green)))
    assert (every.complete, every.cut) == (True, False)
    assert list(enough.documents) == red
    assert (cut.documents[0], cut.cut) == (red[0], True)
    assert (nothing.documents, nothing.complete) == ((), True)


async def test_facets_come_back_as_they_went_in(store: Store) -> None:
    quantity = Quantity(
        comparator=Comparator.AT_LEAST, value="300", unit="tree", surface="300", origin="ada-muster", series="trees"
    )
    change = an_import(a_record(quantities=(quantity,)))
    series = ClaimSeries(id="trees", label="Trees planted", unit="tree", scope="Testwick")
    records = type(change.records)(
        sources=change.records.sources,
        entities=change.records.entities,
        topics=change.records.topics,
        series=(series,),
        facts=change.records.facts,
    )
    await store.apply(type(change)(records=records, publish_as="Test Desk"), key="a", expect={})

    async with store.reading() as reading:
        (row,) = (await reading.candidates(Term("trees"), limit=1)).rows
        assert [each.number for each in await reading.listed(series="trees", limit=5)] == [1]
        assert await reading.listed(series="trees", topic="nowhere", limit=5) == ()
        assert await reading.listed(series="testwick-trees", limit=5) == ()
        (dossier,) = await reading.dossiers([1])
    assert row.document.facets.directions == (("ada-muster", None),)
    assert row.document.facets.entities == ("ada-muster", "testwick")
    assert (row.document.facets.numbers, row.document.facets.series) == (("300",), ("trees",))
    assert dossier.series == {"trees": series}


async def test_more_terms_than_a_query_may_have_make_it_incomplete(filled: Store) -> None:
    others = tuple(Term(f"x{number}") for number in range(MOST_TERMS))
    async with filled.reading() as reading:
        cut = await reading.candidates(AnyOf((*others, RED)), limit=10)
        whole = await reading.candidates(AnyOf((*others[1:], RED)), limit=10)
        long = await reading.candidates(AnyOf((RED, Term("x" * 300))), limit=10)
        repeated = await reading.candidates(AnyOf((RED,) * 1000), limit=10)
        crowded = await reading.candidates(AllOf((RED, *others)), limit=10)
    assert (len(cut.rows), cut.complete) == (0, False)
    assert (len(whole.rows), whole.complete) == (2, True)
    assert (len(long.rows), long.complete) == (2, False)
    assert (len(repeated.rows), repeated.complete) == (2, True)
    assert crowded.complete is False


async def test_frequencies_count_documents(filled: Store) -> None:
    async with filled.reading() as reading:
        counted = await reading.frequencies(["red", "apples", "북한군", "nowhere", "red"])
    assert counted.of == {"red": 2, "apples": 2, "북한군": 1}
    assert counted.documents == len(TEXTS)
    assert counted.mean_length == sum(len(text.split()) for text in TEXTS.values()) / len(TEXTS)


async def test_nothing_on_file_is_counted_too(store: Store) -> None:
    async with store.reading() as reading:
        counted = await reading.frequencies(["red"])
        assert (counted.documents, counted.mean_length, counted.of) == (0, 0.0, {})
        assert (await reading.candidates(RED, limit=5)).rows == ()
        assert await reading.history(1) == ()


async def test_dossiers_come_in_the_order_asked_for(filled: Store) -> None:
    async with filled.reading() as reading:
        found = await reading.dossiers([3, 99, 1, 3, 10**30, -1])
        assert [dossier.fact.slug for dossier in found] == ["red-cherries", "red-apples"]
        assert set(found[0].entities) == {"ada-muster", "testwick"}
        assert set(found[0].sources) == {"gazette-2026-05-02"}
        assert set(found[0].topics) == {"testwick-trees"}
        assert await reading.number_of("red-cherries") == 3
        assert await reading.history(10**30) == ()


async def test_labels_by_the_beginning_of_a_word(filled: Store) -> None:
    async with filled.reading() as reading:
        assert await reading.labels("re", limit=5) == (
            Listed(number=3, label="red-cherries"),
            Listed(number=1, label="red-apples"),
        )
        assert [each.number for each in await reading.labels("re", limit=1)] == [3]
        assert [each.number for each in await reading.labels("북한", limit=5)] == [4]
        assert await reading.labels("", limit=5) == ()
        assert await reading.labels("testwick", limit=5) == ()  # t:testwick-trees is no word
        assert await reading.labels("t", limit=5) == ()


async def test_lists_are_newest_first_and_limited(filled: Store) -> None:
    async with filled.reading() as reading:
        assert [each.number for each in await reading.listed(limit=2)] == [5, 4]
        assert len(await reading.listed(topic="testwick-trees", limit=9)) == len(TEXTS)
        assert await reading.listed(topic="nature", limit=9) == ()
        assert await reading.listed(limit=0) == ()


async def test_the_vocabulary_is_ordered_by_id(filled: Store) -> None:
    await filled.apply(
        type(an_import())(records=type(an_import().records)(topics=(Topic(id="aaa", label="First"),)), publish_as=None),
        key="b",
        expect={},
    )
    async with filled.reading() as reading:
        words = await reading.vocabulary()
    assert words.entities == some_entities()
    assert words.topics == (Topic(id="aaa", label="First"), *some_topics())


async def test_a_reading_sees_one_state(filled: Store) -> None:
    async with filled.reading() as reading:
        before = await reading.candidates(RED, limit=10)
        await filled.apply(an_import(a_record(slug="late", text="red late")), key="late", expect={})
        after = await reading.candidates(RED, limit=10)
    assert after == before
    assert len(await numbers(filled, RED)) == len(before.rows) + 1

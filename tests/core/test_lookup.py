"""Questions, messages and half-typed queries over the project's own facts."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.core.lookup import CHOICES, Lookup
from bot.core.model.change import FileImport
from bot.core.model.finding import Found, NothingFound, WhichOne
from bot.core.model.names import Entity, EntityType
from bot.core.ports import Reading
from bot.core.search.plan import Frequencies, Plan, Pool
from tests.builders import a_record, some_records
from tests.seeded import Seeded, a_store, analysis, seeded

ROUNDS = "at least 3.5 million artillery rounds"


@pytest.fixture
async def seed() -> Seeded:
    return await seeded()


async def test_more_holds_the_further_facts_in_order(seed: Seeded) -> None:
    found = await seed.lookup.find("dprk ammunition")
    assert isinstance(found, Found)
    assert len(found.more) == 1
    assert found.dossier.fact.number not in found.more
    assert 0 < found.confidence <= 1
    assert found.showing == ()


async def test_the_limit_counts_all_facts_of_an_answer(seed: Seeded) -> None:
    found = await seed.lookup.find("dprk ammunition", limit=1)
    assert isinstance(found, Found)
    assert found.more == ()


async def test_a_bare_name_gives_a_choice(seed: Seeded) -> None:
    found = await seed.lookup.find("zelensky")
    assert isinstance(found, WhichOne)
    assert len(found.options) > 1
    assert ROUNDS not in " ".join(option.label for option in found.options)


async def test_a_plain_word_that_several_facts_have_gives_a_choice(seed: Seeded) -> None:
    assert isinstance(await seed.lookup.find("people"), WhichOne)
    assert isinstance(await seed.lookup.find("how long"), NothingFound)


async def test_what_ranking_cannot_separate_is_asked_back(seed: Seeded) -> None:
    found = await seed.lookup.find("north korea weapons")
    assert isinstance(found, WhichOne)
    assert len(found.options) <= CHOICES


async def test_a_name_with_a_single_fact_answers(seed: Seeded) -> None:
    assert "Koksan" in await seed.text(await seed.lookup.find("koksan"))


async def test_silence_names_nearby_topics_and_what_is_not_explained(seed: Seeded) -> None:
    found = await seed.lookup.find("japan ammunition")
    assert isinstance(found, NothingFound)
    assert found.complete
    assert [topic.id for topic in found.nearby] == ["dprk-ammunition"]
    assert found.unexplained == ("japan",)


@pytest.mark.parametrize("typed", ["DprkAmmunition", "#DprkAmmunition", "DprkAmunition"])
async def test_words_in_camel_case_are_parted(seed: Seeded, typed: str) -> None:
    assert ROUNDS in await seed.text(await seed.lookup.find(typed))


async def test_a_mended_slip_is_shown(seed: Seeded) -> None:
    found = await seed.lookup.find("zelenksy shells")
    assert isinstance(found, Found)
    assert found.showing == ("Volodymyr Zelenskyi",)


async def test_without_refusal_the_nearest_comes(seed: Seeded) -> None:
    found = await seed.lookup.find("japan ammunition", refuse=False)
    assert isinstance(found, Found)
    assert found.confidence < (await seed.lookup.find("dprk ammunition")).confidence  # type: ignore[union-attr]  # found


async def test_a_message_finds_what_it_speaks_of(seed: Seeded) -> None:
    text = "So @someone, Zelensky says the North Koreans already gave them 3.5 mln artillery shells?! https://x.example"
    assert ROUNDS in await seed.text(await seed.lookup.find(text, message=True))


@pytest.mark.parametrize("text", ["good morning everybody", "I love korean food", "3.5 million people live here", ""])
async def test_a_message_about_something_else_finds_nothing(seed: Seeded, text: str) -> None:
    assert isinstance(await seed.lookup.find(text, message=True), NothingFound)


async def test_a_text_too_long_for_a_question_is_read_as_a_message(seed: Seeded) -> None:
    text = "Look, I read this in the papers today and cannot believe it: " * 5 + "DPRK gave Russia 3.5 million rounds"
    assert ROUNDS in await seed.text(await seed.lookup.find(text))


async def test_every_label_finds_its_own_fact(seed: Seeded) -> None:
    """A suggestion that is picked must answer."""
    for suggestion in await seed.lookup.suggest(""):
        found = await seed.lookup.find(suggestion.text)
        assert isinstance(found, Found)
        assert found.dossier.fact.revision.label == suggestion.text


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("zel", "Rounds, at least 3.5 million, Zelenskyi, Nov 2024"),
        ("volod", "Volodymyr Zelenskyi"),
        ("dprk am", "North Korean ammunition for Russia"),
        ("north korean amm", "North Korean ammunition for Russia"),
        ("Rounds, at", "Rounds, at least 3.5 million, Zelenskyi, Nov 2024"),
        ("roun", "Rounds, at least 3.5 million, Zelenskyi, Nov 2024"),
    ],
)
async def test_suggestions_go_on_from_what_was_typed(seed: Seeded, typed: str, expected: str) -> None:
    texts = [suggestion.text for suggestion in await seed.lookup.suggest(typed)]
    assert expected in texts


async def test_suggestions_are_bounded_and_silent_where_nothing_fits(seed: Seeded) -> None:
    assert len(await seed.lookup.suggest("", limit=3)) == 3
    assert await seed.lookup.suggest("qqqq") == ()
    assert all(0 < len(each.text) <= 100 for each in await seed.lookup.suggest("n"))


async def test_nobody_is_suggested_of_whom_nothing_is_on_record() -> None:
    store = a_store()
    records = some_records(a_record(about=(), topics=()))
    await store.apply(FileImport(records=records, publish_as="Test Desk"), key="k", expect={})
    assert "Testwick" not in [each.text for each in await Lookup(store, analysis()).suggest("test")]


async def test_what_waits_for_review_is_not_found() -> None:
    store = a_store()
    await store.apply(FileImport(records=some_records(), publish_as=None), key="k", expect={})
    assert isinstance(await Lookup(store, analysis()).find("trees planted"), NothingFound)


async def test_new_names_count_at_once() -> None:
    store = a_store()
    lookup = Lookup(store, analysis())
    assert isinstance(await lookup.find("trees in testwick"), NothingFound)
    await store.apply(FileImport(records=some_records(), publish_as="Test Desk"), key="k", expect={})
    assert isinstance(await lookup.find("muster trees"), Found)


async def test_a_number_in_words_is_no_slip() -> None:
    store = a_store()
    lookup = Lookup(store, analysis())
    records = some_records(a_record(text="The trees of Testwick are thirsty", label="Trees"))
    await store.apply(FileImport(records=records, publish_as="Test Desk"), key="k", expect={})
    assert isinstance(await lookup.find("thirtsy trees"), Found)
    assert isinstance(await lookup.find("thirty trees"), NothingFound)


class _Unfinished:
    """A store whose searches run out of time."""

    position = 1

    def __init__(self, seed: Seeded, kept: int) -> None:
        self._store = seed.store
        self._kept = kept

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[Reading]:
        async with self._store.reading() as view:
            yield _Cut(view, self._kept)  # type: ignore[misc]  # delegates all but one method


class _Cut:
    def __init__(self, view: Reading, kept: int) -> None:
        self._view = view
        self._kept = kept

    def __getattr__(self, name: str) -> object:
        return getattr(self._view, name)

    async def frequencies(self, terms: Sequence[str]) -> Frequencies:
        return await self._view.frequencies(terms)

    async def pool(self, plans: Sequence[Plan], *, limit: int, most: int) -> Pool:
        whole = await self._view.pool(plans, limit=limit, most=most)
        return Pool(documents=whole.documents[: self._kept], complete=False, cut=False)


@pytest.mark.parametrize("message", [True, False])
@pytest.mark.parametrize("kept", [0, 1])
async def test_an_unfinished_search_is_neither_nothing_on_record_nor_an_answer(
    seed: Seeded, message: bool, kept: int
) -> None:
    """What was found first is not what fits best."""
    found = await Lookup(_Unfinished(seed, kept), analysis()).find("dprk ammunition", message=message)  # type: ignore[arg-type]  # only what is read
    assert isinstance(found, NothingFound)
    assert not found.complete


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150, deadline=None)
@given(text=st.text(max_size=300), message=st.booleans(), refuse=st.booleans())
async def test_any_text_ends_in_an_answer_or_in_nothing(seed: Seeded, text: str, message: bool, refuse: bool) -> None:
    found = await seed.lookup.find(text, message=message, refuse=refuse)
    assert isinstance(found, Found | WhichOne | NothingFound)
    await seed.lookup.suggest(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\0",
        '"',
        "NEAR(dprk ammunition)",
        "dprk* OR *",
        "'; DROP TABLE fact; --",
        "\ud800\udfff",
        "\u202edprk",
        "🚀" * 500,
        "שלום עולם",
        "a" * 100_000,
        "word " * 30_000,
        "朝" * 5_000,
        "9" * 5_000,
        "1,000," * 5_000,
        "kim " * 300,
    ],
)
async def test_hostile_text_is_just_text(seed: Seeded, text: str) -> None:
    for message in (False, True):
        await seed.lookup.find(text, message=message)
    await seed.lookup.suggest(text)


async def test_invisible_characters_change_nothing(seed: Seeded) -> None:
    assert ROUNDS in await seed.text(await seed.lookup.find("\u202edprk\u200b \u2066ammu\u00adnition\u2069"))


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("zelenskyi", "Volodymyr Zelenskyi"),  # from its second word on
        ("зелен", "Владимир Зеленский"),  # an alias, in the script that is typed
        ("півострів", "Корейський півострів"),
        ("북한", "북한"),
        ("3.5m", "Rounds, at least 3.5 million, Zelenskyi, Nov 2024"),
        ("3500000", "Rounds, at least 3.5 million, Zelenskyi, Nov 2024"),
        ("11 тис", "North Korean servicemen, more than 11 thousand"),
    ],
)
async def test_completion_knows_aliases_later_words_and_numbers(seed: Seeded, typed: str, expected: str) -> None:
    texts = [suggestion.text for suggestion in await seed.lookup.suggest(typed)]
    assert any(text.startswith(expected) for text in texts), texts


async def test_each_thing_is_completed_once(seed: Seeded) -> None:
    texts = [suggestion.text for suggestion in await seed.lookup.suggest("zel")]
    assert len([text for text in texts if text.startswith(("Zel", "Volodymyr Zel"))]) == 1


@pytest.mark.parametrize("query", ["3.5 million", "3500000", "3,5 млн", "350만", "16 Nov 2024", "november 2024"])
async def test_a_bare_number_or_date_is_asked_back(seed: Seeded, query: str) -> None:
    """What has it is offered by its label; no quote answers a number alone."""
    found = await seed.lookup.find(query)
    assert isinstance(found, WhichOne)
    assert 1 <= len(found.options) <= 15


async def test_a_number_that_nobody_claimed_is_nothing_on_record(seed: Seeded) -> None:
    assert isinstance(await seed.lookup.find("987654"), NothingFound)


async def test_what_was_read_is_said_where_the_match_was_inexact(seed: Seeded) -> None:
    exact = await seed.lookup.find("dprk ammunition")
    assert isinstance(exact, Found)
    assert exact.showing == ()
    store = a_store()
    japan = Entity(id="japan", type=EntityType.COUNTRY, name="Japan")
    records = some_records(a_record(about=("japan",)))
    change = FileImport(records=replace(records, entities=(*records.entities, japan)), publish_as="Test Desk")
    await store.apply(change, key="k", expect={})
    found = await Lookup(store, analysis()).find("tokyo trees")  # a capital speaks for its country, perhaps
    assert isinstance(found, Found)
    assert found.showing == ("Japan", "Trees in Testwick")


@pytest.mark.parametrize(
    "text",
    [
        "the of and",
        "?!… ---",
        "🎉🚀🔥",
        "🇰🇵 ammunition",
        "كوريا الشمالية ذخيرة",
        "\u202eammunition dprk",
        "צפון קוריאה תחמושת",
        "dprk снаряди 탄약 munition боеприпасы 弾薬 munición munitions mühimmat amunicja ذخيرة תחמושת",
        "north korea " * 20,
        "a" * 4000,
        " ".join(f"word{number}" for number in range(600))[:4000],
        "dprk\nammunition\r\n\t\x00",
        "%_*\"'()NEAR/2 AND OR NOT -dprk",
    ],
)
async def test_any_text_has_a_sensible_end(seed: Seeded, text: str) -> None:
    for message in (False, True):
        finding = await seed.lookup.find(text, message=message)
        assert isinstance(finding, Found | WhichOne | NothingFound)
        assert not isinstance(finding, NothingFound) or finding.complete
    assert isinstance(await seed.lookup.suggest(text), tuple)

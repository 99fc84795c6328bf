"""Exactly these words, at that place, between quotation marks."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from bot.core.model.source import CheckResult, Selector
from bot.core.normalisation import normalise
from bot.core.verbatim import compare, fingerprint, occurrences, passage_hash, resolve, stands_whole

ARTICLE = (
    "The mayor spoke on Monday. “We have planted at least 300\u00a0trees,” she said.\n\n"
    "Mayor Ada Muster at the park. Mayor Ada Muster at the park.\n\n"
    'She called the park a "green lung" of the town.'
)


def test_the_same_characters_are_exact() -> None:
    found = compare(normalise(ARTICLE), "We have planted at least 300\u00a0trees", None)

    assert (found.result, found.quoted, found.whole) == (CheckResult.EXACT, True, True)
    assert normalise(ARTICLE).text[found.start : found.end] == "We have planted at least 300 trees"


def test_another_blank_is_the_same_after_normalisation_only() -> None:
    assert compare(normalise(ARTICLE), "We have planted at least 300 trees", None).result is CheckResult.NORMALISED


@pytest.mark.parametrize(
    "words",
    [
        "We have planted at least 3000 trees",
        "we have planted at least 300 trees",
        "We have planted 300 trees",
        "We have planted at least 300 trees she said",
        "",
        " ",
    ],
)
def test_other_words_are_not_found(words: str) -> None:
    found = compare(normalise(ARTICLE.replace(" ", "\u2009")), words, None)

    assert not found.result.found or words == " "
    assert not found.quoted


def test_without_a_text_nothing_can_be_verified() -> None:
    assert compare(None, "We have planted", None).result is CheckResult.UNVERIFIABLE


def test_a_selector_of_other_words_is_not_found() -> None:
    selector = occurrences(normalise(ARTICLE), "at least 300 trees")[0]

    assert compare(normalise(ARTICLE), "at least 300", selector).result is CheckResult.NOT_FOUND


def test_words_that_stand_twice_are_told_apart_by_what_is_around_them() -> None:
    text = normalise(ARTICLE)
    first, second = occurrences(text, "Mayor Ada Muster at the park.")

    assert first.start < second.start
    assert resolve(text, first) == first
    assert resolve(text, second) == second


def test_a_selector_survives_words_added_before_it() -> None:
    old, new = normalise(ARTICLE), normalise("Corrected on Tuesday.\n\n" + ARTICLE)
    second = occurrences(old, "Mayor Ada Muster at the park.")[1]

    assert resolve(new, second) == occurrences(new, "Mayor Ada Muster at the park.")[1]


def test_with_equal_surroundings_the_nearest_place_counts() -> None:
    text = normalise("ha " * 60)
    middle = occurrences(text, "ha")[30]

    assert resolve(text, middle) == middle


def test_the_place_between_quotation_marks_is_preferred() -> None:
    text = normalise('Peace now was the slogan. "Peace now," he said.')

    assert compare(text, "Peace now", None).quoted


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        ("at least 3.5 million", "at least 3", False),
        ("at least 3.5 million", "5 million", False),
        ("1,500,000 rounds", "500,000 rounds", False),
        ("3 million", "3", True),
        ("In 2024.", "In 2024", True),
        ("a party", "art", False),
        ("an act of war", "act", True),
        ("unable to", "able to", False),
        ("북한군은 러시아", "북한군", True),
        ("中国人民", "中国", True),
        ("", "", False),
    ],
)
def test_words_and_numbers_are_not_cut(text: str, words: str, expected: bool) -> None:
    start = text.index(words)

    assert stands_whole(text, start, start + len(words)) is expected


@given(st.text(min_size=1, max_size=80), st.data())
def test_every_passage_of_a_text_is_found_where_it_stands(text: str, data: st.DataObject) -> None:
    known = normalise(text)
    assume(known.text)
    start = data.draw(st.integers(0, len(known.text) - 1))
    end = data.draw(st.integers(start + 1, len(known.text)))
    passage = known.text[start:end]
    assume(normalise(passage).text == passage)  # a cut before a combining mark may change it
    selector = next(item for item in occurrences(known, passage) if item.start == start)

    assert resolve(known, selector) == selector
    found = compare(known, passage, selector)
    assert found.result.found
    assert (found.start, found.end) == (start, end)


@given(st.text(max_size=40), st.text(max_size=20), st.integers(0, 10**9))
def test_any_text_and_selector_give_a_result(text: str, words: str, start: int) -> None:
    selector = Selector(exact=words, prefix=text[:5], suffix=text[5:10], start=start, end=start + len(words))

    result = compare(normalise(text), words, selector)

    assert result.result in CheckResult
    assert result.result.found == (result.end > result.start)


def test_a_fingerprint_is_sha256_of_utf8() -> None:
    assert fingerprint("") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    assert fingerprint("\ud800")  # also of what is no text


def test_a_selector_keeps_at_most_32_characters_on_each_side() -> None:
    selector = occurrences(normalise(ARTICLE), "she said")[0]

    assert (len(selector.prefix), len(selector.suffix)) == (32, 32)
    assert replace(selector, exact="x").exact == "x"


def test_the_hash_of_a_passage_is_of_its_words_and_its_place() -> None:
    place = occurrences(normalise(ARTICLE), "at least 300 trees")[0]
    others = (
        replace(place, exact="at least 900 trees"),
        replace(place, prefix=place.prefix[:-1] + "x"),
        replace(place, suffix=""),
        replace(place, start=place.start + 1),
        replace(place, end=place.end + 1),
    )

    assert passage_hash(Selector(exact="Bäume", prefix='"', suffix=".", start=1, end=6)) == (
        "8913d040d5e345ea88559437c29041436442743c3d6e31a8170804e788238ca4"
    )
    assert len({passage_hash(place), *map(passage_hash, others)}) == 6

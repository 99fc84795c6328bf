"""Slips are guessed, but never so that a content word vanishes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.search import slips


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("wepons", "weapons"), ("contct", "contact"), ("platfrom", "platform"), ("emty", "empty"), ("ракти", "ракети")],
)
def test_the_meant_word_is_among_the_guesses(typed: str, meant: str) -> None:
    assert meant in slips.meant(typed)


@pytest.mark.parametrize("typed", ["cat", "m1989", "", "북한군"])
def test_short_and_mixed_words_are_left(typed: str) -> None:
    assert list(slips.meant(typed)) == []


@pytest.mark.parametrize(("typed", "meant"), [("untill", "until"), ("lenght", "length")])
def test_everyday_words_are_mended(typed: str, meant: str) -> None:
    assert slips.everyday(typed) == meant


@pytest.mark.parametrize(
    "typed", ["tanks", "there", "hose", "sold", "three", "quiet", "tough", "trough", "rubble", "order"]
)
def test_a_content_word_is_not_taken_for_an_everyday_one(typed: str) -> None:
    """ "tanks" is a letter from "thanks"; to drop it would be to answer another question."""
    assert slips.everyday(typed) is None


@given(st.text(alphabet="abcdeабв", max_size=12))
def test_guesses_keep_the_first_letter_and_come_once(word: str) -> None:
    guesses = list(slips.meant(word))
    assert len(guesses) == len(set(guesses))
    assert word not in guesses
    assert all(guess[0] == word[0] for guess in guesses)


@pytest.mark.parametrize(
    ("word", "name", "other"),
    [("zelenska", "zelensky", True), ("zelenski", "zelensky", False), ("kostyrka", "kostyrko", False)],
)
def test_the_surname_of_the_other_sex_is_no_slip(word: str, name: str, other: bool) -> None:
    assert slips.other_sex(word, name) is other

"""Latin words have stems; other scripts are left alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.stemming import Stemmer


@pytest.mark.parametrize(
    ("one", "other"),
    [("rounds", "round"), ("transferred", "transfers"), ("munition", "munitions")],
)
def test_forms_of_a_word_meet(one: str, other: str) -> None:
    stem = Stemmer()
    assert stem(one) == stem(other)


@pytest.mark.parametrize("word", ["포탄", "炮弹", "m1989", "зброя", "שלום"])
def test_other_scripts_are_left_alone(word: str) -> None:
    assert Stemmer()(word) == word


@given(st.text(max_size=40))
def test_any_word_has_a_stem(word: str) -> None:
    assert isinstance(Stemmer()(word), str)


@pytest.mark.parametrize(("one", "other"), [("brucken", "brucke"), ("wahlbeteiligungen", "wahlbeteiligung")])
def test_german_forms_meet(one: str, other: str) -> None:
    stem = Stemmer()
    assert stem.german(one) == stem.german(other)
    assert stem.german("포탄") == "포탄"

"""Latin words have stems, and the library behind them stays out of the way."""

from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.stemming import KEPT, Stemmer


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


def test_memory_of_stems_is_bounded() -> None:
    stem = Stemmer()
    stem._known.update((str(count), "") for count in range(KEPT))
    assert stem("rounds") == "round"
    assert len(stem._known) <= KEPT


def test_the_library_waits_for_the_first_latin_word() -> None:
    """It loads every language it knows; a start of the bot should not."""
    code = (
        "import sys; from bot.stemming import Stemmer; Stemmer()('снаряд'); sys.exit('snowballstemmer' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@given(st.text(max_size=40))
def test_any_word_has_a_stem(word: str) -> None:
    assert isinstance(Stemmer()(word), str)

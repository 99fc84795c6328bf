"""Hidden and reordering characters are harmless when shown, and what can be seen stays as it was."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.platforms.neutral import visible


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("plain words, 3.5 million", "plain words, 3.5 million"),
        ("two\nlines\tand a tab", "two\nlines\tand a tab"),
        ("safe\u202egnp.exe", "safe⟨U+202E⟩gnp.exe"),
        ("a\u2066b\u2069c", "a⟨U+2066⟩b⟨U+2069⟩c"),
        ("am\u200bmu\u00adnition", "ammunition"),
        ("\u200e\u200f\u061cעברית", "עברית"),
        ("null\x00bell\x07", "null\ufffdbell\ufffd"),
        ("lone \ud800 surrogate", "lone \ufffd surrogate"),
        ("👨\u200d👩\u200d👧 ❤\ufe0f\u200d🔥 👩🏽\u200d🚀", "👨\u200d👩\u200d👧 ❤\ufe0f\u200d🔥 👩🏽\u200d🚀"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("Sri क\u094d\u200dष", "Sri क\u094d\u200dष"),
        ("a\u200db\u200cc", "abc"),
        ("боєприпаси, 북한군, 朝鲜", "боєприпаси, 북한군, 朝鲜"),
        ("\u3164\u2800", ""),
    ],
)
def test_what_is_shown(written: str, shown: str) -> None:
    assert visible(written) == shown


@given(st.text(st.characters(exclude_categories=())))
def test_nothing_hidden_is_left_and_a_second_time_changes_nothing(text: str) -> None:
    once = visible(text)

    assert visible(once) == once
    left = {unicodedata.category(sign) for sign in once if sign not in "\u200c\u200d\n\r\t\x85\u2028\u2029"}
    assert not left & {"Cs", "Cc"}
    assert not set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200b\ufeff") & set(once)

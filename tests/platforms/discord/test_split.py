"""Long texts are cut where a reader would pause, and nothing but white space is lost."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.platforms.discord.markdown import inert
from bot.platforms.discord.split import pieces, size


def cut(text: str, room: int) -> list[str]:
    return [text[start:end] for start, end in pieces(text, room)]


def test_a_sentence_is_the_first_choice() -> None:
    assert cut("One two three. Four five six seven.", 25) == ["One two three.", "Four five six seven."]


def test_words_are_the_second() -> None:
    assert cut("one two three four five", 12) == ["one two", "three four", "five"]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("they took 3 500 000 rounds", ["they took", "3 500 000", "rounds"]),
        ("нарахували 1\u202f234 \u0456 2 567 штук", ["нарахували", "1\u202f234 \u0456 2 567", "штук"]),
    ],
)
def test_a_number_stays_whole(text: str, parts: list[str]) -> None:
    assert cut(text, 14) == parts


def test_a_number_inside_an_endless_word_stays_whole() -> None:
    assert cut("字" * 6 + "3500000,75" + "字" * 6, 10)[:2] == ["字" * 6, "3500000,75"]


def test_chinese_is_cut_behind_its_full_stop() -> None:
    assert cut("他们提供了炮弹。然后提供了导弹。", 10) == ["他们提供了炮弹。", "然后提供了导弹。"]


def test_no_backslash_is_parted_from_its_sign() -> None:
    assert all(len(part) % 2 == 0 for part in cut("\\*" * 50, 7))


def test_no_accent_is_parted_from_its_letter() -> None:
    assert cut("e\u0301" * 10, 5) == ["e\u0301e\u0301"] * 5


def test_signs_beyond_the_basic_plane_count_twice() -> None:
    assert size("a🌳") == 3
    assert cut("🌳🌳🌳", 4) == ["🌳🌳", "🌳"]


@given(st.text(st.sampled_from("aé🌳 .,1*\\\n_。\u0301\u200d")), st.integers(4, 40))
def test_every_piece_fits_and_nothing_visible_is_lost(text: str, room: int) -> None:
    escaped = inert(text)
    parts = cut(escaped, room)

    assert all(0 < size(part) <= room for part in parts)
    assert "".join("".join(parts).split()) == "".join(escaped.split())

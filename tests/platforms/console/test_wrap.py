"""Lines fit the terminal, and a break takes the place of one space or of nothing: no character is altered."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.platforms.console.wrap import columns, wrapped


def test_lines_break_at_spaces() -> None:
    assert wrapped("one two three", 8) == ["one two", "three"]
    assert wrapped("one two three", 7) == ["one two", "three"]


def test_without_a_width_nothing_breaks() -> None:
    assert wrapped("one two\nthree", None) == ["one two", "three"]


def test_spaces_inside_a_line_stay_as_they_are() -> None:
    assert wrapped("one  two   three", 10) == ["one  two  ", "three"]


def test_korean_counts_two_columns_a_syllable_and_breaks_at_spaces() -> None:
    text = "북한군 파병 규모는 만 천 명 이상이다"
    lines = wrapped(text, 12)
    assert lines == ["북한군 파병", "규모는 만 천", "명 이상이다"]
    assert all(columns(line) <= 12 for line in lines)


def test_chinese_breaks_between_characters() -> None:
    assert wrapped("朝鲜向俄罗斯提供了炮弹", 8) == ["朝鲜向俄", "罗斯提供", "了炮弹"]


def test_a_long_link_breaks_where_it_must() -> None:
    assert wrapped("see https://example.org/abcdef", 10) == ["see", "https://ex", "ample.org/", "abcdef"]


@pytest.mark.parametrize(
    ("text", "expected"), [("é", 1), ("e\u0301", 1), ("한", 2), ("\u1112\u1161\u11ab", 2), ("", 0)]
)
def test_columns(text: str, expected: int) -> None:
    assert columns(text) == expected


@given(st.text(alphabet=st.sampled_from("ab  é한朝\u0301.\n"), max_size=80), st.integers(4, 30))
def test_only_spaces_give_way_to_breaks(text: str, width: int) -> None:
    lines = wrapped(text, width)
    assert all(columns(line) <= width for line in lines)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "").replace("\n", "")
    assert len(text) - sum(map(len, lines)) <= len(lines) - 1

"""Long words are cut where nothing changes its meaning, and nothing but white space is lost."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.commands.parts import ROOM, ended, marked, parts, weight


def test_what_fits_is_one_part() -> None:
    assert parts("We have planted trees.") == ("We have planted trees.",)
    assert parts("") == ("",)
    assert marked(("all",), 1) == "all"


def test_a_part_ends_with_a_sentence_and_is_seen_to_be_cut() -> None:
    found = parts("We came here. They planted trees. Nobody came.", 40)
    assert found == ("We came here. They planted trees.", "Nobody came.")
    assert (marked(found, 1), marked(found, 2)) == (f"{found[0]} […]", f"[…] {found[1]}")


@pytest.mark.parametrize(
    "text",
    [
        "They gave us article No. 5 of the law",
        "They met Mr. Bo and others there again",
        "They gave the U.S. what it wanted then",
        "They saw it approx. three times or so",
        "They took exactly 3.5 million of them",
    ],
)
def test_a_full_stop_inside_a_sentence_ends_no_part(text: str) -> None:
    text = f"we walked and walked and walked and walked along and then {text}"
    for room in range(50, weight(text)):
        first = parts(text, room)[0]
        assert not first.endswith((".", "No", "Mr", "3", "3.5", "exactly")), first


@pytest.mark.parametrize("no", ["not", "never", "don't", "не", "ні", "nicht"])
def test_a_negation_stays_with_what_it_denies(no: str) -> None:
    text = f"we walked and walked and walked and walked along and they did {no} plant any of those trees back there"
    for room in range(50, weight(text)):
        first = parts(text, room)[0]
        assert not re.search(rf"(?:they|did|{no}|plant)\Z", first), first


@pytest.mark.parametrize("number", ["3 500 000", "3.5 million", "11 тисяч", "two hundred thousand"])
def test_a_number_stays_whole(number: str) -> None:
    text = f"we walked and walked and walked and walked along and they did take {number} trees of all of those there"
    for room in range(50, weight(text)):
        first = parts(text, room)[0]
        assert (number in first) or number.split(maxsplit=1)[0] not in first.split()[-3:], first


@given(st.text(st.sampled_from("aé🌳 .,1*\\\n_。\u0301\u200d\u202e[]()"), max_size=400), st.integers(8, 60))
def test_every_part_fits_and_nothing_visible_is_lost(text: str, room: int) -> None:
    found = parts(text, room)

    assert all(weight(part) <= room for part in found) or len(text) < 2
    assert "".join("".join(found).split()) == "".join(text.split())


@given(st.text(max_size=300))
def test_what_is_broken_off_says_so_and_is_shorter(text: str) -> None:
    assert ended(text).endswith(" […]")
    assert len(ended(text)) <= max(5, len(text))


def test_a_long_text_costs_little() -> None:
    assert len(parts("We have planted trees. " * 20_000)) > 100
    assert len(parts("x" * 100_000)) == -(-100_000 // ROOM)

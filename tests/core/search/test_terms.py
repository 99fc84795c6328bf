"""One analysis for facts and queries: what is the same word, and what vanishes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.search.terms import LONGEST_WORD, Analysis, Script, cleaned, fold, slot
from bot.stemming import Stemmer

ANALYSIS = Analysis(Stemmer())


def words(text: str) -> list[str]:
    return [token.text for token in ANALYSIS.tokens(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("DPRK's Ammunition", ["dprk", "ammunition"]),
        ("Kim Tae-hyo", ["kim", "tae", "hyo"]),
        ("Séoul façade Łódź", ["seoul", "facade", "lodz"]),
        ("Straße", ["strasse"]),
        ("ｆｕｌｌｗｉｄｔｈ", ["fullwidth"]),
        ("об'єкт об’єкт обʼєкт", ["обєкт"] * 3),
        ("Їжак й ёлка", ["їжак", "й", "елка"]),
        ("а́втор", ["автор"]),
        ("북한군이 포탄", ["북한군이", "포탄"]),
        ("3.5 million", ["3.5", "million"]),
        ("3,500,000 and 2,4", ["3,500,000", "and", "2,4"]),
        ("11k 170mm", ["11", "k", "170", "mm"]),
        ("M1989", ["m1989"]),
        ("€45m", ["euro", "45", "m"]),
        ("US$3 million", ["us", "dollar", "3", "million"]),
        ("8% 8 ％ ￦5", ["8", "percent", "8", "percent", "won", "5"]),
        ("١١ rounds", ["11", "rounds"]),
        ("#NorthKorea shells", ["north", "korea", "shells"]),
        ("see https://example.org/a?b=c <@123456> now", ["see", "now"]),
    ],
)
def test_words_are_folded(text: str, expected: list[str]) -> None:
    assert words(text) == expected


@pytest.mark.parametrize(
    "text",
    ["", " \t\n", "\0\0", "\ud800", "\u202e\u2066\u200b\ufeff", "🚀👩‍👩‍👧", "\"'`*()", "…—–"],
)
def test_what_is_no_word_leaves_no_term(text: str) -> None:
    assert words(text) == []


def test_invisible_characters_do_not_part_a_word() -> None:
    """A soft hyphen or a zero-width space inside a word is nothing that anybody typed."""
    assert words("ammu\u00adni\u200btion") == ["ammunition"]


def test_ideographic_runs_are_told_apart() -> None:
    scripts = [token.script for token in ANALYSIS.tokens("朝鲜 북한 shells 240")]
    assert scripts == [Script.IDEOGRAPHIC, Script.IDEOGRAPHIC, Script.WORD, Script.NUMBER]


def test_a_run_without_spaces_is_indexed_by_pairs() -> None:
    assert ANALYSIS.pieces("북한군이") == ("북한", "한군", "군이")
    assert ANALYSIS.pieces("북한") == ()


def test_ids_become_terms_without_blanks_or_quotes() -> None:
    assert slot("e", "a b\"c'd") == "e:a-b-c-d"


@pytest.mark.parametrize(("one", "other"), [("rounds", "round"), ("снарядів", "снаряды"), ("кореї", "корея")])
def test_the_script_of_a_word_decides_its_stem(one: str, other: str) -> None:
    assert ANALYSIS.stem(one) == ANALYSIS.stem(other)


def test_an_endless_word_is_cut() -> None:
    assert len(fold("a" * 10_000)) == LONGEST_WORD


@given(st.text(max_size=300))
def test_any_text_gives_terms_that_every_store_takes(text: str) -> None:
    for token in ANALYSIS.tokens(text):
        for term in (token.text, *ANALYSIS.forms(token.text), *ANALYSIS.pieces(token.text)):
            assert term
            assert not any(char.isspace() or char in '"\0' or "\ud800" <= char <= "\udfff" for char in term)


@given(st.text(max_size=120))
def test_folding_twice_changes_nothing(text: str) -> None:
    for token in ANALYSIS.tokens(text):
        if token.script is not Script.NUMBER:
            assert fold(token.text) == token.text


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=120))
def test_cleaning_twice_changes_nothing(text: str) -> None:
    once = cleaned(text)
    assert words(once) == words(cleaned(once))

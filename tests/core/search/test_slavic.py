"""Ukrainian and Russian forms meet under one stem, and names stay themselves."""

from __future__ import annotations

import pytest

from bot.core.search import slavic


@pytest.mark.parametrize(
    "forms",
    [
        "північна північної північну північній північною",
        "північний північного північному північним",
        "северная северной северную",
        "корея кореї корею кореєю корее кореей кореи",
        "росія росії росію росією",
        "россия россии россию россией",
        "снаряд снаряда снаряди снарядів снарядами снаряды снарядов",
        "боєприпаси боєприпасів боєприпасами боеприпасы боеприпасов",
        "зеленський зеленського зеленському зеленським зеленский зеленскому",
        "ракета ракети ракет ракетами ракету",
        "військо війська військ військами військах",
        "китай китаю китаєм китаї китая",
        "зброя зброї зброю зброєю",
        "область області областю",
        "докази доказів доказами",
    ],
)
def test_the_forms_of_a_word_have_one_stem(forms: str) -> None:
    assert len({slavic.stem(form) for form in forms.split()}) == 1


@pytest.mark.parametrize("word", ["сі", "юн", "ким", "київ", "кндр"])
def test_short_names_keep_their_letters(word: str) -> None:
    assert len(slavic.stem(word)) == len(word)


@pytest.mark.parametrize(
    ("word", "name", "plural", "same"),
    [
        ("кореї", "корея", True, True),
        ("зеленського", "зеленський", False, True),
        ("снарядів", "снаряди", True, True),
        ("іванова", "іванов", False, True),
        ("іванов", "іван", False, False),
        ("іван", "іванов", False, False),
        ("корейка", "корея", True, False),
        ("росток", "росія", True, False),
    ],
)
def test_a_form_of_a_name_is_no_other_name(word: str, name: str, plural: bool, same: bool) -> None:
    assert slavic.is_form(word, name, plural=plural) is same


def test_only_whole_cyrillic_words_are_cyrillic() -> None:
    assert slavic.is_cyrillic("снаряд")
    assert not slavic.is_cyrillic("снаряд2")
    assert not slavic.is_cyrillic("shell")


@pytest.mark.parametrize(
    ("word", "name", "same"),
    [
        ("зеленського", "зеленський", True),
        ("зеленська", "зеленський", False),
        ("зеленскую", "зеленский", False),
        ("зеленський", "зеленська", False),
        ("зеленської", "зеленська", True),
    ],
)
def test_a_mans_and_a_womans_surname_are_two_names(word: str, name: str, same: bool) -> None:
    assert slavic.is_form(word, name, plural=False) is same

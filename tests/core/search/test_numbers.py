"""A number is the same number however it is written."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.search import numbers
from bot.core.search.terms import Analysis
from bot.stemming import Stemmer

ANALYSIS = Analysis(Stemmer())


def read(text: str) -> numbers.Number | None:
    return numbers.read(ANALYSIS.tokens(text), 0)


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("3.5 million", ("3500000",)),
        ("3½ million", ("3500000",)),
        ("three point five million", ("3500000",)),
        ("три з половиною мільйони", ("3500000",)),
        ("трёх с половиной миллионов", ("3500000",)),
        ("seven and a half", ("7.5",)),
        ("1만1천명", ("11000",)),
        ("1억6400만", ("164000000",)),
        ("3,500,000", ("3500000",)),
        ("3500000", ("3500000",)),
        ("3 500 000", ("3500000",)),
        ("3.500.000", ("3500000",)),
        ("3'500'000", ("3500000",)),
        ("3.5m", ("3500000",)),
        ("3.5M", ("3500000",)),
        ("3.5 mln", ("3500000",)),
        ("3.5 mil", ("3500000",)),
        ("2,4 млн", ("2400000",)),
        ("2,4 мільйона", ("2400000",)),
        ("2,4 миллионов", ("2400000",)),
        ("11k", ("11000",)),
        ("11 thousand", ("11000",)),
        ("11 тисяч", ("11000",)),
        ("11 тыс", ("11000",)),
        ("11тыс.", ("11000",)),
        ("eleven thousand", ("11000",)),
        ("seven thousand", ("7000",)),
        ("одинадцять тисяч", ("11000",)),
        ("240만", ("2400000",)),
        ("350万", ("3500000",)),
        ("2 hundred thousand", ("200000",)),
        ("1,234.5", ("1234.5",)),
        ("1.234,5", ("1234.5",)),
        ("2,400", ("2400", "2.4")),
        ("0.500", ("0.5",)),
        ("152", ("152",)),
        ("007", ("7",)),
        ("10 Millionen", ("10000000",)),
        ("half a million", ("500000",)),
        ("a half million", ("500000",)),
        ("a million", ("1000000",)),
        ("two and a half million", ("2500000",)),
        ("eine halbe Million", ("500000",)),
        ("anderthalb Millionen", ("1500000",)),
        ("zweitausend", ("2000",)),
        ("полмиллиона", ("500000",)),
        ("півмільйона", ("500000",)),
        ("пів мільйона", ("500000",)),
        ("полтора миллиона", ("1500000",)),
        ("півтора мільйона", ("1500000",)),
        ("오십만", ("500000",)),
        ("백만", ("1000000",)),
        ("이백사십만", ("2400000",)),
        ("forty-five million", ("45000000",)),
        ("forty five", ("45",)),
        ("forty-five and a half million", ("45500000",)),
        ("three hundred and twenty", ("320",)),
        ("a hundred and twenty thousand", ("120000",)),
        ("two thousand three hundred", ("2300",)),
        ("twenty-three hundred", ("2300",)),
        ("two thousand million", ("2000000000",)),
        ("сорок п'ять мільйонів", ("45000000",)),
        ("триста двадцять", ("320",)),
        ("тисяча двісті", ("1200",)),
        ("сто двадцать одна тысяча", ("121000",)),
        ("две тысячи триста", ("2300",)),
        ("fünfundvierzig Millionen", ("45000000",)),
        ("dreihundertzwanzig", ("320",)),
        ("zweitausenddreihundertfünf", ("2305",)),
        ("zwei Millionen dreihunderttausend", ("2300000",)),
    ],
)
def test_forms_of_a_number(text: str, values: tuple[str, ...]) -> None:
    number = read(text)
    assert number is not None
    assert number.values == values
    assert number.size == len(ANALYSIS.tokens(text))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("under $45m today", "under 45 m dollar today"),
        ("€ 3 million", "euro 3 million"),
        ("€3 million and 8% 2031", "3 million euro and 8 percent 2031"),
    ],
)
def test_a_sign_is_read_behind_its_number(text: str, expected: str) -> None:
    assert [token.text for token in numbers.signs_behind(ANALYSIS.tokens(text))] == expected.split()


def test_a_counter_is_left_over() -> None:
    number = read("240만발")
    assert number is not None
    assert (number.values, number.rest) == (("2400000",), "발")


@pytest.mark.parametrize(
    "text", ["two countries", "one of them", "one in the way", "million", "k", "m1989", "9" * 40, "ein", "Hunderte"]
)
def test_what_is_no_number(text: str) -> None:
    assert read(text) is None


@pytest.mark.parametrize("text", ["one out of five", "one in ten", "один из 5"])
def test_one_is_a_number_where_it_is_a_share(text: str) -> None:
    found = read(text)
    assert found is not None
    assert found.values == ("1",)


@pytest.mark.parametrize(
    "text", ["one two", "nineteen forty-five", "two and forty", "twenty-one forty-five", "two three hundred"]
)
def test_words_that_do_not_go_on_from_each_other_are_not_added_up(text: str) -> None:
    tokens = ANALYSIS.tokens(text)
    assert [numbers.read(tokens, at) for at in range(len(tokens))] == [None] * len(tokens)


@pytest.mark.parametrize(
    "text", ["two hundred and three hundred thousand", "two hundred three hundred", "two hundred, three million"]
)
def test_a_number_ends_where_another_begins(text: str) -> None:
    number = read(text)
    assert number is not None
    assert (number.values, number.size) == (("200",), 2)


def test_a_letter_apart_multiplies_nothing() -> None:
    """ "5 k" may be anything."""
    number = read("5 k")
    assert number is not None
    assert number.values == ("5",)


@given(st.integers(min_value=0, max_value=10**15))
def test_grouping_keeps_the_value(value: int) -> None:
    number = read(f"{value:,}")
    assert number is not None
    assert str(value) in number.values


@given(st.decimals(min_value=0, max_value=10**9, places=2))
def test_a_canonical_number_is_plain(value: Decimal) -> None:
    text = numbers.canonical(value)
    assert Decimal(text) == value
    assert "E" not in text
    assert text == "0" or not (("." in text and text.endswith("0")) or text.endswith("."))

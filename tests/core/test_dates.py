"""A date says exactly as much as is known."""

from __future__ import annotations

import calendar
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.dates import CalendarDate, DateError, Precision, parse

days = st.dates(min_value=date(1, 1, 1), max_value=date(9999, 12, 31))
marks = st.sampled_from(["", "?", "~", "%"])
cuts = st.sampled_from([4, 7, 10])  # how much of YYYY-MM-DD is known


@pytest.mark.parametrize(
    ("text", "precision", "earliest", "latest"),
    [
        ("2024-11-15", Precision.DAY, date(2024, 11, 15), date(2024, 11, 15)),
        ("2024-02", Precision.MONTH, date(2024, 2, 1), date(2024, 2, 29)),
        ("1900-02", Precision.MONTH, date(1900, 2, 1), date(1900, 2, 28)),
        ("2024", Precision.YEAR, date(2024, 1, 1), date(2024, 12, 31)),
        ("2024-11-14/2024-11-16", Precision.INTERVAL, date(2024, 11, 14), date(2024, 11, 16)),
        ("2023/2024-02", Precision.INTERVAL, date(2023, 1, 1), date(2024, 2, 29)),
        ("0001-01-01", Precision.DAY, date(1, 1, 1), date(1, 1, 1)),
        ("9999-12", Precision.MONTH, date(9999, 12, 1), date(9999, 12, 31)),
    ],
)
def test_a_date_reaches_from_its_first_to_its_last_possible_day(
    text: str, precision: Precision, earliest: date, latest: date
) -> None:
    value = parse(text)

    assert (value.precision, value.earliest, value.latest) == (precision, earliest, latest)
    assert str(value) == value.edtf == text


@pytest.mark.parametrize(
    ("text", "uncertain", "approximate"),
    [
        ("2024-11-15", False, False),
        ("2024-11-15?", True, False),
        ("2024-11~", False, True),
        ("2024%", True, True),
        ("2023?/2024~", True, True),
        ("2023/2024", False, False),
    ],
)
def test_doubt_is_kept(text: str, uncertain: bool, approximate: bool) -> None:
    value = parse(text)

    assert (value.uncertain, value.approximate) == (uncertain, approximate)


@given(days, cuts, marks)
def test_the_bounds_contain_the_day_and_nothing_beyond_what_is_known(day: date, cut: int, mark: str) -> None:
    text = day.isoformat()[:cut]
    value = parse(text + mark)

    assert value.earliest <= day <= value.latest
    assert value.earliest.isoformat()[:cut] == value.latest.isoformat()[:cut] == text
    if cut == 7:
        assert value.latest.day == calendar.monthrange(day.year, day.month)[1]


@given(days, days, cuts, cuts)
def test_an_interval_contains_its_ends_or_is_refused(first: date, last: date, cut: int, other: int) -> None:
    text = f"{first.isoformat()[:cut]}/{last.isoformat()[:other]}"
    if parse(first.isoformat()[:cut]).earliest > parse(last.isoformat()[:other]).latest:
        with pytest.raises(DateError, match="ends before it begins"):
            parse(text)
    else:
        value = parse(text)
        assert value.earliest <= first
        assert last <= value.latest


@pytest.mark.parametrize(
    "text",
    [
        "", " ", "2024-11-15 ", "2024-11-15\n", "2024-1-5", "15.11.2024", "2024-13", "2024-00", "2024-11-31",
        "2023-02-29", "0000", "0000-01", "12024", "2024-11-15T22:10:00Z", "2024-11-15??", "?", "/", "2024/", "/2024",
        "../2024", "2023/2024/2025", "2024-21", "20XX", "٢٠٢٤", "2024\0", "November", "null", "-2024",
    ],
)  # fmt: skip
def test_what_is_no_date_is_refused_and_never_guessed(text: str) -> None:
    with pytest.raises(DateError) as caught:
        parse(text)

    assert caught.value.wrong
    assert caught.value.instead.startswith(("write", "check"))


@given(st.text() | st.text(alphabet="0123456789-/?~%T: \n", max_size=24))
def test_hostile_text_gives_a_date_or_a_date_error(text: str) -> None:
    try:
        value = parse(text)
    except DateError:
        return
    assert isinstance(value, CalendarDate)
    assert value.earliest <= value.latest
    assert parse(str(value)) == value


def test_a_huge_text_makes_a_short_message() -> None:
    with pytest.raises(DateError) as caught:
        parse("9" * 1_000_000)

    assert len(str(caught.value)) < 250

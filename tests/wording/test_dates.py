"""A date in words says exactly what is known, and the day of publication is always called that."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.dates import parse
from bot.core.model.fact import Kind, Said
from bot.wording import wording
from bot.wording.dates import plain, said_line, when
from tests.builders import a_revision, a_source

EN, UK = wording("en"), wording("uk")


def line(said: Said, *, published: str | None = "2024-11-16", language: str = "en", **changes: Any) -> str:
    source = a_source(published=parse(published) if published else None)
    return said_line(a_revision(said=said, **changes), source, wording(language))


@pytest.mark.parametrize(
    ("edtf", "english", "ukrainian"),
    [
        ("2024-11-15", "15 Nov 2024", "15 листопада 2024"),
        ("2024-11-15?", "probably on 15 Nov 2024", "ймовірно 15 листопада 2024"),
        ("2024-11-15~", "about 15 Nov 2024", "приблизно 15 листопада 2024"),
        ("2024-11-15%", "probably about 15 Nov 2024", "ймовірно приблизно 15 листопада 2024"),
        ("2024-11", "in Nov 2024", "у листопаді 2024"),
        ("2024-11?", "probably in Nov 2024", "ймовірно у листопаді 2024"),
        ("2024-11~", "about Nov 2024", "приблизно у листопаді 2024"),
        ("2024", "in 2024", "у 2024 році"),
        ("2024~", "about 2024", "приблизно у 2024 році"),
        (
            "2024-11-14/2024-11-16",
            "between 14 Nov 2024 and 16 Nov 2024",
            "у проміжку 14 листопада 2024 – 16 листопада 2024",
        ),
        (
            "2024-10/2024-11?",
            "probably between Oct 2024 and Nov 2024",
            "ймовірно у проміжку жовтень 2024 – листопад 2024",
        ),
    ],
)
def test_a_date_is_as_precise_as_it_is_known(edtf: str, english: str, ukrainian: str) -> None:
    assert when(parse(edtf), EN) == english
    assert when(parse(edtf), UK) == ukrainian


def test_the_day_of_publication_is_never_the_day_of_speaking() -> None:
    assert line(Said(not_after=date(2024, 11, 16))) == "Published 16 Nov 2024; the day it was said is not given"


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (Said(on=parse("2024-11-15"), stated=True), "Said 15 Nov 2024; published 16 Nov 2024"),
        (Said(on=parse("2024-11"), stated=True), "Said in Nov 2024; published 16 Nov 2024"),
        (Said(on=parse("2024-11-15?")), "Said probably on 15 Nov 2024; published 16 Nov 2024"),
        (
            Said(on=parse("2024-11-15")),
            "Said 15 Nov 2024 (worked out, not stated by the source); published 16 Nov 2024",
        ),
        (Said(not_after=date(2024, 11, 10)), "Said on or before 10 Nov 2024; published 16 Nov 2024"),
        (Said(not_before=date(2024, 11, 10)), "Said on or after 10 Nov 2024; published 16 Nov 2024"),
        (
            Said(not_before=date(2024, 11, 10), not_after=date(2024, 11, 12)),
            "Said between 10 Nov 2024 and 12 Nov 2024; published 16 Nov 2024",
        ),
        (
            Said(not_before=date(2024, 11, 10), not_after=date(2024, 11, 16)),
            "Said on or after 10 Nov 2024; published 16 Nov 2024",
        ),
    ],
)
def test_days_and_bounds(said: Said, expected: str) -> None:
    assert line(said) == expected


def test_nothing_known_at_all_is_said() -> None:
    assert line(Said(), published=None) == "The day it was said is not given; publication date not on file"
    assert line(Said(on=parse("2024"), stated=True), published=None) == "Said in 2024; publication date not on file"
    assert said_line(a_revision(), None, EN) == "The day it was said is not given; publication date not on file"


@pytest.mark.parametrize("kind", [Kind.OUTLET, Kind.CAPTION])
@pytest.mark.parametrize("language", ["en", "uk"])
@pytest.mark.parametrize("said", [Said(), Said(on=parse("2023-10"), stated=True), Said(not_before=date(2024, 1, 1))])
def test_where_nobody_spoke_nothing_was_said(kind: Kind, language: str, said: Said) -> None:
    text = line(said, kind=kind, speaker=None, language=language)
    assert "said" not in text.lower()
    assert "сказано" not in text.lower()


def test_a_captions_own_date_is_called_a_date() -> None:
    said = Said(on=parse("2023-10"), stated=True)
    assert line(said, kind=Kind.CAPTION, speaker=None) == "Dated Oct 2023; published 16 Nov 2024"
    said = Said(on=parse("2024-11-16"), stated=True)
    assert line(said, kind=Kind.OUTLET, speaker=None) == "Published 16 Nov 2024"
    assert line(Said(), kind=Kind.OUTLET, speaker=None, published=None) == "Publication date not on file"


@given(day=st.dates(), mark=st.sampled_from("?~%"), cut=st.sampled_from([4, 7, 10]))
def test_a_doubtful_date_never_reads_like_a_sure_one(day: date, mark: str, cut: int) -> None:
    sure = day.isoformat()[:cut]
    for words in (EN, UK):
        assert when(parse(sure + mark), words) != when(parse(sure), words)
        assert plain(parse(sure + mark), words) != plain(parse(sure), words)


@given(day=st.dates())
def test_a_month_names_no_day_and_a_year_no_month(day: date) -> None:
    assert not any(character.isdigit() for character in when(parse(day.isoformat()[:7]), EN).rpartition(" ")[0])
    assert when(parse(day.isoformat()[:4]), EN) == f"in {day.year}"

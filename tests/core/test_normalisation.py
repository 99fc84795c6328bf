"""Two printings of the same words become equal; the words themselves never change."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.normalisation import normalise

TRICKY = (
    "\x0b\x0c\x85"
    "ab Zя1٣.,-–—“”„‟«»‘’‚‹›'\"＂＇ \t\n\r\u00a0\u202f\u2028\u2029"
    "\u2009\u3000\u00ad\u200b\u200c\u200d\u200e\u2060\ufeff"
    "e\u0301\u0327\u0323Å\u212b\u212aΩ\u2126\u037e\u2000\u0f71\u0f73\u0f80\u0344\u1100\u1161\u11a8가힣\u09c7\u09be\U0001f600"
)
texts = st.text(alphabet=TRICKY, max_size=60) | st.text(max_size=60)


def letters_and_digits(text: str) -> str:
    """What must survive, up to the canonical equivalence that NFC removes."""
    kept = [part for part in unicodedata.normalize("NFD", text) if unicodedata.category(part)[0] in "LN"]
    return "".join(kept)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“As for North Korea”", '"As for North Korea"'),
        ("«Як», – сказав він", '"Як", – сказав він'),
        ("the DPRK’s ‘role’", "the DPRK's 'role'"),
        ("3.5\u00a0million\u202f\trounds", "3.5 million rounds"),
        ("am\u00admu\u200bni\ufefftion", "ammunition"),
        ("We plant\ntrees", "We plant trees"),
        ("one\r\ntwo\rthree\u2028four \x85 five", "one two three four five"),
        ("one\u2029two\n\nthree\r\n \r\nfour\n\n\n\nfive\x0csix", "one\n\ntwo\n\nthree\n\nfour\n\nfive\n\nsix"),
        ("\r\u200b\n", " "),
        ("cafe\u0301", "café"),
        ("\u1112\u1161\u11ab", "한"),
        ("a – b — c-d", "a – b — c-d"),
        ("NOT not Not", "NOT not Not"),
        ("Лук\u02bcянов", "Лук\u02bcянов"),  # the modifier apostrophe is a letter
        ("", ""),
    ],
)
def test_what_does_not_count_becomes_equal(text: str, expected: str) -> None:
    assert normalise(text).text == expected


@given(texts)
def test_normalising_twice_changes_nothing(text: str) -> None:
    once = normalise(text).text

    assert normalise(once).text == once
    assert unicodedata.is_normalized("NFC", once)


@given(texts)
def test_letters_digits_case_and_dashes_are_never_altered(text: str) -> None:
    once = normalise(text).text

    assert letters_and_digits(once) == letters_and_digits(text)
    assert [c for c in once if c in "-–—"] == [c for c in text if c in "-–—"]


@given(texts)
def test_each_character_knows_its_place_in_the_original(text: str) -> None:
    known = normalise(text)

    assert len(known.starts) == len(known.ends) == len(known.text)
    assert list(known.starts) == sorted(known.starts)
    assert list(known.ends) == sorted(known.ends)
    assert all(0 <= start < end <= len(text) for start, end in zip(known.starts, known.ends, strict=True))


@given(texts, st.data())
def test_a_slice_leads_back_to_the_original_that_gives_it(text: str, data: st.DataObject) -> None:
    """Cut anywhere but inside characters that combine, the original slice normalises to the slice."""
    known = normalise(text)
    size = len(known.text)
    cuts = [0, *(i for i in range(1, size) if known.starts[i] >= known.ends[i - 1]), size]
    start, end = sorted((data.draw(st.sampled_from(cuts)), data.draw(st.sampled_from(cuts))))

    assert normalise(known.original_slice(start, end)).text == known.text[start:end]


@given(texts)
def test_nfc_is_that_of_the_whole_text(text: str) -> None:
    """Working piece by piece gives what Unicode's own normalisation gives."""
    plain = "".join(c for c in text if c.isalnum() or unicodedata.combining(c))

    assert normalise(plain).text == unicodedata.normalize("NFC", plain)


def test_a_long_text_of_combining_marks_is_no_burden() -> None:
    text = "a" + "\u0301\u0323" * 20_000

    assert len(normalise(text).text) < len(text)

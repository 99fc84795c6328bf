"""Context ends where a reader would end it, and is always a piece of the text."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.core.surroundings import around

TEXT = "One is here. Two is here! Three is here? Four is here. Five is here."


def test_two_whole_sentences_stand_on_each_side() -> None:
    start = TEXT.index("Three")
    before, after = around(TEXT, start, start + len("Three is here?"))
    assert before == "One is here. Two is here! "
    assert after == " Four is here. Five is here."


def test_a_sentence_that_has_begun_is_shown_from_its_beginning() -> None:
    start = TEXT.index("is here?")
    before, after = around(TEXT, start, start + 2, sentences=1)
    assert before == "Two is here! Three "
    assert after == " here?"


def test_a_passage_alone_has_nothing_around_it() -> None:
    assert around("All of it", 0, 9) == ("", "")


def test_a_paragraph_is_a_border_like_a_full_stop() -> None:
    text = "A heading\n\nThe words and more"
    start = text.index("The words")
    assert around(text, start, start + 9, sentences=1)[0] == "A heading\n\n"


def test_long_surroundings_are_cut_between_words() -> None:
    text = "word " * 300 + "HERE" + " word" * 300
    before, after = around(text, text.index("HERE"), text.index("HERE") + 4, limit=100)
    assert len(before) <= 100
    assert len(after) <= 100
    assert set(before.split()) == set(after.split()) == {"word"}


@given(st.text(alphabet=st.sampled_from('ab .!?\n"…'), max_size=200), st.integers(0, 200), st.integers(0, 20))
def test_what_is_shown_is_a_piece_of_the_text(text: str, start: int, length: int) -> None:
    start = min(start, len(text))
    end = min(start + length, len(text))
    before, after = around(text, start, end, limit=30)
    assert text[:start].endswith(before)
    assert text[end:].startswith(after)
    assert len(before) <= 30
    assert len(after) <= 30

"""Direct speech is one quotation: from its opening mark to its closing mark, and nobody else's words between."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.normalisation import normalise
from bot.core.quotation import in_quotation_marks, is_one_quotation
from bot.core.verbatim import compare


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        ('"To win," he said', "To win", True),
        ('"To win." Then', "To win", True),
        ('"To win", he said', "To win", True),
        ('"To win!" he said', "To win!", True),
        ("“To win”", "To win", True),
        ("„Wir gewinnen“, sagte sie", "Wir gewinnen", True),
        ("«Ми переможемо», – сказав він", "Ми переможемо", True),
        ("Il a dit : « Nous gagnons. »", "Nous gagnons", True),
        ("「勝つ」と言った", "勝つ", True),
        ("'To win,' he said", "To win", True),
        ('said:"To win"', "To win", True),
        ("To win, he said", "To win", False),
        ('"To win, he said', "To win", False),
        ('To win" he said', "To win", False),
        ('"To win;" he said', "To win", False),
        ('"To win, always," he said', "To win", False),
        ('"Never," said she; to win is all; "ever"', "to win is all", False),
        ('"Never" to win "ever"', "to win", False),
        ('"Never"to win"ever"', "to win", False),
        ('"Never!"to win"ever"', "to win", False),
        ("the boys'to win's", "to win", False),
        ("„To win' he said", "To win", False),
    ],
)
def test_direct_speech_stands_between_marks(text: str, words: str, expected: bool) -> None:
    known = normalise(text).text
    start = known.index(words)

    assert in_quotation_marks(known, start, start + len(words)) is expected


DENIAL = 'The mayor said "I support the plan" but did not deny that he "took bribes" from Bob.'


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (DENIAL, 'I support the plan" but did not deny that he "took bribes'),
        (DENIAL.replace('"', "'"), "I support the plan' but did not deny that he 'took bribes"),
        ("Er sagte „Ja“ und nannte es „schön“.", "Ja“ und nannte es „schön"),
        ("Він сказав «так» і назвав це «добре».", "так» і назвав це «добре"),
        ("他说“支持计划”但没有否认他“收受贿赂”。", "支持计划”但没有否认他“收受贿赂"),
        ("他说“支持计划”但没有否认他“收受贿赂”。", "支持计划“但没有否认他”收受贿赂"),
        ("彼は「賛成」と言い「反対」と言った", "賛成」と言い「反対"),
        ('"Yes,"he lied,"and no," she said.', "he lied"),
        ("“Yes,”he lied,“and no,” she said.", "he lied"),
        ('She said "yes " but meant " no" then.', "but meant"),
        ('"One." She waited. "A\n\nB" she said " to C " again', "she said"),
        ('"I agree" , he lied , "in part" she said', ", he lied ,"),
    ],
)
def test_words_between_two_quotations_are_nobody_s_quote(text: str, words: str) -> None:
    found = compare(normalise(text), words, None)

    assert found.result.found
    assert not found.quoted


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Він сказав: «Я читав «Голос України» вчора».", "Я читав «Голос України» вчора"),
        ("“He told me ‘no’ and the farmers’ union agreed,” she said.", "He told me ‘no’ and the farmers’ union agreed"),
        ('She said: "He told me "no" and left."', 'He told me "no" and left'),
        ("Il a dit : « Le mot « oui » suffit. »", "Le mot « oui » suffit"),
        ("Hän sanoi: ”Voitamme”.", "Voitamme"),
        ("Er sagte: »Wir gewinnen«.", "Wir gewinnen"),
        ("彼は「『はい』と言う」と答えた", "『はい』と言う"),
        ("'I don't know,' he said", "I don't know"),
    ],
)
def test_a_quotation_may_hold_another(text: str, words: str) -> None:
    assert compare(normalise(text), words, None).quoted


@pytest.mark.parametrize("words", ['a "b', 'a" b', 'a"b"c', "a “b", "a 」 b", 'a " b'])
def test_marks_inside_that_do_not_pair_up_speak_against_the_words(words: str) -> None:
    assert not is_one_quotation(words)


@given(
    st.text('ab "“”«»,.', max_size=12), st.text('ab "“”«»,.', max_size=12), st.text("ab ,.", min_size=1, max_size=12)
)
def test_what_stands_between_two_flat_quotations_is_never_one(first: str, second: str, between: str) -> None:
    """However sloppy the words inside are, a typographic pair is not bridged."""
    first, second = ("".join(sign for sign in part if sign.isalpha()) + "x" for part in (first, second))

    assert not is_one_quotation(f"{first}” {between.strip() or 'y'} “{second}")

"""What is compared with what."""

from __future__ import annotations

import pytest

from bot.core.search.comparing import alike, asserted, comparisons, terms
from bot.core.search.index import document
from bot.core.search.parsing import parse
from bot.core.search.plan import Frequencies
from bot.core.search.ranking import ranked
from bot.core.search.refusal import answers
from tests.builders import a_dossier
from tests.seeded import analysis, lexicon


@pytest.mark.parametrize(
    ("fact", "asked", "agreed"),
    [
        ("Our nurses earn less than our teachers, and that is a disgrace", "nurses earn less than teachers", True),
        ("Our nurses earn less than our teachers", "teachers earn more than nurses", True),
        ("Our nurses earn less than our teachers", "nurses earn more than teachers", False),
        ("Our nurses earn less than our teachers", "teachers earn less than nurses", False),
        ("Our nurses earn less than our teachers", "who earns more than teachers", False),
        ("Our nurses earn less than our teachers", "do nurses earn more than teachers", True),  # only asks
        ("Our nurses earn less than our teachers", "nurses earn less than teachers earn", True),
        ("The new bridge is heavier than the old tunnel", "is the tunnel heavier than the bridge", True),
        ("The new bridge is heavier than the old tunnel", "tunnel heavier than bridge", False),
        ("The new bridge will be 1,250 metres long and cheaper than a tunnel", "tunnel cheaper than bridge", False),
        ("There are more nurses than teachers", "more teachers than nurses", False),
        ("медсестри заробляють менше, ніж вчителі", "вчителі заробляють менше ніж медсестри", False),
        ("медсестры зарабатывают меньше, чем учителя", "медсестры зарабатывают больше чем учителя", False),
        ("Pfleger verdienen weniger als Lehrer", "Lehrer verdienen weniger als Pfleger", False),
        ("Our nurses earn less than our teachers", "doctors sleep more than pilots", True),  # other things
        ("Our nurses earn less than our teachers", "nurses do not earn more than teachers", True),
        ("Nurses would rather walk than teachers", "teachers rather than nurses", True),
    ],
)
def test_a_comparison_is_not_its_reverse(fact: str, asked: str, agreed: bool) -> None:
    on_file = tuple(terms(comparisons(analysis().tokens(fact), analysis())))
    assert alike(asserted(analysis().tokens(asked), analysis()), on_file) is agreed


@pytest.mark.parametrize("text", ["more than 600 drones", "heavier than seven tonnes", "less than ever", "rather than"])
def test_what_compares_no_two_things_says_nothing(text: str) -> None:
    assert comparisons(analysis().tokens(text), analysis()) == ()


@pytest.mark.parametrize(
    ("question", "answered"),
    [
        ("nurses earn less than teachers", True),
        ("teachers earn more than nurses", True),
        ("do nurses earn more than teachers", True),
        ("nurses earn more than teachers", False),
        ("teachers earn less than nurses", False),
    ],
)
def test_a_fact_does_not_answer_what_compares_the_reverse(question: str, answered: bool) -> None:
    fact = document(a_dossier(text="Our nurses earn less than our teachers", label="Pay"), analysis())
    query = parse(question, lexicon(), analysis())
    (scored,) = ranked(query, [fact], Frequencies(documents=1, mean_length=7, of={}))
    assert answers(query, scored) is answered

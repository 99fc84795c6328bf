"""Which amounts meet which: the same money, the same length, the same dimension."""

from __future__ import annotations

import pytest

from bot.core.model.quantity import Comparator, Quantity
from bot.core.search.index import document
from bot.core.search.parsing import parse
from bot.core.search.plan import Frequencies
from bot.core.search.ranking import ranked
from bot.core.search.refusal import answers
from tests.builders import a_dossier
from tests.seeded import analysis, lexicon


def answered(question: str, text: str, value: str, unit: str, comparator: Comparator = Comparator.EQUAL) -> bool:
    quantity = Quantity(comparator=comparator, value=value, unit=unit, surface=text)
    dossier = a_dossier(text=text, label="", quantities=(quantity,))
    query = parse(question, lexicon(), analysis())
    frequencies = Frequencies(documents=13, mean_length=12, of={})
    return answers(query, ranked(query, [document(dossier, analysis())], frequencies)[0])


@pytest.mark.parametrize(
    ("question", "text", "unit", "expected"),
    [
        ("ferry €3m", "The ferry costs 3 million crowns", "crown", False),
        ("ferry 3m €", "The ferry costs 3 million crowns", "crown", False),
        ("ferry 3 million $", "The ferry costs 3 million crowns", "crown", False),
        ("ferry $3m", "The ferry costs 3 million dollars", "dollar", True),
        ("ferry 3 million dollars", "The ferry costs $3 million", "dollar", True),
        ("ferry $3m", "The ferry costs $3 million", "dollar", True),
        ("ferry 3 млн доларів", "The ferry costs $3 million", "dollar", True),
        ("ferry ₴3m", "The ferry costs $3 million", "dollar", False),
        ("ferry three million", "The ferry costs $3 million", "dollar", True),
    ],
)
def test_a_sign_names_its_currency(question: str, text: str, unit: str, expected: bool) -> None:
    assert answered(question, text, "3000000", unit) is expected


@pytest.mark.parametrize(
    ("question", "text", "expected"),
    [
        ("turnout 45%", "The turnout was 45 percent", True),
        ("turnout 45 percent", "The turnout was 45 %", True),
        ("turnout 45€", "The turnout was 45 percent", False),
    ],
)
def test_a_sign_names_a_share(question: str, text: str, expected: bool) -> None:
    assert answered(question, text, "45", "percent") is expected


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("ferry 1.25 km", True),
        ("ferry 1,25 км", True),
        ("ferry 1.25킬로미터", True),
        ("ferry 125000 cm", True),
        ("ferry 1,250 metres", True),
        ("ferry 1.25 metres", False),
        ("ferry 1250 km", False),
        ("ferry 1.25 kg", False),
        ("ferry 1.25킬로미터 whale", False),
        ("ferry 1.25 km whale", False),
    ],
)
def test_an_amount_is_met_in_another_unit(question: str, expected: bool) -> None:
    assert answered(question, "The ferry is 1,250 metres long", "1250", "metre") is expected


def test_a_bound_is_one_in_another_unit_too() -> None:
    text = "The ferry is at least 1,250 metres long"
    assert answered("ferry at least 1.25 km", text, "1250", "metre", Comparator.AT_LEAST)
    assert not answered("ferry at most 1.25 km", text, "1250", "metre", Comparator.AT_LEAST)


@pytest.mark.parametrize(
    ("question", "long", "plain"),
    [
        ("how long is the ferry", True, True),
        ("length of the ferry", True, True),
        ("ferry довжина", True, True),
        ("how wide is the ferry", False, True),
        ("how deep is the ferry", False, True),
        ("how tall is the ferry", False, True),
        ("how far is the ferry", False, True),
        ("ferry width", False, True),
        ("ширина ferry", False, True),
        ("висота ferry", False, True),
        ("wie breit ist ferry", False, True),
        ("ferry 높이", False, True),
    ],
)
def test_a_length_of_another_dimension_is_no_answer(question: str, long: bool, plain: bool) -> None:
    assert answered(question, "The ferry is 1,250 metres long", "1250", "metre") is long
    assert answered(question, "The ferry measures 1,250 metres", "1250", "metre") is plain

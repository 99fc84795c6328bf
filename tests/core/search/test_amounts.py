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


def answered(question: str, text: str, value: str = "", unit: str = "") -> bool:
    quantity = Quantity(comparator=Comparator.EQUAL, value=value, unit=unit, surface=text)
    dossier = a_dossier(text=text, label="", quantities=(quantity,) if value else ())
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

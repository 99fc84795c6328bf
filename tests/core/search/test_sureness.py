"""How sure the first candidate is: by what it explains, and by how far the others are behind."""

from __future__ import annotations

from bot.core.search import ranking, retelling, sureness
from bot.core.search.query import UnitKind
from tests.core.search.test_ranking import COUNTS, a_document, a_query, a_unit


def of_question(*terms: str) -> float:
    query = a_query(a_unit("a"), a_unit("b"))
    return sureness.of_question(query, ranking.ranked(query, [a_document(1, *terms)], COUNTS)[0])


def test_what_explains_every_part_is_sure() -> None:
    assert of_question("a", "b") > 0.95
    assert of_question() < of_question("a") < 0.1


def test_a_bare_number_is_never_sure() -> None:
    query = a_query(a_unit("n:3500000", kind=UnitKind.NUMBER))
    (scored,) = ranking.ranked(query, [a_document(1, "n:3500000")], COUNTS)
    assert sureness.of_question(query, scored) < 0.1


def test_a_message_is_surer_where_the_others_are_behind() -> None:
    query = a_query(a_unit("a"), a_unit("b"))
    alike = retelling.ranked(query, [a_document(1, "a", "b"), a_document(2, "a", "b")], COUNTS)
    apart = retelling.ranked(query, [a_document(1, "a", "b"), a_document(2, "a")], COUNTS)
    assert sureness.of_message(alike) < sureness.of_message(apart)
    assert sureness.of_message(()) == 0

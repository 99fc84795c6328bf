"""/fact answers, asks back, or is honestly silent."""

from __future__ import annotations

import pytest

from bot.commands.reply import FactCard, FactList, Outcome
from bot.core.model.finding import Listed, NearbyTopic, NothingFound, WhichOne
from bot.core.model.mail import Visibility
from bot.core.model.review import Attribution, Workflow
from tests.commands.shelf import a_checked_dossier, a_shelf, card, choices, found, only, past, say, texts

DULL = a_checked_dossier()


async def test_a_found_fact_is_public_and_offers_what_comes_next() -> None:
    reply = await say("trees", a_shelf(DULL), found(DULL, 4, 9))
    assert (reply.outcome, reply.visibility) == (Outcome.FOUND, Visibility.PUBLIC)
    assert reply.shown == ((17, 1),)
    assert [(item.label, item.line, item.short) for item in choices(reply)] == [
        ("Context", "context 17", "context"),
        ("Evidence", "evidence 17", "evidence"),
        ("More (2)", "more 2 trees", "more"),
    ]


async def test_without_further_facts_there_is_no_more() -> None:
    assert "More" not in str(choices(await say("trees", a_shelf(DULL), found(DULL))))


async def test_private_is_for_the_asker_alone() -> None:
    reply = await say("/fact --private trees", a_shelf(DULL), found(DULL))
    assert reply.visibility is Visibility.PRIVATE
    assert card(reply).number == 17


@pytest.mark.parametrize("value", ["false", "0", ""])
async def test_a_flag_that_is_not_set_is_not_set(value: str) -> None:
    arguments = {"query": "trees", "private": value}
    assert (await say("x", a_shelf(DULL), found(DULL), arguments=arguments)).visibility is Visibility.PUBLIC


async def test_an_inexact_match_says_what_it_shows() -> None:
    reply = await say("tress", a_shelf(DULL), found(DULL, showing=("trees", "Testwick")))
    assert texts(reply) == ["Showing: trees, Testwick"]


async def test_nothing_is_said_openly_and_privately_with_a_topic_as_the_way_on() -> None:
    nothing = NothingFound(nearby=(NearbyTopic(id="trees", label="Trees in Testwick"),), complete=True)
    reply = await say("japan ammunition", a_shelf(), nothing)
    assert (reply.outcome, reply.visibility) == (Outcome.NOTHING, Visibility.PRIVATE)
    assert texts(reply) == ['Nothing on record for "japan ammunition".\nNearby topic, not an answer: Trees in Testwick']
    assert [(item.label, item.line) for item in choices(reply)] == [("Open topic", "topic trees")]


async def test_several_nearby_topics_have_a_button_each() -> None:
    nearby = (NearbyTopic(id="a", label="A"), NearbyTopic(id="b", label="B"))
    reply = await say("x", a_shelf(), NothingFound(nearby=nearby, complete=True))
    assert texts(reply)[0].endswith("\nNearby topics, not answers: A; B")
    assert [item.label for item in choices(reply)] == ["Open topic: A", "Open topic: B"]


async def test_a_search_that_did_not_finish_never_says_that_there_is_nothing() -> None:
    for locale in ("en", "uk"):
        reply = await say("trees", a_shelf(), NothingFound(nearby=(), complete=False), locale=locale)
        assert reply.outcome is Outcome.INCOMPLETE
        assert "Nothing on record" not in texts(reply)[0]
        assert "Нічого не зафіксовано" not in texts(reply)[0]


async def test_a_choice_is_private_and_its_pick_public() -> None:
    options = (Listed(number=17, label="300 trees, Muster"), Listed(number=4, label="Shrubs"))
    reply = await say("plants", a_shelf(DULL), WhichOne(options=options, confidence=0.5))
    assert (reply.outcome, reply.visibility) == (Outcome.CHOOSE, Visibility.PRIVATE)
    assert only(reply, FactList).title == "Which one?"
    assert [(item.label, item.line, item.short) for item in reply.choices] == [
        ("#17 300 trees, Muster", "fact #17", "17"),
        ("#4 Shrubs", "fact #4", "4"),
    ]
    assert (await say(reply.choices[0].line, a_shelf(DULL))).visibility is Visibility.PUBLIC


@pytest.mark.parametrize("line", ["#17", "fact 17", "/fact #17", "fact # 17"])
async def test_a_number_shows_that_fact(line: str) -> None:
    assert card(await say(line, a_shelf(DULL))).number == 17


async def test_a_bare_number_that_others_count_is_asked_back() -> None:
    counted = WhichOne(options=(Listed(number=4, label="17 shrubs"),), confidence=0.5)
    reply = await say("fact 17", a_shelf(DULL), counted)
    assert [item.line for item in reply.choices] == ["fact #17", "fact #4"]
    assert card(await say("#17", a_shelf(DULL), counted)).number == 17
    hidden = a_checked_dossier(workflow=Workflow.HIDDEN)
    assert [item.line for item in (await say("fact 17", a_shelf(hidden), counted)).choices] == ["fact #4"]


async def test_a_number_that_no_fact_has_is_searched_unless_it_is_marked() -> None:
    assert card(await say("fact 300", a_shelf(DULL), found(DULL))).number == 17
    reply = await say("#300", a_shelf(DULL), found(DULL))
    assert (reply.outcome, texts(reply)) == (Outcome.NOTHING, ["There is no fact #300."])


@pytest.mark.parametrize("state", [Workflow.DRAFT, Workflow.PENDING, Workflow.REJECTED])
async def test_what_was_never_published_does_not_exist_for_readers(state: Workflow) -> None:
    for line in ("#17", "evidence 17", "context 17", "history 17"):
        reply = await say(line, a_shelf(a_checked_dossier(workflow=state)))
        assert texts(reply) == ["There is no fact #17."]


@pytest.mark.parametrize("state", [Workflow.WITHDRAWN, Workflow.HIDDEN])
async def test_what_is_no_longer_shown_answers_with_its_tombstone(state: Workflow) -> None:
    dossier = a_checked_dossier(workflow=state)
    store = a_shelf(dossier, history={17: (past(dossier, "published"), past(dossier, state.value, reason="wrong"))})
    for line in ("#17", "evidence 17", "context 17"):
        reply = await say(line, store)
        assert "23 Nov 2026: #17" in texts(reply)[0]
        assert "300 trees" not in str(reply)
    assert [item.line for item in choices(await say("#17", store))] == ["history 17"]


async def test_misattributed_words_are_not_an_answer_even_when_they_are_found() -> None:
    dossier = a_checked_dossier(attribution=Attribution.MISATTRIBUTED)
    reply = await say("trees", a_shelf(dossier), found(dossier))
    assert not any(isinstance(block, FactCard) for block in reply.blocks)
    assert texts(reply)[0].startswith("Misattributed: #17.")


async def test_what_is_kept_as_evidence_only_is_not_answered_with() -> None:
    reply = await say("#17", a_shelf(a_checked_dossier(answerable=False)))
    assert "300 trees in" not in str(reply)
    assert texts(reply)[0].startswith("#17 is kept as evidence")
    assert [item.line for item in choices(reply)] == ["evidence 17"]


async def test_a_long_question_is_repeated_only_so_far() -> None:
    reply = await say(f"/fact {'word ' * 50}", a_shelf())
    assert texts(reply)[0].endswith('word …".')
    assert len(texts(reply)[0]) < 120


async def test_the_answer_is_in_the_language_of_who_asks() -> None:
    reply = await say("trees", a_shelf(DULL), found(DULL), locale="uk-UA")
    assert card(reply).lines[0] == "Опубліковано 2 травня 2026; день, коли це сказано, не вказано"
    assert card(reply).text == "We have planted at least 300 trees"


@pytest.mark.parametrize("state", [Workflow.HIDDEN, Workflow.WITHDRAWN])
async def test_the_label_of_what_was_kept_as_evidence_goes_with_the_words(state: Workflow) -> None:
    gone = a_checked_dossier(workflow=state, answerable=False)
    reply = await say("fact #17", a_shelf(gone))
    assert gone.fact.revision.label not in str(reply)

"""Typed lines and buttons find their command; what cannot be answered is refused with what to do instead."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.commands.dispatch import answer, parse
from bot.commands.reply import Outcome, Reply
from bot.commands.request import Caller, Request, Right
from bot.commands.rows import PARAMETERS, table_of
from bot.commands.services import House
from bot.commands.table import Command
from bot.core.model.mail import Place, Visibility
from bot.core.ports import ReadTimedOut
from bot.wording import languages, wording
from tests.commands.shelf import Finder, a_checked_dossier, a_shelf, choices, found, say, texts


@pytest.mark.parametrize(
    ("line", "command", "arguments"),
    [
        ("/fact dprk ammunition", "fact", {"query": "dprk ammunition"}),
        ("fact dprk ammunition", "fact", {"query": "dprk ammunition"}),
        ("!fact dprk", "fact", {"query": "dprk"}),
        ("FACT dprk", "fact", {"query": "dprk"}),
        ("dprk ammunition", "fact", {"query": "dprk ammunition"}),
        ("/fact --private dprk", "fact", {"query": "dprk", "private": "true"}),
        ("/fact dprk --private", "fact", {"query": "dprk", "private": "true"}),
        ("!follow everything —daily", "follow", {"what": "everything", "daily": "true"}),
        ("!follow trees --daily --stop", "follow", {"what": "trees", "daily": "true", "stop": "true"}),
        ("/fact what is --private about", "fact", {"query": "what is --private about"}),
        ("#17", "fact", {"query": "#17"}),
        ("17", "fact", {"query": "17"}),
        ("evidence 17", "evidence", {"number": "17"}),
        ("evidence #17", "evidence", {"number": "#17"}),
        ("evidence", "evidence", {}),
        ("evidence passed to partners", "fact", {"query": "evidence passed to partners"}),
        ("/evidence passed to partners", "evidence", {"number": "passed to partners"}),
        ("history of korea", "fact", {"query": "history of korea"}),
        ("more 2 dprk ammunition", "more", {"page": "2", "query": "dprk ammunition"}),
        ("more missiles", "fact", {"query": "more missiles"}),
        ("topic dprk-ammunition", "topic", {"topic": "dprk-ammunition"}),
        ("about", "about", {}),
        ("about russia", "fact", {"query": "about russia"}),
        ("help", "about", {}),
        ("/nonsense x", "nonsense", {}),
        ("17 hide the speaker is in doubt", "hide", {"number": "17", "reason": "the speaker is in doubt"}),
        ("!#17 hide", "hide", {"number": "#17"}),
        ("approve 41 @2.fact-1", "approve", {"number": "41", "seen": "2.fact-1"}),
        ("reject 41 @2 not there", "reject", {"number": "41", "seen": "2", "reason": "not there"}),
        ("reject 41 2 sources", "reject", {"number": "41", "reason": "2 sources"}),
        ("hide and seek", "fact", {"query": "hide and seek"}),
        ("open ai", "fact", {"query": "open ai"}),
        ("desk", "queue", {}),
        ("/desk queue 2", "queue", {"page": "2"}),
        ("desk 17 hide why", "hide", {"number": "17", "reason": "why"}),
        ("desk lamp price", "fact", {"query": "desk lamp price"}),
        ("queue for bread", "fact", {"query": "queue for bread"}),
        ("settings of the talks", "fact", {"query": "settings of the talks"}),
        ("settings name Ada L", "settings", {"what": "name", "value": "Ada L"}),
        ("ask not what", "fact", {"query": "ask not what"}),
        ("/ask japan", "ask", {"query": "japan"}),
        ("17 wrong --tell date Friday", "wrong", {"number": "17", "tell": "true", "kind": "date", "text": "Friday"}),
        ("", "fact", {"query": ""}),
        ("   ", "fact", {"query": ""}),
        ("/", "about", {}),
        ("/desk lamp", "lamp", {}),
    ],
)
def test_lines(line: str, command: str, arguments: dict[str, str]) -> None:
    assert parse(line) == (command, arguments)


@given(st.text())
def test_every_line_is_read(line: str) -> None:
    command, arguments = parse(line)
    if command in PARAMETERS:
        assert set(arguments) <= {parameter.name for parameter in PARAMETERS[command]}


@given(st.text(min_size=1).filter(lambda text: text == text.strip() and "--private" not in text.split(" ")))
def test_a_button_brings_its_query_back_unharmed(query: str) -> None:
    assert parse(f"more 2 {query}") == ("more", {"page": "2", "query": query})
    assert parse(f"/fact {query}")[1]["query"] == query


async def test_every_button_of_an_answer_is_a_line_that_works() -> None:
    dull = a_checked_dossier()
    waiting = ["trees"]
    seen = set()
    while waiting:
        line = waiting.pop()
        seen.add(line)
        reply = await say(line, a_shelf(dull), found(dull, 17))
        assert reply.outcome in (Outcome.FOUND, Outcome.INFO), line
        waiting += [item.line for item in choices(reply) if item.line not in seen]
    assert seen == {"trees", "context 17", "evidence 17", "history 17", "more 2 trees", "more 1 trees"}


async def test_an_unknown_command_lists_the_known_ones() -> None:
    reply = await say("/nonsense", a_shelf())
    assert (reply.outcome, reply.visibility) == (Outcome.REFUSED, Visibility.PRIVATE)
    assert "fact, about, context" in texts(reply)[0]


@pytest.mark.parametrize(
    "command", [name for name, parameters in PARAMETERS.items() if any(row.required for row in parameters)]
)
@pytest.mark.parametrize("locale", languages())
async def test_a_missing_argument_says_which_and_gives_an_example(command: str, locale: str) -> None:
    reply = await say(f"/{command}", a_shelf(), locale=locale, caller=Caller(account="x", rights=frozenset(Right)))
    assert reply.outcome is Outcome.REFUSED
    assert wording(locale).say(f"example.{command}") in texts(reply)[0]


@pytest.mark.parametrize("number", ["seventeen", "-17", "1.7", "17 b", "⁵", "9" * 30])
async def test_what_is_no_number_is_refused(number: str) -> None:
    reply = await say(f"/evidence {number}", a_shelf(a_checked_dossier()))
    assert reply.outcome is Outcome.REFUSED
    assert "evidence 17" in texts(reply)[0]


async def test_a_question_of_thousands_of_words_is_refused_without_repeating_it() -> None:
    reply = await say("word " * 30_000, a_shelf())
    assert reply.outcome is Outcome.REFUSED
    assert "at most 256" in texts(reply)[0]
    assert "word word" not in texts(reply)[0]


async def test_who_may_not_read_is_told_so() -> None:
    reply = await say("trees", a_shelf(), caller=Caller(account="x", rights=frozenset()))
    assert texts(reply) == ["You may not use “fact” here."]


async def test_a_store_that_takes_too_long_is_never_silence() -> None:
    async def slow(_: Request) -> Reply:
        raise ReadTimedOut(0.25)

    request = Request(
        command="fact",
        arguments={"query": "x"},
        caller=Caller(account="a"),
        place=Place(platform="console", id="x"),
        event="1",
    )
    reply = await answer((Command(name="fact", run=slow),), request)
    assert reply.outcome is Outcome.INCOMPLETE
    assert texts(reply) == ["The search takes longer than usual. Please try again in a moment."]


@given(text=st.text(max_size=300))
async def test_any_text_gets_an_answer(text: str) -> None:
    for locale in languages():
        reply = await say(text, a_shelf(a_checked_dossier()), locale=locale)
        assert reply.blocks
        assert all(paragraph.strip() for paragraph in texts(reply))


@pytest.mark.parametrize("locale", languages())
def test_every_command_and_parameter_has_a_name_and_a_description(locale: str) -> None:
    words = wording(locale)
    table = table_of(finder=Finder(), facts=a_shelf(), house=House(version="1"))
    assert {row.name: row.parameters for row in table} == dict(PARAMETERS)
    for row in table:
        assert words.command_name(row.name)
        assert words.command_description(row.name)
        for parameter in row.parameters:
            assert words.parameter_name(row.name, parameter.name)
            assert words.parameter_description(row.name, parameter.name)

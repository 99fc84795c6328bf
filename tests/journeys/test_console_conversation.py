"""Whole conversations on the console, over a real database with the facts of this repository."""

from __future__ import annotations

import functools
import io
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import pytest

from bot.commands import table_of
from bot.commands.services import House
from bot.core.lookup import Lookup
from bot.core.model.change import FileImport
from bot.core.search.index import document
from bot.platforms.console.connection import ConsolePlatform
from bot.platforms.console.screen import Screen
from bot.store.sqlite import opened
from tests.builders import CountingIds, StoppedClock
from tests.seeded import analysis, records

Say = Callable[[str], Awaitable[str]]
LAST_LINES = """\
Published 16 Nov 2024; the day it was said is not given
Source: "DPRK hands over 3.5 million rounds of ammunition to Russia" (publisher and link not on file)
Exact words as printed, in English · 1 source · #1
Imported from files by the Test Desk · matched when filed; the text is not kept here"""


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[object]:
    index = functools.partial(document, analysis=analysis())
    async with opened(tmp_path / "onrecord.db", index=index, clock=StoppedClock(), ids=CountingIds()) as store:
        change = FileImport(records=records(), publish_as="the Test Desk")
        await store.apply(change, key="seed", expect={})
        yield store


@pytest.fixture
def say(store: object) -> Say:
    return a_console(store).answer


def a_console(store: object, locale: str = "en") -> ConsolePlatform:
    table = table_of(finder=Lookup(store, analysis()), facts=store, house=House(version="1"))  # type: ignore[arg-type]
    return ConsolePlatform(
        table=table,
        read=lambda _: "",
        screen=Screen(out=io.StringIO(), terminal=False, colour=False),
        clock=StoppedClock(),
        ids=CountingIds(),
        locale=locale,
    )


async def test_dprk_ammunition_finds_the_words_of_the_president(say: Say) -> None:
    """People ask in acronyms; the quote says it in full."""
    assert (await say("/fact dprk ammunition")).startswith(
        '"As for North Korea, they have transferred at least 3.5 million artillery rounds, and then they transferred'
        ' missiles"\n'
        "— Volodymyr Zelenskyi, President of Ukraine, interview with Ukrainian Radio\n"
        f"{LAST_LINES}\n[Context] [Evidence]"
    )


async def test_a_summary_is_never_put_in_the_presidents_mouth(say: Say) -> None:
    answer = await say("#2")
    assert answer.startswith(
        "Volodymyr Zelenskyi, President of Ukraine (the article's summary, not the exact words):\n▎"
    )
    assert '"the DPRK had' not in answer


async def test_second_hand_words_name_everybody_they_came_through(say: Say) -> None:
    assert (await say("#14")).startswith(
        "Second-hand: Xi Jinping, according to Kim Tae-hyo (South Korean Deputy National Security Adviser), "
        "via an agency the article does not name:\n▎China didn't want to escalate"
    )


async def test_silence_offers_a_topic_and_the_topic_opens(say: Say) -> None:
    silence = await say("japan ammunition")
    assert silence.startswith('Nothing on record for "japan ammunition".\nNearby topic, not an answer: ')
    assert "▎" not in silence
    opened_topic = await say("open topic")
    assert "#1 Rounds, at least 3.5 million, Zelenskyi, Nov 2024" in opened_topic
    assert (await say("#1")).startswith('"As for North Korea')


async def test_evidence_has_the_caption_that_dates_another_interview(say: Say) -> None:
    await say("dprk ammunition")
    evidence = await say("evidence")
    assert "Day: not given" in evidence
    assert "Suspilne TV" in evidence
    assert "Text here: matched when filed; the text is not kept here" in evidence
    assert "Matched: found, character by character" in evidence
    assert "History of #1" in await say("history")
    assert "Matched when filed; the text is not kept here." in await say("context")


@pytest.mark.parametrize("query", ["iran shells", "bitcoin price", "asdf"])
async def test_what_is_not_on_record_is_not_answered(say: Say, query: str) -> None:
    assert (await say(query)).startswith(f'Nothing on record for "{query}".')


async def test_a_ukrainian_is_answered_in_ukrainian_with_the_words_as_printed(store: object) -> None:
    answer = await a_console(store, "uk").answer("боєприпаси північної кореї")
    assert answer.startswith('"As for North Korea')
    assert "Опубліковано 16 листопада 2024; день, коли це сказано, не вказано" in answer


async def test_every_fact_on_file_answers_by_its_number(say: Say) -> None:
    for record in records().facts:
        answer = await say(f"#{record.number}")
        assert (record.revision.text in answer) is record.revision.answerable
        if record.revision.speaker is None:
            assert "Said" not in answer

"""A fact's whole life at the console: suggested, reviewed by somebody else, corrected, withdrawn; seen by everybody."""

from __future__ import annotations

import functools
import io
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.commands import table_of
from bot.commands.desk.missing import Misses
from bot.commands.request import Caller, Right
from bot.commands.services import House, Office
from bot.core.lookup import Lookup
from bot.core.model.change import FileImport
from bot.core.model.desk import Terms
from bot.core.search.index import document
from bot.platforms.console.connection import ConsolePlatform
from bot.platforms.console.screen import Screen
from bot.store.sqlite import SqliteStore, opened
from tests.builders import CountingIds, StoppedClock
from tests.seeded import analysis, records

EVERYTHING = frozenset(Right)
MEMBER = frozenset({Right.READ, Right.SUGGEST})
PASSAGE = (
    "The minister spoke in Testwick on Friday. “We have repaired at least 40 bridges since the flood,” Minister "
    "Ivan Muster told reporters. “Nobody was hurt.” The opposition disagrees."
)


class Town:
    """One database, and people at consoles of their own."""

    def __init__(self, store: SqliteStore, clock: StoppedClock) -> None:
        self.store, self.clock, self.ids = store, clock, CountingIds()
        self.office = Office(
            desk=store, terms=Terms(editors=2), clock=clock, checker="onrecord test", misses=Misses(store)
        )
        self.table = table_of(
            finder=Lookup(store, analysis()), facts=store, house=House(version="1"), office=self.office
        )

    def somebody(self, account: str, rights: frozenset[Right], locale: str = "en") -> ConsolePlatform:
        return ConsolePlatform(
            table=self.table,
            read=lambda _: "",
            screen=Screen(out=io.StringIO(), terminal=False, colour=False),
            clock=self.clock,
            ids=self.ids,
            locale=locale,
            caller=Caller(account=account, rights=rights),
        )

    def later(self, minutes: int = 5) -> None:
        self.clock.time += timedelta(minutes=minutes)


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[Town]:
    index = functools.partial(document, analysis=analysis())
    clock = StoppedClock()
    async with opened(tmp_path / "onrecord.db", index=index, clock=clock, ids=CountingIds()) as store:
        await store.apply(FileImport(records=records(), publish_as="the Test Desk"), key="seed", expect={})
        yield Town(store, clock)
        assert await store.check() == ()  # sound, and the audit's chain verifies


async def test_from_a_suggestion_to_a_tombstone_everybody_can_see_how(town: Town) -> None:
    mia, ada, bo = (
        town.somebody("mia", MEMBER),
        town.somebody("ada", EVERYTHING),
        town.somebody("bo", EVERYTHING),
    )
    # A member pastes a link and a paragraph, and confirms what was seen in it.
    found = await mia.answer(f"/suggest https://gazette.example/bridges {PASSAGE}")
    number = found.split(" ", maxsplit=1)[0].removeprefix("#")
    assert "Found 2 quotations" in found
    assert "1  “We have repaired at least 40 bridges since the flood”" in found
    await mia.answer(f"{number} words 1")
    for line in ("title 40 bridges", "publisher The Testwick Gazette", "published 2 May 2026"):
        await mia.answer(f"{number} {line}")
    preview = await mia.answer(f"{number} speaker Ivan Muster")
    assert '"We have repaired at least 40 bridges since the flood"\n— Ivan Muster' in preview
    assert f"Sent: #{number} waits" in await mia.answer(f"{number} ok")
    assert (await mia.answer("repaired bridges")).startswith('Nothing on record for "repaired bridges".')

    # Somebody else reviews it: the card has the checks and the words in their place.
    town.later()
    assert f"#{number} " in await ada.answer("desk queue")
    card = await ada.answer(number_line := f"open {number}")
    assert "✓ The words stand in the passage, between quotation marks." in card
    assert "⚠ gazette.example is new here." in card
    assert "⚠ The publisher The Testwick Gazette is new here." in card
    assert "Minister Ivan Muster told reporters." in card
    assert "waits for review as revision 2" in await ada.answer(
        f"{number} label Bridges, at least 40, Muster, May 2026"
    )
    await ada.answer(number_line)
    assert f"Published as #{number}." in await ada.answer("approve")

    # It is found, and what readers see names the day as not given.
    answer = await mia.answer("repaired bridges")
    assert answer.startswith('"We have repaired at least 40 bridges since the flood"\n— Ivan Muster')
    assert "Published 2 May 2026; the day it was said is not given" in answer

    # A wrong day is proposed and agreed to; a contested one is blank at once.
    town.later()
    assert "Proposed" in await ada.answer(f"{number} said 2026-05-01 -- the article says Friday")
    assert "the day it was said is not given" in await mia.answer(f"#{number}")
    await bo.answer(f"open {number}")
    assert "Accepted" in await bo.answer("approve")
    assert "Said 1 May 2026" in await mia.answer(f"#{number}")
    town.later()
    said = await bo.answer(f"{number} said 2026-04-24 -- a Friday earlier")
    assert f"as far as it makes #{number} say less" in said
    assert "the day it was said is not given" in await mia.answer(f"#{number}")
    assert "somebody else has to agree" in await bo.answer(f"{number} approve")
    assert "Accepted" in await ada.answer(f"{number} approve")
    assert "Said 24 Apr 2026" in await mia.answer(f"#{number}")

    # A reader reports, a moderator withdraws, the tombstone answers from then on.
    town.later()
    assert "The moderators see your report" in await mia.answer(f"{number} wrong words He said 14")
    assert "Report 1: Bridges" in await bo.answer("queue")
    assert f"Withdrawn: #{number}" in await bo.answer(f"{number} withdraw misquoted The recording has 14")
    stone = await mia.answer(f"#{number}")
    assert stone.startswith("Withdrawn 23 Nov 2026")
    assert "at least 40 bridges" not in stone
    assert (await mia.answer("repaired bridges")).startswith("Nothing on record")
    thanks = f"close {number} 1 Withdrawn; thank you"
    assert "somebody else closes reports on it" in await bo.answer(thanks)
    cy = town.somebody("cy", EVERYTHING)
    assert f"Report 1 on #{number} is closed." in await cy.answer(thanks)

    # History shows all of it, to everybody.
    history = await mia.answer(f"history {number}")
    for verb in ("suggested", "published", "withdrawn"):
        assert verb in history
    assert "the article says Friday" in history
    assert "a Friday earlier" in history

    # And the way back takes two.
    assert "Proposed" in await bo.answer(f"{number} back The recording is of another day")
    assert "Accepted" in await ada.answer(f"{number} approve")
    assert (await mia.answer("repaired bridges")).startswith('"We have repaired at least 40 bridges')


async def test_the_next_quotation_of_an_article_takes_two_lines(town: Town) -> None:
    mia = town.somebody("mia", MEMBER)
    first = (await mia.answer(f"/suggest https://gazette.example/bridges {PASSAGE}")).split(" ")[0].removeprefix("#")
    await mia.answer(f"{first} words 1")
    await mia.answer(f"{first} title 40 bridges")
    await mia.answer(f"{first} speaker Ivan Muster")
    await mia.answer(f"{first} ok")
    again = await mia.answer("another")
    second = again.split(" ")[0].removeprefix("#")
    assert second != first
    assert "2  “Nobody was hurt”" in again
    await mia.answer(f"{second} words 2")
    assert 'Source: "40 bridges"' in await mia.answer(f"{second} speaker Ivan Muster")
    assert "Sent" in await mia.answer(f"{second} ok")


async def test_a_form_outlives_the_program(tmp_path: Path) -> None:
    index = functools.partial(document, analysis=analysis())
    for line, said in ((f"/suggest https://gazette.example/b {PASSAGE}", "Found 2"), ("open 1", "Found 2")):
        clock = StoppedClock()
        async with opened(tmp_path / "onrecord.db", index=index, clock=clock, ids=CountingIds()) as store:
            town = Town(store, clock)
            assert said in await town.somebody("mia", MEMBER).answer(line)


async def test_a_ukrainian_reads_the_desk_in_ukrainian(town: Town) -> None:
    ada = town.somebody("ada", EVERYTHING, "uk")
    assert (await ada.answer("desk queue")).startswith("Чекають: факти 0")
    assert "В уривку 2 цитати; котрі слова?" in await ada.answer(f"/suggest https://gazette.example/b {PASSAGE}")

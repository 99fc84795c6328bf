"""Corrections in public: the newest first, with reasons, for everybody."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.commands import corrections
from bot.commands.corrections import headline, turns, why
from bot.core.dates import parse
from bot.core.model.fact import Kind, Said
from bot.core.model.news import Became
from bot.wording import wording
from tests.builders import NOON
from tests.commands.desk.clerk import READER, Clerk
from tests.contracts.stores.desk import BO, CY, MIA, published, suggested

DATED = Said(on=parse("2026-05-01"), stated=True)
EN = wording("en")


async def a_life(desk: Clerk) -> int:
    """Published, corrected, hidden, shown again, withdrawn, an hour apart."""
    number = await published(desk.store, said=DATED)
    for hours, (line, by) in enumerate(
        (
            (f"{number} said none -- the caption has another day", CY),
            (f"{number} label 300 trees at least, Muster -- shorter", CY),
            (f"{number} hide contested", CY),
            (f"{number} back the recording has it", CY),
            (f"{number} approve", BO),
            (f"{number} withdraw misquoted she said 400", CY),
        ),
        1,
    ):
        desk.clock.time = NOON + timedelta(hours=hours)
        await desk.say(line, by)
    return number


async def test_everything_that_readers_noticed_is_listed_with_its_reason() -> None:
    desk = Clerk()
    assert "Nothing on record has been corrected" in await desk.say("corrections", MIA, rights=READER)
    await a_life(desk)
    text = await desk.say("corrections", MIA, rights=READER)
    assert text.splitlines() == [
        "Corrections",
        "23 Nov 2026, Withdrawn: #1 (attributed to Ada Muster)",
        "  Reason: misquoted; she said 400",
        "23 Nov 2026, Shown again: #1 (attributed to Ada Muster)",
        "  Reason: the recording has it",
        "23 Nov 2026, Under review: #1 (attributed to Ada Muster)",
        "  Reason: contested",
        "23 Nov 2026, Corrected: #1 (attributed to Ada Muster)",
        "  Reason: the caption has another day",
        "[#1]",
    ]


async def test_about_leads_there() -> None:
    desk = Clerk()
    reply = await desk.reply("about", MIA, rights=READER)
    assert "corrections" in [choice.line for choice in reply.choices]


async def test_what_is_not_public_is_in_no_list() -> None:
    desk = Clerk()
    await suggested(desk.store, MIA)
    async with desk.store.reading() as view:
        assert await turns(view, limit=50) == []


async def test_new_facts_are_news_and_a_corrected_source_is_a_correction() -> None:
    desk = Clerk()
    number = await published(desk.store)
    desk.clock.time = NOON + timedelta(hours=1)
    await desk.say(f"{number} link none -- it leads nowhere", CY)
    async with desk.store.reading() as view:
        found = await turns(view, limit=50)
    assert [(headline(each, EN), why(each, EN)) for each in found] == [
        (
            "Corrected 23 Nov 2026: #1 At least 300 trees planted, Muster",
            "it leads nowhere (url: https://gazette.example/trees → –)",
        ),
        ("New on record: #1 At least 300 trees planted, Muster", ""),
    ]


async def test_a_long_list_is_turned() -> None:
    desk = Clerk()
    number = await published(desk.store, said=DATED)
    for hour in range(1, 80):
        desk.clock.time = NOON + timedelta(hours=hour)
        await desk.say(f"{number} hide because of reason {hour} {'x' * 100}", CY)
        await desk.say(f"{number} back checked", CY)
        await desk.say(f"{number} approve", BO)
    first = await desk.reply("corrections", MIA, rights=READER)
    assert first.choices[-1].line == "corrections 2"
    assert "reason 79 " in str(first.blocks)
    assert "reason 1 " in await desk.say("corrections 99", MIA, rights=READER)


async def test_a_corrected_title_is_a_correction_and_a_better_label_is_none() -> None:
    desk = Clerk()
    number = await published(desk.store)
    for hours, line, by in (
        (1, f"{number} title A better title -- as printed", CY),
        (1, f"{number} approve", BO),
        (2, f"{number} publisher none -- no imprint", CY),
        (3, f"{number} label 300 trees at least, Muster -- shorter", CY),
    ):
        desk.clock.time = NOON + timedelta(hours=hours)
        await desk.say(line, by)
    async with desk.store.reading() as view:
        found = [why(each, EN) for each in await turns(view, limit=50)]
    assert found == ["no imprint", "as printed (title: Trees for Testwick → A better title)", ""]


async def test_one_correction_of_a_publisher_is_one_row() -> None:
    desk = Clerk()
    one = await published(desk.store)
    await published(desk.store, slug="two", text="on Saturday", kind=Kind.INDIRECT)
    desk.clock.time = NOON + timedelta(hours=1)
    await desk.say(f"{one} publisher none -- no imprint", CY)
    async with desk.store.reading() as view:
        newest = (await turns(view, limit=50))[0]
        rows = [each for each in await turns(view, limit=50) if each.became is Became.CORRECTED]
    assert (len(rows), newest.others) == (1, 1)


async def test_a_waiting_change_of_a_source_takes_nothing_back() -> None:
    """What was blanked since it was proposed stays blank."""
    desk = Clerk()
    one = await published(desk.store)
    two = await published(desk.store, slug="two", text="on Saturday", kind=Kind.INDIRECT)
    await desk.say(f"{one} title A better title -- as printed", CY)
    desk.clock.time = NOON + timedelta(hours=1)
    await desk.say(f"{two} link none -- it leads nowhere", BO)

    assert "has changed in the same place meanwhile" in await desk.say(f"open {one}", BO)
    assert "meanwhile" in await desk.say(f"{one} approve", BO)
    evidence = await desk.say(f"evidence {one}")
    assert "https://gazette.example" not in evidence
    await desk.say(f"{one} reject anew", BO)
    desk.clock.time = NOON + timedelta(hours=2)
    await desk.say(f"{one} title A better title -- as printed", CY)
    desk.clock.time = NOON + timedelta(hours=3)
    await desk.say(f"{one} approve", BO)
    evidence = await desk.say(f"evidence {one}")
    assert "A better title" in evidence
    assert "https://gazette.example" not in evidence


async def test_a_large_import_does_not_push_corrections_out_of_sight(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(corrections, "_MOST", 2)
    desk = Clerk()
    one = await published(desk.store)
    await desk.say(f"{one} hide contested", CY)
    for place, text in enumerate(("trees", "300 trees", "planted")):
        await published(desk.store, slug=f"fact-{place}", text=text, kind=Kind.INDIRECT)

    assert f"#{one}" in await desk.say("corrections")


async def test_only_the_newest_changes_are_denied(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(corrections, "_MOST", 2)
    desk = Clerk()
    one = await published(desk.store)
    for label in ("Trees", "More trees", "Many trees"):
        await desk.say(f"{one} label {label} -- shorter", CY)

    assert (await desk.say("corrections")).startswith("Nothing was corrected, hidden or withdrawn in the newest 2 ")

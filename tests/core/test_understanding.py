"""What people type, from the question to the fact: one mechanism at a time over an invented record."""

from __future__ import annotations

from typing import Any

import pytest

from bot.core.dates import parse
from bot.core.lookup import Lookup
from bot.core.model.change import FactRecord, FileImport, Records
from bot.core.model.fact import Kind, Said
from bot.core.model.finding import Finding, Found, NothingFound
from bot.core.model.names import Entity, EntityType, Name, Topic
from bot.core.model.quantity import ClaimSeries, Comparator, Quantity
from tests.builders import a_record, a_source, a_speaker, some_entities
from tests.seeded import a_store, analysis

ENTITIES = (
    *some_entities(),
    Entity(id="arland", type=EntityType.COUNTRY, name="Arland", aliases=(Name(text="아르란드", language="ko"),)),
    Entity(id="borland", type=EntityType.COUNTRY, name="Borland", aliases=(Name(text="보르란드", language="ko"),)),
    Entity(id="botown", type=EntityType.PLACE, name="Botown"),
    Entity(id="dock-union", type=EntityType.ORGANISATION, name="Dock Union"),
)
TOPICS = (
    Topic(
        id="engines",
        label="Engines against the flood",
        aliases=(Name(text="fire engines", language="en"), Name(text="소방차", language="ko")),
    ),
    Topic(
        id="wall", label="The sea wall", aliases=(Name(text="wall", language="en"), Name(text="Mauer", language="de"))
    ),
    Topic(id="vote", label="The vote", aliases=(Name(text="vote", language="en"),)),
)
SERIES = ClaimSeries(id="wall-cost", label="What the wall costs", unit="crown", scope="total")


def a_fact(slug: str, text: str, day: str = "2026-05-01", **changed: Any) -> FactRecord:
    said = Said(on=parse(day))
    return a_record(slug=slug, text=text, label=f"Entry {slug}", said=said, about=changed.pop("about", ()), **changed)


def crowns(surface: str, value: str) -> Quantity:
    return Quantity(comparator=Comparator.EQUAL, value=value, unit="crown", surface=surface, series="wall-cost")


FACTS = (
    a_fact("old-cost", "It costs 80 crowns", "2024-01-05", topics=("wall",), quantities=(crowns("80 crowns", "80"),)),
    a_fact("new-cost", "It costs 90 crowns", "2025-01-05", topics=("wall",), quantities=(crowns("90 crowns", "90"),)),
    a_fact(
        "sixteen",
        "Sixteen of them have left for the valley",
        topics=("engines",),
        about=("botown",),
        quantities=(
            Quantity(
                comparator=Comparator.EQUAL,
                value="16",
                unit="engine",
                surface="Sixteen",
                origin="arland",
                destination="borland",
            ),
        ),
    ),
    a_fact(
        "docks",
        "The gates will open at dawn",
        topics=(),
        about=("dock-union",),
        speaker=a_speaker(role_in_source="Spokesman for the Dock Union"),
    ),
    a_fact("picture", "The harbour at dusk", kind=Kind.CAPTION, speaker=None, topics=(), chain=()),
    a_fact("plan", "In June 2031 you will see it", topics=("vote",)),
    a_fact("deep", "The basin is 12 metres deep", topics=()),
)


async def asked(question: str) -> Finding:
    store = a_store()
    records = Records(sources=(a_source(),), entities=ENTITIES, topics=TOPICS, series=(SERIES,), facts=FACTS)
    await store.apply(FileImport(records=records, publish_as="Test Desk"), key="k", expect={})
    return await Lookup(store, analysis()).find(question)


@pytest.mark.parametrize(
    ("question", "slug"),
    [
        ("cost of the sea wall", "new-cost"),  # of a series the newest
        ("sea wall 80 crowns", "old-cost"),  # an older one by its number
        ("price of the wall", "new-cost"),  # an amount of money explains "price"
        ("wie viel kosten die Mauern", "new-cost"),  # a German plural of an alias
        ("16 engines", "sixteen"),  # a number in words
        ("engines from arland to borland", "sixteen"),
        ("engines for botown", "sixteen"),  # a town contradicts no direction between countries
        ("wie viele fire engines von Arland nach Borland", "sixteen"),
        ("아르란드에서 보르란드로 소방차", "sixteen"),
        ("what does the dock union say about the gates", "docks"),  # its spokesman speaks for it
        ("photo harbour", "picture"),
        ("vote june 2031", "plan"),  # a date that the words name
        ("basin 12 meters", "deep"),
        ("basin 12 метрів", "deep"),
        ("how deep is the basin pls", "deep"),
        ("harbuor dusk", "picture"),  # mended towards a word of the record
    ],
)
async def test_what_is_found(question: str, slug: str) -> None:
    found = await asked(question)
    assert isinstance(found, Found), found
    assert found.dossier.fact.slug == slug


@pytest.mark.parametrize(
    "question",
    [
        "engines from borland to arland",
        "fire engines von Borland nach Arland",
        "보르란드에서 아르란드로 소방차",
        "engines from botown to arland",
        "sea wall 70 crowns",
        "photo gates",
        "harbour thanks tanks",
    ],
)
async def test_what_is_refused(question: str) -> None:
    assert isinstance(await asked(question), NothingFound)


async def test_the_newest_of_a_series_offers_the_earlier_ones() -> None:
    found = await asked("cost of the sea wall")
    assert isinstance(found, Found)
    assert len(found.more) == 1


async def test_what_was_mended_is_said() -> None:
    found = await asked("harbuor dusk")
    assert isinstance(found, Found)
    assert found.showing == ("harbour",)

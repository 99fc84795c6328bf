"""A picture comes along as a file, with its text for whoever does not see it."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest

from bot.commands import table_of
from bot.commands.chart import Chart
from bot.commands.services import Charts, House
from bot.core.dates import parse
from bot.core.model.change import FileImport
from bot.core.model.fact import Said
from bot.core.model.quantity import ClaimSeries, Comparator, Quantity
from bot.platforms.discord.answering import Patience
from tests.builders import a_compared_import, a_record
from tests.gateway.server import FakeDiscord
from tests.platforms.discord.house import Home, serving

PNG = b"\x89PNG\r\n\x1a\nany bytes \x00\xff\r\n--boundary"
SERIES = ClaimSeries(id="trees-planted", label="Trees planted", unit="tree", scope="")


def import_of_a_series() -> FileImport:
    records = []
    for place, value in enumerate(("300", "500"), 1):
        quantity = Quantity(comparator=Comparator.AT_LEAST, value=value, unit="tree", surface="trees", series=SERIES.id)
        said = Said(on=parse(f"2026-0{place}-01"), stated=True)
        records.append(a_record(slug=f"trees-{value}", quantities=(quantity,), said=said, label=f"{value} trees"))
    change = a_compared_import(*records)
    return replace(change, records=replace(change.records, series=(SERIES,)))


@pytest.mark.parametrize("seconds", [0.0, 0.5])
async def test_a_line_over_time_comes_with_its_picture(discord: FakeDiscord, seconds: float) -> None:
    async def draw(_: Chart) -> tuple[bytes, tuple[int, int]]:
        await asyncio.sleep(seconds)
        return PNG, (960, 600)

    home = Home()
    await home.store.apply(import_of_a_series(), key="furnish", expect={})
    charts = Charts(draw=draw, clock=home.clock)
    home.table = table_of(
        finder=home.lookup, facts=home.store, house=House(version="1"), office=home.office, charts=charts
    )
    async with serving(home.platform(discord, patience=Patience(answer=0.2))):
        await discord.connected()
        answer = await discord.slash("fact", {"query": "#1"})
        line = await discord.click(answer, "Over time")
        await discord.until(lambda: line.message["attachments"])
    assert line.private
    assert "at least 500 · Ada Muster · #2" in line.content
    (attachment,) = line.message["attachments"]
    assert attachment["filename"] == "timeline.png"
    assert attachment["description"].startswith("Step chart: Trees planted")
    assert discord.api.files == [PNG]

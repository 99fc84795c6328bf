"""Charts, really drawn: whatever stands in them, a picture comes or nothing does, and the bot goes on."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from pathlib import Path

import pytest

from bot.commands.chart import Chart, Point
from bot.pictures import drawing
from bot.pictures.drawing import drawer, size_of

POINT = Point(
    value="300",
    comparator=">=",
    earliest="2026-05-01",
    latest="2026-05-31",
    uncertain=True,
    tag="#17",
    label="May 2026: at least 300 · Ada Muster · #17",
)
CHART = Chart(
    title="Trees planted",
    subtitle="tree; in Testwick",
    note="On record 28 Nov 2026.",
    rest="… and earlier ones",
    points=(POINT, replace(POINT, value="1200", earliest="2026-06-02", latest="2026-06-02", comparator="=")),
)


@pytest.fixture(scope="module")
def fonts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("matplotlib")


async def drawn(chart: Chart, fonts: Path) -> tuple[bytes, tuple[int, int]] | None:
    draw = drawer(fonts)
    assert draw is not None, "the tests need matplotlib"
    return await draw(chart)


async def test_a_line_is_drawn(fonts: Path) -> None:
    found = await drawn(CHART, fonts)
    assert found is not None
    png, size = found
    assert size == size_of(png)
    assert size[0] == 960
    assert 10_000 < len(png) < 200_000


async def test_hostile_words_and_numbers_are_drawn_too(fonts: Path) -> None:
    """One process for all of them: what has signs of the library's own language, is very long, or lies on one day."""
    words = "$\\frac{1$ %s {x} \N{RIGHT-TO-LEFT OVERRIDE}\N{PARTY POPPER}한국어 " + "x" * 5000
    points = tuple(
        replace(POINT, value=value, comparator=sign, tag=words[:40], label=words, latest=POINT.earliest)
        for value in ("0", "-5", "0.000001", "9" * 300)
        for sign in ("=", ">=", ">", "<=", "<", "~")
    )
    assert await drawn(replace(CHART, title=words, subtitle=words, note=words, points=points), fonts)


async def test_what_cannot_be_drawn_is_left_out(fonts: Path, caplog: pytest.LogCaptureFixture) -> None:
    assert await drawn(replace(CHART, points=(replace(POINT, value="no number"),)), fonts) is None
    assert "a chart was not drawn: " in caplog.text


async def test_a_chart_that_takes_too_long_is_given_up(
    fonts: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(drawing, "PATIENCE", 0.01)
    assert await drawn(CHART, fonts) is None
    assert "not drawn within" in caplog.text


async def test_whoever_stops_waiting_leaves_no_process(fonts: Path) -> None:
    draw = drawer(fonts)
    assert draw is not None
    task = asyncio.ensure_future(draw(CHART))
    await asyncio.sleep(0.05)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert await draw(CHART) is not None  # and its turn is over


def test_without_the_library_there_is_nothing_to_draw_with(fonts: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drawing, "LIBRARY", "no_such_library")
    assert drawer(fonts) is None

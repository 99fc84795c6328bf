"""A line over time: as text everywhere, as a picture where one can be sent."""

from __future__ import annotations

from typing import Any

import pytest

from bot.commands.chart import Chart
from bot.commands.dispatch import answer, parse
from bot.commands.reply import Fields, Outcome, Picture, Reply
from bot.commands.request import Caller, Request
from bot.commands.rows import table_of
from bot.commands.services import Charts, House
from bot.core.dates import parse as day
from bot.core.model.fact import Dossier, Kind, Said
from bot.core.model.finding import NearbyTopic, NothingFound
from bot.core.model.mail import Place, Visibility
from bot.core.model.quantity import ClaimSeries, Comparator, Quantity
from bot.core.model.review import Attribution, Workflow
from bot.store.memory import MemoryStore
from tests.builders import StoppedClock
from tests.commands.shelf import Finder, a_checked_dossier, a_shelf, choices, found, say, texts

SERIES = ClaimSeries(id="trees-planted", label="Trees planted by Testwick", unit="young-tree", scope="since 2020")
PNG = b"\x89PNG\r\n\x1a\n"


def planted(number: int, value: str, when: str, comparator: str = "=", **changes: Any) -> Dossier:
    quantity = Quantity(
        comparator=Comparator(comparator),
        value=value,
        unit="young-tree",
        surface="trees",
        series=SERIES.id,
        destination="testwick",
    )
    usual = {"slug": f"trees-{number}", "said": Said(on=day(when), stated=True), "series": (SERIES,)}
    return a_checked_dossier(number=number, quantities=(quantity,), **usual | changes)


SHELF = (
    planted(3, "12000", "2026-04", ">="),
    planted(1, "3000", "2025-03-01"),
    planted(2, "5000", "2025-09", "~", attribution=Attribution.DISPUTED),
    planted(4, "99999", "2026-05", workflow=Workflow.WITHDRAWN),
    a_checked_dossier(number=5, label="The mayor likes trees"),
)


class Drawing:
    """Draws nothing, and remembers what it was to draw."""

    def __init__(self, png: bytes | None = PNG) -> None:
        self.charts: list[Chart] = []
        self._png = png

    async def __call__(self, chart: Chart) -> tuple[bytes, tuple[int, int]] | None:
        self.charts.append(chart)
        return None if self._png is None else (self._png, (960, 600))


async def seen(line: str, drawing: Drawing, store: MemoryStore | None = None, **changes: Any) -> Reply:
    shelf = store or a_shelf(*SHELF)
    charts = Charts(draw=drawing, clock=StoppedClock())
    table = table_of(finder=Finder(), facts=shelf, house=House(version="1"), charts=charts)
    command, arguments = parse(line)
    usual: dict[str, Any] = {
        "caller": Caller(account="ada"),
        "place": Place(platform="discord", id="1"),
        "event": "1",
        "pictures": True,
    }
    return await answer(table, Request(command=command, arguments=arguments, **usual | changes))


def rows(reply: Reply) -> list[tuple[str, ...]]:
    return [(name, str(value)) for block in reply.blocks if isinstance(block, Fields) for name, value in block.rows]


async def test_a_series_in_order_of_date_with_who_said_it() -> None:
    reply = await say("/timeline series:trees-planted", a_shelf(*SHELF))
    assert (reply.outcome, reply.visibility) == (Outcome.FOUND, Visibility.PRIVATE)
    (fields,) = (block for block in reply.blocks if isinstance(block, Fields))
    assert fields.title == "Trees planted by Testwick · young tree; since 2020; to Testwick"
    assert rows(reply) == [
        ("1 Mar 2025", "3000 · Ada Muster · #1"),
        ("Sep 2025", "about 5000 · Ada Muster · disputed · #2"),
        ("Apr 2026", "at least 12,000 · Ada Muster · #3"),
    ]
    assert [choice.line for choice in choices(reply)] == ["fact #1", "fact #2", "fact #3"]


@pytest.mark.parametrize("what", ["2", "#2", "Trees planted by Testwick", "TREES-PLANTED"])
async def test_a_number_or_a_name_leads_to_the_series(what: str) -> None:
    assert len(rows(await say(f"/timeline {what}", a_shelf(*SHELF)))) == 3


async def test_a_topic_has_the_facts_without_a_number_too() -> None:
    reply = await say("/timeline topic:testwick-trees", a_shelf(*SHELF))
    assert texts(reply) == ["Over time: Trees in Testwick"]
    assert rows(reply)[-1] == ("published 2 May 2026", "The mayor likes trees · #5")


async def test_a_question_leads_to_what_its_answer_is_a_part_of() -> None:
    shelf = a_shelf(*SHELF)
    assert len(rows(await say("/timeline how many trees", shelf, found(SHELF[0])))) == 3
    near = NothingFound(nearby=(NearbyTopic(id="testwick-trees", label="Trees"),), complete=True)
    assert len(rows(await say("/timeline japan trees", shelf, near))) == 4
    assert (await say("/timeline japan", shelf)).outcome is Outcome.NOTHING


async def test_what_is_not_shown_is_in_no_line() -> None:
    reply = await say("/timeline series:trees-planted", a_shelf(SHELF[3]))
    assert texts(reply) == ["Nothing on record for “Trees planted by Testwick”."]
    assert "99" not in str(await say("/timeline 4", a_shelf(*SHELF)))


async def test_the_button_stands_below_a_number_that_was_claimed_more_than_once() -> None:
    assert "timeline series:trees-planted" in [each.line for each in choices(await say("/fact #1", a_shelf(*SHELF)))]
    assert not any("timeline" in each.line for each in choices(await say("/fact #1", a_shelf(SHELF[1]))))
    assert not any("timeline" in each.line for each in choices(await say("/fact #5", a_shelf(*SHELF))))
    topic = await say("/topic testwick-trees", a_shelf(*SHELF))
    assert topic.choices[-1].line == "timeline topic:testwick-trees"


async def test_a_long_line_is_turned_page_by_page() -> None:
    shelf = a_shelf(*(planted(number, str(number), f"{1900 + number}") for number in range(1, 150)))
    first = await say("/timeline series:trees-planted", shelf)
    further = choices(first)[-1]
    assert further.line == "timeline @2 series:trees-planted"
    second = await say(f"/{further.line}", shelf)
    assert rows(second)[0][0] == str(1900 + len(rows(first)) + 1)
    assert len(choices(first)) == 11


async def test_a_picture_says_what_the_text_says() -> None:
    drawing = Drawing()
    reply = await seen("/timeline 1", drawing)
    picture = reply.picture
    assert picture is not None
    assert (picture.png, picture.size) == (PNG, (960, 600))
    assert picture.alt.startswith(
        "Step chart: Trees planted by Testwick (young tree; since 2020; to Testwick). 1 Mar 2025: 3000"
    )
    assert picture.alt.endswith("Apr 2026: at least 12,000 · Ada Muster · #3.")
    (chart,) = drawing.charts
    assert [(point.tag, point.value, point.comparator, point.uncertain) for point in chart.points] == [
        ("#1", "3000", "=", False),
        ("#2", "5000", "~", False),
        ("#3", "12000", ">=", False),
    ]
    assert (chart.points[1].earliest, chart.points[1].latest) == ("2025-09-01", "2025-09-30")
    assert "On record 23 Nov 2026" in chart.note


async def test_nothing_is_drawn_where_no_picture_can_be_sent_or_no_line_is() -> None:
    drawing = Drawing()
    assert (await seen("/timeline 1", drawing, pictures=False)).picture is None
    assert (await seen("/timeline 1", drawing, a_shelf(SHELF[1]))).picture is None
    assert drawing.charts == []
    reply = await seen("/timeline 1", Drawing(None))
    assert reply.picture is None
    assert len(rows(reply)) == 3


async def test_the_text_of_a_picture_stays_within_what_can_be_sent() -> None:
    shelf = a_shelf(*(planted(number, str(number), f"{1900 + number}") for number in range(1, 150)))
    reply = await seen("/timeline 1", Drawing(), shelf)
    assert isinstance(reply.picture, Picture)
    assert len(reply.picture.alt) == 1000


async def test_in_ukrainian() -> None:
    reply = await say("/timeline 3", a_shelf(*SHELF), locale="uk")
    assert rows(reply)[-1][1].startswith("щонайменше 12\N{NO-BREAK SPACE}000 · Ada Muster")


@pytest.mark.parametrize(("kind", "who"), [(Kind.DIRECT, "Speaker not given"), (Kind.OUTLET, "nobody is quoted")])
async def test_who_is_not_named_is_not_nobody(kind: Kind, who: str) -> None:
    shelf = a_shelf(planted(1, "3000", "2025-03-01", kind=kind, speaker=None), planted(2, "5000", "2025-09-02"))

    assert rows(await say("/timeline series:trees-planted", shelf))[0][1] == f"3000 · {who} · #1"

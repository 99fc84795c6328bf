"""A source that reads otherwise: what rests on it follows, and nothing is left that cannot be changed."""

from __future__ import annotations

from bot.core.model.fact import Kind
from bot.core.model.review import Workflow
from bot.platforms.console.payload import text_of
from tests.commands.desk.clerk import Clerk, line_of
from tests.contracts.stores.desk import BO, CY, MIA, published, suggested, the_fact


async def outlets(desk: Clerk, *numbers: int) -> list[str]:
    return [(await the_fact(desk.store, number)).revision.chain[-1].name for number in numbers]


async def test_another_publisher_is_named_by_every_fact_of_the_source() -> None:
    desk = Clerk()
    one = await published(desk.store)
    two = await published(desk.store, slug="two", text="on Saturday", kind=Kind.INDIRECT)
    waiting = await suggested(desk.store, MIA, slug="three", text="Nobody was hurt", kind=Kind.INDIRECT)
    await desk.reply(f"{one} publisher The Evening Post -- it was reprinted", CY)
    assert await outlets(desk, one, two, waiting) == ["", "", ""]  # blank until somebody else agrees

    opened = await desk.reply(f"open {one}", BO)
    assert "none → The Evening Post" in text_of(opened)
    done = await desk.reply(line_of(opened, "approve"), BO)

    assert "Accepted" in str(done.blocks)
    assert await outlets(desk, one, two, waiting) == ["The Evening Post"] * 3
    for number in (one, two):
        assert "it was reprinted" in await desk.say(f"history {number}")
    assert "Withdrawn" in await desk.say(f"{two} withdraw misquoted", CY)
    assert (await the_fact(desk.store, two)).workflow is Workflow.WITHDRAWN


async def test_a_blanked_publisher_leaves_nothing_that_cannot_be_changed() -> None:
    desk = Clerk()
    one = await published(desk.store)
    two = await published(desk.store, slug="two", text="on Saturday", kind=Kind.INDIRECT)
    await desk.say(f"{one} publisher none -- no imprint", CY)
    assert await outlets(desk, one, two) == ["", ""]
    assert "Withdrawn" in await desk.say(f"{two} withdraw misquoted", CY)

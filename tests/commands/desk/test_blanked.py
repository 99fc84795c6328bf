"""A correction that is turned down leaves its field blank: whoever does it is told, with a button to fill it again."""

from __future__ import annotations

import pytest

from bot.core.dates import parse
from bot.core.model.desk import By
from bot.core.model.fact import Said
from bot.platforms.console.payload import text_of
from tests.commands.desk.clerk import Clerk, line_of
from tests.contracts.stores.desk import BO, CY, published, the_fact


@pytest.mark.parametrize("who", [BO, CY], ids=["turned down", "taken back"])
async def test_the_day_that_stays_blank_is_told_with_what_brings_it_back(who: By) -> None:
    desk = Clerk()
    number = await published(desk.store, said=Said(on=parse("2026-05-01"), stated=True))
    await desk.say(f"{number} said 2026-04-28 -- hm", CY)

    reply = await desk.reply(f"{number} reject the first of May was right", who)

    said = text_of(reply)
    assert "Whoever brought it" not in said
    assert "Answers show blank now: Said on." in said
    assert line_of(reply, "said") == f"set {number} said 2026-05-01"
    await desk.say(line_of(reply, "said"), who, given={"reason": "it was right"})
    await desk.say(f"{number} approve", BO if who is CY else CY)
    assert str((await the_fact(desk.store, number)).revision.said.on) == "2026-05-01"


async def test_so_is_what_stays_blank_of_the_source() -> None:
    desk = Clerk()
    number = await published(desk.store)
    await desk.say(f"{number} publisher The Gazette of Testwick -- the masthead", CY)
    reply = await desk.reply(f"{number} reject no", BO)
    assert line_of(reply, "publisher") == f"set {number} publisher The Testwick Gazette"


async def test_where_nothing_is_blank_nothing_of_it_is_told() -> None:
    desk = Clerk()
    number = await published(desk.store)
    await desk.say(f"{number} words We have planted at least 400 trees -- a slip", CY)
    assert await desk.say(f"{number} reject no", BO) == f"The change of #{number} is turned down."

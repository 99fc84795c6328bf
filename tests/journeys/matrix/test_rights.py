"""Who may do more than read: by user id, or by power in the one review room; never by an edit."""

from __future__ import annotations

import logging
from dataclasses import replace

import pytest

from bot.commands.arguments import told
from bot.commands.reply import Outcome, Reply
from bot.commands.request import Request, Right
from bot.commands.table import Command
from bot.core.model.mail import Visibility
from tests.homeserver.client import Client
from tests.homeserver.proxy import Fault, Proxy
from tests.journeys.matrix.house import QUOTE, House, body_of, room_with, silence


async def seal(request: Request) -> Reply:
    """Stands for everything that changes something."""
    return replace(told(f"approved by {request.caller.account}", Outcome.INFO), visibility=Visibility.PUBLIC)


async def explode(request: Request) -> Reply:
    """Stands for every mistake of ours."""
    raise RuntimeError("secret thought", request)


@pytest.fixture(autouse=True)
def _more_commands(house: House) -> None:
    house.table += (
        Command(name="seal", slash=True, right=Right.EDIT, run=seal),
        Command(name="explode", slash=True, run=explode),
    )


async def test_an_editor_by_user_id(house: House, ada: Client, bob: Client) -> None:
    async with house.running(editors=frozenset({ada.user})):
        room = await room_with(ada, house, bob, encrypted=True)
        assert body_of(await ada.answer(await ada.send(room, "!seal"))) == f"approved by {ada.user}"
        refusal = await bob.answer(await bob.send(room, "!seal"))
        assert "is for moderators" in body_of(refusal)


async def test_power_counts_in_the_review_room_and_nowhere_else(house: House, ada: Client, bob: Client) -> None:
    async with house.running():
        review, other = await room_with(ada, house, bob), await room_with(ada, house)
    async with house.running(review_room=review):
        assert body_of(await ada.answer(await ada.send(review, "!seal"))) == f"approved by {ada.user}"
        assert "is for moderators" in body_of(await bob.answer(await bob.send(review, "!seal")))
        assert "is for moderators" in body_of(await ada.answer(await ada.send(other, "!seal")))


async def test_an_edit_changes_nothing_on_record(house: House, ada: Client) -> None:
    async with house.running(editors=frozenset({ada.user})):
        room = await room_with(ada, house)
        asked = await ada.send(room, "!fact dprk ammunition")
        answer = await ada.answer(asked)
        await ada.edit(room, asked, "!seal")
        edit = await ada.edited(answer["event_id"])
        assert "is for moderators" in edit["content"]["m.new_content"]["body"]
        await silence(ada, room)
    assert [event for event in ada.events if "approved" in body_of(event)] == []


async def test_where_the_powers_cannot_be_read_nobody_has_any(house: House, proxy: Proxy, ada: Client) -> None:
    async with house.running():
        review = await room_with(ada, house)
    async with house.running(review_room=review):
        await ada.answer(await ada.send(review, "!fact #1"))
        refusal = {"errcode": "M_FORBIDDEN", "error": "no"}
        proxy.faults.append(Fault(path="/state", method="GET", times=None, status=403, body=refusal))
        assert "is for moderators" in body_of(await ada.answer(await ada.send(review, "!seal")))


async def test_a_mistake_of_ours_is_told_by_its_id(house: House, ada: Client, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.ERROR)
    async with house.running():
        room = await room_with(ada, house)
        told_so = body_of(await ada.answer(await ada.send(room, "!explode")))
        assert QUOTE in body_of(await ada.answer(await ada.send(room, "!fact #1")))

    (record,) = [record for record in caplog.records if record.name.startswith("bot")]
    assert record.getMessage().split()[2] in told_so
    assert "secret thought" not in told_so

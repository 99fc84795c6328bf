"""What nobody but the asker may see is not shown in a room where others read."""

from __future__ import annotations

from typing import Any

import pytest

from bot.commands.reply import Outcome, Reply, Text
from bot.commands.request import Caller, Request
from bot.commands.table import Command
from bot.core.model.mail import Place
from bot.platforms.matrix.answering import Answering

NOBODY: Any = None


async def secret(_: Request) -> Reply:
    return Reply(blocks=(Text("settings code k7f3"),), outcome=Outcome.INFO, secret=True)


@pytest.mark.parametrize(("members", "shown"), [(2, True), (3, False)])
async def test_a_secret_is_told_between_two_alone(members: int, shown: bool) -> None:
    async def in_room(_: str) -> list[str]:
        return [str(each) for each in range(members)]

    answering = Answering(
        server=NOBODY,
        mail=NOBODY,
        clock=NOBODY,
        table=(Command(name="settings", run=secret),),
        rooms=NOBODY,
        names=tuple,
        fetched=NOBODY,
        power=NOBODY,
        members=in_room,
    )
    request = Request(
        command="settings", caller=Caller(account="@ada:x"), place=Place(platform="matrix", id="!r"), event="$1"
    )
    reply = await answering._reply(request)
    assert ("k7f3" in str(reply)) is shown

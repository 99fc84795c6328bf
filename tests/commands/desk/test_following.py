"""What a channel follows, as whoever manages it sees it; and where nothing can be posted any more."""

from __future__ import annotations

import pytest

from bot.commands.notices import composed
from bot.core.model.change import Reached
from bot.core.model.desk import NoticeKind
from bot.core.model.mail import Place
from bot.platforms.console.payload import text_of
from tests.commands.desk.clerk import Clerk
from tests.contracts.stores.desk import TERMS, names


@pytest.fixture
async def desk() -> Clerk:
    return Clerk()


async def follow(desk: Clerk, line: str) -> str:
    return await desk.say(line, may_post=True)


async def test_begun_listed_and_stopped(desk: Clerk) -> None:
    assert "once a day" in await follow(desk, "!follow everything --daily")
    assert "once a day" in await follow(desk, "!follow")
    assert "no longer" in await follow(desk, "!follow --stop everything")
    assert "Nothing is followed here" in await follow(desk, "!follow")


async def test_what_is_not_followed_is_answered_with_what_is(desk: Clerk) -> None:
    await follow(desk, "!follow everything")
    said = await follow(desk, "!follow zzz --stop")
    assert "Nothing called “zzz” is followed here." in said
    assert "one by one" in said
    await names(desk.store)
    assert "Nothing called “trees in testwick” is followed here." in await follow(
        desk, "!follow trees in testwick --Stop"
    )


@pytest.mark.parametrize(
    ("place", "named"),
    [
        (Place(platform="discord", id="430"), "the Discord channel 430"),
        (Place(platform="matrix", id="!room:example.org"), "the Matrix room !room:example.org"),
    ],
)
async def test_moderators_hear_where_nothing_is_posted_any_more(desk: Clerk, place: Place, named: str) -> None:
    await desk.say("!follow everything", may_post=True, place=place)
    for _ in range(3):
        await desk.do(Reached(place=place, taken=False, terms=TERMS))
    (notice, *_) = await desk.posted(NoticeKind.ALERT)
    reply = await composed(notice, office=desk.office, locale="en")
    assert reply is not None
    assert f"Nothing followed in {named} is posted any more" in text_of(reply)

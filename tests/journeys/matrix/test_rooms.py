"""Where the bot goes, whom it follows, and when it leaves."""

from __future__ import annotations

import logging
import secrets

import pytest

from bot.platforms.matrix import sync
from bot.platforms.matrix.settings import RoomSettings
from tests.homeserver.client import Client, Event, quoted
from tests.homeserver.proxy import Proxy
from tests.journeys.matrix.house import QUOTE, House, body_of, joined, room_with, silence

STRANGERS = 30


def left(event: Event, house: House, room: str) -> bool:
    """Whether this is the bot leaving a room."""
    mine = event["type"] == "m.room.member" and event["state_key"] == house.user and event["room_id"] == room
    return bool(mine and event["content"]["membership"] == "leave")


async def test_strangers_invite_in_vain(
    house: House, proxy: Proxy, ada: Client, bob: Client, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    async with house.running(invites=frozenset({ada.user})):
        caplog.clear()
        rooms = [await bob.create(house.user) for _ in range(STRANGERS)]
        room = await room_with(ada, house)
        answer = await ada.answer(await ada.send(room, "!fact dprk ammunition"))
        await proxy.until(lambda: proxy.count("/leave") == STRANGERS, 60)

    assert QUOTE in body_of(answer)
    assert proxy.count("/join/") == 1
    assert len([record for record in caplog.records if record.name.startswith("bot")]) < 10
    assert house.user not in {user for each in rooms for user in await bob.joined(each)}


async def test_a_listed_room_is_joined_at_start_and_an_unlisted_one_is_not_served(house: House, ada: Client) -> None:
    name = f"hall-{secrets.token_hex(4)}"
    hall = await ada.create(room_alias_name=name, preset="public_chat")
    elsewhere = await ada.create(house.user)
    async with house.running(invites=frozenset({ada.user})):
        await joined(ada, elsewhere, house.user)
    async with house.running(invites=frozenset(), rooms={f"#{name}:localhost": RoomSettings()}):
        await joined(ada, hall, house.user)
        assert QUOTE in body_of(await ada.answer(await ada.send(hall, "!fact dprk ammunition")))
        assert QUOTE in body_of(await ada.answer(await ada.send(elsewhere, "!fact dprk ammunition")))


async def test_a_room_that_was_never_let_in_is_not_served(house: House, ada: Client) -> None:
    async with house.running():
        room = await room_with(ada, house)
    del house.store._notes["matrix", "rooms"]  # as after a restore of an older backup
    async with house.running():
        unserved = await ada.send(room, "!fact dprk ammunition")
        other = await room_with(ada, house)
        await silence(ada, other, unserved)
    async with house.running(public=True):
        assert QUOTE in body_of(await ada.answer(await ada.send(room, "!fact dprk ammunition")))


@pytest.mark.parametrize("public", [True, False])
async def test_an_upgraded_room_is_followed_with_its_settings(*, public: bool, house: House, ada: Client) -> None:
    old = await ada.create(house.user, preset="public_chat" if public else "private_chat", room_version="10")
    async with house.running(invites=frozenset(), rooms={old: RoomSettings(prefix="?")}):
        await joined(ada, old, house.user)
        upgraded = await ada.call("POST", f"/rooms/{quoted(old)}/upgrade", {"new_version": "11"})
        new = upgraded["replacement_room"]
        if not public:
            await ada.invite(new, house.user)
        await joined(ada, new, house.user)
        await ada.until(lambda event: left(event, house, old))
        assert QUOTE in body_of(await ada.answer(await ada.send(new, "?fact dprk ammunition")))
    async with house.running(invites=frozenset(), rooms={old: RoomSettings(prefix="?")}):
        assert QUOTE in body_of(await ada.answer(await ada.send(new, "?fact dprk ammunition")))


async def test_an_upgraded_room_is_served_when_it_is_listed_by_its_new_id(house: House, ada: Client) -> None:
    old = await ada.create(house.user, preset="public_chat", room_version="10")
    async with house.running(invites=frozenset(), rooms={old: RoomSettings(prefix="?")}):
        await joined(ada, old, house.user)
        upgraded = await ada.call("POST", f"/rooms/{quoted(old)}/upgrade", {"new_version": "11"})
        new = upgraded["replacement_room"]
        await joined(ada, new, house.user)
    async with house.running(invites=frozenset(), rooms={new: RoomSettings()}):
        assert QUOTE in body_of(await ada.answer(await ada.send(new, "!fact dprk ammunition")))
    both = {old: RoomSettings(prefix="?"), new: RoomSettings(prefix="%")}
    async with house.running(invites=frozenset(), rooms=both):
        assert QUOTE in body_of(await ada.answer(await ada.send(new, "%fact dprk ammunition")))


async def test_an_upgrade_long_ago_and_behind_much_talk_is_followed(
    house: House, proxy: Proxy, ada: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sync, "PAGES", 0)  # as for what is older than the gap is read back to
    old = await ada.create(house.user, preset="public_chat", room_version="10")
    async with house.running(rooms={old: RoomSettings()}):
        await joined(ada, old, house.user)
        await ada.answer(await ada.send(old, "!fact #1"))
    upgraded = await ada.call("POST", f"/rooms/{quoted(old)}/upgrade", {"new_version": "11"})
    for number in range(60):
        await ada.send(old, f"still here {number}")
    async with house.running(rooms={old: RoomSettings()}):
        await joined(ada, upgraded["replacement_room"], house.user)
        await ada.until(lambda event: left(event, house, old))
        answer = await ada.answer(await ada.send(upgraded["replacement_room"], "!fact dprk ammunition"))
    assert QUOTE in body_of(answer)
    assert proxy.count(f"/join/{upgraded['replacement_room']}") == 1


async def test_a_successor_must_name_its_predecessor(house: House, ada: Client) -> None:
    async with house.running(invites=frozenset({ada.user})):
        room = await room_with(ada, house)
        trap = await ada.create(preset="public_chat")
        content = {"body": "this way", "replacement_room": trap}
        await ada.call("PUT", f"/rooms/{quoted(room)}/state/m.room.tombstone", content)
        await ada.until(lambda event: left(event, house, trap))
        assert house.user in await ada.joined(room)


async def test_an_upgrade_by_somebody_without_the_power_is_not_followed(
    house: House, proxy: Proxy, ada: Client, bob: Client
) -> None:
    levels = {"users": {ada.user: 100}, "state_default": 0, "events": {}}
    async with house.running():
        room = await room_with(ada, house, bob, power_level_content_override=levels, room_version="11")
        trap = await bob.create(preset="public_chat", creation_content={"predecessor": {"room_id": room}})
        content = {"body": "this way", "replacement_room": trap}
        await bob.call("PUT", f"/rooms/{quoted(room)}/state/m.room.tombstone", content)
        await proxy.until(lambda: proxy.count("/state", method="GET") >= 1)
        await silence(ada, room)
        assert house.user not in await bob.joined(trap)


async def test_an_empty_room_is_left(house: House, proxy: Proxy, ada: Client) -> None:
    async with house.running():
        room = await room_with(ada, house)
        await ada.leave(room)
        await proxy.until(lambda: proxy.count(f"/rooms/{room}/leave") == 1 or proxy.count("/forget") == 1)


async def test_a_room_that_emptied_while_the_bot_was_away_is_left(house: House, proxy: Proxy, ada: Client) -> None:
    async with house.running():
        room = await room_with(ada, house)
    await ada.leave(room)
    async with house.running():
        await proxy.until(lambda: proxy.count("/forget") == 1)


async def test_a_bot_that_was_thrown_out_goes_on_elsewhere(house: House, ada: Client) -> None:
    async with house.running():
        room, other = await room_with(ada, house), await room_with(ada, house)
        await ada.send(room, "!fact dprk ammunition")
        await ada.call("POST", f"/rooms/{quoted(room)}/ban", {"user_id": house.user})
        assert QUOTE in body_of(await ada.answer(await ada.send(other, "!fact dprk ammunition")))


async def test_the_question_of_somebody_who_is_banned_since(house: House, ada: Client, bob: Client) -> None:
    async with house.running():
        room = await room_with(ada, house, bob)
        asked = await bob.send(room, "!fact dprk ammunition")
        await ada.call("POST", f"/rooms/{quoted(room)}/ban", {"user_id": bob.user})
        await ada.answer(asked)
        assert QUOTE in body_of(await ada.answer(await ada.send(room, "!fact dprk ammunition")))

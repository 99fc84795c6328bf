"""Encryption: who can read whom, before and after restarts, and what happens when keys are missing."""

from __future__ import annotations

import json
import stat

import pytest

from bot.commands.arguments import told
from bot.commands.reply import Outcome, Reply
from bot.commands.request import Request
from bot.commands.table import Command
from bot.platforms.base import SignInRefused
from bot.platforms.matrix import following, signing, waiting
from tests.homeserver.client import Client, Event, client, replies_to
from tests.homeserver.proxy import Fault, Proxy
from tests.homeserver.synapse import Synapse
from tests.journeys.matrix.house import QUOTE, House, body_of, room_with


def unread(event: Event, house: House) -> bool:
    """Whether this is the bot explaining that it could not read something."""
    return event["sender"] == house.user and "could not be read" in body_of(event)


async def test_the_conversation_goes_on_after_restarts(house: House, ada: Client) -> None:
    async with house.running():
        room = await room_with(ada, house, encrypted=True)
        await ada.answer(await ada.send(room, "!fact dprk ammunition"))
    meanwhile = await ada.send(room, "!fact #1")
    async with house.running():
        assert QUOTE in body_of(await ada.answer(meanwhile))
        assert QUOTE in body_of(await ada.answer(await ada.send(room, "!fact dprk ammunition")))


async def test_a_second_device_and_a_newcomer_can_read_the_answers(
    house: House, synapse: Synapse, ada: Client, bob: Client
) -> None:
    async with house.running():
        room = await room_with(ada, house, encrypted=True)
        await ada.answer(await ada.send(room, "!fact dprk ammunition"))
        phone = synapse.login(ada.user, ada.account.password)
        async with client(synapse.url, phone) as second:
            await ada.invite(room, bob.user)
            await bob.join(room)
            await bob.sync()
            asked = await second.send(room, "!fact dprk ammunition")
            for reader in (ada, second, bob):
                assert QUOTE in body_of(await reader.answer(asked))


async def test_a_late_key_opens_the_question(house: House, ada: Client) -> None:
    async with house.running():
        room = await room_with(ada, house, encrypted=True)
        ada.held = []
        asked = [await ada.send(room, "!fact dprk ammunition"), await ada.send(room, "!fact #1")]
        held, ada.held = ada.held, None
        for messages in held:
            await ada.send_keys(messages)
        for question in asked:
            assert QUOTE in body_of(await ada.answer(question))


@pytest.mark.parametrize("comes", ["before the restart", "meanwhile", "after the restart"])
async def test_a_late_key_opens_the_question_over_a_restart(
    comes: str, house: House, proxy: Proxy, ada: Client
) -> None:
    """Later portions of the stream were read and noted: the restart begins before what waits."""
    async with house.running():
        room, other = await room_with(ada, house, encrypted=True), await room_with(ada, house)
        ada.held = []
        asked = await ada.send(room, "!fact dprk ammunition")
        await ada.answer(await ada.send(other, "!fact #1"))  # the place in the stream is noted with this
        (held,), ada.held = ada.held, None
        if comes == "before the restart":
            proxy.faults.append(Fault(path="/sync", status=502, times=None))
            await proxy.until(lambda: proxy.seen[-1].status == 502)
            await ada.send_keys(held)
    proxy.faults.clear()
    if comes == "meanwhile":
        await ada.send_keys(held)
    async with house.running():
        if comes == "after the restart":
            await ada.answer(await ada.send(other, "!fact #1"))
            await ada.send_keys(held)
        assert QUOTE in body_of(await ada.answer(asked))
        await ada.answer(await ada.send(other, "!fact #1"))
    assert [event for event in ada.events if replies_to(event) == asked and event["sender"] == house.user][1:] == []


async def test_after_a_restart_too_a_room_is_told_what_could_not_be_read(
    house: House, ada: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with house.running():
        room = await room_with(ada, house, encrypted=True)
    ada.held = []
    await ada.send(room, "!fact dprk ammunition")
    monkeypatch.setattr(waiting, "GRACE", 0.0)
    monkeypatch.setattr(following, "LOOK", 0.05)
    async with house.running():
        await ada.until(lambda event: unread(event, house))


async def test_an_edit_as_long_as_one_may_be_fits_into_an_encrypted_event(house: House, ada: Client) -> None:
    async def long(_: Request) -> Reply:
        return told("слово " * 900, Outcome.INFO)

    house.table += (Command(name="long", slash=True, run=long),)
    async with house.running():
        room = await room_with(ada, house, encrypted=True)
        asked = await ada.send(room, "!fact #1")
        answer = await ada.answer(asked)
        await ada.edit(room, asked, "!long")
        edit = await ada.edited(answer["event_id"])

    assert edit["content"]["m.new_content"]["body"].count("слово") == 900


async def test_what_looks_encrypted_in_a_plain_room_is_not_explained(
    house: House, ada: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(waiting, "GRACE", 0.0)
    monkeypatch.setattr(following, "LOOK", 0.05)
    junk = {"algorithm": "m.megolm.v1.aes-sha2", "ciphertext": "AAAA", "session_id": "x", "sender_key": "y"}
    async with house.running():
        plain, room = await room_with(ada, house), await room_with(ada, house, encrypted=True)
        await ada.event(plain, "m.room.encrypted", junk)
        ada.held = []
        await ada.send(room, "!fact dprk ammunition")
        await ada.until(lambda event: unread(event, house) and event["room_id"] == room)
        await ada.answer(await ada.send(plain, "!fact #1"))

    assert [event for event in ada.events if unread(event, house) and event["room_id"] == plain] == []


async def test_a_question_without_key_is_explained_once_a_day(
    house: House, ada: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(waiting, "GRACE", 0.0)
    monkeypatch.setattr(following, "LOOK", 0.05)
    async with house.running():
        room = await room_with(ada, house, encrypted=True)
        ada.held = []
        await ada.send(room, "!fact dprk ammunition")
        await ada.send(room, "!fact dprk ammunition")
        await ada.until(lambda event: unread(event, house))
        await ada.send_keys(ada.held[0])
        ada.held = None
        assert QUOTE in body_of(await ada.answer(await ada.send(room, "!fact dprk ammunition")))

    assert sum(unread(event, house) for event in ada.events) == 1


async def test_files_are_for_their_owner_alone(house: House, ada: Client) -> None:
    house.token, house.password = False, True
    async with house.running():
        await room_with(ada, house, encrypted=True)

    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in house.folder.iterdir()}
    assert modes == {"session.json": 0o600, "crypto.db": 0o600}


async def test_an_identity_of_somebody_else_is_left_alone(house: House, proxy: Proxy) -> None:
    async with house.running():
        pass
    seeds = house.store._notes.pop(("matrix", signing.NOTE))
    with pytest.raises(SignInRefused, match="cross-signing identity that is not this bot's"):
        async with house.running():
            pass
    assert proxy.count("/keys/device_signing/upload") == 1

    house.store._notes["matrix", signing.NOTE] = seeds
    async with house.running():
        pass


async def test_a_restore_signs_a_new_device_with_the_old_identity(
    house: House, synapse: Synapse, ada: Client, bob: Client
) -> None:
    """A backup holds the seeds and not the state of the encryption: the folder is gone, the store is there."""
    async with house.running():
        room = await room_with(ada, house, encrypted=True)
        await ada.answer(await ada.send(room, "!fact dprk ammunition"))
    (house.folder / "crypto.db").unlink()
    with pytest.raises(SignInRefused, match="onrecord matrix login"):
        async with house.running():
            pass

    house.token, house.password = False, True
    async with house.running():
        await ada.sync()  # learns of the device
        answer = await ada.answer(await ada.send(room, "!fact dprk ammunition"))

    assert answer["encrypted"]
    device = json.loads((house.folder / "session.json").read_text())["device"]
    assert device != house.account.device
    assert device not in ada.refused[house.user]
    assert bob


async def test_hostile_keys_spoil_nothing(house: House, proxy: Proxy, ada: Client) -> None:
    """One-time keys and devices that are nonsense: their owner gets nothing, everybody else gets the answer."""

    def broken(found: dict[str, dict[str, dict[str, object]]]) -> object:
        for user in list(found.get("device_keys", {})):
            found["device_keys"][user]["EVIL"] = {"user_id": user, "device_id": "EVIL", "keys": {"ed25519:EVIL": 7}}
            found["device_keys"][user]["NONE"] = {}
        return found

    async with house.running():
        room = await room_with(ada, house, encrypted=True)
        proxy.faults.append(Fault(path="/keys/query", times=None, rewrite=broken))
        assert QUOTE in body_of(await ada.answer(await ada.send(room, "!fact dprk ammunition")))

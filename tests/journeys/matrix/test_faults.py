"""What networks, servers and strangers do wrong: each question is answered once all the same."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from bot.platforms.base import SignInRefused
from bot.platforms.matrix import backoff, following
from bot.platforms.matrix.events import Message, read
from tests.homeserver.client import Client, quoted, replies_to
from tests.homeserver.proxy import Fault, Proxy
from tests.homeserver.synapse import Synapse
from tests.journeys.matrix.house import QUOTE, House, body_of, room_with, silence

LIMITED = {"errcode": "M_LIMIT_EXCEEDED", "error": "slow down", "retry_after_ms": 1000}


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same steps as in earnest, twenty times as fast."""
    monkeypatch.setattr(backoff, "WAITS", tuple(wait / 20 for wait in backoff.WAITS))


async def once(person: Client, question: str) -> None:
    """The question has its answer, and no second one after the next question was answered."""
    answer = await person.answer(question)
    assert QUOTE in body_of(answer)
    await silence(person, answer["room_id"])
    assert len([event for event in person.events if replies_to(event) == question]) == 1


@pytest.mark.parametrize(
    "fault",
    [
        Fault(path="/send/", status=502, times=2),
        Fault(path="/send/", status=502, times=5),
        Fault(path="/send/", status=500, body={"errcode": "M_UNKNOWN", "error": "oops"}, times=2),
        Fault(path="/send/", status=429, body=LIMITED),
        Fault(path="/send/", cut=True, times=2),
        Fault(path="/send/", status=502, cut=True),
        Fault(path="/sync", status=502, times=3),
        Fault(path="/sync", status=429, body=LIMITED),
        Fault(path="/sync", status=200, body=b"not JSON"),
        Fault(path="/sync", status=500, body={"errcode": "M_UNKNOWN", "error": "oops"}),
    ],
    ids=lambda fault: f"{fault.path.strip('/')} {fault.status} {'cut' if fault.cut else ''}".strip(),
)
@pytest.mark.parametrize("encrypted", [False, True], ids=["plain", "encrypted"])
async def test_one_answer_whatever_the_network_does(
    fault: Fault, *, encrypted: bool, house: House, proxy: Proxy, ada: Client
) -> None:
    times = fault.times
    async with house.running():
        room = await room_with(ada, house, encrypted=encrypted)
        proxy.faults.append(fault)
        try:
            await once(ada, await ada.send(room, "!fact dprk ammunition"))
        finally:
            fault.times = times


async def test_an_answer_that_arrived_unheard_is_not_sent_again_by_the_next_run(
    house: House, proxy: Proxy, ada: Client
) -> None:
    """The connection is cut after the homeserver took the answer, and the bot ends before it can try again."""
    async with house.running():
        room = await room_with(ada, house)
        proxy.faults.append(Fault(path="/send/", cut=True))
        asked = await ada.send(room, "!fact dprk ammunition")
        await ada.answer(asked)
        await proxy.until(lambda: proxy.count("/send/") >= 1)
    async with house.running():
        await once(ada, asked)


async def test_a_stream_that_is_replayed_is_answered_once(house: House, ada: Client) -> None:
    async with house.running():
        room = await room_with(ada, house)
        asked = [await ada.send(room, "!fact #1") for _ in range(3)]
        for question in asked:
            await ada.answer(question)
    del house.store._notes["matrix", "cursor"]
    async with house.running():
        for question in asked:
            await once(ada, question)


async def test_questions_during_the_absence_are_answered_unless_they_are_old(
    house: House, proxy: Proxy, ada: Client
) -> None:
    async with house.running():
        room = await room_with(ada, house)
    old = await ada.send(room, "!fact dprk ammunition")
    new = await ada.send(room, "!fact dprk ammunition")

    def age(found: Any) -> Any:
        for joined in found.get("rooms", {}).get("join", {}).values():
            for event in joined["timeline"]["events"]:
                if event["event_id"] == old:
                    event["origin_server_ts"] -= 11 * 60 * 1000
        return found

    proxy.faults.append(Fault(path="/sync", times=None, rewrite=age))
    async with house.running():
        await once(ada, new)
        await silence(ada, room, old)


async def test_more_was_said_than_the_stream_brings_at_once(house: House, ada: Client) -> None:
    async with house.running():
        room = await room_with(ada, house)
    asked = [await ada.send(room, "!fact dprk ammunition")]
    for number in range(60):
        await ada.send(room, f"small talk {number}")
    async with house.running():
        await once(ada, asked[0])


@pytest.mark.parametrize("left", ["banned", "gone"])
async def test_who_was_shown_out_meanwhile_is_not_answered(left: str, house: House, ada: Client, bob: Client) -> None:
    async with house.running():
        room = await room_with(ada, house, bob)
    asked = await bob.send(room, "!fact dprk ammunition")
    if left == "banned":
        await ada.call("POST", f"/rooms/{quoted(room)}/ban", {"user_id": bob.user})
    else:
        await bob.leave(room)
    other = await ada.send(room, "!fact dprk ammunition")
    async with house.running():
        await once(ada, other)
        await silence(ada, room, asked)


@pytest.mark.parametrize("time", [10**30, -(10**30), 2**63, 1e300, True, None])
async def test_an_event_from_the_end_of_time_holds_up_nobody(
    time: object, house: House, proxy: Proxy, ada: Client
) -> None:
    async with house.running():
        room, other = await room_with(ada, house), await room_with(ada, house)
        odd = await ada.send(room, "small talk")

        def absurd(found: Any) -> Any:
            for joined in found.get("rooms", {}).get("join", {}).values():
                for event in joined["timeline"]["events"]:
                    if event["content"].get("body") == "!fact #1 absurd":
                        event["origin_server_ts"] = time
            return found

        proxy.faults.append(Fault(path="/sync", times=None, rewrite=absurd))
        odd = await ada.send(room, "!fact #1 absurd")
        await once(ada, await ada.send(other, "!fact dprk ammunition"))
        await once(ada, await ada.send(room, "!fact dprk ammunition"))
        await silence(ada, room, odd)


async def test_an_event_that_breaks_the_reader_hides_no_other(
    house: House, ada: Client, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def reading(event: object, room: str) -> Any:
        found = read(event, room)
        if isinstance(found, Message) and found.body == "!fact boom":
            raise RuntimeError("secret thought")
        return found

    monkeypatch.setattr(following, "read", reading)
    async with house.running():
        room = await room_with(ada, house)
        broken = await ada.send(room, "!fact boom")
        await once(ada, await ada.send(room, "!fact dprk ammunition"))
        await silence(ada, room, broken)
    assert [record.getMessage() for record in caplog.records if "matrix: error" in record.getMessage()]


async def test_malformed_events_are_passed_over(house: House, proxy: Proxy, ada: Client) -> None:
    nonsense: list[Any] = [
        None,
        7,
        "event",
        [],
        {},
        {"type": "m.room.message"},
        {"type": "m.room.message", "content": None, "event_id": "$x", "sender": "@a:b", "origin_server_ts": 1},
        {"type": ["m"], "content": {}, "event_id": "$x", "sender": "@a:b", "origin_server_ts": 1},
        {"type": "m.room.member", "state_key": 7, "content": {"membership": ["join"]}},
        {"type": "m.room.encrypted", "content": {"algorithm": "m.megolm.v1.aes-sha2", "session_id": "x"}},
        {"type": "m.room.redaction", "content": {"redacts": 7}},
        {"type": "m.room.tombstone", "state_key": "", "content": {"replacement_room": "no room"}},
    ]
    odd: list[dict[str, Any]] = [
        {"msgtype": "m.text", "body": "!fact dprk ammunition", "m.relates_to": "x"},
        {"msgtype": "m.text", "body": "!fact dprk ammunition", "m.relates_to": {"m.in_reply_to": {"event_id": 7}}},
        {"msgtype": "m.text", "body": "!fact dprk ammunition", "m.mentions": {"user_ids": "all"}},
        {"msgtype": "m.text", "body": "!fact dprk ammunition", "formatted_body": {"html": 1}},
    ]

    def spoiled(found: Any) -> Any:
        for joined in found.get("rooms", {}).get("join", {}).values():
            joined["timeline"]["events"] = nonsense + joined["timeline"]["events"] + nonsense
        found["to_device"] = {
            "events": [*nonsense, {"type": "m.room.encrypted", "sender": "@a:b", "content": {"x": 1}}]
        }
        found["device_lists"] = {"changed": [7, None, "@nobody:localhost"], "left": 7}
        found["account_data"] = 3
        found.setdefault("rooms", {})["invite"] = {"no room": {}, "!x": 7}
        found["rooms"]["leave"] = ["!y"]
        return found

    async with house.running():
        room = await room_with(ada, house)
        proxy.faults.append(Fault(path="/sync", times=None, rewrite=spoiled))
        for content in odd:
            answer = await ada.answer(await ada.event(room, "m.room.message", content))
            assert QUOTE in body_of(answer)


async def test_hostile_questions(house: House, ada: Client) -> None:
    """A normal answer, a refusal or silence; never an exception, and nothing of it becomes markup or a ping."""
    hostile = [
        "<b>bold</b><img src=x onerror=alert(1)>",
        "@room",
        '<a href="https://matrix.to/#/@root:localhost">root</a>',
        "https://matrix.to/#/@root:localhost",
        "\u202egnitset\u2066",
        "nul\u0000byte",
        "\ud83d\ude00 🧨" * 20,
        "word " * 12_000,
        "x" * 60_000,
        '" OR 1=1; --',
        "NEAR(a b)",
        "#99999999999",
        "-" * 300,
    ]
    async with house.running():
        room = await room_with(ada, house)
        for text in hostile:
            answer = await ada.answer(await ada.send(room, f"!fact {text}"))
            content = answer["content"]
            assert content["m.mentions"] == {}, text
            assert "<b>" not in content["formatted_body"], text
            assert "<img" not in content["formatted_body"], text
            assert "<a " not in content["formatted_body"], text
            assert "Something went wrong" not in content["body"], text
            assert content["body"].strip(), text


async def test_a_formatted_body_that_says_something_else_is_not_read(house: House, ada: Client) -> None:
    async with house.running():
        room = await room_with(ada, house)
        twin = {"format": "org.matrix.custom.html", "formatted_body": "!fact bitcoin price"}
        assert QUOTE in body_of(await ada.answer(await ada.send(room, "!fact dprk ammunition", **twin)))
        hidden = {"format": "org.matrix.custom.html", "formatted_body": "!fact dprk ammunition"}
        await silence(ada, room, await ada.send(room, "good morning", **hidden))


async def test_the_homeserver_restarts(house: House, synapse: Synapse, ada: Client) -> None:
    async with house.running():
        room = await room_with(ada, house, encrypted=True)
        await ada.answer(await ada.send(room, "!fact dprk ammunition"))
        await asyncio.to_thread(synapse.stop)
        await asyncio.to_thread(synapse.start)
        await once(ada, await ada.send(room, "!fact dprk ammunition"))


async def test_a_soft_sign_out_goes_on_with_the_same_device(house: House, proxy: Proxy, ada: Client) -> None:
    house.password = True
    gone = {"errcode": "M_UNKNOWN_TOKEN", "error": "expired", "soft_logout": True}
    async with house.running():
        room = await room_with(ada, house, encrypted=True)
        await ada.answer(await ada.send(room, "!fact dprk ammunition"))
        house.token = False
        proxy.faults.append(Fault(path="/sync", status=401, body=gone))
        await ada.send(room, "wake up")
        await proxy.until(lambda: proxy.count("/login") == 1)
        answer = await ada.answer(await ada.send(room, "!fact dprk ammunition"))

    assert QUOTE in body_of(answer)
    devices = (await ada.call("POST", "/keys/query", {"device_keys": {house.user: []}}))["device_keys"]
    assert list(devices[house.user]) == [house.account.device]


async def test_signed_out_for_good_without_a_password(house: House, ada: Client) -> None:
    platform = house.platform()
    async with asyncio.timeout(30):
        serving = asyncio.create_task(platform.serve())
        await platform.ready.wait()
        await ada.call("GET", "/account/whoami")
        session = house.account
        async with ada.session.post(
            f"{ada.url}/_matrix/client/v3/logout", headers={"Authorization": f"Bearer {session.token}"}
        ) as answer:
            assert answer.status == 200
        with pytest.raises(SignInRefused, match="onrecord matrix login"):
            await serving

    assert not platform.status.connected
    assert "onrecord matrix login" in platform.status.detail


async def test_the_token_of_somebody_else(house: House, ada: Client) -> None:
    house.account = ada.account
    with pytest.raises(SignInRefused, match="belongs to"):
        await house.platform(user="@onrecord:localhost").serve()


async def test_a_question_is_dropped_that_was_taken_back_before_its_answer_left(
    house: House, proxy: Proxy, ada: Client
) -> None:
    async with house.running():
        room = await room_with(ada, house)
        stuck = Fault(path=f"/rooms/{room}/send/", status=502, times=None)
        proxy.faults.append(stuck)
        first = await ada.send(room, "!fact dprk ammunition")
        await proxy.until(lambda: proxy.count("/send/") >= 1)
        second = await ada.send(room, "!fact dprk ammunition")
        await ada.redact(room, second)
        third = await ada.send(room, "!fact dprk ammunition")
        other = await room_with(ada, house)
        await ada.answer(await ada.send(other, "!fact dprk ammunition"))  # so that all of that was read
        proxy.faults.remove(stuck)
        await once(ada, first)
        await once(ada, third)

    assert [event for event in ada.events if replies_to(event) == second] == []

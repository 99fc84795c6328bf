"""A second user for the tests: a small Matrix client over HTTP that shares no code with the bot."""

from __future__ import annotations

import asyncio
import urllib.parse
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from itertools import count
from typing import Any

import aiohttp

from tests.homeserver.olm import Machine, Unsigned, signed_devices
from tests.homeserver.synapse import Account

Event = dict[str, Any]
API = "/_matrix/client/v3"
ENCRYPTION = {"type": "m.room.encryption", "state_key": "", "content": {"algorithm": "m.megolm.v1.aes-sha2"}}
WHOLE = '{"room":{"timeline":{"limit":5000}}}'  # no gaps: a test that misses an event would blame the bot
_numbers = count()


class Refused(Exception):  # noqa: N818 -- reads as what happened
    """The homeserver said no."""


def quoted(value: str) -> str:
    """For a path."""
    return urllib.parse.quote(value, safe="")


@dataclass(slots=True, kw_only=True)
class Client:
    """One session of one user; `machine` None: without encryption."""

    url: str
    account: Account
    session: aiohttp.ClientSession
    machine: Machine | None = None
    careful: bool = True  # False: devices that nobody signed are heeded, too, as older apps do
    since: str | None = None
    events: list[Event] = field(default_factory=list)  # every timeline event seen, decrypted where possible
    invites: list[str] = field(default_factory=list)
    encrypted: set[str] = field(default_factory=set)
    members: dict[str, set[str]] = field(default_factory=dict)
    refused: dict[str, dict[str, str]] = field(default_factory=dict)  # user -> device -> why it is not heeded
    held: list[dict[str, Any]] | None = None  # a list: room keys are kept back in it

    @property
    def user(self) -> str:
        """The Matrix id."""
        return self.account.user

    async def call(self, method: str, path: str, body: Any = None, **query: str) -> Any:
        """One request. Raises Refused."""
        headers = {"Authorization": f"Bearer {self.account.token}"}
        async with self.session.request(
            method, f"{self.url}{API}{path}", json=body, params=query, headers=headers
        ) as answer:
            found = await answer.json()
            if answer.status != 200:
                raise Refused(f"{method} {path}: {answer.status} {found}")
            return found

    async def download(self, uri: str) -> bytes:
        """The bytes behind mxc://server/id."""
        headers = {"Authorization": f"Bearer {self.account.token}"}
        path = f"/_matrix/client/v1/media/download/{uri.removeprefix('mxc://')}"
        async with self.session.get(f"{self.url}{path}", headers=headers) as answer:
            assert answer.status == 200, await answer.text()
            return await answer.read()

    # rooms

    async def create(self, *invite: str, encrypted: bool = False, **options: Any) -> str:
        """A new private room with these people invited."""
        state = [ENCRYPTION] if encrypted else []
        body = {"preset": "private_chat", "invite": list(invite), "initial_state": state} | options
        room: str = (await self.call("POST", "/createRoom", body))["room_id"]
        if encrypted:
            self.encrypted.add(room)
        return room

    async def join(self, room: str) -> None:
        """Join by id."""
        await self.call("POST", f"/rooms/{quoted(room)}/join", {})

    async def leave(self, room: str) -> None:
        """Leave."""
        await self.call("POST", f"/rooms/{quoted(room)}/leave", {})

    async def invite(self, room: str, user: str) -> None:
        """Invite somebody."""
        await self.call("POST", f"/rooms/{quoted(room)}/invite", {"user_id": user})

    async def joined(self, room: str) -> set[str]:
        """Who is in a room, as the server says."""
        return set((await self.call("GET", f"/rooms/{quoted(room)}/joined_members"))["joined"])

    # sending

    async def send(self, room: str, body: str, **content: Any) -> str:
        """A text message, encrypted where the room is; returns its event id."""
        return await self.event(room, "m.room.message", {"msgtype": "m.text", "body": body} | content)

    async def event(self, room: str, kind: str, content: dict[str, Any], *, txn: str | None = None) -> str:
        """Any message event."""
        if room in self.encrypted and self.machine:
            await self.sync()  # as apps do all the time: who is there, and with which devices
            await self._share(room)
            kind, content = "m.room.encrypted", self.machine.encrypt(room, kind, content)
        txn = txn or f"test-{next(_numbers)}"
        path = f"/rooms/{quoted(room)}/send/{quoted(kind)}/{txn}"
        found: str = (await self.call("PUT", path, content))["event_id"]
        return found

    async def reply(self, room: str, to: str, body: str, **content: Any) -> str:
        """A reply to a message."""
        return await self.send(room, body, **{"m.relates_to": {"m.in_reply_to": {"event_id": to}}} | content)

    async def edit(self, room: str, event: str, body: str) -> str:
        """An edit of a message."""
        new = {"msgtype": "m.text", "body": body}
        relation = {"rel_type": "m.replace", "event_id": event}
        return await self.send(room, f"* {body}", **{"m.new_content": new, "m.relates_to": relation})

    async def redact(self, room: str, event: str) -> None:
        """Take a message back."""
        await self.call("PUT", f"/rooms/{quoted(room)}/redact/{quoted(event)}/test-{next(_numbers)}", {})

    # receiving

    async def sync(self, *, wait: float = 0) -> list[Event]:
        """Everything new, as the timelines of all rooms have it; waits up to this many seconds for something."""
        query = {"timeout": str(int(wait * 1000)), "filter": WHOLE} | ({"since": self.since} if self.since else {})
        found = await self.call("GET", "/sync", **query)
        self.since = found["next_batch"]
        await self._keys(found)
        rooms = found.get("rooms", {})
        self.invites += list(rooms.get("invite", {}))
        fresh = []
        for room, seen in rooms.get("join", {}).items():
            for event in seen.get("state", {}).get("events", []) + seen["timeline"]["events"]:
                self._state(room, event)
            fresh += [await self._opened(room, event) for event in seen["timeline"]["events"]]
        self.events += fresh
        return fresh

    async def until(self, wanted: Callable[[Event], bool], seconds: float = 20) -> Event:
        """The first event, seen already or still to come, that fits. Raises TimeoutError."""
        seen = 0
        async with asyncio.timeout(seconds):
            while True:
                for event in self.events[seen:]:
                    if wanted(event):
                        return event
                seen = len(self.events)
                await self.sync(wait=5)

    async def answer(self, to: str, seconds: float = 20) -> Event:
        """The message that replies to this one."""
        return await self.until(lambda event: replies_to(event) == to and event["sender"] != self.user, seconds)

    async def edited(self, event: str, seconds: float = 20) -> Event:
        """The edit of a message."""
        return await self.until(lambda found: relation(found) == ("m.replace", event), seconds)

    def _state(self, room: str, event: Event) -> None:
        if event["type"] == "m.room.encryption":
            self.encrypted.add(room)
        if event["type"] == "m.room.member":
            here = self.members.setdefault(room, set())
            joined = event["content"].get("membership") in ("join", "invite")
            (here.add if joined else here.discard)(event["state_key"])

    async def _opened(self, room: str, event: Event) -> Event:
        event = event | {"room_id": room}
        if event["type"] != "m.room.encrypted" or not self.machine or "ciphertext" not in event["content"]:
            return event
        if event["sender"] == self.user:
            return event
        await self._devices(event["sender"])
        try:
            return self.machine.decrypt(room, event)
        except (KeyError, Unsigned) as error:
            return event | {"undecryptable": repr(error)}

    # keys

    async def _keys(self, found: dict[str, Any]) -> None:
        if not self.machine:
            return
        for event in found.get("to_device", {}).get("events", []):
            self.machine.hear(event)
        for user in found.get("device_lists", {}).get("changed", []):
            self.machine.devices.pop(user, None)
        left = found.get("device_one_time_keys_count", {}).get("signed_curve25519", 0)
        if left < 10:
            await self.call("POST", "/keys/upload", {"one_time_keys": self.machine.one_time_keys()})

    async def heeded(self, user: str) -> set[str]:
        """The devices of somebody that somebody has signed, asked for anew."""
        assert self.machine
        self.machine.devices.pop(user, None)
        return set(await self._devices(user))

    async def _devices(self, user: str) -> dict[str, dict[str, Any]]:
        assert self.machine
        if not self.machine.devices.get(user):
            answer = await self.call("POST", "/keys/query", {"device_keys": {user: []}})
            self.machine.devices[user], self.refused[user] = signed_devices(user, answer)
            if not self.careful:
                self.machine.devices[user] = answer["device_keys"].get(user, {})
        return self.machine.devices[user]

    async def _share(self, room: str) -> None:
        from vodozemac import GroupSession  # noqa: PLC0415 -- only encrypted rooms need it

        assert self.machine
        machine = self.machine
        session = machine.outbound.setdefault(room, GroupSession())
        done = machine.shared.setdefault(session.session_id, set())
        key = {
            "algorithm": "m.megolm.v1.aes-sha2",
            "room_id": room,
            "session_id": session.session_id,
            "session_key": session.session_key.to_base64(),
        }
        messages: dict[str, dict[str, Any]] = {}
        for user in sorted(await self.joined(room) - {self.user}):
            for name, device in (await self._devices(user)).items():
                if name in done:
                    continue
                if device["keys"][f"curve25519:{name}"] not in machine.sessions:
                    wanted = {user: {name: "signed_curve25519"}}
                    claimed = await self.call("POST", "/keys/claim", {"one_time_keys": wanted})
                    machine.open_session(device, next(iter(claimed["one_time_keys"][user][name].values())))
                messages.setdefault(user, {})[name] = machine.to_device(device, "m.room_key", key)
                done.add(name)
        if messages and self.held is not None:
            self.held.append(messages)
        elif messages:
            await self.send_keys(messages)

    async def send_keys(self, messages: dict[str, Any]) -> None:
        """Room keys for devices, encrypted already."""
        await self.call("PUT", f"/sendToDevice/m.room.encrypted/key-{next(_numbers)}", {"messages": messages})


def relation(event: Event) -> tuple[str | None, str | None]:
    """What an event relates to, and how."""
    found = _relates(event)
    return found.get("rel_type"), found.get("event_id")


def replies_to(event: Event) -> str | None:
    """The event that this one replies to."""
    found = _relates(event).get("m.in_reply_to")
    return found.get("event_id") if isinstance(found, dict) else None


def _relates(event: Event) -> dict[str, Any]:
    found = event.get("content", {}).get("m.relates_to")
    return found if isinstance(found, dict) else {}


@asynccontextmanager
async def client(url: str, account: Account, *, encrypted: bool = True) -> AsyncIterator[Client]:
    """A client that has told the server its keys and has synced once."""
    async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=60)) as session:
        machine = Machine(user=account.user, device=account.device) if encrypted else None
        made = Client(url=url, account=account, session=session, machine=machine)
        if machine:
            body = {"device_keys": machine.device_keys(), "one_time_keys": machine.one_time_keys()}
            await made.call("POST", "/keys/upload", body)
        await made.sync()
        yield made

"""Encryption: a small interface of ours, and behind it the Olm machine of matrix-nio (vodozemac).

The library gets no connection: it is told what the server said and asked what to send. All requests are ours.
"""

from __future__ import annotations

import hashlib
import json
import logging
import os
import secrets
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from bot.platforms.matrix.connection import Homeserver, Json, part
from bot.platforms.matrix.library import (
    DatabaseError,
    EncryptionError,
    KeysClaimResponse,
    KeysQueryResponse,
    KeysUploadResponse,
    MegolmEvent,
    Olm,
    OperationalError,
    PickleException,
    RoomKeyEvent,
    SqliteStore,
    ToDeviceEvent,
    ToDeviceResponse,
)
from bot.platforms.matrix.session import KeysLost
from bot.platforms.matrix.signing import vouch

FILE = "crypto.db"
RECENT = 500  # to-device events that are known again
REPLAYS = 5_000  # message indices remembered against replays; the library would take up to 14 MiB
_log = logging.getLogger(__name__)


class NoKey(Exception):  # noqa: N818 -- reads as what happened
    """The key of an event has not come (yet), or does not open it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """A decrypted event."""

    event: Json
    key: str  # of the device that encrypted it


class Crypto(Protocol):
    """What the rest of the package needs of an encryption library."""

    async def start(self, seeds: str, password: str | None) -> None:
        """Publish and sign this device's keys. Raises SignInRefused, MatrixFault."""
        ...

    def heard(self, news: Mapping[str, Any]) -> frozenset[tuple[str, str]]:
        """Take the keys in an answer of /sync; (room, session) of every key that came."""
        ...

    async def tend(self) -> None:
        """Send what is due: fresh one-time keys, questions for devices, repairs of broken sessions."""
        ...

    def open(self, event: Json, room: str) -> Opened:
        """Decrypt. Raises NoKey."""
        ...

    async def belongs(self, key: str, user: str) -> bool:
        """Whether the device with this key is one that the server lists for the user. Raises MatrixFault."""
        ...

    async def seal(self, room: str, kind: str, content: Json, members: Collection[str]) -> Json:
        """The content of an encrypted event that all devices of the members can read."""
        ...

    def attachment(self, data: bytes) -> tuple[bytes, Json]:
        """Encrypted bytes for an upload, and what opens them: an EncryptedFile without its address."""
        ...

    def close(self) -> None:
        """Close the key store."""
        ...


class NioCrypto:
    """The interface on matrix-nio."""

    def __init__(self, server: Homeserver, *, user: str, device: str, folder: Path) -> None:
        for name in ("nio", "peewee"):
            logging.getLogger(name).setLevel(logging.CRITICAL)  # it logs what strangers send, and every missing key
        os.close(os.open(folder / FILE, os.O_CREAT | os.O_RDWR, 0o600))
        self._server = server
        self._user, self._device = user, device
        try:
            self._store = SqliteStore(user, device, str(folder), database_name=FILE)
            self._olm = Olm(user, device, self._store)
        except OperationalError:  # busy, or the disk is full: it may be read later
            raise
        except (DatabaseError, EncryptionError, PickleException, ValueError) as error:
            aside = folder / f"{FILE}.damaged"
            (folder / FILE).replace(aside)
            raise KeysLost(
                f"{folder / FILE} cannot be read ({type(error).__name__}); it is kept as {aside.name}. "
                "Run: onrecord matrix login"
            ) from error
        self._olm.message_index_store = type(self._olm.message_index_store)(REPLAYS)
        self._recent: dict[bytes, None] = {}  # the newest to-device events, oldest first
        self._shared: dict[str, frozenset[str]] = {}  # room -> whom its present key was made for

    async def start(self, seeds: str, password: str | None) -> None:
        await self._refuse_lost_keys()
        if not self._olm.account.shared:
            await self._upload()
        sign = self._olm.account.sign
        done = await vouch(
            self._server, user=self._user, device=self._device, seeds=seeds, sign=sign, password=password
        )
        if done:
            _log.info("matrix: device %s is signed by its account", self._device)

    async def _refuse_lost_keys(self) -> None:
        found = await self._server.call("POST", "/keys/query", {"device_keys": {self._user: []}})
        try:
            theirs = found["device_keys"][self._user][self._device]["keys"][f"curve25519:{self._device}"]
        except (KeyError, TypeError):
            return
        if theirs != self._olm.account.identity_keys["curve25519"]:
            raise KeysLost(
                f"the keys of device {self._device} are not in the data directory any more. Run: onrecord matrix login"
            )

    def heard(self, news: Mapping[str, Any]) -> frozenset[tuple[str, str]]:
        counts = news.get("device_one_time_keys_count")
        count = counts.get("signed_curve25519", 0) if isinstance(counts, Mapping) else None
        if isinstance(count, int):
            self._olm.uploaded_key_count = count
        lists = news.get("device_lists")
        changed = lists.get("changed") if isinstance(lists, Mapping) else None
        if isinstance(changed, list):
            self._olm.add_changed_users({user for user in changed if user in self._olm.tracked_users})
        box = news.get("to_device")
        events = box.get("events") if isinstance(box, Mapping) else None
        fresh = set()
        for event in events if isinstance(events, list) else ():
            if key := self._to_device(event):
                fresh.add(key)
        return frozenset(fresh)

    def _to_device(self, event: Any) -> tuple[str, str] | None:
        """Only encrypted ones matter: room keys, and what repairs a session."""
        if not isinstance(event, dict) or event.get("type") != "m.room.encrypted" or self._heard_before(event):
            return None
        try:
            found = self._olm.handle_to_device_event(ToDeviceEvent.parse_event(event))
        except Exception as error:  # noqa: BLE001 -- whatever a stranger's bytes do inside the library, the rest is read
            _log.debug("matrix: a to-device event was unreadable: %s", type(error).__name__)
            return None
        return (found.room_id, found.session_id) if isinstance(found, RoomKeyEvent) else None

    def _heard_before(self, event: Json) -> bool:
        """A portion of the stream that is read twice brings the same events; no session opens one a second time."""
        mark = hashlib.sha256(repr(event.get("content")).encode("utf-8", "replace")).digest()
        known = mark in self._recent
        self._recent[mark] = None
        while len(self._recent) > RECENT:
            del self._recent[next(iter(self._recent))]
        return known

    async def tend(self) -> None:
        if self._olm.should_upload_keys:
            await self._upload()
        if self._olm.should_query_keys:
            await self._query(set(self._olm.users_for_key_query))
        if self._olm.wedged_devices or self._olm.key_request_devices_no_session:
            await self._claim(self._olm.get_users_for_key_claiming())
        for message in tuple(self._olm.outgoing_to_device_messages):
            await self._to_devices(message.type, message.as_dict())
            self._olm.handle_response(ToDeviceResponse(message))

    def open(self, event: Json, room: str) -> Opened:
        content = event["content"]
        sender_key = content.get("sender_key") or self._sender_key(room, content.get("session_id"))
        whole = event | {"room_id": room, "content": {"device_id": "", **content, "sender_key": sender_key}}
        try:
            found = MegolmEvent.from_dict(whole)
            if not isinstance(found, MegolmEvent):
                raise NoKey("malformed")
            source = self._olm.decrypt_megolm_event(found, room).source
        except NoKey:
            raise
        except EncryptionError as error:
            raise NoKey(str(error)) from error
        except Exception as error:  # whatever a stranger's bytes do inside the library, it is no key
            raise NoKey(type(error).__name__) from error
        plain = {"type": source.get("type"), "content": source.get("content")}
        return Opened(event=event | plain, key=sender_key)

    async def belongs(self, key: str, user: str) -> bool:
        if user not in self._olm.tracked_users or user in self._olm.users_for_key_query:
            await self._query({user})
        return self._olm.device_store.device_from_sender_key(user, key) is not None

    def _sender_key(self, room: str, session: object) -> str:
        """Events need not name the key any more (specification v1.3): the session knows it."""
        sessions = (item for item in self._olm.inbound_group_store if item.id == session and item.room_id == room)
        return next((item.sender_key for item in sessions), "")

    async def seal(self, room: str, kind: str, content: Json, members: Collection[str]) -> Json:
        people = frozenset(members)
        if unknown := people - self._olm.tracked_users | people & self._olm.users_for_key_query:
            await self._query(set(unknown))
        if self._olm.should_share_group_session(room) or self._shared.get(room) != people:
            await self._share(room, people)
        sealed = self._encrypted(room, {"type": kind, "content": content, "room_id": room})
        relation = content.get("m.relates_to")
        return sealed | ({"m.relates_to": relation} if relation else {})

    def _encrypted(self, room: str, plain: Json) -> Json:
        """As the library does it, but in UTF-8: with its escapes a Cyrillic letter takes six bytes of an event."""
        session = self._olm.outbound_group_sessions[room]
        return {
            "algorithm": "m.megolm.v1.aes-sha2",
            "sender_key": self._olm.account.identity_keys["curve25519"],
            "ciphertext": session.encrypt(json.dumps(plain, ensure_ascii=False, separators=(",", ":"))),
            "session_id": session.id,
            "device_id": self._device,
        }

    def _forget(self, room: str) -> None:
        self._olm.outbound_group_sessions.pop(room, None)
        self._shared.pop(room, None)

    async def _share(self, room: str, people: frozenset[str]) -> None:
        """A new key for the room, to every device of its members."""
        self._forget(room)
        users = sorted(people)
        if missing := self._olm.get_missing_sessions(users):
            await self._claim(missing)
        self._olm.create_outbound_group_session(room)
        session = self._olm.outbound_group_sessions[room]
        while True:
            to, messages = self._olm.share_group_session(
                room, users, ignore_missing_sessions=True, ignore_unverified_devices=True
            )
            if not to:
                break
            await self._to_devices("m.room.encrypted", messages)
            session.users_shared_with.update(to)
        session.shared = True
        self._shared[room] = people

    async def _upload(self) -> None:
        found = KeysUploadResponse.from_dict(
            _counted(await self._server.call("POST", "/keys/upload", self._olm.share_keys()))
        )
        self._olm.handle_response(found)

    async def _query(self, users: set[str]) -> None:
        found = await self._server.call("POST", "/keys/query", {"device_keys": {user: [] for user in users}})
        sound = {
            user: {device: keys for device, keys in _dicts(devices).items() if self._sound(user, device, keys)}
            for user, devices in _dicts(found.get("device_keys")).items()
        }
        answer = KeysQueryResponse(sound, {})
        self._olm.handle_response(answer)
        for room in [room for room, people in self._shared.items() if people & answer.changed.keys()]:
            self._forget(room)
        self._olm.users_for_key_query -= users  # a server that does not answer is asked again at the next change
        self._olm.tracked_users |= users

    def _sound(self, user: str, device: str, keys: Any) -> bool:
        """Whether a device's keys are well-formed and signed by it; one that is not spoils no other."""
        try:
            found = KeysQueryResponse.from_dict({"device_keys": {user: {device: keys}}, "failures": {}})
            signing = keys["keys"][f"ed25519:{device}"]
            return isinstance(found, KeysQueryResponse) and self._olm.verify_json(dict(keys), signing, user, device)
        except Exception as error:  # noqa: BLE001 -- a stranger's key may break the library in any way
            _log.debug("matrix: a device has unusable keys: %s", type(error).__name__)
            return False

    async def _claim(self, devices: Mapping[str, Collection[str]]) -> None:
        wanted = {user: dict.fromkeys(names, "signed_curve25519") for user, names in devices.items()}
        found = await self._server.call("POST", "/keys/claim", {"one_time_keys": wanted})
        for user, names in _dicts(found.get("one_time_keys")).items():
            for device, key in _dicts(names).items():
                self._begin(user, device, key)
        self._olm.wedged_devices = [
            item for item in self._olm.wedged_devices if item.id not in wanted.get(item.user_id, ())
        ]

    def _begin(self, user: str, device: str, key: Any) -> None:
        """A session with one device; one with a bad key spoils no other."""
        answer = KeysClaimResponse.from_dict({"one_time_keys": {user: {device: key}}, "failures": {}})
        try:
            if isinstance(answer, KeysClaimResponse):
                self._olm.handle_response(answer)
        except Exception as error:  # noqa: BLE001 -- a stranger's key may break the library in any way
            _log.debug("matrix: no session with a device: %s", type(error).__name__)

    async def _to_devices(self, kind: str, messages: Json) -> None:
        await self._server.call("PUT", f"/sendToDevice/{part(kind)}/{secrets.token_hex(16)}", messages)

    def attachment(self, data: bytes) -> tuple[bytes, Json]:
        from nio.crypto.attachments import encrypt_attachment  # noqa: PLC0415 -- 1 MiB, where pictures are sent

        sealed, keys = encrypt_attachment(data)
        return sealed, dict(keys)

    def close(self) -> None:
        self._store.database.close()


def _dicts(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _counted(found: Json) -> Json:
    """The counts with the fields that the library insists on."""
    counts = _dicts(found.get("one_time_key_counts"))
    return {"one_time_key_counts": {"curve25519": 0, "signed_curve25519": 0} | counts}

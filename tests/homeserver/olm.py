"""The encryption of the tests' own Matrix client, on vodozemac alone: it heeds only devices signed by their owners.

The rule is MSC4153's: no keys for a device that its owner has not cross-signed, and no belief in what it sends.
"""

from __future__ import annotations

import base64
import json
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

import vodozemac as vz

ALGORITHMS = ["m.olm.v1.curve25519-aes-sha2", "m.megolm.v1.aes-sha2"]


class Unsigned(Exception):  # noqa: N818 -- reads as what happened
    """A device that its owner did not sign."""


def canonical(value: dict[str, Any]) -> bytes:
    """Canonical JSON (Matrix specification, appendices) of what a signature covers."""
    bare = {key: item for key, item in value.items() if key not in ("signatures", "unsigned")}
    return json.dumps(bare, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def verify(value: dict[str, Any], user: str, key_id: str, public: str) -> None:
    """Raises Unsigned unless the object carries this user's good signature by this key."""
    try:
        signature = vz.Ed25519Signature.from_base64(value["signatures"][user][key_id])
        vz.Ed25519PublicKey.from_base64(public).verify_signature(canonical(value), signature)
    except (KeyError, vz.SignatureException, vz.KeyException) as error:
        raise Unsigned(f"{user}: {key_id}: {error!r}") from error


def signed_devices(user: str, answer: dict[str, Any]) -> tuple[dict[str, dict[str, Any]], dict[str, str]]:
    """From an answer of /keys/query: the devices whose owner signed them, and why each other one is refused."""
    try:
        master = answer["master_keys"][user]
        master_key = next(iter(master["keys"].values()))
        signing = answer["self_signing_keys"][user]
        signing_key = next(iter(signing["keys"].values()))
        verify(signing, user, f"ed25519:{master_key}", master_key)
    except (KeyError, Unsigned) as error:
        everyone = answer.get("device_keys", {}).get(user, {})
        return {}, dict.fromkeys(everyone, f"no cross-signing identity: {error!r}")
    good, refused = {}, {}
    for device, keys in answer["device_keys"].get(user, {}).items():
        try:
            verify(keys, user, f"ed25519:{device}", keys["keys"][f"ed25519:{device}"])
            verify(keys, user, f"ed25519:{signing_key}", signing_key)
        except (KeyError, Unsigned) as error:
            refused[device] = repr(error)
        else:
            good[device] = keys
    return good, refused


def _b64(value: bytes) -> str:
    return base64.b64encode(value).decode().rstrip("=")


@dataclass(slots=True, kw_only=True)
class Machine:
    """One device: its account, its sessions, and the devices it heeds."""

    user: str
    device: str
    account: vz.Account = field(default_factory=vz.Account)
    sessions: dict[str, list[vz.Session]] = field(default_factory=dict)  # by the other's curve25519 key, newest last
    inbound: dict[tuple[str, str], vz.InboundGroupSession] = field(default_factory=dict)  # by room and session
    owners: dict[str, tuple[str, str]] = field(default_factory=dict)  # session -> (sender, its curve25519 key)
    outbound: dict[str, vz.GroupSession] = field(default_factory=dict)  # by room
    shared: dict[str, set[str]] = field(default_factory=dict)  # session -> devices that have its key
    devices: dict[str, dict[str, dict[str, Any]]] = field(default_factory=dict)  # the signed ones, by user

    def device_keys(self) -> dict[str, Any]:
        """What this device publishes about itself."""
        keys: dict[str, Any] = {
            "algorithms": ALGORITHMS,
            "user_id": self.user,
            "device_id": self.device,
            "keys": {
                f"curve25519:{self.device}": self.account.curve25519_key.to_base64(),
                f"ed25519:{self.device}": self.account.ed25519_key.to_base64(),
            },
        }
        return self.signed(keys)

    def signed(self, value: dict[str, Any]) -> dict[str, Any]:
        """With this device's signature."""
        signature = self.account.sign(canonical(value)).to_base64()
        return value | {"signatures": {self.user: {f"ed25519:{self.device}": signature}}}

    def one_time_keys(self, count: int = 20) -> dict[str, Any]:
        """Fresh keys for others to begin sessions with."""
        self.account.generate_one_time_keys(count)
        keys = {
            f"signed_curve25519:{name}": self.signed({"key": key.to_base64()})
            for name, key in self.account.one_time_keys.items()
        }
        self.account.mark_keys_as_published()
        return keys

    def open_session(self, device: dict[str, Any], one_time_key: dict[str, Any]) -> None:
        """Begin a session with a device from its one-time key."""
        name = device["device_id"]
        verify(one_time_key, device["user_id"], f"ed25519:{name}", device["keys"][f"ed25519:{name}"])
        curve = device["keys"][f"curve25519:{name}"]
        session = self.account.create_outbound_session(
            vz.Curve25519PublicKey.from_base64(curve), vz.Curve25519PublicKey.from_base64(one_time_key["key"])
        )
        self.sessions.setdefault(curve, []).append(session)

    def to_device(self, device: dict[str, Any], kind: str, content: dict[str, Any]) -> dict[str, Any]:
        """An encrypted to-device event for one device with which a session is open."""
        name = device["device_id"]
        curve = device["keys"][f"curve25519:{name}"]
        payload = {
            "type": kind,
            "content": content,
            "sender": self.user,
            "sender_device": self.device,
            "keys": {"ed25519": self.account.ed25519_key.to_base64()},
            "recipient": device["user_id"],
            "recipient_keys": {"ed25519": device["keys"][f"ed25519:{name}"]},
        }
        number, words = self.sessions[curve][-1].encrypt(json.dumps(payload).encode()).to_parts()
        return {
            "algorithm": ALGORITHMS[0],
            "sender_key": self.account.curve25519_key.to_base64(),
            "ciphertext": {curve: {"type": number, "body": _b64(words)}},
        }

    def hear(self, event: dict[str, Any]) -> None:
        """Take a to-device event; room keys are kept."""
        content = event["content"]
        mine = content.get("ciphertext", {}).get(self.account.curve25519_key.to_base64())
        if event["type"] != "m.room.encrypted" or mine is None:
            return
        sender = content["sender_key"]
        body = base64.b64decode(mine["body"] + "=" * (-len(mine["body"]) % 4))
        message = vz.AnyOlmMessage.from_parts(mine["type"], body)
        plain = self._open(sender, message)
        payload = json.loads(plain)
        if payload["type"] == "m.room_key" and payload["sender"] == event["sender"]:
            key = payload["content"]
            session = vz.InboundGroupSession(vz.SessionKey(key["session_key"]))
            self.inbound[key["room_id"], session.session_id] = session
            self.owners[session.session_id] = (event["sender"], sender)

    def _open(self, sender: str, message: Any) -> bytes:
        known, early = self.sessions.setdefault(sender, []), message.to_pre_key()
        if early is not None and not any(session.session_matches(early) for session in known):
            session, plain = self.account.create_inbound_session(vz.Curve25519PublicKey.from_base64(sender), early)
            known.append(session)
            return bytes(plain)
        for session in reversed(known):  # both sides may have begun one
            with suppress(vz.OlmDecryptionException):
                return bytes(session.decrypt(message))
        raise Unsigned("a message of a session that never began")

    def encrypt(self, room: str, kind: str, content: dict[str, Any]) -> dict[str, Any]:
        """The content of an encrypted event; its key must have been shared."""
        session = self.outbound[room]
        plain = json.dumps({"type": kind, "content": content, "room_id": room}).encode()
        outer: dict[str, Any] = {
            "algorithm": ALGORITHMS[1],
            "sender_key": self.account.curve25519_key.to_base64(),
            "device_id": self.device,
            "session_id": session.session_id,
            "ciphertext": session.encrypt(plain).to_base64(),
        }
        if "m.relates_to" in content:
            outer["m.relates_to"] = content["m.relates_to"]
        return outer

    def decrypt(self, room: str, event: dict[str, Any]) -> dict[str, Any]:
        """The event in plain. Raises KeyError without its key, Unsigned when its device is not its owner's."""
        content = event["content"]
        session = self.inbound[room, content["session_id"]]
        owner, curve = self.owners[content["session_id"]]
        known = self.devices.get(event["sender"], {})
        if owner != event["sender"] or curve not in {
            keys["keys"][f"curve25519:{name}"] for name, keys in known.items()
        }:
            raise Unsigned(f"{event['sender']} sent from a device that its owner did not sign")
        plain = json.loads(session.decrypt(vz.MegolmMessage.from_base64(content["ciphertext"])).plaintext)
        if plain["room_id"] != room:
            raise Unsigned("meant for another room")
        return event | {"type": plain["type"], "content": plain["content"], "encrypted": True}

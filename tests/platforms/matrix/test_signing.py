"""The identity that the bot vouches for its devices with."""

from __future__ import annotations

import json
from typing import Any

import pytest
from vodozemac import Account

from bot.platforms.base import SignInRefused
from bot.platforms.matrix.connection import Homeserver
from bot.platforms.matrix.signing import PUBLIC, USAGES, canonical, identity, new_seeds, public_key, signature, vouch
from tests.homeserver.olm import signed_devices, verify

BOT = "@onrecord:example.org"


class Keys(Homeserver):
    """A homeserver that knows nothing but the keys of one device of the bot's."""

    def __init__(self) -> None:
        super().__init__("http://nowhere")
        self.account = Account()
        self.identity: dict[str, Any] = {}
        device: dict[str, Any] = {
            "user_id": BOT,
            "device_id": "D",
            "algorithms": [],
            "keys": {"ed25519:D": self.account.ed25519_key.to_base64(), "curve25519:D": "c"},
        }
        self.device: dict[str, Any] = device | {"signatures": {BOT: {"ed25519:D": self.sign(canonical(device))}}}

    def sign(self, text: str) -> str:
        return str(self.account.sign(text.encode()).to_base64())

    def found(self) -> dict[str, Any]:
        return {
            "device_keys": {BOT: {"D": self.device}},
            **{f"{usage}_keys": {BOT: self.identity[f"{usage}_key"]} for usage in USAGES if self.identity},
        }

    async def call(self, method: str, path: str, body: Any = None, **_: Any) -> dict[str, Any]:
        match path:
            case "/keys/query":
                return self.found()
            case "/keys/device_signing/upload":
                self.identity = body
            case "/keys/signatures/upload":
                self.device["signatures"][BOT] |= body[BOT]["D"]["signatures"][BOT]
        return {}

    async def vouched(self, seeds: str) -> bool:
        return await vouch(self, user=BOT, device="D", seeds=seeds, sign=self.sign, password=None)


def without_public(seeds: str) -> str:
    found = json.loads(seeds)
    del found[PUBLIC]
    return json.dumps(found)


def test_the_identity_is_signed_so_that_others_can_check_it() -> None:
    device, seeds = Account(), json.loads(new_seeds())
    keys = identity(BOT, "D", seeds, lambda text: device.sign(text.encode()).to_base64())
    master = public_key(seeds["master"])

    verify(keys["master_key"], BOT, "ed25519:D", device.ed25519_key.to_base64())
    for usage in USAGES[1:]:
        verify(keys[f"{usage}_key"], BOT, f"ed25519:{master}", master)
        assert keys[f"{usage}_key"]["usage"] == [usage]
    assert {usage: public_key(seeds[usage]) for usage in USAGES} == seeds[PUBLIC]
    assert new_seeds() != new_seeds()
    assert canonical({"b": "ї", "a": 1, "signatures": {}, "unsigned": {}}) == '{"a":1,"b":"ї"}'
    assert len(signature(seeds["master"], {})) == 86


async def test_a_device_is_signed_once_whatever_the_store_kept_of_the_identity() -> None:
    server, seeds = Keys(), new_seeds()
    assert await server.vouched(seeds)
    good, refused = signed_devices(BOT, server.found())
    assert (list(good), refused) == (["D"], {})
    assert not await server.vouched(seeds)
    assert not await server.vouched(without_public(seeds))  # as it was kept before


@pytest.mark.parametrize("kept", [lambda seeds: seeds, without_public])
async def test_another_identity_is_left_alone(kept: Any) -> None:
    server = Keys()
    await server.vouched(new_seeds())
    before = json.dumps(server.found())
    with pytest.raises(SignInRefused, match="not this bot's"):
        await server.vouched(kept(new_seeds()))
    assert json.dumps(server.found()) == before

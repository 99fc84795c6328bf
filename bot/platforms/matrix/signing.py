"""Cross-signing: the bot vouches for its own device, because careful clients share no keys with a device nobody signed.

Three Ed25519 seeds are the identity. They are made once, kept in the store (and so in every backup), and never
replaced: whoever knew the bot's identity would be warned of an attack. Specification: client-server API, cross-signing.
"""

from __future__ import annotations

import base64
import json
import secrets
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from bot.platforms.base import SignInRefused
from bot.platforms.matrix.connection import Homeserver, Refused

if TYPE_CHECKING:
    from Crypto.PublicKey.ECC import EccKey

Json = dict[str, Any]
Seeds = Mapping[str, str]  # usage -> 32 bytes in base64
Sign = Callable[[str], str]
USAGES = ("master", "self_signing", "user_signing")
FOREIGN = (
    "{user} has a cross-signing identity that is not this bot's. It is left as it is. Restore a backup of this bot "
    "that has its keys, or give the bot an account of its own"
)
NOTE = "signing"  # under which the store keeps the seeds
PUBLIC = "public"  # beside the seeds: usage -> public key, so that most starts need not compute them


def new_seeds() -> str:
    """Three fresh seeds and their public keys, as the text that the store keeps."""
    seeds = {usage: base64.b64encode(secrets.token_bytes(32)).decode() for usage in USAGES}
    return json.dumps(seeds | {PUBLIC: {usage: public_key(seed) for usage, seed in seeds.items()}})


def canonical(value: Json) -> str:
    """Canonical JSON of what a signature covers. Source: Matrix specification, appendices."""
    bare = {key: item for key, item in value.items() if key not in ("signatures", "unsigned")}
    return json.dumps(bare, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def public_key(seed: str) -> str:
    """The public key of a seed, unpadded base64."""
    raw = _key(seed).public_key().export_key(format="raw")
    return base64.b64encode(raw).decode().rstrip("=")


def signature(seed: str, value: Json) -> str:
    """The seed's signature of an object."""
    from Crypto.Signature import eddsa  # noqa: PLC0415 -- 1.5 MiB, for a device's first start

    signed = eddsa.new(_key(seed), "rfc8032").sign(canonical(value).encode())
    return base64.b64encode(signed).decode().rstrip("=")


def _key(seed: str) -> EccKey:
    from Crypto.PublicKey import ECC  # noqa: PLC0415 -- the same

    return ECC.construct(curve="Ed25519", seed=base64.b64decode(seed))


def identity(user: str, device: str, seeds: Seeds, sign: Sign) -> Json:
    """The three public keys as they are published: each vouched for by the master key, that by the device."""
    keys: Json = {}
    master = public_key(seeds["master"])
    for usage in USAGES:
        public = public_key(seeds[usage])
        key: Json = {"user_id": user, "usage": [usage], "keys": {f"ed25519:{public}": public}}
        signed = (
            {f"ed25519:{device}": sign(canonical(key))}
            if usage == "master"
            else {f"ed25519:{master}": signature(seeds["master"], key)}
        )
        keys[f"{usage}_key"] = key | {"signatures": {user: signed}}
    return keys


async def foreign(server: Homeserver, user: str, seeds: str | None) -> bool:
    """Whether the account has an identity that these seeds did not make. Raises MatrixFault."""
    known = _known(await server.call("POST", "/keys/query", {"device_keys": {user: []}}), user)
    if known == (None, None):
        return False
    public = _public_of(json.loads(seeds)) if seeds is not None else {}
    return known != (public.get("master"), public.get("self_signing"))


def _known(found: Json, user: str) -> tuple[str | None, str | None]:
    """The public master and self-signing keys of an answer to /keys/query."""
    return _public(found, "master_keys", user), _public(found, "self_signing_keys", user)


def _public_of(kept: Json) -> Mapping[str, str]:
    return kept.get(PUBLIC) or {usage: public_key(kept[usage]) for usage in USAGES}


async def vouch(server: Homeserver, *, user: str, device: str, seeds: str, sign: Sign, password: str | None) -> bool:
    """Publish the identity where there is none, and sign this device where it is not signed; whether anything was done.

    `seeds` is the text of `new_seeds`; `sign` signs with the device's own key. Raises SignInRefused when the account
    has another identity: that one is left alone.
    """
    kept: Json = json.loads(seeds)
    public = _public_of(kept)
    found = await server.call("POST", "/keys/query", {"device_keys": {user: []}})
    known = _known(found, user)
    done = known == (None, None)
    if done:
        await _publish(server, identity(user, device, kept, sign), user, password)
    elif known != (public["master"], public["self_signing"]):
        raise SignInRefused(FOREIGN.format(user=user))
    keys = found.get("device_keys", {}).get(user, {}).get(device)
    if not isinstance(keys, dict):
        raise SignInRefused(f"the homeserver does not list the keys of {device}; run: onrecord matrix login")
    name = f"ed25519:{public['self_signing']}"
    if name in keys.get("signatures", {}).get(user, {}):
        return done
    own = {key: value for key, value in keys.items() if key not in ("signatures", "unsigned")}
    own["signatures"] = {user: {name: signature(kept["self_signing"], own)}}
    answer = await server.call("POST", "/keys/signatures/upload", {user: {device: own}})
    if answer.get("failures"):
        raise SignInRefused(f"the homeserver did not take the signature of {device}; run: onrecord matrix login")
    return True


async def _publish(server: Homeserver, keys: Json, user: str, password: str | None) -> None:
    """Upload the identity; a homeserver that wants the password for it gets it if there is one."""
    path = "/keys/device_signing/upload"
    try:
        await server.call("POST", path, keys)
    except Refused as error:
        session = error.body.get("session")
        if error.status != 401 or not isinstance(session, str) or password is None:
            raise SignInRefused(
                f"the homeserver does not let {user} publish a cross-signing identity ({error}). Set "
                "ONRECORD_MATRIX_PASSWORD_FILE for one start"
            ) from error
        proof = {
            "type": "m.login.password",
            "identifier": {"type": "m.id.user", "user": user},
            "password": password,
            "session": session,
        }
        await server.call("POST", path, keys | {"auth": proof})


def _public(found: Json, kind: str, user: str) -> str | None:
    """The public key of this kind that the server has for the user."""
    try:
        values = list(found[kind][user]["keys"].values())
    except (KeyError, TypeError, AttributeError):
        return None
    return values[0] if values and isinstance(values[0], str) else None

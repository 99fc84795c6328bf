"""The bot's session on the homeserver: a token in a file that only its owner can read, and ways to get one."""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from bot.platforms.base import SignInRefused
from bot.platforms.matrix.connection import Homeserver, Json, Refused

FILE = "session.json"
DEVICE_NAME = "On the Record"


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """One sign-in. The token is a secret: it is never printed."""

    homeserver: str
    user: str
    device: str
    token: str = field(repr=False)


def load(folder: Path) -> Session | None:
    """The kept session; None when there is none. Raises SignInRefused when the file is damaged."""
    try:
        found: Any = json.loads((folder / FILE).read_text(encoding="utf-8"))
        return Session(**found)
    except FileNotFoundError:
        return None
    except (OSError, ValueError, TypeError) as error:
        raise SignInRefused(
            f"{folder / FILE} cannot be read ({type(error).__name__}). Run: onrecord matrix login"
        ) from error


def keep(folder: Path, session: Session) -> None:
    """Write the session in one step, readable by its owner alone. Raises OSError."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    written = folder / f".{FILE}.new"
    written.unlink(missing_ok=True)
    descriptor = os.open(written, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as stream:
        json.dump(asdict(session), stream)
        stream.flush()
        os.fsync(stream.fileno())
    written.replace(folder / FILE)


async def sign_in(homeserver: str, user: str, password: str, *, device: str | None = None) -> Session:
    """A new session by password; on a known device when one is given. Raises SignInRefused, Unreachable."""
    body: Json = {
        "type": "m.login.password",
        "identifier": {"type": "m.id.user", "user": user},
        "password": password,
        "initial_device_display_name": DEVICE_NAME,
    } | ({"device_id": device} if device else {})
    async with Homeserver(homeserver) as server:
        try:
            found = await server.call("POST", "/login", body)
        except Refused as error:
            raise SignInRefused(f"{homeserver} does not let {user} in with this password: {error}") from error
    return Session(homeserver=homeserver, user=found["user_id"], device=found["device_id"], token=found["access_token"])


async def recognised(homeserver: str, token: str) -> Session:
    """The session behind a token. Raises SignedOut (the token is not valid), SignInRefused, Unreachable."""
    async with Homeserver(homeserver, token=token) as server:
        found = await server.call("GET", "/account/whoami")
    device = found.get("device_id")
    if not isinstance(device, str):
        raise SignInRefused(
            "this token belongs to no device, so it cannot read encrypted rooms. Use a password instead"
        )
    return Session(homeserver=homeserver, user=str(found.get("user_id")), device=device, token=token)

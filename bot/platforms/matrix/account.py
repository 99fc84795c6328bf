"""Signing in: a session by password, and the session behind a token."""

from __future__ import annotations

from bot.platforms.base import SignInRefused
from bot.platforms.matrix.connection import Homeserver, Json, MatrixFault, Refused, SignedOut
from bot.platforms.matrix.session import Session

DEVICE_NAME = "On the Record"


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


async def sign_out(session: Session) -> bool:
    """End a session, and its device with it; whether the homeserver knows it no longer."""
    async with Homeserver(session.homeserver, token=session.token) as server:
        try:
            await server.call("POST", "/logout", {})
        except SignedOut as out:
            return not out.soft  # a soft one leaves the device
        except MatrixFault:
            return False
    return True


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

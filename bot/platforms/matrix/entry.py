"""Getting in: which session the bot uses, and what becomes of it when the homeserver no longer knows it."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from bot.platforms.base import SignInRefused
from bot.platforms.matrix.account import recognised, sign_in
from bot.platforms.matrix.connection import SignedOut
from bot.platforms.matrix.session import Session, keep, load
from bot.platforms.matrix.settings import MatrixSettings

SIGN_IN = "Run: onrecord matrix login"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What the operator gave us to get in with; all of it may be absent once a session is kept."""

    settings: MatrixSettings
    folder: Path  # of the session and the keys
    token: str | None = field(default=None, repr=False)
    password: str | None = field(default=None, repr=False)

    async def session(self) -> Session:
        """The session to use, recognised by the server. Raises SignInRefused, Unreachable."""
        settings, kept = self.settings, load(self.folder)
        token = self.token or (kept.token if kept and self._fits(kept) else None)
        if token is None:
            return await self._by_password(None)
        try:
            session = await recognised(settings.homeserver, token)
        except SignedOut as out:
            return await self.again(kept, out)
        if session.user != settings.user:
            raise SignInRefused(f"the access token belongs to {session.user}, the configuration says {settings.user}")
        return session

    async def again(self, session: Session | None, out: SignedOut) -> Session:
        """A new session after the server forgot the old one: on the same device where the server allows it.

        Raises SignInRefused, Unreachable.
        """
        kept = load(self.folder)
        if kept and self._fits(kept) and session and kept.token != session.token:
            return await recognised(self.settings.homeserver, kept.token)  # somebody signed in while the bot ran
        device = session.device if session and out.soft and self._fits(session) else None
        return await self._by_password(device)

    async def new_device(self) -> Session:
        """A session on a fresh device, because the keys of the old one are lost. Raises SignInRefused, Unreachable."""
        return await self._by_password(None)

    async def _by_password(self, device: str | None) -> Session:
        settings = self.settings
        if self.password is None:
            raise SignInRefused(f"{settings.homeserver} does not know an access token of {settings.user}. {SIGN_IN}")
        session = await sign_in(settings.homeserver, settings.user, self.password, device=device)
        keep(self.folder, session)
        return session

    def _fits(self, session: Session) -> bool:
        return session.user == self.settings.user and session.homeserver == self.settings.homeserver

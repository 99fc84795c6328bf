"""The bot on Matrix: gets in, and serves one session after another through every fault of the network."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from typing import TypeVar

from bot.commands.table import Command
from bot.core.ports import Clock, Stream
from bot.platforms.base import PlatformStatus, SignInRefused
from bot.platforms.matrix.backoff import Backoff
from bot.platforms.matrix.connection import Homeserver, SignedOut, Unreachable
from bot.platforms.matrix.entry import Entry
from bot.platforms.matrix.outbox import PLATFORM
from bot.platforms.matrix.session import KeysLost, Session
from bot.platforms.matrix.settings import MatrixSettings
from bot.platforms.sender import Sender

_log = logging.getLogger(__name__)
T = TypeVar("T")


class MatrixPlatform:
    """One account on one homeserver, as `app` supervises it."""

    name = PLATFORM

    def __init__(
        self, *, entry: Entry, table: Sequence[Command], mail: Stream, clock: Clock, sender: Sender | None = None
    ) -> None:
        self._entry, self._table, self._mail, self._clock, self._sender = entry, table, mail, clock, sender
        self._state = PlatformStatus(connected=False, since=clock.now(), detail="not connected yet")

    @property
    def status(self) -> PlatformStatus:
        """The connection now."""
        return self._state

    @property
    def settings(self) -> MatrixSettings:
        """What the operator decided."""
        return self._entry.settings

    async def serve(self) -> None:
        """Answer until cancelled. Raises SignInRefused when somebody must act."""
        try:
            session = await self._until_reached(self._entry.session)
            while True:
                try:
                    await self._serve(session)
                except SignedOut as out:
                    _log.warning("matrix: the homeserver signed the bot out (%s)", "softly" if out.soft else "for good")
                    session = await self._until_reached(partial(self._entry.again, session, out))
                except KeysLost as lost:
                    if self._entry.password is None:
                        raise
                    _log.warning("matrix: %s", lost)
                    session = await self._until_reached(self._entry.new_device)
        except SignInRefused as refusal:
            self.now(connected=False, detail=str(refusal))
            raise

    def now(self, *, connected: bool, detail: str) -> None:
        """The connection changed, or did not."""
        if (connected, detail) != (self._state.connected, self._state.detail):
            since = self._state.since if connected == self._state.connected else self._clock.now()
            self._state = PlatformStatus(connected=connected, since=since, detail=detail)

    async def _until_reached(self, attempt: Callable[[], Awaitable[T]]) -> T:
        """Try until the homeserver answers."""
        backoff = Backoff()
        while True:
            try:
                return await attempt()
            except Unreachable as fault:
                self.now(connected=False, detail=f"the homeserver does not answer: {fault}")
                await asyncio.sleep(backoff.failed(fault.retry_after))

    async def _serve(self, session: Session) -> None:
        """One session, until the server forgets it."""
        try:
            from bot.platforms.matrix.crypto import NioCrypto  # noqa: PLC0415 -- an optional library
            from bot.platforms.matrix.following import Following  # noqa: PLC0415 -- which needs it, too
        except ImportError as missing:
            raise SignInRefused(f"{missing}. Install what Matrix needs: pip install 'onrecord[matrix]'") from missing

        async with Homeserver(session.homeserver, token=session.token) as server:
            crypto = NioCrypto(server, user=session.user, device=session.device, folder=self._entry.folder)
            try:
                following = Following(
                    server=server,
                    crypto=crypto,
                    mail=self._mail,
                    clock=self._clock,
                    table=self._table,
                    settings=self.settings,
                    told=self.now,
                    sender=self._sender,
                )
                await self._until_reached(lambda: following.prepare(self._entry.password))
                await following.run()
            except BaseExceptionGroup as group:
                raise _first(group) from group
            finally:
                crypto.close()


def _first(group: BaseExceptionGroup[BaseException]) -> BaseException:
    """The error that ended the tasks: being signed out before anything else."""
    out, rest = group.split(SignedOut)
    found: BaseException = out or rest or group
    while isinstance(found, BaseExceptionGroup):
        found = found.exceptions[0]
    return found

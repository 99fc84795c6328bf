"""One gateway session kept alive: connect, listen, resume after every fault, with growing pauses.

discord.py's sockets are used, its reconnecting is not: it ends the program when the very first connection fails
(https://github.com/Rapptz/discord.py/issues/10520), and asks a gateway that accepts and drops again without a pause.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

import aiohttp
import discord
import yarl
from discord.gateway import DiscordWebSocket, ReconnectWebSocket

from bot.platforms.base import SignInRefused
from bot.platforms.discord.backoff import Backoff

_HANDSHAKE = 60.0  # s for connecting, HELLO and IDENTIFY or RESUME
_STEADY = 60.0  # s after which a connection counts as healthy, and failures are forgotten
_BETWEEN_IDENTIFIES = 5.0  # s that Discord asks for
_RESUMES = 2  # attempts in a row, before a new session is begun
_GOODBYE = 1.0  # s for a socket to close politely
_AGAIN, _FOR_GOOD = 4000, 1000  # close codes: the session can be resumed, or is over

TOKEN_REFUSED = "Discord refuses the bot token. Copy the present one from the developer portal (Bot, Reset Token)"  # noqa: S105 -- a sentence
#: Close codes after which trying again cannot help.
#: https://docs.discord.com/developers/topics/opcodes-and-status-codes#gateway-gateway-close-event-codes
REFUSED = {
    4004: TOKEN_REFUSED,
    4010: "Discord refuses the shard",
    4011: "the bot is in more than 2,500 servers; Discord then wants shards, which this version does not have",
    4012: "Discord no longer offers this version of its gateway: update the bot",
    4013: "Discord refuses the gateway intents",
    4014: "Discord refuses the gateway intents",
}


@dataclass(slots=True)
class _Resumable:
    gateway: yarl.URL
    id: str
    sequence: int | None


class GatewaySession:
    """Listens on behalf of a client. `ready` is to be called by whoever reads READY and RESUMED."""

    def __init__(
        self,
        *,
        lost: Callable[[str], None],
        sleep: Callable[[float], Awaitable[None]],
        jitter: Callable[[], float],
    ) -> None:
        self._lost, self._sleep, self._jitter = lost, sleep, jitter
        self._backoff = Backoff(jitter)
        self._resumable: _Resumable | None = None
        self._failed_resumes = 0
        self._resuming = False  # the present attempt goes on with a session, instead of beginning one
        self._ready_at: float | None = None
        self._identified_at: float | None = None

    def ready(self) -> None:
        """The gateway has accepted us.

        A resumed session is a success, and earlier failures are forgotten. A new session is one only when it lasts:
        Discord allows 1,000 of them a day and changes the token of a bot that begins more.
        """
        self._ready_at = asyncio.get_running_loop().time()
        self._failed_resumes = 0
        if self._resuming:
            self._backoff.reset()

    async def run(self, client: discord.Client) -> None:
        """Stay connected until cancelled, with a client that has signed in.

        Raises SignInRefused when trying again cannot help.
        """
        while True:
            self._ready_at = None
            why, least = await self._listened(client)
            pause = max(least, self._pause())
            self._lost(f"{why}; next attempt in {pause:.0f} s")
            await hang_up(client, _AGAIN)
            await self._sleep(pause)

    async def _listened(self, client: discord.Client) -> tuple[str, float]:
        """One connection to its end: why it ended, and the least pause in seconds that this calls for."""
        try:
            await self._listen(client)
        except ReconnectWebSocket as end:
            self._remember(client.ws, resume=end.resume)
            if end.resume:
                return "the connection was lost", 0.0
            return "the session is over", 1.0 + 4.0 * self._jitter()  # 1 to 5 s, as Discord asks
        except discord.ConnectionClosed as end:
            if end.code in REFUSED:
                raise SignInRefused(REFUSED[end.code]) from None
            self._remember(client.ws, resume=True)
            return f"the gateway closed the connection, code {end.code}", 0.0
        except Exception as error:  # noqa: BLE001 -- also frames that make no sense; the next connection starts clean
            self._remember(client.ws, resume=True)
            return f"no connection to the gateway ({short(error)})", 0.0
        raise AssertionError("listening ends by raising")

    async def _listen(self, client: discord.Client) -> None:
        resume = self._resumable
        self._resuming = resume is not None
        if resume is None:
            await self._identify_slowly()
        known: dict[str, Any] = (
            {"gateway": resume.gateway, "session": resume.id, "sequence": resume.sequence} if resume else {}
        )
        connecting = DiscordWebSocket.from_client(client, initial=True, resume=resume is not None, **known)
        async with asyncio.timeout(_HANDSHAKE):  # wait_for would lose a cancellation that comes with the answer
            client.ws = await connecting
        while True:
            await client.ws.poll_event()

    async def _identify_slowly(self) -> None:
        loop = asyncio.get_running_loop()
        if self._identified_at is not None:
            early = self._identified_at + _BETWEEN_IDENTIFIES - loop.time()
            if early > 0:
                await self._sleep(early)
        self._identified_at = loop.time()

    def _remember(self, ws: DiscordWebSocket | None, *, resume: bool) -> None:
        """Keep what a resume needs, unless the session is over or resuming has failed again and again."""
        if self._ready_at is None and self._resumable is not None:
            self._failed_resumes += 1
        if not resume or self._failed_resumes >= _RESUMES:
            self._resumable, self._failed_resumes = None, 0
        elif self._ready_at is not None and ws is not None and ws.session_id is not None:
            self._resumable = _Resumable(gateway=ws.gateway, id=ws.session_id, sequence=ws.sequence)

    def _pause(self) -> float:
        if self._ready_at is not None and asyncio.get_running_loop().time() - self._ready_at >= _STEADY:
            self._backoff.reset()
            return 0.0
        return self._backoff.next()


async def hang_up(client: discord.Client, code: int = _FOR_GOOD) -> None:
    """Close the socket, without waiting long for the other side; aiohttp cuts it when the closing is cancelled."""
    if client.ws is not None:
        with contextlib.suppress(OSError, RuntimeError, aiohttp.ClientError):  # it may be closed in any way already
            async with asyncio.timeout(_GOODBYE):
                await client.ws.close(code)


def short(error: BaseException) -> str:
    """An error on one line, for the log and the status."""
    text = " ".join(str(error).split())
    return f"{type(error).__name__}: {text[:160]}" if text else type(error).__name__

"""The bot on Discord: signs in, stays connected through every fault of the network, and hands interactions on.

No intents and no caches: an interaction brings along everything that its answer needs.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import random
import re
from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from typing import Any

import aiohttp
import discord
import yarl
from discord.gateway import DiscordWebSocket
from discord.http import Route

from bot.commands.table import Command
from bot.core.ports import Clock, Stream
from bot.platforms.base import PlatformStatus, SignInRefused
from bot.platforms.discord import slash
from bot.platforms.discord.answering import Answering, Patience, Suggest
from bot.platforms.discord.backoff import Backoff
from bot.platforms.discord.channels import LONGEST_WAIT, Channels
from bot.platforms.discord.incoming import PLATFORM
from bot.platforms.discord.posting import Posting
from bot.platforms.discord.registration import Registered, register
from bot.platforms.discord.rest import Rest
from bot.platforms.discord.rights import Editors
from bot.platforms.discord.session import TOKEN_REFUSED, GatewaySession, hang_up, short
from bot.platforms.sender import Sender

_log = logging.getLogger(__name__)

API_VARIABLE = "ONRECORD_DISCORD_API"  # for tests: another Discord, on this machine only
_LOOPBACK = {"127.0.0.1", "::1", "localhost"}
_CONNECTIONS = 64  # to Discord at a time; a burst of questions would open one for each
_SIGN_IN = 120.0  # s, with the library's own retries
_GOODBYE = 1.0  # s for answers under way, and again for closing what is open


class Client(discord.Client):
    """discord.py's client with nothing remembered: interactions go to one function, as they came over the wire."""

    def __init__(
        self,
        take: Callable[[Mapping[str, Any]], None],
        connected: Callable[[str], None],
        prepare: Callable[[], None],
    ) -> None:
        logging.getLogger("discord").setLevel(logging.WARNING)  # what it tells at INFO, our own lines tell
        logging.getLogger("discord.state").setLevel(logging.ERROR)  # it warns that intents are left out, which is meant
        discord.VoiceClient.warn_nacl = discord.VoiceClient.warn_dave = (
            False  # no warnings about voice, which is unused
        )
        super().__init__(
            intents=discord.Intents.none(),
            allowed_mentions=discord.AllowedMentions.none(),
            member_cache_flags=discord.MemberCacheFlags.none(),
            max_messages=None,
            chunk_guilds_at_startup=False,
            connector=aiohttp.TCPConnector(limit=_CONNECTIONS),
            max_ratelimit_timeout=LONGEST_WAIT,
        )
        self._prepare = prepare
        parsers = self._connection.parsers
        parsers.clear()
        parsers["INTERACTION_CREATE"] = take
        parsers["READY"] = lambda data: connected(f"connected as {data['user'].get('username', '?')}")
        parsers["RESUMED"] = lambda _: connected("connected again")

    async def setup_hook(self) -> None:
        """Runs once, after signing in and before the gateway is asked for."""
        self._prepare()

    async def before_identify_hook(self, shard_id: int | None, *, initial: bool = False) -> None:
        """The pause between two identifies is kept by the session, which can be told to stop."""


class DiscordPlatform:
    """The bot on Discord, as `app` supervises it."""

    name = PLATFORM

    def __init__(  # noqa: PLR0913 -- one place where everything is handed in, by keyword
        self,
        *,
        token: str,
        table: Sequence[Command],
        suggest: Suggest,
        mail: Stream,
        clock: Clock,
        registered: Registered,
        sender: Sender | None = None,
        guilds: Collection[int] = (),
        public: bool = False,
        editors: Editors | None = None,
        patience: Patience | None = None,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        jitter: Callable[[], float] = random.random,
    ) -> None:
        self._token, self._clock, self._registered = token, clock, registered
        self._mail, self._sender = mail, sender
        self._sleep, self._jitter = sleep, jitter
        self._scopes = slash.scopes(table, guilds, public=public)
        self.answering = Answering(
            table=table,
            suggest=suggest,
            mail=mail,
            clock=clock,
            editors=editors or Editors(),
            guilds=frozenset(guilds),
            public=public,
            patience=patience or Patience(),
        )
        self._tasks: set[asyncio.Task[None]] = set()
        self._registering: asyncio.Task[None] | None = None
        self._state = PlatformStatus(connected=False, since=clock.now(), detail="not connected yet")

    @property
    def status(self) -> PlatformStatus:
        """The connection now."""
        return self._state

    def client(self, ready: Callable[[], None] = lambda: None) -> Client:
        """A client that answers interactions as soon as it is signed in, over whatever connection."""

        def take(payload: Mapping[str, Any]) -> None:
            task = asyncio.get_running_loop().create_task(self.answering.take(payload, rest))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

        def connected(detail: str) -> None:
            ready()
            self._now(connected=True, detail=detail)

        def prepare() -> None:
            self._registering = asyncio.get_running_loop().create_task(self._register(client))

        client = Client(take, connected, prepare)
        rest = Rest(client)
        return client

    async def serve(self) -> None:
        """Answer until cancelled. Raises SignInRefused when only a person can mend it."""
        if api := os.environ.get(API_VARIABLE):
            point_at(api)
        backoff = Backoff(self._jitter)
        while True:
            try:
                await self._signed_in(backoff)
            except SignInRefused as refused:
                self._now(connected=False, detail=str(refused))
                raise
            except Exception as error:  # noqa: BLE001 -- whatever went wrong, the next attempt starts afresh
                pause = backoff.next()
                self._now(connected=False, detail=f"sign-in failed ({short(error)}); next attempt in {pause:.0f} s")
                await self._sleep(pause)

    async def _signed_in(self, backoff: Backoff) -> None:
        """Sign in and stay connected; everything opened here is closed at the end."""
        session = GatewaySession(
            lost=lambda detail: self._now(connected=False, detail=detail), sleep=self._sleep, jitter=self._jitter
        )
        client = self.client(session.ready)
        posting: asyncio.Task[None] | None = None
        try:
            await self._sign_in(client)
            backoff.reset()
            if self._sender is not None:
                posting = asyncio.create_task(self._post(client, self._sender), name="Discord posts")
            await session.run(client)
        finally:
            if posting is not None:
                posting.cancel()
                await asyncio.wait((posting,), timeout=_GOODBYE)
            await self._finish()
            await hang_up(client)
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(_GOODBYE):
                    await client.close()
            await client.http.close()

    async def _sign_in(self, client: Client) -> None:
        if not re.fullmatch(r"[A-Za-z0-9._-]{1,300}", self._token):
            raise SignInRefused(TOKEN_REFUSED)
        try:
            async with asyncio.timeout(_SIGN_IN):  # wait_for would lose a cancellation that comes with the answer
                await client.login(self._token)
        except discord.LoginFailure:
            raise SignInRefused(TOKEN_REFUSED) from None

    async def _finish(self) -> None:
        """Give answers under way and their records a moment, then let go of them."""
        if self._registering:
            self._registering.cancel()
        if pending := {*self._tasks, *self.answering.records}:
            _, late = await asyncio.wait(pending, timeout=_GOODBYE)
            for task in late:
                task.cancel()

    async def _post(self, client: Client, sender: Sender) -> None:
        """Send what waits in the outbox, whatever goes wrong on the way."""
        backoff = Backoff(self._jitter)
        while True:
            posting = Posting(
                wire=Channels(client), mail=self._mail, clock=self._clock, sender=sender, jitter=self._jitter
            )
            try:
                await posting.run()
            except Exception as error:  # noqa: BLE001 -- such as a full disk: the outbox keeps what waits
                _log.error("Discord: nothing can be posted now (%s)", short(error))
            await self._sleep(backoff.next())

    async def _register(self, client: Client) -> None:
        """Keep trying: somebody may yet invite the bot to a listed server."""
        backoff = Backoff(self._jitter)
        while True:
            try:
                if await register(client, self._scopes, self._registered):
                    return
            except (OSError, aiohttp.ClientError, discord.DiscordException) as error:
                _log.warning("commands could not be registered yet (%s)", short(error))
            await self._sleep(backoff.next())

    def _now(self, *, connected: bool, detail: str) -> None:
        since = self._state.since if connected == self._state.connected else self._clock.now()
        self._state = PlatformStatus(connected=connected, since=since, detail=detail)
        _log.log(logging.INFO if connected else logging.WARNING, "Discord: %s", detail)


def point_at(api: str) -> None:
    """Use another Discord on this machine, such as a test's: "http://127.0.0.1:8080".

    Raises ValueError for an address that is not on this machine: the token goes there.
    """
    url = yarl.URL(api)
    if url.scheme != "http" or url.host not in _LOOPBACK:
        raise ValueError(f"{API_VARIABLE}: only http:// and this machine, not {api!r}")
    Route.BASE = str(url / "api/v10")
    DiscordWebSocket.DEFAULT_GATEWAY = url.with_scheme("ws") / "gateway"

"""A small house to test with: dull facts in memory, the real commands, and a platform in front of a fake Discord."""

from __future__ import annotations

import asyncio
import functools
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Any

from discord.gateway import DiscordWebSocket
from discord.http import Route

from bot.commands import table_of
from bot.commands.services import House, Office
from bot.commands.table import Command
from bot.core.lookup import Lookup
from bot.core.model.change import FactRecord
from bot.core.model.desk import Terms
from bot.core.model.fact import Kind
from bot.core.model.mail import Place
from bot.core.search.index import document
from bot.core.search.terms import Analysis
from bot.platforms.discord.answering import Patience
from bot.platforms.discord.connection import API_VARIABLE, DiscordPlatform
from bot.platforms.sender import Sender
from bot.stemming import Stemmer
from bot.store.memory import MemoryStore
from tests.builders import CountingIds, StoppedClock, a_compared_import, a_record
from tests.gateway.people import GUILD
from tests.gateway.server import FakeDiscord

REVIEW = Place(platform="discord", id="430000000000000009", guild=GUILD)
TREES = a_record()
OAKS = a_record(
    slug="muster-forty-oaks",
    kind=Kind.INDIRECT,
    text="the mayor said forty oaks had died",
    label="40 oaks dead, Muster",
)


class Registry:
    """Remembers registered commands in memory."""

    def __init__(self) -> None:
        self.digests: dict[str, dict[str, str]] = {}

    def load(self, application: str) -> dict[str, str]:
        return dict(self.digests.get(application, {}))

    def save(self, application: str, digests: Mapping[str, str]) -> None:
        self.digests[application] = dict(digests)


class Home:
    """Store, look-up and table; outlives the platform, as the database outlives the process."""

    def __init__(self) -> None:
        self.clock = StoppedClock()
        analysis = Analysis(Stemmer())
        index = functools.partial(document, analysis=analysis)
        self.store = MemoryStore(index=index, clock=self.clock, ids=CountingIds())
        self.lookup = Lookup(self.store, analysis)
        self.registry = Registry()
        self.waits: list[float] = []
        self.office = Office(desk=self.store, terms=Terms(review=(REVIEW,)), clock=self.clock, checker="a test")
        self.table: Sequence[Command] = table_of(
            finder=self.lookup, facts=self.store, house=House(version="1"), office=self.office
        )

    async def furnish(self, *facts: FactRecord) -> None:
        await self.store.apply(a_compared_import(*(facts or (TREES, OAKS))), key="furnish", expect={})

    async def furnish_more(self, *facts: FactRecord) -> None:
        await self.store.apply(a_compared_import(*facts), key=f"more {facts[0].slug}", expect={})

    def replaced(self, name: str, run: Callable[..., Awaitable[Any]]) -> None:
        """Let a command do something else."""
        self.table = tuple(replace(row, run=run) if row.name == name else row for row in self.table)

    def platform(self, discord: FakeDiscord, **changes: Any) -> DiscordPlatform:
        async def no_sleep(seconds: float) -> None:
            self.waits.append(seconds)
            await asyncio.sleep(0)

        given: dict[str, Any] = {
            "token": discord.token,
            "table": self.table,
            "suggest": self.lookup.suggest,
            "mail": self.store,
            "clock": self.clock,
            "registered": self.registry,
            "sender": Sender(office=self.office, platform=DiscordPlatform.name),
            "guilds": (int(GUILD),),
            "patience": Patience(),
            "sleep": no_sleep,
            "jitter": lambda: 0.5,
        }
        return DiscordPlatform(**given | changes)


@asynccontextmanager
async def serving(platform: DiscordPlatform) -> AsyncIterator[asyncio.Task[None]]:
    """The platform at work; stopped at the end, and its errors raised."""
    task = asyncio.create_task(platform.serve())
    try:
        yield task
    finally:
        task.cancel()
        await asyncio.wait((task,))


@asynccontextmanager
async def fake_discord(patch: Any, **options: Any) -> AsyncIterator[FakeDiscord]:
    """A fake Discord that the library is pointed at; what was wrong with the bot's requests fails the test."""
    patch.setattr(Route, "BASE", Route.BASE)  # so that both are put back
    patch.setattr(DiscordWebSocket, "DEFAULT_GATEWAY", DiscordWebSocket.DEFAULT_GATEWAY)
    async with FakeDiscord(**options) as discord:
        patch.setenv(API_VARIABLE, discord.url)
        yield discord
    assert discord.api.problems == []

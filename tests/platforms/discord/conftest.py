"""Fixtures: a fake Discord, a furnished house, and both together."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from bot.platforms.discord.connection import DiscordPlatform
from tests.gateway.server import FakeDiscord
from tests.platforms.discord.house import Home, fake_discord, serving


@pytest.fixture
async def discord(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[FakeDiscord]:
    async with fake_discord(monkeypatch) as fake:
        yield fake


@pytest.fixture
async def home() -> Home:
    made = Home()
    await made.furnish()
    return made


@pytest.fixture
async def platform(discord: FakeDiscord, home: Home) -> AsyncIterator[DiscordPlatform]:
    """The bot, connected."""
    made = home.platform(discord)
    async with serving(made):
        await discord.connected()
        yield made

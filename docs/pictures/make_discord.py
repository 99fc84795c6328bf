"""Draw docs/pictures/discord-*.png: real answers as Discord shows them, in SimCord's preview.

It needs more than the tests do, so it has an environment of its own; Chromium comes from the system:

    python -m venv .venv-pictures && .venv-pictures/bin/pip install . "simcord[screenshot]==3.2.1"
    .venv-pictures/bin/python -m docs.pictures.make_discord

The second form of the same answer, with Components V2, is what docs/discord-layout.md compares ours with.
"""

from __future__ import annotations

import asyncio
import functools
import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import simcord
from playwright.async_api import BrowserType

from bot.app import EXAMPLES_BY, inspected
from bot.commands import table_of
from bot.commands.services import House
from bot.core.lookup import Lookup
from bot.core.model.change import FileImport
from bot.core.search.index import document
from bot.core.search.terms import Analysis
from bot.platforms.discord import answering
from bot.platforms.discord.connection import Client, DiscordPlatform
from bot.stemming import Stemmer
from bot.store.memory import MemoryStore
from bot.system import OrderedIds, SystemClock

ROOT = Path(__file__).parents[2]
TARGET = ROOT / "docs" / "pictures"
CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
_FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
_MORE_FLAGS = ["--disable-component-update", "--disable-sync"]
_V2 = 1 << 15  # message flag: nothing but components
_DESKTOP, _PHONE = (820, 360), (400, 560)


class _Forgotten:
    """Commands are registered anew in every picture."""

    def load(self, application: str) -> dict[str, str]:
        del application
        return {}

    def save(self, application: str, digests: Mapping[str, str]) -> None:
        """Not needed."""


async def client() -> Client:
    """The bot with the example facts, in memory."""
    analysis, clock = Analysis(Stemmer()), SystemClock()
    store = MemoryStore(index=functools.partial(document, analysis=analysis), clock=clock, ids=OrderedIds())
    found = inspected((ROOT / "facts",), today=clock.now().date())
    change = FileImport(records=found.records, publish_as=EXAMPLES_BY, texts=found.texts)
    await store.apply(change, key="picture", expect={})
    lookup = Lookup(store, analysis)
    platform = DiscordPlatform(
        token="not-needed",  # noqa: S106 -- nobody signs in
        table=table_of(finder=lookup, facts=store, house=House(version="")),
        suggest=lookup.suggest,
        mail=store,
        clock=clock,
        registered=_Forgotten(),
        public=True,
    )
    return platform.client()


def as_v2(bodies: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """The same messages with Components V2: a container with the text, a line, and the buttons."""
    return [
        {
            "flags": body["flags"] | _V2,
            "allowed_mentions": body["allowed_mentions"],
            "components": [
                {
                    "type": 17,
                    "components": [{"type": 10, "content": body["content"]}, {"type": 14}, *body["components"]],
                }
            ],
        }
        for body in bodies
        for rows in (body["components"],)
    ]


async def drawn(name: str, query: str, size: tuple[int, int]) -> None:
    """One picture of an answer to one question."""
    async with simcord.run(await client()) as env:
        env.backend.bot_user.name = "On the Record"
        channel = env.create_guild("On the Record").create_text_channel("general")
        ada = env.guild.add_member(env.create_user("ada"))
        asked = await ada.slash(channel, "fact", query=query)
        async with env.preview(channel, viewers=[ada], width=size[0], height=size[1], locale="en-GB") as preview:
            await preview.screenshot(TARGET / name, target=asked.response, allow_incomplete=True)


async def main() -> None:
    """All pictures."""
    launch = BrowserType.launch

    async def launched(self: BrowserType, **options: Any) -> Any:
        return await launch(self, executable_path=CHROMIUM, args=[*_FLAGS, *_MORE_FLAGS], **options)

    BrowserType.launch = launched  # type: ignore[method-assign]
    for size, kind in ((_DESKTOP, "desktop"), (_PHONE, "phone")):
        await drawn(f"discord-content-{kind}.png", "dprk ammunition", size)
    await drawn("discord-nothing.png", "japan ammunition", _DESKTOP)
    messages = answering.messages
    answering.messages = lambda reply, kept: tuple(as_v2(messages(reply, kept)))
    for size, kind in ((_DESKTOP, "desktop"), (_PHONE, "phone")):
        await drawn(f"discord-v2-{kind}.png", "dprk ammunition", size)


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))

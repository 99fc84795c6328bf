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
from bot.commands.services import Charts, House, Office
from bot.core.lookup import Lookup
from bot.core.model.change import FileImport
from bot.core.model.desk import Terms
from bot.core.search.index import document
from bot.core.search.terms import Analysis
from bot.platforms.discord import answering
from bot.platforms.discord.connection import Client, DiscordPlatform
from bot.platforms.discord.rights import Editors
from bot.stemming import Stemmer
from bot.store.memory import MemoryStore
from bot.system import OrderedIds, SystemClock

ROOT = Path(__file__).parents[2]
TARGET = ROOT / "docs" / "pictures"
CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
_FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
_MORE_FLAGS = ["--disable-component-update", "--disable-sync"]
_V2 = 1 << 15  # message flag: nothing but components
PASTED = """https://gazette.example/bridges
The minister spoke in Testwick on Friday. “We have repaired at least 40 bridges since the flood,” Minister Ivan Muster
told reporters. “Nobody was hurt.”"""
DESKTOP, _PHONE = (820, 360), (400, 560)


class _Forgotten:
    """Commands are registered anew in every picture."""

    def load(self, application: str) -> dict[str, str]:
        del application
        return {}

    def save(self, application: str, digests: Mapping[str, str]) -> None:
        """Not needed."""


async def examples() -> MemoryStore:
    """A store with the example facts."""
    store = a_store()
    found = inspected((ROOT / "facts",), today=SystemClock().now().date())
    change = FileImport(records=found.records, publish_as=EXAMPLES_BY, texts=found.texts)
    await store.apply(change, key="picture", expect={})
    return store


def a_store() -> MemoryStore:
    """An empty one."""
    index = functools.partial(document, analysis=Analysis(Stemmer()))
    return MemoryStore(index=index, clock=SystemClock(), ids=OrderedIds())


async def client(store: MemoryStore | None = None, charts: Charts | None = None, **options: Any) -> Client:
    """The bot with the example facts, or those of `store`, and a desk; `options` are those of the platform."""
    store, clock = store or await examples(), SystemClock()
    lookup = Lookup(store, Analysis(Stemmer()))
    office = Office(desk=store, terms=Terms(), clock=clock, checker="onrecord")
    platform = DiscordPlatform(
        token="not-needed",  # noqa: S106 -- nobody signs in
        table=table_of(finder=lookup, facts=store, house=House(version=""), office=office, charts=charts),
        suggest=lookup.suggest,
        mail=store,
        clock=clock,
        registered=_Forgotten(),
        **{"public": True} | options,
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


async def filled(who: Any, opened: Any, values: Mapping[str, str]) -> Any:
    """A form, sent with what stands in it already and these values."""
    inputs = [part["component"] for part in opened.modal["components"]]
    given: dict[str, Any] = {part["custom_id"]: part.get("value", "") for part in inputs if part["type"] == 4}
    for part in inputs:
        if part["type"] == 3:
            given[part["custom_id"]] = [option["value"] for option in part["options"] if option.get("default")]
    return await who.submit_modal(opened, given | values)


async def desk() -> None:
    """From somebody's message to the card that an editor decides on."""
    async with simcord.run(await client()) as env:
        env.backend.bot_user.name = "On the Record"
        guild = env.create_guild("On the Record")
        channel = guild.create_text_channel("general")
        mia, ada = (guild.add_member(env.create_user(name)) for name in ("mia", "ada"))
        editors = Editors(users=frozenset({ada.id}))
        await env.restart_bot(await client(public=False, guilds=(guild.id,), editors=editors))
        message = await mia.send(channel, PASTED)
        opened = await mia.context_menu(channel, "Suggest as fact", message)
        async with env.preview(channel, viewers=[mia], width=_PHONE[0], height=860, locale="en-GB") as preview:
            await preview.screenshot(TARGET / "desk-form.png", target=opened, allow_incomplete=True)
        source = {"title": "Forty bridges repaired", "publisher": "The Testwick Gazette", "published": "2 May 2026"}
        found = await filled(mia, opened, source)
        asked = await mia.click(found.response, label="Quotation 1")
        sent = await filled(mia, asked, {"speaker": "Ivan Muster"})
        number = sent.response.content.partition(",")[0]
        await mia.click(sent.response, label=f"Send {number}")
        card = await ada.slash(channel, "desk open", number=number)
        async with env.preview(channel, viewers=[ada], width=DESKTOP[0], height=560, locale="en-GB") as preview:
            await preview.screenshot(TARGET / "desk-card.png", target=card.response, allow_incomplete=True)


def with_the_systems_chromium() -> None:
    """SimCord would take a browser of its own."""
    launch = BrowserType.launch

    async def launched(self: BrowserType, **options: Any) -> Any:
        return await launch(self, executable_path=CHROMIUM, args=[*_FLAGS, *_MORE_FLAGS], **options)

    BrowserType.launch = launched  # type: ignore[method-assign]


async def main() -> None:
    """All pictures."""
    with_the_systems_chromium()
    await desk()
    for size, kind in ((DESKTOP, "desktop"), (_PHONE, "phone")):
        await drawn(f"discord-content-{kind}.png", "dprk ammunition", size)
    await drawn("discord-nothing.png", "japan ammunition", DESKTOP)
    messages = answering.messages
    answering.messages = lambda reply, kept: tuple(as_v2(messages(reply, kept)))
    for size, kind in ((DESKTOP, "desktop"), (_PHONE, "phone")):
        await drawn(f"discord-v2-{kind}.png", "dprk ammunition", size)


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))

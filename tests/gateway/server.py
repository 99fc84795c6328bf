"""A fake Discord over real sockets: its REST interface and its gateway, with faults on demand.

    async with FakeDiscord() as discord:
        ...start a bot with ONRECORD_DISCORD_API=discord.url and the token discord.token...
        await discord.connected()
        answer = await discord.slash("fact", {"query": "trees"})

Every request body is checked against Discord's description; `discord.api.problems` has what was wrong. It knows nothing
of our bot, so that a benchmark can set another one beside it.
"""

from __future__ import annotations

import asyncio
import base64
from collections.abc import Callable, Mapping
from typing import Any, Self

from aiohttp import web

from tests.gateway.api import Api
from tests.gateway.gate import Gate
from tests.gateway.people import ADA, APPLICATION, GUILD, Person, Where, interaction, on_message_data, slash_data
from tests.gateway.world import Ask, World

Json = dict[str, Any]
TOKEN = f"{base64.b64encode(APPLICATION.encode()).decode().rstrip('=')}.GfAkEt.aB3-dE6_gH9jK2mN5pQ8sT1vW4yZ7bC0eF3hJ6kM"
WAIT = 15.0  # s that a test waits for anything before it fails


class FakeDiscord:
    """One application, its bot, and whoever talks to it."""

    def __init__(self, *, checked: bool = True, token: str = TOKEN, guilds: tuple[str, ...] = (GUILD,)) -> None:
        self.token = token
        self.world = World()
        self.api = Api(self.world, token, checked=checked)
        self.gate = Gate(token, guilds)
        self.url = ""
        self._runner: web.AppRunner | None = None

    async def __aenter__(self) -> Self:
        app = web.Application()
        app.router.add_get("/gateway", self.gate.serve)
        app.router.add_get("/gateway/", self.gate.serve)
        app.router.add_route("*", "/api/v10{path:/.*}", self.api.serve)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.2)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        host, port = self._runner.addresses[0][:2]
        self.url = f"http://{host}:{port}"
        self.gate.url = f"ws://{host}:{port}/gateway"
        return self

    async def __aexit__(self, *_: object) -> None:
        self.gate.stop()
        if self._runner is not None:
            await self._runner.cleanup()

    async def connected(self, wait: float = WAIT) -> None:
        """Wait until a bot has identified itself or resumed."""
        await asyncio.wait_for(self.gate.online.wait(), wait)

    async def until(self, true: Callable[[], object], wait: float = WAIT) -> None:
        """Wait until something holds that the bot does by itself."""
        async with asyncio.timeout(wait):
            while not true():  # noqa: ASYNC110 -- what is waited for happens in another process or library
                await asyncio.sleep(0.005)

    async def slash(
        self,
        name: str,
        options: Mapping[str, object] | None = None,
        *,
        who: Person = ADA,
        where: Where | None = None,
        locale: str = "en-US",
    ) -> Ask:
        """Use a slash command and wait for its first whole message."""
        return await self.answered(self.send(2, slash_data(name, options or {}), who=who, where=where, locale=locale))

    async def complete(self, name: str, option: str, typed: str, *, where: Where | None = None) -> list[Json]:
        """Type into an option and wait for the completions."""
        ask = await self.answered(self.send(4, slash_data(name, {option: typed}, focused=option), where=where))
        return ask.choices or []

    async def on_message(self, name: str, content: str, *, who: Person = ADA, author: Person = ADA) -> Ask:
        """Use a command in the menu of a message."""
        return await self.answered(self.send(2, on_message_data(name, content, author), who=who))

    async def click(
        self, answer: Ask, label: str = "", *, custom_id: str = "", who: Person | None = None, locale: str = "en-US"
    ) -> Ask:
        """Click a button of an answer's last message; a custom_id of one's own is a forgery."""
        data = {"component_type": 2, "custom_id": custom_id or answer.button(label)["custom_id"]}
        return await self._component(answer, data, who, locale)

    async def pick(self, answer: Ask, entry: str, *, who: Person | None = None, locale: str = "en-US") -> Ask:
        """Pick the entry of a menu whose label begins so."""
        rows = answer.messages[-1]["components"]
        menus = [part for row in rows for part in row["components"] if part["type"] == 3]
        menu, option = next(
            (menu, option) for menu in menus for option in menu["options"] if option["label"].startswith(entry)
        )
        data = {"component_type": 3, "custom_id": menu["custom_id"], "values": [option["value"]]}
        return await self._component(answer, data, who, locale)

    async def fill(
        self, opened: Ask, values: Mapping[str, str], *, who: Person | None = None, locale: str = "en-US"
    ) -> Ask:
        """Send the form that was opened: what it has by itself, with these values in their place."""
        assert opened.form is not None, "no form was opened"
        unknown = set(values) - set(opened.fields)
        assert not unknown, f"the form has no {unknown}"
        parts = [
            {"type": 18, "id": at, "component": _filled(part, values.get(name))}
            for at, (name, part) in enumerate(opened.fields.items())
        ]
        data = {"custom_id": opened.form["custom_id"], "components": parts}
        source = opened.source if opened.kind == 3 else None
        return await self.answered(
            self.send(5, data, who=who or opened.who, where=opened.where, locale=locale, source=source)
        )

    async def on_post(self, message: Json, label: str, *, who: Person = ADA, locale: str = "en-US") -> Ask:
        """Click a button of something that the bot has posted by itself."""
        parts = [part for row in message["components"] for part in row["components"]]
        button = next(part for part in parts if part.get("label", "").startswith(label))
        data = {"component_type": 2, "custom_id": button["custom_id"]}
        guild = None if message["channel_id"] in self.world.channels.private.values() else GUILD
        where = Where(guild=guild, channel=message["channel_id"])
        return await self.answered(self.send(3, data, who=who, where=where, locale=locale, source=message))

    async def _component(self, answer: Ask, data: Json, who: Person | None, locale: str) -> Ask:
        source = answer.messages[-1]
        ask = self.send(3, data, who=who or answer.who, where=answer.where, locale=locale, source=source)
        return await self.answered(ask)

    def send(
        self,
        kind: int,
        data: Json,
        *,
        who: Person = ADA,
        where: Where | None = None,
        locale: str = "en-US",
        source: Json | None = None,
    ) -> Ask:
        """Send an interaction without waiting for what comes back."""
        ask = self.world.ask(kind, who, where or Where(), source)
        payload = interaction(ask.id, ask.token, kind, data, who=who, where=ask.where, locale=locale, message=source)
        self.gate.dispatch("INTERACTION_CREATE", payload)
        return ask

    async def answered(self, ask: Ask, wait: float = WAIT) -> Ask:
        """Wait for the first whole message, or for the completions."""
        await asyncio.wait_for(ask.done.wait(), wait)
        return ask


def _filled(part: Json, value: str | None) -> Json:
    """An input as it is sent."""
    found: Json = {"type": part["type"], "custom_id": part["custom_id"]}
    if part["type"] == 3:
        chosen = [option["value"] for option in part["options"] if option.get("default")]
        return found | {"values": chosen if value is None else [value]}
    return found | {"value": part.get("value", "") if value is None else value}

"""A fact's life in one process on two networks: suggested on one, reviewed on the other, corrected on both."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from dataclasses import dataclass

import pytest

from bot.cli.exits import Exit
from tests.gateway.people import ADA, BEN, CHANNEL, GUILD, Where
from tests.gateway.server import FakeDiscord
from tests.homeserver.client import Client
from tests.journeys.matrix.house import body_of, joined
from tests.journeys.matrix.installation import Installation
from tests.journeys.matrix.test_desk import new_body

REVIEW = "430000000000000009"
PASSAGE = "“We have repaired at least 40 bridges,” Minister Ivan Muster told reporters on Friday. “Nobody was hurt.”"
MANAGING = Where(permissions=str(1 << 4), app_permissions=str((1 << 10) | (1 << 11)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Town:
    """Both networks and one bot in them. Di moderates on Matrix, Ada on Discord; Ben and Bob are members."""

    discord: FakeDiscord
    di: Client
    bob: Client
    review: str
    news: str
    bot: str

    def posts(self, channel: str) -> list[str]:
        return [message["content"] for message in self.discord.world.channels.in_channel(channel)]

    async def posted(self, channel: str, words: str) -> str:
        """What the bot has posted with these words."""
        await self.discord.until(lambda: any(words in text for text in self.posts(channel)))
        return next(text for text in self.posts(channel) if words in text)

    async def line(self, person: Client, room: str, line: str) -> str:
        return body_of(await person.answer(await person.send(room, line)))

    async def said(self, room: str, words: str) -> str:
        """What the bot says in a room with these words, in an edit, too; its event id."""
        event = await self.di.until(
            lambda event: (
                event["sender"] == self.bot
                and event["room_id"] == room
                and words in (new_body(event) or body_of(event))
            )
        )
        return str(event["event_id"])


@pytest.fixture
async def town(installation: Installation, discord: FakeDiscord, ada: Client, bob: Client) -> AsyncIterator[Town]:
    await installation.init()
    review = await ada.create(installation.account.user)
    news = await ada.create(installation.account.user, bob.user, encrypted=True)
    text = installation.config.read_text(encoding="utf-8").replace("editors: 1", "editors: 2")
    text = text.replace("review_room: null", f'review_room: "{review}"')
    text += f"\ndiscord:\n  guilds: [{GUILD}]\n  review_channel: {REVIEW}\n  editors:\n    - {{user: {ADA.id}}}\n"
    installation.config.write_text(text, encoding="utf-8")
    environment = {"ONRECORD_DISCORD_TOKEN": discord.token, "ONRECORD_DISCORD_API": discord.url}
    async with installation.call("run", **environment) as process:
        await discord.connected()
        for room in (review, news):
            await joined(ada, room, installation.account.user)
        await bob.join(news)
        await ada.sync()
        await bob.sync()
        yield Town(discord=discord, di=ada, bob=bob, review=review, news=news, bot=installation.account.user)
        assert "Traceback" not in process.log
    code, said = await installation.done("audit", "verify")
    assert code == Exit.OK, said


async def test_suggested_on_one_network_and_reviewed_on_the_other(town: Town) -> None:
    discord = town.discord
    assert "From now on" in (await discord.slash("follow", {"what": "everything"}, where=MANAGING)).content
    assert "From now on" in await town.line(town.di, town.news, "!follow everything")

    # Ben suggests on Discord
    opened = await discord.on_message("Suggest as fact", f"https://gazette.example/bridges\n{PASSAGE}", who=BEN)
    found = await discord.fill(opened, {"title": "40 bridges", "publisher": "The Gazette", "published": "2 May 2026"})
    preview = await discord.fill(await discord.click(found, "Quotation 1"), {"speaker": "Ivan Muster"})
    sent = await discord.click(preview, "Send")
    number = int(re.findall(r"#(\d+)", sent.content)[0])

    # both review places have a card; Di approves on Matrix, once it is said that she has no account on Discord
    await town.posted(REVIEW, "The words stand in the passage")
    card = await town.said(town.review, "The words stand in the passage")
    refused = body_of(await town.di.answer(await town.di.reply(town.review, card, "!approve")))
    assert "!settings none discord" in refused
    await town.line(town.di, town.review, "!desk settings none discord")
    approved = body_of(await town.di.answer(await town.di.reply(town.review, card, "!approve")))
    assert f"Published as #{number}" in approved
    await town.said(town.review, "Published by")
    await town.posted(REVIEW, "Published by")
    await discord.until(lambda: discord.world.channels.to(BEN.id))
    assert f"#{number}" in discord.world.channels.to(BEN.id)[0]["content"]

    # whoever follows gets it, whoever asks finds it
    await town.posted(CHANNEL, "New on record:")
    await town.said(town.news, "New on record:")
    asked = await discord.slash("fact", {"query": "repaired bridges"})
    assert "We have repaired at least 40 bridges" in asked.content
    answer = await town.bob.answer(await town.bob.send(town.news, "!fact repaired bridges"))
    assert "We have repaired at least 40 bridges" in body_of(answer)

    # Ada blanks the speaker on Discord: what was shown on both networks changes
    emptied = await discord.slash("desk open", {"number": f"#{number}"})
    form = await discord.click(await discord.click(emptied, "Fix"), "Words")
    changed = await discord.fill(form, {"speaker": "", "reason": "the caption names nobody"})
    assert "Ivan Muster" not in changed.content.splitlines()[0]
    await discord.until(lambda: "the caption names nobody" in asked.content)
    assert "Speaker not given" in asked.content
    assert "the caption names nobody" in new_body(await town.bob.edited(answer["event_id"]))
    await town.posted(CHANNEL, "the caption names nobody")
    await town.said(town.news, "the caption names nobody")

    # Di withdraws on Matrix: tombstones everywhere, and the history has it all
    assert "ithdrawn" in await town.line(town.di, town.review, f"!{number} withdraw misquoted the minister said 14")
    await discord.until(lambda: asked.content.startswith("Withdrawn"))
    await town.posted(CHANNEL, "Withdrawn")
    await town.said(town.news, "Withdrawn")
    stone = await discord.slash("fact", {"query": f"#{number}"})
    assert "misquoted" in stone.content
    assert "the minister said 14" in stone.content
    history = await town.line(town.bob, town.news, f"!history {number}")
    for step in ("suggested", "published", "the caption names nobody", "withdrawn"):
        assert step in history.lower(), (step, history)

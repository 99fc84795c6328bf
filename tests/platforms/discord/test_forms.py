"""The desk on Discord: forms open as modals, keep what was typed, and lead from a message to a fact."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from bot.platforms.discord.rights import Editors
from tests.gateway.people import ADA, BEN, GUILD, OTHER_GUILD, Where
from tests.gateway.server import FakeDiscord
from tests.platforms.discord.house import REVIEW, Home, serving

EDITORS = Editors(users=frozenset({int(ADA.id)}), roles=frozenset({(int(GUILD), 700)}))
CLEO = replace(BEN, id="440000000000000003", name="cleo", roles=("700",))
PASSAGE = "“We have repaired at least 40 bridges,” Minister Ivan Muster told reporters. “Nobody was hurt.”"
SOURCE = {"title": "40 bridges", "publisher": "The Testwick Gazette", "published": "2 May 2026"}


@pytest.fixture
async def desk(discord: FakeDiscord, home: Home) -> AsyncIterator[FakeDiscord]:
    async with serving(home.platform(discord, editors=EDITORS)):
        await discord.connected()
        yield discord


async def test_from_a_message_to_a_fact_and_a_word_to_its_suggester(desk: FakeDiscord, home: Home) -> None:
    opened = await desk.on_message("Suggest as fact", f"https://gazette.example/bridges\n{PASSAGE}", who=BEN)
    assert opened.callback == 9
    assert opened.fields["link"]["value"] == "https://gazette.example/bridges"
    assert opened.fields["passage"]["value"] == PASSAGE

    found = await desk.fill(opened, SOURCE)
    assert found.private
    assert "Found 2 quotations" in found.content
    confirm = await desk.click(found, "Quotation 1")
    assert confirm.fields["words"]["value"] == "We have repaired at least 40 bridges"
    preview = await desk.fill(confirm, {"speaker": "Ivan Muster"})
    assert '"We have repaired at least 40 bridges"\n— Ivan Muster' in preview.content
    sent = await desk.click(preview, "Send")
    assert "waits" in sent.content

    await desk.until(lambda: desk.world.channels.in_channel(REVIEW.id))
    (card,) = desk.world.channels.in_channel(REVIEW.id)
    assert "The words stand in the passage" in card["content"]
    refused = await desk.on_post(card, "Approve", who=BEN)
    assert "Published" not in refused.content
    home.clock.time = home.clock.time.replace(minute=30)
    done = await desk.on_post(card, "Approve", who=CLEO)
    assert done.content.startswith("Published as #3.")

    await desk.until(lambda: desk.world.channels.edited)
    (settled,) = desk.world.channels.in_channel(REVIEW.id)
    assert settled["content"].startswith("#3 ")
    assert "Published by" in settled["content"]
    await desk.until(lambda: desk.world.channels.to(BEN.id))
    (word,) = desk.world.channels.to(BEN.id)
    assert "#3" in word["content"]
    answer = await desk.slash("fact", {"query": "#3"})
    assert answer.content.startswith('"We have repaired at least 40 bridges"')


async def test_a_refused_form_opens_again_as_it_was_filled_in(desk: FakeDiscord) -> None:
    opened = await desk.slash("suggest")
    assert opened.callback == 9
    found = await desk.fill(
        opened, SOURCE | {"link": "https://gazette.example/x", "passage": PASSAGE, "published": "yesterday"}
    )
    confirm = await desk.click(found, "Quotation 1")
    told = await desk.fill(confirm, {"speaker": "Ivan Muster"})
    assert "Published on: “yesterday” is no day." in told.content

    again = await desk.click(told, "Edit source")

    assert again.callback == 9
    assert {name: again.fields[name].get("value", "") for name in ("link", "passage", "published")} == {
        "link": "https://gazette.example/x",
        "passage": PASSAGE,
        "published": "yesterday",
    }


async def test_a_draft_is_there_after_a_restart(discord: FakeDiscord, home: Home) -> None:
    async with serving(home.platform(discord, editors=EDITORS)):
        await discord.connected()
        opened = await discord.slash("suggest")
        found = await discord.fill(opened, {"link": "https://gazette.example/x", "passage": PASSAGE} | SOURCE)
    async with serving(home.platform(discord, editors=EDITORS)):
        await discord.connected()
        confirm = await discord.click(found, "Quotation 2")
        assert confirm.fields["words"]["value"] == "Nobody was hurt"


async def test_a_form_is_filled_in_by_members_of_listed_servers_alone(desk: FakeDiscord) -> None:
    for where in (Where(guild=OTHER_GUILD), Where(guild=None, channel="1")):
        told = await desk.slash("suggest", where=where, who=BEN)
        assert told.callback == 4
        assert told.private


async def test_the_right_is_asked_again_when_a_form_is_sent(desk: FakeDiscord) -> None:
    """Whoever lost the role while the form was open changes nothing."""
    answer = await desk.slash("desk open", {"number": "#1"}, who=CLEO)
    opened = await desk.click(answer, "Hide")

    told = await desk.fill(opened, {"reason": "x"}, who=replace(CLEO, roles=()))

    assert told.content == "“desk hide” is for moderators."
    assert (await desk.slash("fact", {"query": "#1"})).content.startswith('"We have planted')


async def test_a_reader_reports_and_hears_what_came_of_it(desk: FakeDiscord) -> None:
    answer = await desk.slash("fact", {"query": "#1"}, who=BEN)
    opened = await desk.click(answer, "Wrong?", who=BEN)
    said = await desk.fill(opened, {"kind": "date", "tell": "true"} if "tell" in opened.fields else {"kind": "date"})
    assert said.private
    await desk.until(lambda: desk.world.channels.in_channel(REVIEW.id))
    (card,) = desk.world.channels.in_channel(REVIEW.id)
    closing = await desk.on_post(card, "Close", who=ADA)
    await desk.fill(closing, {"outcome": "The caption has no day."}, who=ADA)
    await desk.until(lambda: desk.world.channels.edited)
    assert "The caption has no day." in desk.world.channels.in_channel(REVIEW.id)[0]["content"]

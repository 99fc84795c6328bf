"""The bot as people meet it in a simulated Discord: its permissions, its checks, and restarts of the bot."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import discord
import pytest
import simcord

from bot.platforms.discord.connection import Client
from bot.platforms.discord.rights import Editors
from tests.platforms.discord.house import Home


def a_client(home: Home, **changes: Any) -> Client:
    """A client of a bot that everybody may use; SimCord puts itself in the place of the connection."""
    return home.platform(SimpleNamespace(token="a.b.c"), **{"public": True, "guilds": ()} | changes).client()  # type: ignore[arg-type]


@pytest.fixture
async def simcord_bot(home: Home) -> Client:
    """What SimCord's own fixture runs."""
    return a_client(home)


@pytest.fixture
def env(simcord_env: simcord.Env) -> simcord.Env:
    return simcord_env


@pytest.fixture
def channel(env: simcord.Env) -> Any:
    return env.create_guild().create_text_channel("general")


@pytest.fixture
def ada(env: simcord.Env, channel: Any) -> Any:
    return env.guild.add_member(env.create_user("ada"))


@pytest.fixture
def ben(env: simcord.Env, channel: Any) -> Any:
    return env.guild.add_member(env.create_user("ben"))


async def test_slash_and_a_public_answer(ada: Any, channel: Any) -> None:
    result = await ada.slash(channel, "fact", query="trees")

    assert not result.ephemeral
    assert result.response.content.startswith('"We have planted at least 300 trees"\n— Ada Muster')
    assert result.response.embeds == []


async def test_a_private_answer_and_silence_are_ephemeral(ada: Any, channel: Any) -> None:
    assert (await ada.slash(channel, "fact", query="trees", private=True)).ephemeral
    assert (await ada.slash(channel, "fact", query="bitcoin")).ephemeral


async def test_the_menu_of_a_message(ada: Any, ben: Any, channel: Any) -> None:
    message = await ben.send(channel, "Muster planted at least 300 trees")

    result = await ada.context_menu(channel, "Find facts", message)

    assert result.ephemeral
    assert "#1 At least 300 trees planted, Muster" in result.response.content


async def test_completions(ada: Any, channel: Any) -> None:
    found = await ada.autocomplete(channel, "fact", "query", "tre")

    assert {"name": "At least 300 trees planted, Muster", "value": "At least 300 trees planted, Muster"} in found


async def test_buttons_live_on_after_a_restart(env: simcord.Env, ada: Any, ben: Any, channel: Any, home: Home) -> None:
    answer = (await ada.slash(channel, "fact", query="trees" + " trees" * 20)).response

    await env.restart_bot(a_client(home))
    evidence = await ben.click(answer, label="Evidence")
    turned = await ada.click(answer, label="More (1)")

    assert evidence.ephemeral
    assert "Evidence for #1" in evidence.response.content
    assert "forty oaks" in turned.response.content
    assert turned.response.id == answer.id


async def test_anybody_elses_page_is_private(ada: Any, ben: Any, channel: Any) -> None:
    answer = (await ada.slash(channel, "fact", query="trees")).response

    turned = await ben.click(answer, label="More (1)")

    assert turned.ephemeral
    assert "just for you" in turned.response.content


async def test_quoted_words_ping_nobody(env: simcord.Env, ada: Any, channel: Any) -> None:
    await ada.slash(channel, "fact", query="trees")

    (callback,) = [request for request in env.http_requests if request.path.endswith("/callback")]
    assert callback.json is not None
    assert callback.json["data"]["allowed_mentions"] == {"parse": []}


async def test_commands_are_registered_once_and_again_only_when_they_changed(env: simcord.Env, home: Home) -> None:
    def sent() -> int:
        return len([request for request in env.http_requests if request.method == "PUT"])

    first = sent()
    await env.restart_bot(a_client(home))
    assert (first, sent()) == (1, 1)

    home.table = home.table[1:]
    await env.restart_bot(a_client(home))
    assert sent() == 2


async def test_a_second_acknowledgement_is_one_line_of_the_log(
    env: simcord.Env, ada: Any, channel: Any, caplog: pytest.LogCaptureFixture
) -> None:
    env.inject_error("POST", "/interactions/*/callback", status=400, code=40060, message="already acknowledged")

    result = await ada.slash(channel, "fact", query="trees")

    assert not result.acknowledged
    assert [record.exc_info for record in caplog.records if "40060" in record.getMessage()] == [None]


async def test_an_error_of_discord_is_told_with_an_id(
    env: simcord.Env, ada: Any, channel: Any, caplog: pytest.LogCaptureFixture
) -> None:
    env.inject_error("POST", "/interactions/*/callback", status=400, code=50035, message="Invalid Form Body")

    result = await ada.slash(channel, "fact", query="trees")

    assert result.ephemeral
    assert "under " in result.response.content
    assert result.response.content.split("under ")[1].rstrip(".") in caplog.text


async def test_the_bot_needs_no_permission_and_no_intent(home: Home) -> None:
    client = a_client(home)

    assert client.intents == discord.Intents.none()
    assert client.allowed_mentions is not None
    assert client.allowed_mentions.everyone is client.allowed_mentions.users is client.allowed_mentions.roles is False
    assert not client.cached_messages


async def fill(who: Any, opened: Any, values: dict[str, str]) -> Any:
    """Send a form with what stands in it already and these values; a choice as it was made for the person."""
    inputs = [part["component"] for part in opened.modal["components"]]
    kept = {part["custom_id"]: part.get("value", "") for part in inputs if part["type"] == 4} | values
    chosen = {
        part["custom_id"]: [option["value"] for option in part["options"] if option.get("default")]
        for part in inputs
        if part["type"] == 3
    }
    given = chosen | {name: [value] if name in chosen else value for name, value in kept.items()}
    return await who.submit_modal(opened, given)


async def test_from_a_message_over_two_people_to_an_answer_and_a_tombstone(env: simcord.Env, home: Home) -> None:
    guild = env.create_guild()
    channel = guild.create_text_channel("general")
    people: list[Any] = [guild.add_member(env.create_user(name)) for name in ("mia", "ada", "cleo")]
    mia, ada, cleo = people
    editors = Editors(users=frozenset({ada.id, cleo.id}))
    await env.restart_bot(a_client(home, public=False, guilds=(guild.id,), editors=editors))
    words = "“We have repaired at least 40 bridges,” Minister Ivan Muster told reporters."
    message = await mia.send(channel, f"https://gazette.example/bridges\n{words}")

    opened = await mia.context_menu(channel, "Suggest as fact", message)
    source = {"title": "40 bridges", "publisher": "The Gazette", "published": "2 May 2026"}
    found = await fill(mia, opened, source)
    confirm = await mia.click(found.response, label="Quotation 1")
    preview = await fill(mia, confirm, {"speaker": "Ivan Muster"})
    assert '"We have repaired at least 40 bridges"\n— Ivan Muster' in preview.response.content
    sent = await mia.click(preview.response, label="Send #3")
    assert "waits" in sent.response.content

    refused = await mia.slash(channel, "desk queue")
    assert "is for moderators" in refused.response.content
    card = await ada.slash(channel, "desk open", number="#3")
    home.clock.time = home.clock.time.replace(minute=30)
    assert "Published as #3" in (await ada.click(card.response, label="Approve #3")).response.content
    answer = await mia.slash(channel, "fact", query="repaired bridges")
    assert answer.response.content.startswith('"We have repaired at least 40 bridges"')

    shown = await cleo.slash(channel, "desk open", number="#3")
    form = await cleo.click(shown.response, label="Withdraw #3")
    done = await fill(cleo, form, {"why": "misquoted", "note": "he said 14"})
    assert "Withdrawn" in done.response.content
    stone = await mia.slash(channel, "fact", query="#3")
    assert "misquoted; he said 14" in stone.response.content
    history = await mia.click(stone.response, label="History")
    assert all(step in history.response.content for step in ("suggested", "published", "withdrawn"))

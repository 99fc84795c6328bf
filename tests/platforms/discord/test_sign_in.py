"""Trying a token once, and the link that invites the bot."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest

from bot.platforms.base import SignInRefused
from bot.platforms.discord.sign_in import Identity, NotReached, identity, invitation
from tests.gateway.people import APPLICATION, CHANNEL
from tests.gateway.server import FakeDiscord


async def test_a_good_token_says_whose_it_is(discord: FakeDiscord) -> None:
    assert await identity(discord.token) == Identity(name="onrecord#0000", application=int(APPLICATION))
    assert discord.gate.connections == 0


async def test_whether_the_review_channel_can_be_seen(discord: FakeDiscord) -> None:
    assert (await identity(discord.token, int(CHANNEL))).sees
    assert (await identity(discord.token, int(CHANNEL) + 1)).sees is False


async def test_a_wrong_token_is_told_from_a_discord_that_does_not_answer(discord: FakeDiscord) -> None:
    with pytest.raises(SignInRefused):
        await identity("wrong")

    discord.api.fail("GET /users/@me", 503)
    with pytest.raises(NotReached):
        await identity(discord.token)


def test_the_invitation_asks_for_no_permission() -> None:
    asked = parse_qs(urlsplit(invitation(1)).query)

    assert asked == {"client_id": ["1"], "scope": ["bot applications.commands"], "permissions": ["0"]}

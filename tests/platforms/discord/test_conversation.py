"""What people see on Discord when they ask, click and type."""

from __future__ import annotations

from bot.platforms.discord.connection import DiscordPlatform
from tests.gateway.people import BEN
from tests.gateway.server import FakeDiscord
from tests.platforms.discord.house import Home


async def test_a_question_is_answered_with_words_speaker_day_and_source(
    discord: FakeDiscord, platform: DiscordPlatform
) -> None:
    answer = await discord.slash("fact", {"query": "trees"})

    assert answer.callback == 4
    assert answer.content.splitlines()[0] == '"We have planted at least 300 trees"'
    assert "Ada Muster, Mayor of Testwick" in answer.content
    assert "https://gazette.example/trees" in answer.content
    assert answer.message["embeds"] == []
    assert not answer.private

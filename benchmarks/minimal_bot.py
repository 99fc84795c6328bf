"""The floor: the smallest discord.py bot; its /fact is a constant. `python -m benchmarks.minimal_bot URL TOKEN`."""

from __future__ import annotations

import sys

import discord
from discord.gateway import DiscordWebSocket
from discord.http import Route
from yarl import URL

ANSWER = '"We have planted at least 300 trees"\n— Ada Muster, Mayor of Testwick'


def main() -> None:
    """Point discord.py at the fake Discord and run."""
    url, token = sys.argv[1:]
    Route.BASE = f"{url}/api/v10"
    DiscordWebSocket.DEFAULT_GATEWAY = URL(url.replace("http", "ws") + "/gateway")
    client = discord.Client(intents=discord.Intents.none(), max_messages=None)
    tree = discord.app_commands.CommandTree(client)

    @tree.command(name="fact", description="Answer a constant.")
    async def fact(interaction: discord.Interaction, query: str) -> None:
        del query
        await interaction.response.send_message(ANSWER)

    client.run(token, log_handler=None)


if __name__ == "__main__":
    main()

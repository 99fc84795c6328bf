"""Signs in once, to see whether the token works and whose it is; and the link that invites the bot."""

from __future__ import annotations

import asyncio
import contextlib
import os
from dataclasses import dataclass
from urllib.parse import urlencode

import aiohttp
import discord

from bot.platforms.base import SignInRefused
from bot.platforms.discord.connection import API_VARIABLE, point_at
from bot.platforms.discord.session import TOKEN_REFUSED, short

_LIMIT = 20.0  # s
#: Answers to interactions need no permission in a channel.
PERMISSIONS = discord.Permissions.none().value


class NotReached(Exception):  # noqa: N818 -- reads as what happened
    """Discord did not answer; nothing is known about the token."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """Whose token it is."""

    name: str
    application: int
    sees: bool | None = None  # the channel that was asked about


async def identity(token: str, channel: int | None = None) -> Identity:
    """Ask Discord who we are, and whether we see a channel.

    Raises SignInRefused for a wrong token and NotReached without an answer.
    """
    if api := os.environ.get(API_VARIABLE):
        point_at(api)
    client = discord.Client(intents=discord.Intents.none())
    try:
        async with asyncio.timeout(_LIMIT):
            await client.login(token)
            sees = await _sees(client, channel) if channel is not None else None
    except discord.LoginFailure:
        raise SignInRefused(TOKEN_REFUSED) from None
    except (OSError, TimeoutError, aiohttp.ClientError, discord.HTTPException) as error:
        raise NotReached(short(error)) from None
    else:
        return Identity(name=str(client.user), application=int(client.application_id or 0), sees=sees)
    finally:
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(2.0):
                await client.close()


async def _sees(client: discord.Client, channel: int) -> bool:
    try:
        await client.http.get_channel(channel)
    except (discord.NotFound, discord.Forbidden):
        return False
    return True


def invitation(application: int) -> str:
    """The link with which somebody adds the bot to a server: the least rights that slash commands need."""
    wanted = {"client_id": application, "scope": "bot applications.commands", "permissions": PERMISSIONS}
    return f"https://discord.com/oauth2/authorize?{urlencode(wanted)}"

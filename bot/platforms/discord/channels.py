"""Discord's REST endpoints for what the bot posts by itself, through discord.py's client; its errors become ours.

The client keeps Discord's rate limits for each channel and repeats what 429 and 5xx turn away. A nonce makes a repeated
POST one message: Discord knows it for a few minutes.
Format: https://docs.discord.com/developers/resources/message#create-message
"""

from __future__ import annotations

import asyncio
from typing import Any

import aiohttp
import discord
from discord.http import Route

Json = dict[str, Any]

LIMIT = 60.0  # s for one request with all its retries
LONGEST_WAIT = 30.0  # s that the client itself waits for a rate limit; what has to wait longer waits in the outbox
#: Trying again cannot help: unknown channel or message, no access, no permission, closed direct messages, blocked,
#: a thread that is archived, a message of somebody else.
FINAL = frozenset({10003, 10004, 10008, 10013, 40001, 50001, 50005, 50007, 50013, 50083, 50278})


class NotTaken(Exception):  # noqa: N818 -- reads as what happened
    """Discord will never take this; `code` is its own."""

    def __init__(self, code: int, text: str) -> None:
        super().__init__(f"{code} {text}")
        self.code = code


class NotNow(Exception):  # noqa: N818 -- reads as what happened
    """It may work later. `sure`: it did not arrive; otherwise nobody knows."""

    def __init__(self, why: str, *, sure: bool, retry_after: float = 0.0) -> None:
        super().__init__(why)
        self.sure, self.retry_after = sure, retry_after


class Channels:
    """What the sender of posts needs of one signed-in client."""

    def __init__(self, client: discord.Client) -> None:
        self._http = client.http

    async def post(self, channel: str, body: Json, nonce: str) -> str:
        """POST a message; its id. The same nonce within minutes is the same message. Raises NotTaken, NotNow."""
        route = Route("POST", "/channels/{channel_id}/messages", channel_id=channel)
        found = await self._sent(route, body | {"nonce": nonce, "enforce_nonce": True})
        return str(found["id"])

    async def edit(self, channel: str, message: str, body: Json) -> None:
        """PATCH a message of ours. Raises NotTaken, NotNow."""
        route = Route("PATCH", "/channels/{channel_id}/messages/{message_id}", channel_id=channel, message_id=message)
        await self._sent(route, body)

    async def delete(self, channel: str, message: str) -> None:
        """DELETE a message of ours. Raises NotTaken, NotNow."""
        route = Route("DELETE", "/channels/{channel_id}/messages/{message_id}", channel_id=channel, message_id=message)
        await self._sent(route, None)

    async def private(self, account: str) -> str:
        """The channel of the private conversation with somebody. Raises NotTaken, NotNow."""
        found = await self._sent(Route("POST", "/users/@me/channels"), {"recipient_id": account})
        return str(found["id"])

    async def _sent(self, route: Route, body: Json | None) -> Any:
        given: dict[str, Any] = {"json": body} if body is not None else {}
        try:
            async with asyncio.timeout(LIMIT):
                return await self._http.request(route, **given)
        except aiohttp.ClientConnectorError as error:
            raise NotNow(type(error).__name__, sure=True) from None
        except discord.RateLimited as limit:
            raise NotNow("429", sure=True, retry_after=limit.retry_after) from None
        except discord.HTTPException as error:
            if error.status == 429:
                raise NotNow(f"429 {error.code}", sure=True, retry_after=LONGEST_WAIT) from None
            if error.status >= 500:
                raise NotNow(f"HTTP {error.status}", sure=False) from None
            raise NotTaken(error.code, error.text) from None
        except (OSError, TimeoutError, aiohttp.ClientError) as error:
            raise NotNow(type(error).__name__, sure=False) from None

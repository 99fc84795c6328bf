"""Discord's REST endpoints for answering, through discord.py's web hook adapter; its errors become ours.

The adapter keeps no rate-limit bucket for each interaction, as the library's general client would: their number grows
with every answer. It retries 429 and 5xx by itself. A connection that the server closed while idle is retried here.
"""

from __future__ import annotations

import asyncio
import io
import json
from collections.abc import Awaitable, Callable
from typing import Any

import aiohttp
import discord
from discord.http import MultipartParameters
from discord.webhook.async_ import async_context

from bot.platforms.discord.exchange import AnsweredAlready, Callback, TooLate
from bot.platforms.discord.incoming import Incoming
from bot.platforms.discord.payload import PICTURE

_GONE = {10008, 10015, 10062, 50027}  # unknown message, web hook, interaction; a token whose 15 minutes are over
_ACKNOWLEDGED = 40060
_TRIES, _PAUSE = 3, 0.2  # s
_LIMIT = 60.0  # s for one request with all its retries

Json = dict[str, Any]


class Rest:
    """A `Wire` over one client's HTTP session."""

    def __init__(self, client: discord.Client) -> None:
        self._http = client.http

    async def respond(
        self, to: Incoming, kind: Callback, data: Json | None, picture: bytes | None = None
    ) -> Json | None:
        """POST the callback; the message comes back with it, without another request."""
        body: Json = {"type": kind.value} | ({} if data is None else {"data": data})
        adapter = async_context.get()
        answer = await _sent(
            lambda: adapter.create_interaction_response(
                int(to.id), to.token, session=self._session, params=MultipartParameters(**_parts(body, picture))
            )
        )
        resource = (answer.get("resource") or {}) if isinstance(answer, dict) else {}
        return _message(resource.get("message"))

    async def follow_up(self, to: Incoming, body: Json, picture: bytes | None = None) -> Json | None:
        """POST one more message."""
        adapter = async_context.get()
        return _message(
            await _sent(
                lambda: adapter.execute_webhook(
                    int(to.application),
                    to.token,
                    session=self._session,
                    wait=True,
                    with_components=True,
                    **_parts(body, picture),
                )
            )
        )

    async def edit_original(self, to: Incoming, body: Json, picture: bytes | None = None) -> Json | None:
        """PATCH the first message."""
        adapter = async_context.get()
        return _message(
            await _sent(
                lambda: adapter.edit_original_interaction_response(
                    int(to.application), to.token, session=self._session, **_parts(body, picture)
                )
            )
        )

    async def delete_original(self, to: Incoming) -> None:
        """DELETE the first message."""
        adapter = async_context.get()
        await _sent(
            lambda: adapter.delete_original_interaction_response(int(to.application), to.token, session=self._session)
        )

    @property
    def _session(self) -> aiohttp.ClientSession:
        """The session that the client signed in with; discord.py's interactions reach for it in the same way."""
        session: aiohttp.ClientSession = vars(self._http)["_HTTPClient__session"]
        return session


def _parts(body: Json, picture: bytes | None) -> dict[str, Any]:
    """The body as JSON or, with a picture, as a form of both. Format: Discord's reference, "Uploading Files"."""
    if picture is None:
        return {"payload": body, "multipart": None, "files": None}
    file = discord.File(io.BytesIO(picture), filename=PICTURE)
    form = [
        {"name": "payload_json", "value": json.dumps(body)},
        {"name": "files[0]", "value": file.fp, "filename": file.filename, "content_type": "image/png"},
    ]
    return {"payload": None, "multipart": form, "files": [file]}


async def _sent(request: Callable[[], Awaitable[Any]]) -> Any:
    """The answer to a request. A lost connection is tried again; a repeated acknowledgement then counts as done."""
    for attempt in range(_TRIES):
        try:
            async with asyncio.timeout(_LIMIT):
                return await request()
        except aiohttp.ClientConnectionError:
            if attempt == _TRIES - 1:
                raise
            await asyncio.sleep(_PAUSE)
        except discord.HTTPException as error:
            if error.code in _GONE:
                raise TooLate(f"{error.code} {error.text}") from None
            if error.code == _ACKNOWLEDGED:
                if attempt:
                    return None
                raise AnsweredAlready(f"{error.code} {error.text}") from None
            raise
    raise AssertionError("the last attempt returns or raises")


def _message(data: object) -> Json | None:
    return data if isinstance(data, dict) and "id" in data else None

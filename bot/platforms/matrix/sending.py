"""Puts one message into a room, encrypted where the room is."""

from __future__ import annotations

from dataclasses import dataclass

from bot.platforms.matrix.connection import Homeserver, Json, Unreachable, room_path
from bot.platforms.matrix.crypto import Crypto
from bot.platforms.matrix.housekeeping import Housekeeping


@dataclass(frozen=True, slots=True)
class Sending:
    """What `Posting` sends with."""

    server: Homeserver
    crypto: Crypto
    house: Housekeeping

    async def picture(self, room: str, content: Json, png: bytes) -> Json:
        """The content with where the picture is: uploaded, encrypted where the room is. Raises MatrixFault."""
        if not await self.house.is_encrypted(room):
            return content | {"url": await self.server.upload(png, "image/png")}
        sealed, keys = self.crypto.attachment(png)
        return content | {"file": keys | {"url": await self.server.upload(sealed, "application/octet-stream")}}

    async def __call__(self, room: str, content: Json, txn: str) -> str:
        """The id of the event. The same transaction id again gives the same event. Raises MatrixFault."""
        kind = "m.room.message"
        if await self.house.is_encrypted(room):
            content = await self.crypto.seal(room, kind, content, await self.house.members(room))
            kind = "m.room.encrypted"
        found = await self.server.call("PUT", room_path(room, f"/send/{kind}/{txn}"), content)
        event = found.get("event_id")
        if not isinstance(event, str):
            raise Unreachable("an answer without an event id")
        return event

"""Makes encrypted events readable: at once, when their key comes, or for somebody who asks what an old event said."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.platforms.matrix.connection import Homeserver, Refused, SignedOut, part, room_path
from bot.platforms.matrix.crypto import Crypto, NoKey
from bot.platforms.matrix.events import Message, Scrambled, read
from bot.platforms.matrix.waiting import Waiting


@dataclass(frozen=True, slots=True)
class Opening:
    """What one session can read, and what it waits to read."""

    server: Homeserver
    crypto: Crypto
    waiting: Waiting = field(default_factory=Waiting)

    def heard(self, news: Mapping[str, Any]) -> tuple[Scrambled, ...]:
        """Take the keys in an answer of /sync; the events that waited for them."""
        return self.waiting.arrived(self.crypto.heard(news), _now())

    def opened(self, item: Scrambled, *, place: str | None, waits: bool, explain: bool) -> tuple[Message, str] | None:
        """The message in an encrypted event and the key of its device; without its own key it may wait."""
        try:
            opened = self.crypto.open(dict(item.source), item.room)
        except NoKey:
            if waits:
                self.waiting.add(item, _now(), place=place, explain=explain)
            return None
        plain = read(opened.event, item.room)
        return (plain, opened.key) if isinstance(plain, Message) else None

    async def fetched(self, room: str, event: str) -> Message | None:
        """A message of a room by its id, as the homeserver has it now; None when it says nothing any more."""
        try:
            item = read(await self.server.call("GET", room_path(room, f"/event/{part(event)}")), room)
            if isinstance(item, Scrambled):
                item = read(self.crypto.open(dict(item.source), room).event, room)
        except SignedOut:
            raise
        except (Refused, NoKey):
            return None
        return item if isinstance(item, Message) else None

    def place(self, newest: str) -> str:
        """Where the stream is to be read from after a restart: from the newest place, unless something waits."""
        return self.waiting.place(_now()) or newest

    def unexplained(self) -> tuple[str, ...]:
        """Rooms that are to be told that a message could not be read."""
        return self.waiting.unexplained(_now())


def _now() -> float:
    return asyncio.get_running_loop().time()

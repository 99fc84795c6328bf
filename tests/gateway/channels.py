"""What the fake Discord remembers of what a bot posts by itself: channels, messages, nonces."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from tests.gateway.people import OURSELVES, a_message

Json = dict[str, Any]
NONCE_LASTS = 300.0  # s
OLD = 3600.0  # s after which edits are limited more tightly


class Refusal(Exception):  # noqa: N818 -- what Discord answers
    """An error answer of the API."""

    def __init__(self, status: int, code: int, message: str) -> None:
        super().__init__(f"{status} {code} {message}")
        self.status, self.code, self.message = status, code, message


@dataclass(slots=True, kw_only=True)
class Channels:
    """Every channel exists unless it is said to be gone; the bot may write there unless it is said to be closed."""

    new_id: Callable[[], str]
    messages: dict[str, Json]  # by id, with those of interactions
    now: Callable[[], float] = time.monotonic
    gone: set[str] = field(default_factory=set)
    closed: set[str] = field(default_factory=set)
    private: dict[str, str] = field(default_factory=dict)  # account -> channel
    posted: list[str] = field(default_factory=list)  # ids, in order
    edited: list[str] = field(default_factory=list)  # ids, in order, one for each edit
    old_edits: int | None = None  # how many more edits of old messages are taken; None: any number
    _nonces: dict[tuple[str, str], tuple[float, str]] = field(default_factory=dict)
    _made: dict[str, float] = field(default_factory=dict)

    def in_channel(self, channel: str) -> list[Json]:
        """The messages that were posted there and still stand, in order."""
        return [self.messages[at] for at in self.posted if at in self.messages and self._channel(at) == channel]

    def to(self, account: str) -> list[Json]:
        """The messages of a private conversation."""
        return self.in_channel(self.private[account]) if account in self.private else []

    def open(self, account: str) -> Json:
        """The private conversation with somebody."""
        channel = self.private.setdefault(account, self.new_id())
        return {"id": channel, "type": 1, "recipients": [{"id": account, "username": "?", "discriminator": "0"}]}

    def post(self, channel: str, body: Json) -> Json:
        """A message; with an enforced nonce that is still known, the message that was made with it."""
        self._may(channel)
        nonce = str(body.get("nonce") or "")
        if len(nonce) > 25:
            raise Refusal(400, 50035, "Invalid Form Body")
        began, known = self._nonces.get((channel, nonce), (0.0, ""))
        if body.get("enforce_nonce") and known in self.messages and self.now() - began < NONCE_LASTS:
            return self.messages[known]
        message = a_message(self.new_id(), channel, OURSELVES, body) | {"nonce": nonce}
        self.messages[message["id"]] = message
        self.posted.append(message["id"])
        self._made[message["id"]] = self.now()
        if nonce:
            self._nonces[channel, nonce] = (self.now(), message["id"])
        return message

    def edit(self, channel: str, message: str, body: Json) -> Json:
        """Another content."""
        found = self._message(channel, message)
        if self.old_edits is not None and self.now() - self._made.get(message, 0.0) > OLD:
            if self.old_edits <= 0:
                raise Refusal(429, 30046, "Maximum number of edits to messages older than 1 hour reached.")
            self.old_edits -= 1
        found |= {name: body[name] for name in ("content", "components") if name in body}
        self.edited.append(message)
        return found

    def delete(self, channel: str, message: str) -> None:
        """A message less."""
        self._message(channel, message)
        del self.messages[message]

    def _message(self, channel: str, message: str) -> Json:
        self._may(channel)
        if message not in self.messages or self._channel(message) != channel:
            raise Refusal(404, 10008, "Unknown Message")
        return self.messages[message]

    def _channel(self, message: str) -> str:
        return str(self.messages[message]["channel_id"])

    def _may(self, channel: str) -> None:
        if channel in self.gone:
            raise Refusal(404, 10003, "Unknown Channel")
        if channel in self.closed:
            raise Refusal(403, 50001, "Missing Access")

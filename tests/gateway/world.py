"""What the fake Discord remembers: interactions and how far each is answered, messages, registered commands."""

from __future__ import annotations

import asyncio
import itertools
import time
from dataclasses import dataclass, field
from typing import Any

from tests.gateway.channels import Channels, Refusal
from tests.gateway.people import OURSELVES, Person, Where, a_message

Json = dict[str, Any]
EPHEMERAL, LOADING = 1 << 6, 1 << 7
_FIRST_ANSWER, _TOKEN_LIFE = 3.0, 900.0  # s


@dataclass(slots=True, kw_only=True)
class Ask:
    """One interaction and everything that came back for it."""

    id: str
    token: str
    kind: int
    who: Person
    where: Where
    source: Json | None  # the message that was clicked
    begun: float
    callback: int | None = None  # type of the first callback
    deferred: int | None = None  # flags given with a deferral that is still open
    messages: list[Json] = field(default_factory=list)  # all shown, in order; the first is the original
    choices: list[Json] | None = None
    form: Json | None = None  # the modal that was opened
    answered_at: float | None = None
    done: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def message(self) -> Json:
        """The first message."""
        return self.messages[0]

    @property
    def content(self) -> str:
        return str(self.message["content"])

    @property
    def private(self) -> bool:
        return bool(self.message["flags"] & EPHEMERAL)

    @property
    def fields(self) -> dict[str, Json]:
        """The inputs of the form that was opened, by name."""
        parts = [label["component"] for label in (self.form or {"components": []})["components"]]
        return {part["custom_id"]: part for part in parts}

    @property
    def labels(self) -> list[str]:
        """Labels of all buttons."""
        return [part["label"] for part in self.buttons]

    @property
    def buttons(self) -> list[Json]:
        rows = self.messages[-1]["components"]
        return [part for row in rows for part in row["components"] if part["type"] == 2]

    def button(self, label: str) -> Json:
        """The button whose label begins so."""
        return next(part for part in self.buttons if part["label"].startswith(label))


class World:
    """The state behind the API. Times are the clock's, so that a test need not wait for a token to expire."""

    def __init__(self) -> None:
        self.asks: dict[str, Ask] = {}  # by token
        self.messages: dict[str, Json] = {}
        self.commands: dict[str, list[Json]] = {}  # scope -> commands
        self.now = time.monotonic
        self._ids = itertools.count(500_000_000_000_000_001)
        self.channels = Channels(new_id=self.new_id, messages=self.messages)

    def new_id(self) -> str:
        return str(next(self._ids))

    def ask(self, kind: int, who: Person, where: Where, source: Json | None = None) -> Ask:
        token = f"token-{self.new_id()}"
        made = Ask(id=self.new_id(), token=token, kind=kind, who=who, where=where, source=source, begun=self.now())
        self.asks[token] = made
        return made

    def acknowledge(self, number: str, token: str, body: Json) -> Json | None:
        """A callback; returns the message that it made or changed."""
        ask = self.asks.get(token)
        if ask is None or ask.id != number:
            raise Refusal(404, 10062, "Unknown interaction")
        if ask.callback is not None:
            raise Refusal(400, 40060, "Interaction has already been acknowledged.")
        if self.now() - ask.begun > _FIRST_ANSWER:
            raise Refusal(404, 10062, "Unknown interaction")
        data, kind = body.get("data") or {}, int(body["type"])
        if (kind in (6, 7) and ask.source is None) or (kind == 9 and ask.kind == 5):
            raise Refusal(400, 50035, "Invalid Form Body")
        message = None
        if kind == 4:
            message = self._made(ask, data)
        elif kind == 5:
            ask.deferred = int(data.get("flags") or 0) & EPHEMERAL
            self._made(ask, {"content": "", "flags": ask.deferred | LOADING})
        elif kind in (6, 7) and ask.source is not None:
            message = self.messages[ask.source["id"]]
            ask.messages.append(message)
            if kind == 7:
                self._change(message, data)
        elif kind == 8:
            ask.choices = data.get("choices") or []
        elif kind == 9:
            ask.form = data
        ask.callback = kind
        if kind in (4, 7, 8, 9):
            self._answered(ask)
        return message

    def follow_up(self, token: str, body: Json) -> Json:
        ask = self._alive(token)
        if ask.deferred is not None:  # it fills the announced message and keeps that one's visibility
            return self.edit_original(token, body)
        message = self._made(ask, body)
        self._answered(ask)
        return message

    def edit_original(self, token: str, body: Json) -> Json:
        ask = self._alive(token)
        if not ask.messages:
            raise Refusal(404, 10008, "Unknown Message")
        message = ask.messages[0]
        message["flags"] &= ~LOADING
        ask.deferred = None
        self._change(message, body)
        self._answered(ask)
        return message

    def delete_original(self, token: str) -> None:
        ask = self._alive(token)
        if not ask.messages:
            raise Refusal(404, 10008, "Unknown Message")
        gone = ask.messages.pop(0)
        self.messages.pop(gone["id"], None)
        ask.deferred = None

    def _alive(self, token: str) -> Ask:
        ask = self.asks.get(token)
        if ask is None or self.now() - ask.begun > _TOKEN_LIFE:
            raise Refusal(401, 50027, "Invalid Webhook Token")
        if ask.callback is None:
            raise Refusal(404, 10015, "Unknown Webhook")
        return ask

    def _made(self, ask: Ask, data: Json) -> Json:
        message = a_message(self.new_id(), ask.where.channel, OURSELVES, data) | {
            "type": 20 if ask.kind == 2 else 19,
            "interaction_metadata": {"id": ask.id, "type": ask.kind, "user": ask.who.user},
        }
        self.messages[message["id"]] = message
        ask.messages.append(message)
        return message

    @staticmethod
    def _change(message: Json, data: Json) -> None:
        for field_ in ("content", "components", "attachments"):
            if field_ in data:
                message[field_] = data[field_] or ("" if field_ == "content" else [])
        if "flags" in data:
            kept = message["flags"] & EPHEMERAL
            message["flags"] = kept | (int(data["flags"] or 0) & ~EPHEMERAL)

    def _answered(self, ask: Ask) -> None:
        if ask.answered_at is None:
            ask.answered_at = self.now()
        ask.done.set()

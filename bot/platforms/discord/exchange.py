"""One interaction from its first acknowledgement to its last message, whatever carries it to Discord.

Rules kept here: an interaction is acknowledged once and within 3 s; the first message after a deferral has the
deferral's visibility; an update shows in place of the message that was clicked.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum, IntEnum
from typing import Any, Protocol

from bot.platforms.discord.incoming import Incoming, Kind
from bot.platforms.discord.payload import EPHEMERAL, SUPPRESS_EMBEDS

Json = dict[str, Any]


class Callback(IntEnum):
    """Discord's interaction callback types."""

    MESSAGE = 4
    DEFERRED_MESSAGE = 5
    DEFERRED_UPDATE = 6
    UPDATE = 7
    COMPLETIONS = 8
    MODAL = 9


class Wire(Protocol):
    """What Discord offers for answering an interaction. Messages are returned as Discord made them.

    `picture` is the PNG that the body's one attachment describes.
    """

    async def respond(
        self, to: Incoming, kind: Callback, data: Json | None, picture: bytes | None = None
    ) -> Json | None:
        """Acknowledge, with the message where there is one."""
        ...

    async def follow_up(self, to: Incoming, body: Json, picture: bytes | None = None) -> Json | None:
        """One more message."""
        ...

    async def edit_original(self, to: Incoming, body: Json, picture: bytes | None = None) -> Json | None:
        """Fill or change the first message, or the clicked one after an update."""
        ...

    async def delete_original(self, to: Incoming) -> None:
        """Take the first message away."""
        ...


class TooLate(Exception):  # noqa: N818 -- reads as what happened
    """Discord no longer knows the interaction (10062, or its 15 minutes are over): nobody can be told anything."""


class AnsweredAlready(Exception):  # noqa: N818 -- reads as what happened
    """The interaction was acknowledged before (40060): by a request whose answer was lost, or by a second bot."""


class _Stage(Enum):
    FRESH = 0
    PUBLIC = 1  # deferred, "thinking" for everybody
    PRIVATE = 2  # deferred for the asker alone
    UPDATE = 3  # deferred, the clicked message is to change
    ANSWERED = 4


class Exchange:
    """Where one interaction stands, and how an answer reaches it from there."""

    def __init__(self, incoming: Incoming, wire: Wire) -> None:
        self._incoming, self._wire, self._stage = incoming, wire, _Stage.FRESH

    async def defer(self, *, private: bool, update: bool) -> None:
        """Say that an answer is coming. Whom it will be for must be known now."""
        if update:
            await self._wire.respond(self._incoming, Callback.DEFERRED_UPDATE, None)
            self._stage = _Stage.UPDATE
        else:
            flags = EPHEMERAL if private else 0
            await self._wire.respond(self._incoming, Callback.DEFERRED_MESSAGE, {"flags": flags})
            self._stage = _Stage.PRIVATE if private else _Stage.PUBLIC

    async def complete(self, choices: Sequence[Json]) -> None:
        """Offer completions for what is being typed."""
        await self._wire.respond(self._incoming, Callback.COMPLETIONS, {"choices": list(choices)})

    @property
    def may_open(self) -> bool:
        """Whether a form can still be opened: as the first answer, and not to a form that was sent."""
        return self._stage is _Stage.FRESH and self._incoming.kind is not Kind.MODAL

    async def open(self, modal: Json) -> None:
        """Open a form."""
        await self._wire.respond(self._incoming, Callback.MODAL, modal)
        self._stage = _Stage.ANSWERED

    async def show(self, bodies: Sequence[Json], *, update: bool = False, picture: bytes | None = None) -> list[Json]:
        """Send the messages of an answer, a picture with the last; returns what Discord made of them."""
        first, *rest = bodies
        sent = [await self._first(first, None if rest else picture, update=update)]
        self._stage = _Stage.ANSWERED
        sent += [
            await self._wire.follow_up(self._incoming, body, picture if body is rest[-1] else None) for body in rest
        ]
        return [message for message in sent if message]

    async def _first(self, body: Json, picture: bytes | None, *, update: bool) -> Json | None:
        private = bool(body["flags"] & EPHEMERAL)
        edit = body | {"flags": SUPPRESS_EMBEDS}  # an edit cannot change who sees a message
        match self._stage:
            case _Stage.FRESH if update:
                return await self._wire.respond(self._incoming, Callback.UPDATE, edit, picture)
            case _Stage.FRESH:
                return await self._wire.respond(self._incoming, Callback.MESSAGE, body, picture)
            case _Stage.PUBLIC if private:
                # Announced to all, and it came to something for the asker alone: with the announcement gone, the next
                # message is free to be private.
                await self._wire.delete_original(self._incoming)
                return await self._wire.follow_up(self._incoming, body, picture)
            case _Stage.PUBLIC | _Stage.PRIVATE:
                return await self._wire.edit_original(self._incoming, edit, picture)
            case _Stage.UPDATE if update:
                return await self._wire.edit_original(self._incoming, edit, picture)
            case _:
                return await self._wire.follow_up(self._incoming, body, picture)

"""Joining, declining, following upgrades and leaving: beside the answers, one by one, tried again on faults."""

from __future__ import annotations

import asyncio
import logging
import secrets
from collections.abc import Awaitable, Callable, Collection
from functools import partial
from typing import Any

from bot.platforms.matrix.backoff import Backoff
from bot.platforms.matrix.connection import Homeserver, Json, Refused, Unreachable, part, room_path
from bot.platforms.matrix.events import Upgrade
from bot.platforms.matrix.rooms import Rooms
from bot.platforms.matrix.settings import POWER, power_of
from bot.platforms.matrix.sync import Invitation

ATTEMPTS = 6
JOINING = 120.0  # seconds that a join may take: it waits for other servers
QUIET = 60.0  # seconds between two lines about declined invitations
_log = logging.getLogger(__name__)

Chore = Callable[[], Awaitable[None]]


class Housekeeping:
    """The chores of one connection."""

    def __init__(
        self,
        server: Homeserver,
        rooms: Rooms,
        *,
        changed: Callable[[], Awaitable[None]],
        moved: Callable[[str, str], Awaitable[None]],
    ) -> None:
        self._server, self._rooms = server, rooms
        self._changed = changed  # what `rooms` remembers is different now
        self._moved = moved  # a room goes on as another one
        self._chores: asyncio.Queue[Chore] = asyncio.Queue()
        self._declined = 0
        self._told = float("-inf")

    async def run(self) -> None:
        """Work until cancelled."""
        try:
            while True:
                try:
                    async with asyncio.timeout_at(self._told + QUIET if self._declined else None):
                        chore = await self._chores.get()
                except TimeoutError:  # no chore, but something to tell
                    self._tell()
                    continue
                await self._done(chore)
                if self._now() - self._told >= QUIET:
                    self._tell()
        finally:
            self._tell()

    async def _done(self, chore: Chore) -> None:
        backoff = Backoff()
        for _ in range(ATTEMPTS):
            try:
                return await chore()
            except Unreachable as fault:
                await asyncio.sleep(backoff.failed(fault.retry_after))
            except Refused as refusal:
                _log.debug("matrix: %s", refusal)
                return None
            except Exception:  # noqa: BLE001 -- whatever it is, the next chore is done
                _log.exception("matrix: error %s", secrets.token_hex(4))
                return None
        return None

    # what can be asked for

    def invited(self, invitation: Invitation) -> None:
        """Take or decline an invitation."""
        self._chores.put_nowait(lambda: self._considered(invitation))

    def upgraded(self, upgrade: Upgrade) -> None:
        """Follow a room to its successor."""
        self._chores.put_nowait(lambda: self._follow(upgrade))

    def perhaps_empty(self, room: str) -> None:
        """Leave a room when nobody else is in it."""
        self._chores.put_nowait(lambda: self._leave_if_empty(room))

    def look_around(self) -> None:
        """Leave every room that everybody else left while we were away."""
        for room in sorted(self._rooms.joined):
            self.perhaps_empty(room)

    # the chores

    async def settle(self) -> None:
        """At start: learn where we are; joining what is listed is the first chore. Raises MatrixFault."""
        found = await self._server.call("GET", "/joined_rooms")
        self._rooms.joined = {room for room in found.get("joined_rooms", []) if isinstance(room, str)}
        for name in dict.fromkeys((*self._rooms.settings.rooms, self._rooms.settings.review_room)):
            if name:
                self._chores.put_nowait(partial(self._enter, name))

    async def _enter(self, name: str) -> None:
        """Be in a listed room, or in the one that it goes on as."""
        try:
            room = await self._resolved(name)
            if room not in self._rooms.joined and not self._successor_joined(room):
                await self._join(name)
                _log.info("matrix: joined %s", name)
        except Refused as refusal:
            _log.warning("matrix: %s cannot be joined (%s); an invitation to it will be taken", name, refusal)

    def _successor_joined(self, room: str) -> bool:
        return any(room in self._rooms.line(other) for other in self._rooms.joined)

    async def _resolved(self, name: str) -> str:
        if not name.startswith("#"):
            return name
        found = await self._server.call("GET", f"/directory/room/{part(name)}")
        room = str(found.get("room_id"))
        if self._rooms.aliases.get(room) != name:
            self._rooms.aliases[room] = name
            await self._changed()
        return room

    async def _considered(self, invitation: Invitation) -> None:
        """Judged when its turn comes: an upgrade before it may have made the room known."""
        await (self._accept(invitation) if self._rooms.welcome(invitation) else self._decline(invitation.room))

    async def _join(self, name: str) -> str:
        found = await self._server.call("POST", f"/join/{part(name)}", {}, patience=JOINING)
        room = str(found.get("room_id"))
        if room not in self._rooms.joined:
            self._rooms.entered.add(room)
        self._rooms.joined.add(room)
        return room

    async def _accept(self, invitation: Invitation) -> None:
        try:
            await self._join(invitation.room)
        except Refused as refusal:
            _log.warning("matrix: an invitation could not be taken: %s", refusal)
            return
        if (before := self._rooms.replaced.get(invitation.room)) is not None:
            if await self._confirm(invitation.room):
                await self._gone_on(before, invitation.room)
            return
        if self._rooms.listed(invitation.room) is None:
            self._rooms.invited.add(invitation.room)
            await self._changed()
        _log.info("matrix: joined %s", invitation.room)

    async def _decline(self, room: str) -> None:
        await self._server.call("POST", room_path(room, "/leave"), {})
        self._declined += 1

    def _tell(self) -> None:
        """One line, however many strangers have invited since the last."""
        if self._declined:
            _log.info("matrix: invitations declined, because nobody on the list sent them: %d", self._declined)
            self._declined, self._told = 0, self._now()

    @staticmethod
    def _now() -> float:
        return asyncio.get_running_loop().time()

    async def _follow(self, upgrade: Upgrade) -> None:
        """Somebody entitled closed the room in favour of another, which must name it as its predecessor."""
        if not self._rooms.served(upgrade.room) or upgrade.successor == upgrade.room:
            return
        if not await self._entitled(upgrade):
            _log.warning("matrix: the upgrade of %s comes from somebody without the power for it", upgrade.room)
            return
        self._rooms.replaced[upgrade.successor] = upgrade.room
        await self._changed()
        try:
            await self._join(upgrade.successor)
        except Refused:
            _log.info("matrix: %s goes on as %s; waiting for an invitation", upgrade.room, upgrade.successor)
            return
        if await self._confirm(upgrade.successor):
            await self._gone_on(upgrade.room, upgrade.successor)

    async def _gone_on(self, old: str, new: str) -> None:
        _log.info("matrix: %s goes on as %s", old, new)
        if old in self._rooms.joined:
            await self._leave(old)

    async def _entitled(self, upgrade: Upgrade) -> bool:
        power, levels = await self.power(upgrade.room, upgrade.sender)
        events = levels.get("events")
        needed = events.get("m.room.tombstone") if isinstance(events, dict) else None
        needed = levels.get("state_default", POWER) if needed is None else needed
        return power >= max(POWER, needed if isinstance(needed, int) else POWER)

    async def power(self, room: str, account: str) -> tuple[float, Json]:
        """A member's power in a room, and the room's levels; read from the server now."""
        state = await self._server.call_list("GET", room_path(room, "/state"))
        found: dict[str, Json] = {}
        creator = ""
        for event in state:
            if isinstance(event, dict) and event.get("state_key") == "" and isinstance(event.get("content"), dict):
                found[str(event.get("type"))] = event["content"]
                creator = str(event.get("sender")) if event.get("type") == "m.room.create" else creator
        levels = found.get("m.room.power_levels", {})
        return power_of(account, levels, found.get("m.room.create", {}), creator), levels

    async def _confirm(self, room: str) -> bool:
        """Stay in a successor only when it names the room that it goes on for."""
        try:
            create = await self._server.call("GET", room_path(room, "/state/m.room.create"))
        except Refused:
            create = {}
        before: Any = create.get("predecessor")
        if isinstance(before, dict) and before.get("room_id") == self._rooms.replaced.get(room):
            await self._moved(before["room_id"], room)
            return True
        _log.warning("matrix: %s does not name %s as its predecessor", room, self._rooms.replaced.pop(room, "?"))
        await self._changed()
        await self._leave(room)
        return False

    async def own_room(self, user: str) -> str:
        """The room in which only this person and the bot read; opened where there is none. Raises MatrixFault."""
        for room in self._rooms.own & self._rooms.joined:
            if user in await self.members(room):
                return room
        body: Json = {
            "preset": "private_chat",
            "is_direct": True,
            "invite": [user],
            "initial_state": [{"type": "m.room.encryption", "content": {"algorithm": "m.megolm.v1.aes-sha2"}}],
            "power_level_content_override": {"invite": 100},
        }
        found = await self._server.call("POST", "/createRoom", body)
        room = str(found.get("room_id"))
        self._rooms.own.add(room)
        self._rooms.joined.add(room)
        await self._changed()
        return room

    async def _leave_if_empty(self, room: str) -> None:
        if room in self._rooms.joined and not set(await self.members(room)) - {self._rooms.settings.user}:
            await self._leave(room)
            _log.info("matrix: left %s, which everybody else had left", room)

    async def _leave(self, room: str) -> None:
        await self._server.call("POST", room_path(room, "/leave"), {})
        self._rooms.gone(room)
        await self._changed()
        await self._server.call("POST", room_path(room, "/forget"), {})

    # what sending needs to know

    async def is_encrypted(self, room: str) -> bool:
        """Whether messages there must be encrypted. Raises MatrixFault."""
        if room not in self._rooms.encrypted:
            try:
                await self._server.call("GET", room_path(room, "/state/m.room.encryption"))
                self._rooms.encrypted[room] = True
            except Refused as refusal:
                if refusal.status != 404:
                    raise
                self._rooms.encrypted[room] = False
        return self._rooms.encrypted[room]

    async def members(self, room: str) -> Collection[str]:
        """Who is in a room; asked again after somebody came or went. Raises MatrixFault.

        In a room that was opened for somebody, that person counts before coming.
        """
        if room not in self._rooms.members:
            of_own = room in self._rooms.own
            self._rooms.members[room] = await (self._expected(room) if of_own else self._joined(room))
        return self._rooms.members[room]

    async def is_alone(self, room: str) -> bool:
        """Whether nobody but one person and the bot reads there, and nobody comes in unasked. Raises MatrixFault.

        In a room without encryption the servers read along, and in some everybody, without coming in.
        """
        if len(await self.members(room)) > 2:
            return False
        return room in self._rooms.own or (await self.is_encrypted(room) and await self._by_invitation(room))

    async def _by_invitation(self, room: str) -> bool:
        try:
            rules = await self._server.call("GET", room_path(room, "/state/m.room.join_rules"))
        except Refused:
            return False
        return rules.get("join_rule") == "invite"

    async def _joined(self, room: str) -> frozenset[str]:
        joined = (await self._server.call("GET", room_path(room, "/joined_members"))).get("joined")
        return frozenset(joined if isinstance(joined, dict) else ())

    async def _expected(self, room: str) -> frozenset[str]:
        found = await self._server.call("GET", room_path(room, "/members"), query={"not_membership": "leave"})
        chunk = found.get("chunk")
        return frozenset(
            str(event.get("state_key"))
            for event in (chunk if isinstance(chunk, list) else ())
            if isinstance(event, dict) and _membership(event) in ("join", "invite")
        )


def _membership(event: Json) -> object:
    content = event.get("content")
    return content.get("membership") if isinstance(content, dict) else None

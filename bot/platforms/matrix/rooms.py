"""Which rooms the bot serves, and the few things it remembers about them. Pure: `housekeeping` makes the requests."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.platforms.matrix.events import is_id
from bot.platforms.matrix.settings import MatrixSettings, RoomSettings, may_invite
from bot.platforms.matrix.sync import Invitation

NOTE = "rooms"


@dataclass(slots=True, kw_only=True)
class Rooms:
    """Listed rooms, rooms that somebody entitled invited us to, and what upgraded rooms go on as."""

    settings: MatrixSettings
    invited: set[str] = field(default_factory=set)
    replaced: dict[str, str] = field(default_factory=dict)  # new room -> the room that it goes on for
    aliases: dict[str, str] = field(default_factory=dict)  # room id -> alias under which it is listed
    own: set[str] = field(default_factory=set)  # each opened for one person, whose name is kept nowhere
    joined: set[str] = field(default_factory=set)
    entered: set[str] = field(default_factory=set)  # joined just now; their timelines begin before that
    encrypted: dict[str, bool] = field(default_factory=dict)
    members: dict[str, frozenset[str]] = field(default_factory=dict)

    def line(self, room: str) -> tuple[str, ...]:
        """The room and those that it goes on for, newest first, however often it was upgraded."""
        found = [room]
        while (before := self.replaced.get(found[-1])) is not None and before not in found:
            found.append(before)
        return tuple(found)

    def current(self, place: str) -> str:
        """The room that a configured id or alias, or the id of a room that was upgraded since, means now."""
        named = next((room for room, alias in reversed(self.aliases.items()) if alias == place), place)
        later = [room for room in self.replaced if room in self.joined and named in self.line(room)]
        return later[-1] if later else named

    def listed(self, room: str) -> RoomSettings | None:
        """The settings of a room of the configuration: its own, else those of the room that it goes on for."""
        wanted = self.settings.rooms
        names = (name for each in self.line(room) for name in (each, self.aliases.get(each, "")))
        return next((wanted[name] for name in names if name in wanted), None)

    def served(self, room: str) -> bool:
        """Whether questions are answered there."""
        return self.settings.public or self.ours(room)

    def ours(self, room: str) -> bool:
        """Whether it is served for its own sake, not because everybody is."""
        return self._named(room) or self._let_in(room) or room in self.own

    def of(self, room: str) -> RoomSettings:
        """The settings that hold in a room."""
        return self.listed(room) or self.settings.elsewhere

    def is_review(self, room: str) -> bool:
        """Whether power levels in this room count."""
        wanted = self.settings.review_room
        return wanted is not None and any(wanted in (each, self.aliases.get(each)) for each in self.line(room))

    def expected(self, room: str) -> bool:
        """Whether the configuration names it, or the room that it goes on for, and the bot is not in it."""
        return room not in self.joined and self._named(room)

    def welcome(self, invitation: Invitation) -> bool:
        """Whether an invitation is taken: of somebody on the list, or to a room that is served anyway."""
        known = self._named(invitation.room) or self._let_in(invitation.room)
        return known or may_invite(invitation.by, self.settings)

    def _named(self, room: str) -> bool:
        """Whether the configuration names it, or a room that it goes on for."""
        return self.listed(room) is not None or self.is_review(room)

    def _let_in(self, room: str) -> bool:
        """Whether somebody entitled invited us, there or to a room that it goes on for."""
        return not self.invited.isdisjoint(self.line(room))

    def gone(self, room: str) -> bool:
        """We are no longer in it; whether `note` changes. An invitation also counts where the room goes on."""
        ends = room in self.invited and room not in self.replaced.values()
        noted = ends or room in self.own
        if ends:
            self.invited.discard(room)
        for rooms in (self.joined, self.entered, self.own):
            rooms.discard(room)
        for table in (self.encrypted, self.members):
            table.pop(room, None)
        return noted

    def happened(self, room: str, events: Iterable[Any]) -> None:
        """Take what a timeline or a state says about encryption and about who is there."""
        for event in events:
            kind = event.get("type") if isinstance(event, Mapping) and "state_key" in event else None
            if kind == "m.room.encryption":
                self.encrypted[room] = True
            if kind == "m.room.member":
                self.members.pop(room, None)

    def note(self) -> str:
        """What outlives the process."""
        sets = {"invited": sorted(self.invited), "own": sorted(self.own)}
        return json.dumps(sets | {"replaced": self.replaced, "aliases": self.aliases})

    def recall(self, note: str | None) -> None:
        """Take up what an earlier run noted."""
        found = json.loads(note) if note else {}
        self.invited = {room for room in found.get("invited", ()) if is_id(room, "!")}
        self.replaced = dict(found.get("replaced", {}))
        self.aliases = dict(found.get("aliases", {}))
        self.own = {room for room in found.get("own", ()) if is_id(room, "!")}

"""What the operator decides about Matrix, and whom and what that lets in. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.commands.request import Right

USER_ID = re.compile(r"@[^:\s]+:[^\s]+")
ROOM_ID = re.compile(r"[!#]\S+")  # since room version 12 a room's id has no server in it
POWER = 50  # a moderator by the custom of Matrix


@dataclass(frozen=True, slots=True, kw_only=True)
class RoomSettings:
    """What may differ from room to room."""

    prefix: str = "!"
    language: str = "en"  # BCP 47; Matrix does not tell what a person reads


@dataclass(frozen=True, slots=True, kw_only=True)
class MatrixSettings:
    """The whole section of the configuration, without secrets."""

    homeserver: str  # base URL of the client API
    user: str  # @onrecord:example.org
    rooms: Mapping[str, RoomSettings] = field(default_factory=dict)  # by id or alias
    elsewhere: RoomSettings = RoomSettings()  # rooms that are not listed
    invites: frozenset[str] = frozenset()  # user ids, and names of servers, whose invitations are taken
    ignored: frozenset[str] = frozenset()  # other bots
    editors: frozenset[str] = frozenset()  # user ids
    review_room: str | None = None  # the one room whose power levels count
    review_power: int = POWER
    public: bool = False  # look-ups in every room that the bot is in


def may_invite(user: str, settings: MatrixSettings) -> bool:
    """Whether this person's invitations are taken: listed, or of a listed server."""
    return user in settings.invites or user.partition(":")[2] in settings.invites


def is_heard(sender: str, settings: MatrixSettings) -> bool:
    """Whether anything this account sends can be a question."""
    return sender != settings.user and sender not in settings.ignored


def rights_of(
    account: str, *, power: float | None, settings: MatrixSettings, listed: bool = False, review: bool = True
) -> frozenset[Right]:
    """What an account may do. `power` is its power level in the room where that matters, else None.

    Power in the configured `review` room lets edit. In a room that is `listed` everybody may suggest, and whoever
    moderates it manages it; in one that is served because the bot is public, people look up, and nothing else.
    """
    found = {Right.READ, Right.SUGGEST} if listed else {Right.READ}
    if account in settings.editors or (review and power is not None and power >= settings.review_power):
        found |= {Right.READ, Right.SUGGEST, Right.EDIT}
    if listed and power is not None and power >= POWER:
        found.add(Right.MANAGE)
    return frozenset(found)


def power_of(account: str, levels: Mapping[str, object], create: Mapping[str, object], creator: str) -> float:
    """A member's power from a room's m.room.power_levels and m.room.create; creators of version 12 stand above all.

    Source: Matrix specification, room versions 11 and 12 (privileged creators). What cannot be read counts as 0.
    """
    version = create.get("room_version", "1")
    additional = create.get("additional_creators")
    creators = {creator} | set(additional if isinstance(additional, list) else ())
    if isinstance(version, str) and version.isdecimal() and int(version) >= 12 and account in creators:
        return float("inf")
    users = levels.get("users")
    power = users.get(account) if isinstance(users, Mapping) else None
    power = levels.get("users_default", 0) if power is None else power
    return power if isinstance(power, int) and not isinstance(power, bool) else 0

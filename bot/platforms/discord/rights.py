"""Who may edit: users and roles from the configuration, compared with the member that comes with the interaction.

Without the guilds intent a library's member has no roles to ask, so the ids are read from the payload itself. A role
counts in its own guild only; being admin of a server that invited the bot counts nowhere.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from bot.commands.request import Right


@dataclass(frozen=True, slots=True, kw_only=True)
class Editors:
    """The editorial team on Discord."""

    users: frozenset[int] = frozenset()
    roles: frozenset[tuple[int, int]] = frozenset()  # (guild, role)


_EDITOR = frozenset({Right.READ, Right.SUGGEST, Right.EDIT})
_ADMINISTRATOR, _MANAGE_CHANNELS, _MANAGE_GUILD = 1 << 3, 1 << 4, 1 << 5
_VIEW_CHANNEL, _SEND_MESSAGES, _SEND_IN_THREADS = 1 << 10, 1 << 11, 1 << 38
_THREADS = frozenset({10, 11, 12})  # types of channels


def rights(
    interaction: Mapping[str, Any], editors: Editors, guilds: Collection[int] = (), *, direct: bool = False
) -> frozenset[Right]:
    """What the person behind this interaction may do, from its payload and the configuration alone.

    In the listed guilds everybody may suggest, with `direct` also in direct messages, which a bot that serves nobody
    else only has with people from there; elsewhere people look up, and nothing else.
    """
    member = interaction.get("member")
    user = (member or interaction).get("user") or {}
    guild = _number(interaction.get("guild_id"))
    held = {(guild, _number(role)) for role in (member or {}).get("roles") or ()}
    known = direct if guild is None else guild in guilds
    found = {Right.READ, Right.SUGGEST} if known else {Right.READ}
    if _number(user.get("id")) in editors.users or held & editors.roles:
        found |= _EDITOR
    managing = _ADMINISTRATOR | _MANAGE_CHANNELS | _MANAGE_GUILD
    if known and member is not None and (_number(member.get("permissions")) or 0) & managing:
        found.add(Right.MANAGE)
    return frozenset(found)


def may_post(interaction: Mapping[str, Any]) -> bool:
    """Whether the bot is a member of the place and may write there, as Discord says beside the interaction."""
    channel = interaction.get("channel") or {}
    owners = interaction.get("authorizing_integration_owners") or {}
    if interaction.get("guild_id") is None or "0" not in owners:
        return False
    allowed = _number(interaction.get("app_permissions")) or 0
    writing = _SEND_IN_THREADS if channel.get("type") in _THREADS else _SEND_MESSAGES
    needed = _VIEW_CHANNEL | writing
    return bool(allowed & _ADMINISTRATOR) or allowed & needed == needed


def _number(value: object) -> int | None:
    return int(value) if isinstance(value, str) and value.isascii() and value.isdecimal() else None

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


_EDITOR = frozenset(Right)


def rights(
    interaction: Mapping[str, Any], editors: Editors, guilds: Collection[int] = (), *, direct: bool = False
) -> frozenset[Right]:
    """What the person behind this interaction may do, from its payload and the configuration alone.

    In the listed guilds everybody may suggest, with `direct` also in direct messages, which a bot that serves nobody
    else only has with people from there; elsewhere people look up, and nothing else.
    """
    member = interaction.get("member")
    user = (member or interaction).get("user") or {}
    if _number(user.get("id")) in editors.users:
        return _EDITOR
    guild = _number(interaction.get("guild_id"))
    held = {(guild, _number(role)) for role in (member or {}).get("roles") or ()}
    if held & editors.roles:
        return _EDITOR
    known = direct if guild is None else guild in guilds
    return frozenset({Right.READ, Right.SUGGEST} if known else {Right.READ})


def _number(value: object) -> int | None:
    return int(value) if isinstance(value, str) and value.isascii() and value.isdecimal() else None

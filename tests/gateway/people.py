"""Who asks on the fake Discord, and the interaction payloads that their doings make."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

Json = dict[str, Any]

APPLICATION = "410000000000000001"
BOT = "410000000000000002"
GUILD = "420000000000000001"
OTHER_GUILD = "420000000000000002"
CHANNEL = "430000000000000001"


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody with an account; roles are those held in the guild where they ask."""

    id: str
    name: str
    roles: tuple[str, ...] = ()

    @property
    def user(self) -> Json:
        return {
            "id": self.id,
            "username": self.name,
            "discriminator": "0",
            "global_name": self.name.title(),
            "avatar": None,
            "public_flags": 0,
        }


ADA = Person(id="440000000000000001", name="ada")
BEN = Person(id="440000000000000002", name="ben")


@dataclass(frozen=True, slots=True, kw_only=True)
class Where:
    """The place of an interaction; no guild: a direct message."""

    guild: str | None = GUILD
    channel: str = CHANNEL
    installed_by_user: bool = False  # the app came along with the person, the guild does not have it
    permissions: str = "0"  # of the person
    app_permissions: str = "0"  # of the bot


def interaction(
    number: str, token: str, kind: int, data: Json, *, who: Person, where: Where, locale: str, message: Json | None
) -> Json:
    """The payload of INTERACTION_CREATE."""
    owners = {"1": who.id} if where.installed_by_user else {"0": where.guild or "0"}
    payload: Json = {
        "id": number,
        "application_id": APPLICATION,
        "type": kind,
        "data": data,
        "token": token,
        "version": 1,
        "locale": locale,
        "channel_id": where.channel,
        "channel": {"id": where.channel, "type": 0 if where.guild else 1, "name": "general", "permissions": "0"},
        "entitlements": [],
        "entitlement_sku_ids": [],
        "app_permissions": where.app_permissions,
        "authorizing_integration_owners": owners,
        "attachment_size_limit": 10485760,
        "context": 0 if where.guild else 1,
    }
    if where.guild:
        payload["channel"] |= {"guild_id": where.guild, "position": 0, "permission_overwrites": []}
        payload |= {
            "guild_id": where.guild,
            "guild": {"id": where.guild, "locale": "en-US", "features": []},
            "guild_locale": "en-US",
            "member": {
                "user": who.user,
                "roles": list(who.roles),
                "permissions": where.permissions,
                "joined_at": "2024-01-01T00:00:00+00:00",
                "deaf": False,
                "mute": False,
                "flags": 0,
                "pending": False,
            },
        }
    else:
        payload["user"] = who.user
    return payload | ({"message": message} if message is not None else {})


def slash_data(name: str, options: Mapping[str, object], focused: str = "") -> Json:
    """The data of a slash command or, with a focused option, of a completion; "desk open" is a sub-command."""
    given: list[Json] = [
        {"name": key, "type": 5 if isinstance(value, bool) else 3, "value": value}
        | ({"focused": True} if key == focused else {})
        for key, value in options.items()
    ]
    group, _, sub = name.partition(" ")
    if sub:
        given = [{"name": sub, "type": 1, "options": given}]
    return {"id": "450000000000000001", "name": group, "type": 1, "options": given}


OURSELVES: Json = {"id": BOT, "username": "onrecord", "bot": True, "discriminator": "0", "avatar": None}


def a_message(number: str, channel: str, author: Json, data: Json) -> Json:
    """A message as Discord shows it, with what of `data` its author decides."""
    return {
        "id": number,
        "channel_id": channel,
        "type": 0,
        "content": data.get("content") or "",
        "flags": int(data.get("flags") or 0),
        "components": data.get("components") or [],
        "author": author,
        "timestamp": "2026-11-23T12:00:00+00:00",
        "edited_timestamp": None,
        "tts": False,
        "mention_everyone": False,
        "mentions": [],
        "mention_roles": [],
        "attachments": data.get("attachments") or [],
        "embeds": [],
        "pinned": False,
        **({"message_reference": data["message_reference"]} if "message_reference" in data else {}),
    }


def on_message_data(name: str, content: str, author: Person) -> Json:
    """The data of a command that was called on a message."""
    message = a_message("460000000000000001", CHANNEL, author.user, {"content": content})
    return {
        "id": "450000000000000002",
        "name": name,
        "type": 3,
        "target_id": message["id"],
        "resolved": {"messages": {message["id"]: message}},
    }

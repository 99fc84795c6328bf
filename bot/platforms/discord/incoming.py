"""Discord's interaction JSON read into what the rest needs: who asks what, where, and with what claim on the answer.

Format: https://docs.discord.com/developers/interactions/receiving-and-responding. The payload is read as it came over
the wire, so that any transport (gateway, HTTP) can hand it in and no library's cache is asked.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Any

from bot.core.model.mail import InstallType, Place
from bot.platforms.discord.components import chosen
from bot.platforms.discord.modal import filled
from bot.platforms.discord.payload import EPHEMERAL

PLATFORM = "discord"


class Kind(IntEnum):
    """Discord's interaction types."""

    COMMAND = 2
    COMPONENT = 3
    AUTOCOMPLETE = 4
    MODAL = 5


class Unreadable(Exception):  # noqa: N818 -- reads as what happened
    """The payload lacks what even an apology needs: id and token, or is of a type that is never asked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Incoming:
    """One interaction."""

    id: str
    token: str  # lets whoever has it answer for 15 minutes: never logged
    application: str
    kind: Kind
    account: str
    place: Place
    locale: str
    install: InstallType
    name: str = ""  # of a command
    type: int = 1  # of a command: 1 slash, 3 on a message
    options: Mapping[str, str]  # flags as "true"; what is off is left out
    focused: str = ""  # AUTOCOMPLETE: what has been typed so far
    text: str = ""  # of the message that a command was called on
    sent: str = ""  # COMPONENT: the custom_id or the entry picked; MODAL: the custom_id
    values: Mapping[str, str] = field(default_factory=dict)  # MODAL: what stands in its fields
    own: bool = False  # COMPONENT: the clicked answer was asked for by the person who clicked
    raw: Mapping[str, Any]


def read(payload: Mapping[str, Any]) -> Incoming:
    """The interaction in a gateway's INTERACTION_CREATE or a web hook's body.

    Raises Unreadable.
    """
    try:
        return _read(payload)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise Unreadable(f"{type(error).__name__}: {error}") from error


def _read(payload: Mapping[str, Any]) -> Incoming:
    data = payload.get("data") or {}
    kind = Kind(payload["type"])
    account = str(((payload.get("member") or payload).get("user") or {}).get("id", ""))
    name, options = _called(data)
    message = payload.get("message") or {}
    return Incoming(
        id=str(payload["id"]),
        token=str(payload["token"]),
        application=str(payload["application_id"]),
        kind=kind,
        account=account,
        place=_place(payload),
        locale=str(payload.get("locale") or "en-US"),
        install=_install(payload),
        name=name,
        type=int(data.get("type", 1)) if kind in (Kind.COMMAND, Kind.AUTOCOMPLETE) else 0,
        options={str(option["name"]): _value(option["value"]) for option in options if option.get("value") not in _OFF},
        focused=next((str(option.get("value", "")) for option in options if option.get("focused")), ""),
        text=_target(data),
        sent=chosen(str(data.get("custom_id", "")), [str(value) for value in data.get("values") or ()]),
        values=filled(data.get("components")) if kind is Kind.MODAL else {},
        own=_asked_by(message) == account or bool(int(message.get("flags") or 0) & EPHEMERAL),
        raw=payload,
    )


_OFF = (None, False)
_SUB_COMMAND = 1  # option type


def _called(data: Mapping[str, Any]) -> tuple[str, Sequence[Mapping[str, Any]]]:
    """The name of a command with that of its sub-command, and the options that were given to it."""
    name = str(data.get("name", ""))
    options: Sequence[Mapping[str, Any]] = data.get("options") or ()
    first = next(iter(options), None)
    if first is not None and first.get("type") == _SUB_COMMAND:
        return f"{name} {first['name']}", first.get("options") or ()
    return name, options


def _value(value: object) -> str:
    return "true" if value is True else str(value)


def _place(payload: Mapping[str, Any]) -> Place:
    channel = (payload.get("channel") or {}).get("id") or payload.get("channel_id") or ""
    guild = payload.get("guild_id")
    return Place(platform=PLATFORM, id=str(channel), guild=str(guild) if guild else None)


def _install(payload: Mapping[str, Any]) -> InstallType:
    """Key 0 names the guild that has the bot, key 1 the user who brought it along."""
    owners = payload.get("authorizing_integration_owners") or {}
    return InstallType.USER if "1" in owners and "0" not in owners else InstallType.MEMBER


def _asked_by(message: Mapping[str, Any]) -> str | None:
    """The account whose interaction made this message. Private answers have one reader, so that flag says the same."""
    asked = (message.get("interaction_metadata") or message.get("interaction") or {}).get("user") or {}
    return str(asked["id"]) if "id" in asked else None


def _target(data: Mapping[str, Any]) -> str:
    """What stands in the message that a command was called on: its own words, else those of a forwarded one."""
    messages = (data.get("resolved") or {}).get("messages") or {}
    message = messages.get(str(data.get("target_id"))) or {}
    forwarded = [snapshot.get("message") or {} for snapshot in message.get("message_snapshots") or ()]
    texts = [str(part.get("content") or "") for part in (message, *forwarded)]
    embedded = [str(embed.get(key) or "") for embed in message.get("embeds") or () for key in ("title", "description")]
    return "\n".join(text for text in (*texts, *(embedded if not any(texts) else ())) if text)

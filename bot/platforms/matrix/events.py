"""What a room's events mean to us: a pure reading of Matrix JSON, however malformed, into a few small types.

Whatever is no question to the bot is None here, and nothing of it is kept, stored or logged.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeGuard
from urllib.parse import unquote

Json = Mapping[str, Any]
LONGEST_ID = 255  # bytes, by the specification
_FALLBACK = re.compile(r"(?:> .*(?:\n|\Z))+\n?")
_PILL = re.compile(r'<a\b[^>]*\bhref="https://matrix\.to/#/([^"/?]+)[^"]*"[^>]*>([^<]{1,255})</a>', re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """A text that a person sent; for an edit, the text as it reads now."""

    room: str
    event: str
    sender: str
    at: int  # milliseconds since 1970, by the sender's server
    body: str
    reply_to: str | None = None
    thread: str | None = None  # the thread's first event
    replaces: str | None = None  # an edit: the event that it edits
    mentioned: frozenset[str] | None = None  # None: the app does not say
    pills: Mapping[str, str]  # user id -> the words that stand for it in the body


@dataclass(frozen=True, slots=True, kw_only=True)
class Redaction:
    """Somebody took a message back."""

    room: str
    event: str
    sender: str
    redacts: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Scrambled:
    """An encrypted event, not opened yet."""

    room: str
    event: str
    sender: str
    at: int
    session: str
    source: Json


@dataclass(frozen=True, slots=True, kw_only=True)
class Upgrade:
    """The room goes on under another id."""

    room: str
    event: str
    sender: str
    successor: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Original:
    """What an edit cannot change about a message; readable in encrypted rooms, too."""

    sender: str
    at: int
    reply_to: str | None
    thread: str | None


Incoming = Message | Redaction | Scrambled | Upgrade


@dataclass(frozen=True, slots=True)
class _Head:
    """What every event has."""

    room: str
    event: str
    sender: str
    at: int


def read(event: object, room: str) -> Incoming | None:
    """What a timeline event means; None for everything that is not for us, and for everything malformed."""
    if not isinstance(event, Mapping) or not isinstance(content := event.get("content"), Mapping):
        return None
    name, sender, at = event.get("event_id"), event.get("sender"), event.get("origin_server_ts")
    reader = _READERS.get(event["type"]) if isinstance(event.get("type"), str) else None
    if reader is None or not is_id(name, "$") or not is_id(sender, "@") or not _is_time(at):
        return None
    return reader(_Head(room, name, sender, at), content, event)


def original_of(event: Json) -> Original | None:
    """An event's sender, time and place in the conversation; None where it is malformed or was taken back."""
    content, sender, at = event.get("content"), event.get("sender"), event.get("origin_server_ts")
    if not isinstance(content, Mapping) or not content or not is_id(sender, "@") or not _is_time(at):
        return None
    reply_to, thread = _placed(_relation(content))
    return Original(sender=sender, at=at, reply_to=reply_to, thread=thread)


def _is_time(value: object) -> TypeGuard[int]:
    """Milliseconds since 1970, as far as canonical JSON can count."""
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 2**53


def is_id(value: object, sigil: str) -> TypeGuard[str]:
    """Whether this is an identifier of this kind that can be stored and put into a path."""
    return (
        isinstance(value, str)
        and value.startswith(sigil)
        and 1 < len(value.encode("utf-8", "replace")) <= LONGEST_ID
        and value.isprintable()
        and " " not in value
    )


def _message(head: _Head, content: Json, _: Json) -> Message | None:
    relation = _relation(content)
    replaces = relation.get("event_id") if relation.get("rel_type") == "m.replace" else None
    if replaces is not None:
        new = content.get("m.new_content")
        if not is_id(replaces, "$") or not isinstance(new, Mapping):
            return None
        content = new
    body = content.get("body")
    if content.get("msgtype") != "m.text" or not isinstance(body, str):
        return None
    reply_to, thread = _placed(relation)
    return Message(
        room=head.room,
        event=head.event,
        sender=head.sender,
        at=head.at,
        body=without_fallback(body) if reply_to else body,
        reply_to=reply_to,
        thread=thread,
        replaces=replaces,
        mentioned=_mentioned(content),
        pills=_pills(content),
    )


def _relation(content: Json) -> Json:
    relation = content.get("m.relates_to")
    return relation if isinstance(relation, Mapping) else {}


def _placed(relation: Json) -> tuple[str | None, str | None]:
    """(what a message replies to, its thread)."""
    answered, thread = relation.get("m.in_reply_to"), relation.get("event_id")
    reply_to = answered.get("event_id") if isinstance(answered, Mapping) else None
    in_thread = relation.get("rel_type") == "m.thread" and is_id(thread, "$")
    return reply_to if is_id(reply_to, "$") else None, thread if in_thread else None


def _redaction(head: _Head, content: Json, event: Json) -> Redaction | None:
    redacts = event.get("redacts", content.get("redacts"))
    return (
        Redaction(room=head.room, event=head.event, sender=head.sender, redacts=redacts)
        if is_id(redacts, "$")
        else None
    )


def _scrambled(head: _Head, content: Json, event: Json) -> Scrambled | None:
    session = content.get("session_id")
    if content.get("algorithm") != "m.megolm.v1.aes-sha2" or not isinstance(session, str):
        return None
    return Scrambled(room=head.room, event=head.event, sender=head.sender, at=head.at, session=session, source=event)


def _upgrade(head: _Head, content: Json, event: Json) -> Upgrade | None:
    successor = content.get("replacement_room")
    if event.get("state_key") != "" or not is_id(successor, "!"):
        return None
    return Upgrade(room=head.room, event=head.event, sender=head.sender, successor=successor)


_READERS: Mapping[str, Callable[[_Head, Json, Json], Incoming | None]] = {
    "m.room.message": _message,
    "m.room.redaction": _redaction,
    "m.room.encrypted": _scrambled,
    "m.room.tombstone": _upgrade,
}


def _mentioned(content: Json) -> frozenset[str] | None:
    """Whom the sender's app says that the message mentions; None where an older app says nothing about it."""
    if "m.mentions" not in content:
        return None
    mentions = content["m.mentions"]
    users = mentions.get("user_ids") if isinstance(mentions, Mapping) else None
    return frozenset(user for user in users if isinstance(user, str)) if isinstance(users, list) else frozenset()


def _pills(content: Json) -> Mapping[str, str]:
    """The words that stand for people in the body, by the links in its formatted twin. Nothing else is read there."""
    html = content.get("formatted_body")
    if not isinstance(html, str) or "matrix.to" not in html[:2000]:
        return {}
    from html import unescape  # noqa: PLC0415 -- a table of 2,200 names, for the few who mention somebody

    return {unquote(match[1]): unescape(match[2]) for match in _PILL.finditer(html[:2000])}


def without_fallback(body: str) -> str:
    """A reply without the quotation that older clients put before it."""
    match = _FALLBACK.match(body)
    return body[match.end() :] if match else body

"""What is new on the homeserver: one long poll, read tolerantly; and the part of a timeline that a gap left out."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.platforms.matrix.connection import Homeserver, Json, Refused, room_path
from bot.platforms.matrix.events import is_id

LONG_POLL = 30.0  # seconds that the server may hold a request without news
PAGE, PAGES = 100, 10  # events asked for at once, and how often, to close a gap
TIMELINE = ["m.room.message", "m.room.encrypted", "m.room.redaction", "m.room.tombstone", "m.room.member"]
_NOTHING = {"not_types": ["*"]}
_PAST = json.dumps({"types": TIMELINE, "lazy_load_members": True}, separators=(",", ":"))


def filter_of(user: str) -> str:
    """What the server need send: the few types that matter, no members but those who speak, nothing of our own."""
    state = {"types": ["m.room.encryption", "m.room.member", "m.room.tombstone"], "lazy_load_members": True}
    timeline = {"types": [*TIMELINE, "m.room.encryption"], "not_senders": [user], "limit": 50}
    wanted = {
        "presence": _NOTHING,
        "account_data": _NOTHING,
        "room": {
            "account_data": _NOTHING,
            "ephemeral": _NOTHING,
            "state": state,
            "timeline": timeline | {"lazy_load_members": True},
        },
    }
    return json.dumps(wanted, separators=(",", ":"))


@dataclass(frozen=True, slots=True, kw_only=True)
class RoomNews:
    """What happened in a room that we are in."""

    room: str
    timeline: tuple[Any, ...]  # oldest first, as the server sent them
    state: tuple[Any, ...]
    before: str | None  # where the timeline can be read backwards, when it leaves a gap
    people: int | None  # joined and invited members with us; None: unchanged


@dataclass(frozen=True, slots=True, kw_only=True)
class Invitation:
    """Somebody wants us in a room."""

    room: str
    by: str  # "" when the server does not say


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """One answer of /sync."""

    cursor: str  # where to go on
    rooms: tuple[RoomNews, ...]
    invitations: tuple[Invitation, ...]
    left: tuple[str, ...]  # rooms that we are no longer in
    keys: Mapping[str, Any]  # the whole answer, for the part about encryption


async def poll(server: Homeserver, since: str | None, user: str, *, wait: float) -> News:
    """Everything new since a place; waits up to `wait` seconds for something. Raises MatrixFault."""
    query = {"filter": filter_of(user), "timeout": str(int(wait * 1000)), "set_presence": "offline"}
    if since:
        query["since"] = since
    return read_news(await server.call("GET", "/sync", query=query, patience=wait + 30), user)


def read_news(found: Mapping[str, Any], user: str) -> News:
    """The answer in our types; whatever is malformed counts as absent."""
    rooms = _dict(found.get("rooms"))
    return News(
        cursor=found["next_batch"] if isinstance(found.get("next_batch"), str) else "",
        rooms=tuple(
            _room_news(room, _dict(news)) for room, news in _dict(rooms.get("join")).items() if is_id(room, "!")
        ),
        invitations=tuple(
            Invitation(room=room, by=_inviter(_dict(news), user))
            for room, news in _dict(rooms.get("invite")).items()
            if is_id(room, "!")
        ),
        left=tuple(room for room in _dict(rooms.get("leave")) if is_id(room, "!")),
        keys=found,
    )


def _room_news(room: str, news: Mapping[str, Any]) -> RoomNews:
    timeline = _dict(news.get("timeline"))
    summary = _dict(news.get("summary"))
    before = timeline.get("prev_batch") if timeline.get("limited") is True else None
    joined, invited = summary.get("m.joined_member_count"), summary.get("m.invited_member_count", 0)
    return RoomNews(
        room=room,
        timeline=tuple(_list(timeline.get("events"))),
        state=tuple(_list(_dict(news.get("state")).get("events"))),
        before=before if isinstance(before, str) else None,
        people=joined + invited if isinstance(joined, int) and isinstance(invited, int) else None,
    )


def _inviter(news: Mapping[str, Any], user: str) -> str:
    for event in _list(_dict(news.get("invite_state")).get("events")):
        if isinstance(event, Mapping) and event.get("type") == "m.room.member" and event.get("state_key") == user:
            sender = event.get("sender")
            return sender if is_id(sender, "@") else ""
    return ""


async def missed(server: Homeserver, room: str, *, back_from: str, since: str, after: int) -> tuple[Any, ...]:
    """The events between `since` and a timeline that did not reach back to it, oldest first.

    Reads no further back than `after` (milliseconds since 1970) and a thousand events. Raises Unreachable.
    """
    found: list[Json] = []
    place: Any = back_from
    for _ in range(PAGES):
        query = {"dir": "b", "from": place, "to": since, "limit": str(PAGE), "filter": _PAST}
        try:
            page = await server.call("GET", room_path(room, "/messages"), query=query)
        except Refused:
            break
        events = [event for event in _list(page.get("chunk")) if isinstance(event, dict)]
        found += events
        place = page.get("end")
        oldest = events[-1].get("origin_server_ts") if events else None
        if not isinstance(place, str) or not isinstance(oldest, int) or oldest < after:
            break
    return tuple(reversed(found))


def _dict(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []

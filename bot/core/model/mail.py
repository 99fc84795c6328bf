"""Messages in and out: each platform event once, each post in its lane, each answer remembered for corrections."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Visibility(StrEnum):
    """Who sees an answer."""

    PUBLIC = "public"
    PRIVATE = "private"  # only the person who asked


class InstallType(StrEnum):
    """Whether the bot is a member of the place or came along with its user."""

    MEMBER = "member"
    USER = "user"


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A channel or room."""

    platform: str  # discord, matrix, console
    id: str
    guild: str | None = None  # Discord only


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageRef:
    """A message that a platform has accepted: what sending returns."""

    place: Place
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """Which message shows which revisions; made for public answers only, names nobody who asked."""

    ref: MessageRef
    shown: tuple[tuple[int, int], ...]  # (fact number, revision number)
    locale: str
    install: InstallType
    visibility: Visibility
    at: datetime
    more: tuple[str, ...] = ()  # further messages of the same answer, in order
    listed: bool = False  # a post that names the facts by their labels alone


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """One post that waits in the outbox under a lease."""

    id: str
    lane: str  # platform and place: one lease a lane keeps order
    payload: str  # JSON of the domain, rendered by the platform when it is sent
    attempts: int
    token: str  # the lease; a late worker's token no longer counts
    unsure_since: datetime | None = None  # when an earlier attempt began of which nobody heard how it ended


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """A post to be put into the outbox. The same key is put in once."""

    place: Place
    key: str
    payload: str  # JSON, as `Job.payload`
    rank: int = 0  # the lower goes first in its lane; within a rank, the earlier
    not_before: datetime | None = None  # held until then; the lane does not wait for it


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """A post that has been sent."""

    key: str
    payload: str  # what its sender chose to keep of it
    ref: MessageRef

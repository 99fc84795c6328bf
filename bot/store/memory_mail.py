"""Inbox, outbox, deliveries and kept lines in dictionaries."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TypeVar

from bot.core.model.change import Applied
from bot.core.model.mail import Delivery, Job, MessageRef
from bot.core.ports import Clock, Ids

K = TypeVar("K")
V = TypeVar("V")


@dataclass(slots=True, kw_only=True)
class _Post:
    """One post in the outbox; `finished_at` is set once it is sent or given up."""

    job: Job
    platform: str
    due: datetime
    leased_until: datetime | None = None
    finished_at: datetime | None = None


class MemoryMail:
    """The port Mail, and the keys of applied changes, which are forgotten together with it."""

    def __init__(self, *, clock: Clock, ids: Ids) -> None:
        self._clock = clock
        self._ids = ids
        self._keys: dict[str, tuple[Applied, datetime]] = {}
        self._events: dict[tuple[str, str], datetime] = {}
        self._posts: dict[str, _Post] = {}
        self._post_keys: dict[str, str] = {}
        self._deliveries: dict[MessageRef, Delivery] = {}
        self._lines: dict[str, tuple[str, datetime]] = {}

    async def claim(self, platform: str, event: str) -> bool:
        first = (platform, event) not in self._events
        self._events.setdefault((platform, event), self._clock.now())
        return first

    def post(self, platform: str, place: str, payload: str, *, key: str) -> None:
        """Put a post at the end of its lane, once a key. Only changes do this, inside their unit."""
        if key in self._post_keys:
            return
        job = Job(id=self._ids.new(), lane=f"{platform}:{place}", payload=payload, attempts=0, token="")
        self._post_keys[key] = job.id
        self._posts[job.id] = _Post(job=job, platform=platform, due=self._clock.now())

    async def lease(self, platform: str, *, limit: int, ttl: float) -> tuple[Job, ...]:
        now = self._clock.now()
        heads: dict[str, _Post] = {}
        for _, post in sorted(self._posts.items()):
            if post.platform == platform and post.finished_at is None:
                heads.setdefault(post.job.lane, post)
        ready = [
            post
            for post in heads.values()
            if post.due <= now and (post.leased_until is None or post.leased_until <= now)
        ][:limit]
        for post in ready:
            post.leased_until = now + timedelta(seconds=ttl)
            post.job = replace(post.job, attempts=post.job.attempts + 1, token=secrets.token_hex(16))
        return tuple(post.job for post in ready)

    async def done(self, job: Job, receipt: MessageRef | None) -> bool:
        return self._finish(job)

    async def later(self, job: Job, *, at: datetime, why: str) -> bool:
        post = self._held(job)
        if post is None:
            return False
        post.due, post.leased_until = at, None
        post.job = replace(post.job, token="")
        return True

    async def dead(self, job: Job, why: str) -> bool:
        return self._finish(job)

    async def record(self, delivery: Delivery) -> None:
        self._deliveries[delivery.ref] = delivery

    async def showing(self, number: int, *, before: datetime, limit: int) -> tuple[Delivery, ...]:
        found = [
            delivery
            for delivery in self._deliveries.values()
            if delivery.at < before and any(fact == number for fact, _ in delivery.shown)
        ]
        found.sort(key=lambda delivery: (delivery.at, delivery.ref.message), reverse=True)
        return tuple(found[:limit])

    async def forget(self, before: datetime) -> int:
        gone = [
            _drop(self._deliveries, lambda delivery: delivery.at < before),
            _drop(self._posts, lambda post: post.finished_at is not None and post.finished_at < before),
            _drop(self._events, lambda at: at < before),
            _drop(self._keys, lambda kept: kept[1] < before),
            _drop(self._lines, lambda kept: kept[1] < before),
        ]
        _drop(self._post_keys, lambda job: job not in self._posts)
        return sum(gone)

    async def keep_line(self, line: str) -> str:
        key = secrets.token_hex(16)
        self._lines[key] = (line, self._clock.now())
        return key

    async def kept_line(self, key: str) -> str | None:
        kept = self._lines.get(key)
        return kept[0] if kept else None

    def _held(self, job: Job) -> _Post | None:
        post = self._posts.get(job.id)
        return post if post and post.finished_at is None and job.token and post.job.token == job.token else None

    def _finish(self, job: Job) -> bool:
        post = self._held(job)
        if post is None:
            return False
        post.finished_at = self._clock.now()
        return True


def _drop(table: dict[K, V], old: Callable[[V], bool]) -> int:
    gone = [key for key, value in table.items() if old(value)]
    for key in gone:
        del table[key]
    return len(gone)

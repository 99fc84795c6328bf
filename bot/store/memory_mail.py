"""Inbox, outbox, deliveries, kept lines and notes in dictionaries."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import TypeVar

from bot.core.desk.notices import THEMSELVES
from bot.core.desk.port import Travelled
from bot.core.model.change import Applied
from bot.core.model.mail import Delivery, Job, MessageRef, Place, Post, Sent, Visibility
from bot.core.model.news import Told
from bot.core.news import held_from, news_of, travelling
from bot.core.ports import Clock, Ids

K = TypeVar("K")
V = TypeVar("V")


@dataclass(slots=True, kw_only=True)
class _Queued:
    """One post in the outbox; `finished_at` is set once it is sent or given up."""

    post: Post
    job: Job
    due: datetime
    leased_until: datetime | None = None
    finished_at: datetime | None = None
    receipt: MessageRef | None = None
    lost: bool = False  # given up


class MemoryMail:
    """The port Stream, and the keys of applied changes, which are forgotten together with mail."""

    def __init__(self, *, clock: Clock, ids: Ids) -> None:
        self._clock = clock
        self._ids = ids
        self._keys: dict[str, tuple[Applied, datetime]] = {}
        self._events: dict[tuple[str, str], datetime] = {}
        self._queue: dict[str, _Queued] = {}  # by job id, which is the order of the lanes
        self._deliveries: dict[tuple[str, str, str], Delivery] = {}
        self._lines: dict[str, tuple[str, datetime]] = {}
        self._notes: dict[tuple[str, str], str] = {}
        self._private: dict[tuple[int, date], int] = {}  # answers for one person alone, by fact and day
        self._watching: dict[str, Callable[[], None]] = {}

    async def claim(self, platform: str, event: str) -> bool:
        first = (platform, event) not in self._events
        self._events.setdefault((platform, event), self._clock.now())
        return first

    async def lease(self, platform: str, *, limit: int, ttl: float) -> tuple[Job, ...]:
        now = self._clock.now()
        open_ = [
            queued
            for queued in self._queue.values()
            if queued.post.place.platform == platform and queued.finished_at is None and not _held_back(queued, now)
        ]
        busy = {queued.job.lane for queued in open_ if _leased(queued, now)}
        heads: dict[str, _Queued] = {}
        for queued in sorted(open_, key=lambda each: (each.post.rank, each.job.id)):
            heads.setdefault(queued.job.lane, queued)
        ready = [head for lane, head in heads.items() if head.due <= now and lane not in busy]
        ready = sorted(ready, key=lambda each: (each.post.rank, each.job.id))[: max(limit, 0)]
        for head in ready:
            head.leased_until = now + timedelta(seconds=ttl)
            head.job = replace(head.job, attempts=head.job.attempts + 1, token=secrets.token_hex(16))
        leased = tuple(head.job for head in ready)
        for head in ready:
            head.job = replace(head.job, unsure_since=head.job.unsure_since or now)
        return leased

    async def done(self, job: Job, receipt: MessageRef | None, *, keep: str = "") -> bool:
        queued = self._held(job)
        if queued is None:
            return False
        queued.finished_at, queued.receipt = self._clock.now(), receipt
        queued.post, queued.job = replace(queued.post, payload=keep), replace(queued.job, payload=keep)
        self._arrived(queued.post.key)
        return True

    async def later(self, job: Job, *, at: datetime, why: str, sure: bool = False) -> bool:
        queued = self._held(job)
        if queued is None:
            return False
        queued.due, queued.leased_until = at, None
        queued.job = replace(queued.job, token="", unsure_since=None if sure else queued.job.unsure_since)
        return True

    async def dead(self, job: Job, why: str) -> bool:
        queued = self._held(job)
        if queued is not None:
            queued.lost = True
        return await self.done(job, None)

    def _arrived(self, key: str) -> None:
        """Where this was the last edit of a correction, the count of them is held no longer."""
        kind, _, rest = key.partition("/")
        correction = "/".join(rest.split("/")[:2])
        if kind != "correct" or self._under(f"correct/{correction}/", finished=False):
            return
        for queued in self._under(f"travelled/{correction}/", finished=False):
            queued.post = replace(queued.post, not_before=None)

    def _under(self, prefix: str, *, finished: bool | None = None) -> list[_Queued]:
        """Everything whose key begins so, in order."""
        return [
            queued
            for _, queued in sorted(self._queue.items())
            if queued.post.key.startswith(prefix) and finished in (None, queued.finished_at is not None)
        ]

    async def record(self, delivery: Delivery) -> None:
        if delivery.visibility is Visibility.PRIVATE:
            for fact, _ in delivery.shown:
                key = (fact, delivery.at.date())
                self._private[key] = self._private.get(key, 0) + 1
            return
        place = delivery.ref.place
        self._deliveries[place.platform, place.id, delivery.ref.message] = delivery
        self._recorded(delivery)

    def _recorded(self, delivery: Delivery) -> None:
        """A message is on record; the store that knows the facts looks whether they have changed meanwhile."""

    async def delivery(self, ref: MessageRef) -> Delivery | None:
        return self._deliveries.get((ref.place.platform, ref.place.id, ref.message))

    async def lost(self, ref: MessageRef) -> None:
        self._deliveries.pop((ref.place.platform, ref.place.id, ref.message), None)

    async def showing(self, number: int, *, before: datetime, limit: int) -> tuple[Delivery, ...]:
        return tuple(each for each in self.messages_showing(number) if each.at < before)[: max(limit, 0)]

    def messages_showing(self, number: int) -> tuple[Delivery, ...]:
        """Messages that show a fact, newest first."""
        found = [each for each in self._deliveries.values() if any(fact == number for fact, _ in each.shown)]
        return tuple(sorted(found, key=lambda each: (each.at, each.ref.message), reverse=True))

    def private_answers(self, number: int) -> int:
        """How many answers for one person alone have shown a fact."""
        return sum(answers for (fact, _), answers in self._private.items() if fact == number)

    def told(self, number: int) -> tuple[Told, ...]:
        """The newest news of a fact in each place: a post that stands or waits, or a list that names it."""
        posts = {
            queued.post.place: queued.finished_at
            for queued in self._under(news_of(number))
            if queued.finished_at is None or queued.receipt is not None
        }
        lists = [(each.ref.place, each.at) for each in self.messages_showing(number) if each.listed]
        newest: dict[tuple[str, str], datetime | None] = {}
        for place, at in (*posts.items(), *lists):
            address = (place.platform, place.id)
            known = newest.get(address, at)
            newest[address] = max(known, at) if known and at else None
        return tuple(Told(place=Place(platform=platform, id=place), at=at) for (platform, place), at in newest.items())

    def news_times(self, place: Place, limit: int, now: datetime) -> tuple[datetime, ...]:
        """When the newest posts of news went or will go, oldest first; none went later than now."""
        times = [
            min(queued.finished_at, now)
            if queued.finished_at
            else max(filter(None, (queued.due, queued.post.not_before)))
            for queued in self._under("news/")
            if (queued.post.place.platform, queued.post.place.id) == (place.platform, place.id)
        ]
        return tuple(sorted(times[-limit:]))

    def travelled(self, number: int, at: datetime) -> Travelled:
        """How far the edits of a correction have come."""
        edits = self._under(travelling(number, at))
        lost, waiting = sum(each.lost for each in edits), sum(each.finished_at is None for each in edits)
        return Travelled(changed=len(edits) - lost - waiting, lost=lost, waiting=waiting)

    async def forget(self, before: datetime) -> int:
        gone = [
            _drop(self._deliveries, lambda delivery: delivery.at < before),
            _drop(self._queue, lambda queued: queued.finished_at is not None and queued.finished_at < before),
            _drop(self._events, lambda at: at < before),
            _drop(self._keys, lambda kept: kept[1] < before),
            _drop(self._lines, lambda kept: kept[1] < before),
        ]
        old = [key for key in self._private if key[1] < before.date()]
        for key in old:
            del self._private[key]
        return sum(gone) + len(old)

    async def keep_line(self, line: str) -> str:
        key = secrets.token_hex(16)
        self._lines[key] = (line, self._clock.now())
        return key

    async def kept_line(self, key: str) -> str | None:
        kept = self._lines.get(key)
        return kept[0] if kept else None

    async def unhandled(self, platform: str, events: Sequence[str]) -> frozenset[str]:
        return frozenset(event for event in events if (platform, event) not in self._events)

    async def handled(
        self,
        platform: str,
        *,
        events: Sequence[str] = (),
        posts: Sequence[Post] = (),
        recalled: Sequence[str] = (),
        notes: Mapping[str, str | None] | None = None,
    ) -> None:
        now = self._clock.now()
        for event in events:
            self._events.setdefault((platform, event), now)
        _drop(
            self._queue,
            lambda queued: (
                queued.post.place.platform == platform
                and queued.post.key in recalled
                and queued.finished_at is None
                and queued.job.attempts == 0
            ),
        )
        self._put(posts, now)
        for name, value in (notes or {}).items():
            if value is None:
                self._notes.pop((platform, name), None)
            else:
                self._notes[platform, name] = value

    def _put(self, posts: Sequence[Post], now: datetime) -> None:
        """Queue posts; a key that is known stays as it is."""
        known = {(queued.post.place.platform, queued.post.key) for queued in self._queue.values()}
        for post in posts:
            if (post.place.platform, post.key) not in known:
                self._post(post, now)
                known.add((post.place.platform, post.key))
        for wake in self._watching.values():
            wake()

    def watch(self, platform: str, wake: Callable[[], None]) -> None:
        self._watching[platform] = wake

    async def released(self, platform: str) -> None:
        for queued in self._queue.values():
            if queued.post.place.platform == platform and queued.finished_at is None:
                queued.leased_until = None
                queued.job = replace(queued.job, token="")
        await self.turned_back(platform)

    async def turned_back(self, platform: str) -> None:
        now = self._clock.now()
        for queued in self._queue.values():
            waits = queued.post.place.platform == platform and queued.finished_at is None and not queued.job.token
            if waits and queued.due > now:
                if queued.post.not_before is not None:
                    held = held_from(queued.post.not_before, queued.due, now)
                    queued.post = replace(queued.post, not_before=held)
                queued.due = now

    async def note(self, platform: str, name: str) -> str | None:
        return self._notes.get((platform, name))

    async def sent(self, platform: str, keys: Sequence[str]) -> tuple[Sent, ...]:
        found = {
            queued.post.key: _sent(queued.post, queued.receipt)
            for queued in self._queue.values()
            if queued.post.place.platform == platform and queued.receipt is not None
        }
        return tuple(found[key] for key in dict.fromkeys(keys) if key in found)

    async def stand(self, platform: str, now: Sequence[Sent], *, gone: Sequence[str] = ()) -> None:
        known = {queued.post.key: queued for queued in self._queue.values() if queued.post.place.platform == platform}
        for key in known.keys() & set(gone):
            queued = known[key]
            if queued.receipt is not None:
                place = queued.receipt.place
                self._deliveries.pop((platform, place.id, queued.receipt.message), None)
                queued.receipt, queued.post = None, replace(queued.post, payload="")
        for sent in now:
            post = Post(place=sent.ref.place, key=sent.key, payload=sent.payload)
            if sent.key in known and known[sent.key].finished_at is None:
                continue
            queued = known.get(sent.key) or self._post(post, self._clock.now())
            queued.post, queued.receipt = post, sent.ref
            queued.finished_at = queued.finished_at or self._clock.now()

    async def sent_as(self, ref: MessageRef) -> Sent | None:
        wanted = (ref.place.platform, ref.place.id, ref.message)
        for _, queued in sorted(self._queue.items(), reverse=True):
            receipt = queued.receipt
            if receipt and (receipt.place.platform, receipt.place.id, receipt.message) == wanted:
                return _sent(queued.post, receipt)
        return None

    async def swept(self) -> bool:
        return True

    def _post(self, post: Post, now: datetime) -> _Queued:
        lane = f"{post.place.platform}:{post.place.id}"
        job = Job(id=self._ids.new(), lane=lane, payload=post.payload, attempts=0, token="")
        queued = self._queue[job.id] = _Queued(post=post, job=job, due=now)
        return queued

    def _forget_people(self, people: frozenset[str]) -> None:
        """Drop what was or is to be posted to them alone."""
        gone = {f"{THEMSELVES}:{person}" for person in people}
        _drop(self._queue, lambda queued: queued.post.place.id in gone)

    def _held(self, job: Job) -> _Queued | None:
        queued = self._queue.get(job.id)
        held = queued and queued.finished_at is None and job.token and queued.job.token == job.token
        return queued if held else None


def _held_back(queued: _Queued, now: datetime) -> bool:
    return queued.post.not_before is not None and queued.post.not_before > now


def _leased(queued: _Queued, now: datetime) -> bool:
    return queued.leased_until is not None and queued.leased_until > now


def _sent(post: Post, receipt: MessageRef) -> Sent:
    return Sent(key=post.key, payload=post.payload, ref=receipt)


def _drop(table: dict[K, V], old: Callable[[V], bool]) -> int:
    gone = [key for key, value in table.items() if old(value)]
    for key in gone:
        del table[key]
    return len(gone)

"""Encrypted events whose key has not come: kept for an hour, opened when it comes, explained when it does not. Pure.

Nothing of them is written down. Instead the place from which the stream is read after a restart stays before the
oldest of them, for as long as its question would still be answered then.
"""

from __future__ import annotations

from dataclasses import dataclass

from bot.platforms.matrix.events import Scrambled

GRACE = 20.0  # seconds that a key may take before the room is told
HELD = 600.0  # seconds that the place in the stream stays before an event; older questions are history after a restart
KEEP = 3600.0
MOST = 500


@dataclass(slots=True, kw_only=True)
class _Waiting:
    item: Scrambled
    since: float
    place: str | None  # in the stream, before the event; None: it was read without one
    explain: bool


class Waiting:
    """The events of one connection; `now` is any clock in seconds."""

    def __init__(self) -> None:
        self._items: list[_Waiting] = []

    def add(self, item: Scrambled, now: float, *, place: str | None, explain: bool) -> None:
        """Keep an event, once; the oldest goes when there are too many."""
        if all(kept.item.event != item.event for kept in self._items):
            self._items = [*self._items[-MOST + 1 :], _Waiting(item=item, since=now, place=place, explain=explain)]

    def arrived(self, keys: frozenset[tuple[str, str]], now: float) -> tuple[Scrambled, ...]:
        """The events that these keys may open, no longer kept."""
        self._items = [kept for kept in self._items if now - kept.since < KEEP]
        found = tuple(kept.item for kept in self._items if (kept.item.room, kept.item.session) in keys)
        self._items = [kept for kept in self._items if kept.item not in found]
        return found

    def place(self, now: float) -> str | None:
        """Where the stream must be read from after a restart, so that nothing that waits is missed; None: anywhere."""
        return next((kept.place for kept in self._items if kept.place and now - kept.since < HELD), None)

    def unexplained(self, now: float) -> tuple[str, ...]:
        """Rooms that wait too long and have not been named before."""
        late = [kept for kept in self._items if kept.explain and now - kept.since >= GRACE]
        for kept in late:
            kept.explain = False
        return tuple(dict.fromkeys(kept.item.room for kept in late))

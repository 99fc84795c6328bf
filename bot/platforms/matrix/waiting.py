"""Encrypted events whose key has not come: kept for an hour, opened when it comes, explained when it does not. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from bot.platforms.matrix.events import Scrambled

GRACE = 20.0  # seconds that a key may take before the room is told
KEEP = 3600.0
MOST = 500


@dataclass(slots=True, kw_only=True)
class _Waiting:
    item: Scrambled
    since: float
    explain: bool


class Waiting:
    """The events of one connection; `now` is any clock in seconds."""

    def __init__(self) -> None:
        self._items: list[_Waiting] = []

    def add(self, item: Scrambled, now: float, *, explain: bool) -> None:
        """Keep an event; the oldest goes when there are too many."""
        self._items = [kept for kept in self._items if now - kept.since < KEEP][-MOST + 1 :]
        self._items.append(_Waiting(item=item, since=now, explain=explain))

    def arrived(self, keys: frozenset[tuple[str, str]]) -> tuple[Scrambled, ...]:
        """The events that these keys may open, no longer kept."""
        found = tuple(kept.item for kept in self._items if (kept.item.room, kept.item.session) in keys)
        self._items = [kept for kept in self._items if kept.item not in found]
        return found

    def unexplained(self, now: float) -> tuple[str, ...]:
        """Rooms that wait too long and have not been named before."""
        late = [kept for kept in self._items if kept.explain and now - kept.since >= GRACE]
        for kept in late:
            kept.explain = False
        return tuple(dict.fromkeys(kept.item.room for kept in late))

"""A store that forgets: everything in dictionaries, for tests and for trying things out."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import datetime

from bot.core.deciding import decide, expected, outcome
from bot.core.model.change import Applied, Change
from bot.core.model.fact import Dossier
from bot.core.model.mail import Delivery
from bot.core.news import outdated
from bot.core.payloads import post_of
from bot.core.ports import Clock, Ids
from bot.core.search.document import SearchDocument
from bot.store.memory_desk_reading import KEPT_FROM, MemoryDeskReading
from bot.store.memory_mail import MemoryMail
from bot.store.memory_state import State


class MemoryStore(MemoryMail):
    """The ports Desk and Stream. Every change works on a copy, so that a reading keeps what it saw."""

    def __init__(self, *, index: Callable[[Dossier], SearchDocument], clock: Clock, ids: Ids) -> None:
        super().__init__(clock=clock, ids=ids)
        self._index = index
        self._state = State(mail=self)

    @property
    def position(self) -> int:
        return self._state.position

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[MemoryDeskReading]:
        yield MemoryDeskReading(self._state)

    async def apply(self, change: Change, *, key: str, expect: Mapping[str, int]) -> Applied:
        if key in self._keys:
            return replace(self._keys[key][0], repeated=True)
        now = self._clock.now()
        state = self._state.copied()
        expected(expect, state)
        decision = decide(change, state, now=now)
        notices = state.write(decision, now, self._index)
        self._put([post_of(each) for each in notices], now)
        self._forget_people(frozenset().union(*map(state.same, decision.forgotten)))
        applied = outcome(decision, state.position)
        self._state = state
        self._keys[key] = (applied, now)
        return applied

    def _recorded(self, delivery: Delivery) -> None:
        now = self._clock.now()
        self._put([post_of(each) for each in outdated(delivery, self._state, now=now)], now)

    async def missed(self, query: str, *, wanted: bool = False) -> None:
        state = self._state.copied()
        times, _, kept = state.missed.get(query, (0, "", False))
        times = max(times, 1) if wanted else times + 1
        kept = kept or wanted or times >= KEPT_FROM
        state.missed[query] = (times, self._clock.now().date().isoformat(), kept)
        self._state = state

    async def forget(self, before: datetime) -> int:
        state = self._state.copied()
        gone = state.forget_old(before)
        self._state = state
        return gone + await super().forget(before)

    async def scrub(self) -> bool:
        return True

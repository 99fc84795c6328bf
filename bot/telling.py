"""What the running bot tells its reviewers by itself: the audit's head, the month in figures, its own faults."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from bot.app import Room
from bot.core.desk import bulletins
from bot.core.desk.bulletins import Incident
from bot.core.model.change import Tell
from bot.core.model.desk import Notice

_log = logging.getLogger(__name__)

MEMORY = "telling"  # under this name the store keeps, as notes of a platform, what was told


@dataclass(frozen=True, slots=True, kw_only=True)
class Backups:
    """What the monthly figures say of the copies and the database."""

    newest: date | None
    bytes: int


class Telling:
    """Posts to the review places, each thing once, whatever was restarted in between."""

    def __init__(self, room: Room) -> None:
        self._room = room
        self._seen: dict[Incident, bool] = {}  # whether it is wrong
        self._free: int | None = None
        self.news = asyncio.Event()  # there is something that `settle` has not told yet

    # Every day

    async def head(self) -> None:
        """The end of the audit's chain: to the log every day, to the reviewers where it has moved."""
        async with self._room.store.reading() as reading:
            seq, digest = await reading.head()
        _log.info("audit: %d records, head %s", seq, digest)
        if seq and await self._recall("head") != str(seq):
            await self._post(bulletins.day(seq, digest, self._today(), self._room.terms))
            await self._keep("head", str(seq))

    async def month(self, backups: Callable[[], Backups]) -> None:
        """The figures of the month that has ended, once; nothing for the one in which the bot began."""
        this = self._today().replace(day=1)
        told = await self._recall("month")
        if told is not None and told < this.isoformat():
            since = date.fromisoformat(told)
            async with self._room.store.reading() as reading:
                counts = await reading.counts(datetime.combine(since, datetime.min.time()).astimezone())
            found = backups()
            await self._post(
                bulletins.month(counts, since, newest=found.newest, size=found.bytes, terms=self._room.terms)
            )
        if told != this.isoformat():
            await self._keep("month", this.isoformat())

    # At once

    def saw(self, what: Incident, *, wrong: bool, free: int | None = None) -> None:
        """How something stands now; `free` goes with a disk."""
        if free is not None:
            self._free = free
        if self._seen.get(what) is not wrong:
            if wrong:
                _log.error(
                    "%s: something is wrong%s", what, f", {free // 1_048_576} MB free" if free is not None else ""
                )
            elif what in self._seen:
                _log.info("%s: well again", what)
            self._seen[what] = wrong
            self.news.set()

    async def settle(self) -> None:
        """Tell of each fault once when it begins and once when it is over. Raises StoreError: `news` is then set."""
        self.news.clear()
        try:
            for what, wrong in tuple(self._seen.items()):
                began = await self._recall(what.value)
                if wrong:
                    await self._begin(what, began)
                elif began is not None:
                    await self._post(bulletins.over(what, datetime.fromisoformat(began), self._room.terms))
                    await self._keep(what.value, None)
        except BaseException:
            self.news.set()
            raise

    async def _begin(self, what: Incident, began: str | None) -> None:
        """The note comes first, so that a bot that is killed in between tells it under the same key again."""
        if began is None:
            began = self._room.clock.now().isoformat()
            await self._keep(what.value, began)
        free = self._free if what is Incident.DISK else None
        await self._post(bulletins.began(what, datetime.fromisoformat(began), self._room.terms, free=free))

    # What was told

    async def _post(self, notices: tuple[Notice, ...]) -> None:
        if notices:
            key = f"{notices[0].kind} {notices[0].key}"
            await self._room.store.apply(Tell(notices=notices), key=key, expect={})

    async def _recall(self, name: str) -> str | None:
        return await self._room.store.note(MEMORY, name)

    async def _keep(self, name: str, value: str | None) -> None:
        await self._room.store.handled(MEMORY, notes={name: value})

    def _today(self) -> date:
        return self._room.clock.now().astimezone().date()

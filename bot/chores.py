"""What the running bot does beside answering: tells how it is, copies the database, forgets and erases."""

from __future__ import annotations

import asyncio
import logging
import os
from collections.abc import Awaitable, Callable, Collection, Coroutine, Mapping, Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import Any

import bot
from bot import health, notify
from bot.app import Room
from bot.config import Config
from bot.core.desk.bulletins import Incident
from bot.health import Health, PlatformHealth
from bot.log import error_id
from bot.platforms.base import Platform
from bot.schedule import backup_due, next_at
from bot.store.sqlite.backup import newest_backup
from bot.store.sqlite.connection import see_through
from bot.store.sqlite.errors import StoreError
from bot.store.sqlite.files import companions
from bot.telling import Backups, Telling

_log = logging.getLogger(__name__)

CLEANING_AT = "04:40"  # after the copy, at the quietest time
_AGAIN = 300.0  # seconds between two tries of what could not be told or erased
_LOOK = 1.0  # seconds between two looks at the connections
_LONGEST_SLEEP = 3600.0  # seconds; the machine may have slept or its clock been set meanwhile


class Chores:
    """The tasks beside the platforms; none of them may end the bot."""

    def __init__(
        self,
        config: Config,
        room: Room,
        platforms: Sequence[Platform],
        environment: Mapping[str, str],
        *,
        refused: Collection[str] = (),
    ) -> None:
        self._config, self._room, self._platforms, self._environment = config, room, platforms, environment
        self._refused = refused  # names of platforms that will not have us; grows
        self._started_at = room.clock.now()
        self._reached: set[str] = set()  # names of platforms that have been connected
        self._telling = Telling(room)
        self._database, self._backup = "ok", "ok" if config.backup.nightly else "off"

    def all(self) -> tuple[tuple[str, Coroutine[Any, Any, None]], ...]:
        """Each chore with its name, to be run until cancelled."""
        chores: list[tuple[str, Callable[[], Awaitable[None]]]] = [
            ("status", self._report),
            ("cleaning", self._daily),
            ("erasing", self._erase),
            ("telling", self._tell),
        ]
        if self._config.backup.nightly:
            chores.append(("backup", self._copies))
        if seconds := notify.watchdog_seconds(self._environment, os.getpid()):
            chores.append(("watchdog", partial(self._watchdog, seconds)))
        # One that ends is told by `_harmless`; the bot goes on without it.
        return tuple((name, self._harmless(name, chore)) for name, chore in chores)

    def end(self) -> None:
        """The bot has ended in order: no status is left behind."""
        health.remove(self._config.data_dir)

    async def _watchdog(self, seconds: float) -> None:
        """From the event loop: if that hangs, systemd starts the bot anew."""
        while True:
            notify.tell("WATCHDOG=1", self._environment)
            await asyncio.sleep(seconds)

    async def _report(self) -> None:
        """At once when a connection changes, else every now and then, so that a bot that hangs is noticed."""
        told, quiet = "", 0
        while True:
            self._note_connections()
            states = ", ".join(
                f"{platform.name}: {platform.status.detail}" + (" (ended)" if platform.name in self._refused else "")
                for platform in self._platforms
            )
            if states != told or quiet * _LOOK >= health.EVERY:
                notify.tell(f"STATUS={states}", self._environment)
                await self._harmless("status", self._write_status)
                told, quiet = states, 0
            await asyncio.sleep(_LOOK)
            quiet += 1

    def _note_connections(self) -> None:
        self._reached |= {platform.name for platform in self._platforms if platform.status.connected}

    async def _write_status(self) -> None:
        self._note_connections()
        now = self._room.clock.now()
        newest = newest_backup(self._config.backups, now)
        free = health.free_bytes(self._config.data_dir)
        self._see_disk(free)
        status = Health(
            version=bot.__version__,
            pid=os.getpid(),
            started_at=self._started_at.isoformat(),
            at=now.isoformat(),
            platforms=tuple(self._health_of(platform) for platform in self._platforms),
            database=self._database,
            backup_at=(now - newest[1]).isoformat() if newest else None,
            backup=self._backup,
            free_bytes=free,
        )
        # To its end also when cancelled, so that `end` finds nothing that is still being written.
        await see_through(asyncio.to_thread(health.write, self._config.data_dir, status))

    def _see_disk(self, free: int | None) -> None:
        """The disk that is fuller counts; between the two bounds it stays as it was told."""
        found = [each for each in (free, health.free_bytes(self._config.backups)) if each is not None]
        if found and min(found) < health.LEAST_FREE:
            self._telling.saw(Incident.DISK, wrong=True, free=min(found))
        elif found and min(found) >= health.ENOUGH_FREE:
            self._telling.saw(Incident.DISK, wrong=False)

    def _health_of(self, platform: Platform) -> PlatformHealth:
        status = platform.status
        return PlatformHealth(
            name=platform.name,
            connected=status.connected,
            since=status.since.isoformat() if status.since else None,
            detail=status.detail,
            reached=platform.name in self._reached,
            ended=platform.name in self._refused,
        )

    async def _copies(self) -> None:
        """A copy every night, and one soon after the start where the last is too old."""
        now = self._room.clock.now()
        newest = newest_backup(self._config.backups, now)
        made = now - newest[1] if newest else None
        while True:
            due = backup_due(self._room.clock.now(), self._config.backup.at, made)
            await self._until(due)
            made = self._room.clock.now()  # a failed one is tried again the next night; the status tells until then
            await self._harmless("backup", self._copy)

    async def _copy(self) -> None:
        try:
            copy = await self._room.store.back_up(self._config.backups, keep=self._config.backup.keep)
        except (StoreError, OSError) as error:
            self._backup = str(error)
            self._telling.saw(Incident.BACKUP, wrong=True)
            raise
        self._backup = "ok"
        self._telling.saw(Incident.BACKUP, wrong=False)
        _log.info("backup made: %s, %d bytes, verified", copy.path, copy.bytes)

    async def _daily(self) -> None:
        while True:
            await self._until(next_at(self._room.clock.now(), CLEANING_AT))
            await self._harmless("cleaning", self._clean)
            await self._harmless("database check", self._check)
            await self._harmless("audit", self._telling.head)
            await self._harmless("monthly figures", partial(self._telling.month, self._sizes))

    async def _clean(self) -> None:
        gone = await self._room.store.forget(self._room.clock.now() - timedelta(days=self._config.news.corrected_for))
        _log.info("%d old records of messages forgotten", gone)

    async def _check(self) -> None:
        for fault in await self._room.store.mend_index():
            _log.warning("the nightly check found: %s. The index was made anew", fault)
        faults = await self._room.store.check()
        self._database = "; ".join(faults) or "ok"
        for fault in faults:
            _log.error("the nightly check of the database found: %s. Stop the bot and run: onrecord check", fault)
        self._telling.saw(Incident.DATABASE, wrong=bool(faults))

    def _sizes(self) -> Backups:
        now, path = self._room.clock.now(), self._room.store.path
        newest = newest_backup(self._config.backups, now)
        return Backups(
            newest=(now - newest[1]).astimezone().date() if newest else None,
            bytes=sum(each.stat().st_size for each in (path, *companions(path)) if each.exists()),
        )

    async def _tell(self) -> None:
        """At once; what could not be told, such as that the disk is full, is tried again."""
        while True:
            await self._telling.news.wait()
            await self._harmless("telling the reviewers", self._telling.settle)
            if self._telling.news.is_set():
                await asyncio.sleep(_AGAIN)

    async def _erase(self) -> None:
        """Finish what could not be erased from the files at once, because somebody was reading or the bot was ended."""
        while True:
            await self._harmless("erasing", self._scrub)
            await asyncio.sleep(_AGAIN)

    async def _scrub(self) -> None:
        if not await self._room.store.scrub():
            _log.warning(
                "what was erased is not out of the files yet: the database is read, or the disk full. Tried again"
            )

    async def _until(self, moment: datetime) -> None:
        """Sleep until the wall clock shows a moment."""
        while (left := (moment - self._room.clock.now()).total_seconds()) > 0:  # noqa: ASYNC110 -- no event tells the time
            await asyncio.sleep(min(left, _LONGEST_SLEEP))

    async def _harmless(self, name: str, work: Callable[[], Awaitable[None]]) -> None:
        """A chore that fails is told in the log, and tried again when it is due again."""
        try:
            await work()
        except (StoreError, OSError) as error:
            _log.error("%s: %s", name, error)
        except Exception:  # noqa: BLE001 -- whatever it is, it is logged with an id, and the bot goes on
            _log.exception("%s: error %s", name, error_id())

"""The running bot: platforms, nightly work and health, from the first signal to the last."""

from __future__ import annotations

import asyncio
import logging
import os
import signal
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from types import FrameType
from typing import Any

import bot
from bot import app, memory, notify
from bot.app import Room
from bot.chores import Chores
from bot.config import Config
from bot.config_matrix import Matrix
from bot.platforms.base import Platform, SignInRefused, Unusable
from bot.platforms.sender import Sender
from bot.supervision import keep

_log = logging.getLogger(__name__)

ENDING = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)
GOODBYE = 3.0  # seconds for the platforms to say good-bye
LAST_MOMENT = 4.5  # seconds after the signal at which the process ends whatever it is doing; changes are safe by then


def platforms(config: Config, room: Room) -> tuple[Platform, ...]:
    """Those that are configured. The code of the others is never imported."""
    found: list[Platform] = []
    if config.discord is not None and config.discord.token is not None:
        from bot.platforms.discord.connection import DiscordPlatform  # noqa: PLC0415 -- 33 MB that others do without
        from bot.platforms.discord.registration import RegisteredFile  # noqa: PLC0415 -- the same
        from bot.platforms.discord.rights import Editors  # noqa: PLC0415 -- the same

        ours = config.discord.editors
        editors = Editors(
            users=frozenset(editor.user for editor in ours if editor.user is not None),
            roles=frozenset(
                (editor.guild, editor.role) for editor in ours if editor.guild is not None and editor.role is not None
            ),
        )
        found.append(
            DiscordPlatform(
                token=config.discord.token.reveal(),
                table=room.table,
                suggest=room.lookup.suggest,
                mail=room.store,
                clock=room.clock,
                registered=RegisteredFile(config.data_dir / "discord-commands.json"),
                sender=Sender(office=room.office, platform=DiscordPlatform.name, locale=room.language),
                guilds=config.discord.guilds,
                public=config.discord.public,
                editors=editors,
            )
        )
    if config.matrix is not None and "matrix" not in config.unusable:
        found.append(_matrix(config, config.matrix, room))
    return (*found, *(Unusable(name=name, why=why) for name, why in config.unusable.items()))


def _matrix(config: Config, matrix: Matrix, room: Room) -> Platform:
    from bot.platforms.matrix.entry import Entry  # noqa: PLC0415 -- the library is imported by those who use it
    from bot.platforms.matrix.platform import MatrixPlatform  # noqa: PLC0415 -- the same
    from bot.platforms.matrix.session import FOLDER  # noqa: PLC0415 -- the same

    folder = config.data_dir / FOLDER
    folder.mkdir(mode=0o700, exist_ok=True)
    entry = Entry(
        settings=matrix.settings(config.language),
        folder=folder,
        token=matrix.token.reveal() if matrix.token else None,
        password=matrix.password.reveal() if matrix.password else None,
    )
    return MatrixPlatform(
        entry=entry,
        table=room.table,
        mail=room.store,
        clock=room.clock,
        sender=Sender(office=room.office, platform=MatrixPlatform.name),
    )


async def serve(config: Config, environment: Mapping[str, str]) -> tuple[SignInRefused, ...]:
    """Answer until a signal comes (then nothing is returned) or no platform will have us any more (then why).

    Raises StoreError when the database cannot be opened, or turns out to be damaged.
    """
    stop = asyncio.Event()
    memory.one_arena()
    memory.plain_lists()
    with ended_by_signals(stop):
        async with app.writing(config) as room:
            service = _Service(config, room, stop, environment)
            return await service.run()


class _Service:
    """One run of the bot."""

    def __init__(self, config: Config, room: Room, stop: asyncio.Event, environment: Mapping[str, str]) -> None:
        self._config, self._room, self._stop, self._environment = config, room, stop, environment
        self._refused: set[str] = set()  # names of platforms that will not have us

    async def run(self) -> tuple[SignInRefused, ...]:
        """Start everything, wait for the end, stop everything."""
        ours = platforms(self._config, self._room)
        chores = Chores(self._config, self._room, ours, self._environment, refused=self._refused)
        keepers = {asyncio.create_task(keep(platform), name=platform.name) for platform in ours}
        beside = [asyncio.create_task(chore, name=name) for name, chore in chores.all()]
        stopped = asyncio.create_task(self._stop.wait(), name="stop")
        sound = asyncio.create_task(self._room.store.sound(), name="database check")
        memory.let_go()
        notify.tell("READY=1", self._environment)
        _log.info("onrecord %s runs, data in %s", bot.__version__, self._config.data_dir)
        try:
            return await self._until_the_end(set(keepers), stopped, sound)
        finally:
            notify.tell("STOPPING=1", self._environment)
            tasks = [*keepers, *beside, stopped, sound]
            for task in tasks:
                task.cancel()
            await asyncio.wait(tasks, timeout=GOODBYE)
            chores.end()
            _log.info("ended")

    async def _until_the_end(
        self, keepers: set[asyncio.Task[SignInRefused]], stopped: asyncio.Task[bool], sound: asyncio.Task[None]
    ) -> tuple[SignInRefused, ...]:
        refusals: list[SignInRefused] = []
        waiting: set[asyncio.Task[Any]] = {stopped, sound}
        while keepers and not self._stop.is_set():
            done, _ = await asyncio.wait({*keepers, *waiting}, return_when=asyncio.FIRST_COMPLETED)
            if sound in done:
                waiting.discard(sound)
                sound.result()  # raises where the check of a large database found damage
            for task in done & keepers:
                keepers.discard(task)
                refusals.append(task.result())
                self._refused.add(task.get_name())
                _log.error("%s: %s", task.get_name(), refusals[-1])
        return () if self._stop.is_set() else tuple(refusals)


@contextmanager
def ended_by_signals(stop: asyncio.Event) -> Iterator[None]:
    """SIGTERM, SIGINT and a closed terminal end the bot politely, and in any case in time, with code 0.

    What was acknowledged is on the disk by then, so that an end without good-bye loses nothing.
    """
    loop = asyncio.get_running_loop()
    last = threading.Timer(LAST_MOMENT, _end_at_once)
    last.daemon = True

    def begin(name: str) -> None:
        _log.info("%s: ending", name)
        stop.set()

    def ends(number: int, frame: FrameType | None) -> None:  # a plain handler: it also comes when the loop hangs
        del frame
        if last.ident is None:
            last.start()
            loop.call_soon_threadsafe(begin, signal.Signals(number).name)
        elif number == signal.SIGINT:  # Ctrl-C again: somebody is waiting for it
            os._exit(128 + number)

    before = {number: signal.signal(number, ends) for number in ENDING}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _end_at_once() -> None:
    _log.warning("some work did not end in time and was left behind")
    os._exit(0)

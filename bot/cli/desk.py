"""`onrecord desk`: suggesting, reviewing and correcting facts from a shell, as a conversation or one line at a time."""

from __future__ import annotations

import argparse
import asyncio
import os
import pwd
import sys

import bot
from bot import app
from bot.cli.ask import locale_for, suggester
from bot.cli.faults import database_faults
from bot.cli.situation import configured, interactive, log_errors
from bot.commands.desk.rows import PARAMETERS as DESK
from bot.commands.desk.rows import READING
from bot.commands.dispatch import parse
from bot.commands.reply import Outcome
from bot.commands.request import Caller, Right
from bot.commands.rows import PARAMETERS
from bot.config import Config
from bot.platforms.console.completing import completed, suggesting
from bot.platforms.console.connection import ConsolePlatform
from bot.platforms.console.filling import Fill, filler
from bot.platforms.console.payload import EXIT_CODES
from bot.platforms.console.prompt import Read, reader
from bot.platforms.console.screen import Screen, screen_of
from bot.wording import wording


def desk(options: argparse.Namespace) -> int:
    """One line, or a conversation until the person ends it. Whoever may write to the database edits."""
    config = configured(options)
    log_errors(config)
    line = " ".join(options.line).strip()
    with database_faults(config):
        if not line:
            return asyncio.run(_conversation(config))
        return asyncio.run(_one_line(config, line))


def somebody() -> Caller:
    """The person who is logged in: the name of the process's user, which no variable can change."""
    try:
        account = pwd.getpwuid(os.getuid()).pw_name
    except KeyError:  # a user without an entry, as in some containers
        account = str(os.getuid())
    return Caller(account=account, rights=frozenset(Right))


async def _conversation(config: Config) -> int:
    async with app.writing(config) as room:
        with suggesting(lambda: suggester(room.store.path)) as suggest:
            platform = _platform(
                config,
                room,
                reader(sys.stdin, lambda typed: completed(typed, platform.offered, suggest, tuple(PARAMETERS))),
            )
            await platform.serve()
        await _finished(room)
    return 0


async def _one_line(config: Config, line: str) -> int:
    """What only reads also runs beside a bot that holds the database; what writes needs it for itself."""
    command, _ = parse(f"/desk {line}")
    opened = app.reading(app.database(config), config) if command in READING else app.writing(config)
    async with opened as room:
        platform = _platform(config, room, reader(sys.stdin, lambda _: ()))
        reply = await platform.reply(f"/desk {line}")
        platform.show(reply)
        if command not in READING:
            await _finished(room)
    wants_more = reply.form is not None and reply.form.line.split()[0] == command  # and does nothing until it has that
    return EXIT_CODES[Outcome.REFUSED if wants_more else reply.outcome]


async def _finished(room: app.Room) -> None:
    """Who was forgotten leaves the files before the program ends; a bot that runs does that by itself."""
    await room.store.scrub()


def _platform(config: Config, room: app.Room, read: Read) -> ConsolePlatform:
    locale = locale_for(config)
    screen = screen_of(sys.stdout, os.environ)
    return ConsolePlatform(
        table=room.table,
        read=read,
        screen=screen,
        clock=room.clock,
        ids=room.ids,
        locale=locale,
        version=bot.__version__,
        caller=somebody(),
        fill=_fill(read, screen, locale),
        welcome="console.desk.welcome",
        commands=DESK,
    )


def _fill(read: Read, screen: Screen, locale: str) -> Fill | None:
    """Forms are filled in where somebody sits; a script gives everything in its line."""
    return filler(read, screen, os.environ, wording(locale)) if interactive() else None

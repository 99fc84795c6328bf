"""`onrecord fact` and `onrecord console`: the console platform, once or as a conversation."""

from __future__ import annotations

import argparse
import asyncio
import os
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path

import bot
from bot import app
from bot.cli.exits import Exit, Failed
from bot.cli.explain import explained
from bot.cli.faults import database_faults
from bot.cli.situation import configured, log_errors
from bot.commands.dispatch import answer
from bot.commands.reply import Outcome, Reply
from bot.commands.request import Caller, Request
from bot.config import Config
from bot.core.model.mail import Place
from bot.pictures.drawing import can_draw
from bot.platforms.console.completing import Suggest, completed, suggesting
from bot.platforms.console.connection import ConsolePlatform, for_one_shot
from bot.platforms.console.payload import EXIT_CODES, json_of, text_of
from bot.platforms.console.prompt import reader
from bot.platforms.console.screen import locale_of, screen_of
from bot.store.sqlite.checking import examine


def fact(options: argparse.Namespace) -> int:
    """Answer one question; the exit code says whether something was found."""
    config = configured(options)
    log_errors(config)
    with database_faults(config):
        if options.explain:
            return asyncio.run(_traced(config, " ".join(options.words)))
        return asyncio.run(answered(config, " ".join(options.words), as_json=options.json))


async def _traced(config: Config, query: str) -> int:
    async with app.asking(config) as room:
        trace = await explained(room, query)
    screen_of(sys.stdout, os.environ).write(trace)
    return 0


def timeline(options: argparse.Namespace) -> int:
    """Print a line over time, and draw it where that is wished."""
    config = configured(options)
    log_errors(config)
    if options.picture is not None and not can_draw():
        raise Failed(Exit.CONFIG, "drawing needs a library: pip install 'onrecord[pictures]'")
    with database_faults(config):
        return asyncio.run(_timeline(config, " ".join(options.words), options.picture, as_json=options.json))


async def _timeline(config: Config, what: str, picture: Path | None, *, as_json: bool) -> int:
    locale = locale_for(config)
    reply = await _reply(config, "timeline", {"what": what}, locale, pictures=picture is not None)
    code = _printed(reply, locale, as_json=as_json)
    if picture is None or reply.outcome is not Outcome.FOUND:
        return code
    if reply.picture is None:
        raise Failed(
            Exit.NO_OUTPUT,
            f"{picture}: not drawn: there are no two statements with a day, or drawing failed (see the log)",
        )
    try:
        await asyncio.to_thread(picture.write_bytes, reply.picture.png)
    except OSError as error:
        raise Failed(Exit.NO_OUTPUT, f"{picture}: {error.strerror or error}") from error
    return code


async def answered(config: Config, query: str, *, as_json: bool = False) -> int:
    """Print the answer to a question."""
    locale = locale_for(config)
    return _printed(await _reply(config, "fact", {"query": query}, locale), locale, as_json=as_json)


async def _reply(
    config: Config, command: str, arguments: Mapping[str, str], locale: str, *, pictures: bool = False
) -> Reply:
    async with app.asking(config) as room:
        request = Request(
            command=command,
            arguments=arguments,
            caller=Caller(account="console"),
            place=Place(platform="console", id="console"),
            locale=locale,
            event=room.ids.new(),
            pictures=pictures,
        )
        return await answer(room.table, request)


def _printed(reply: Reply, locale: str, *, as_json: bool) -> int:
    screen = screen_of(sys.stdout, os.environ)
    if as_json:
        screen.write(json_of(reply))
    else:
        screen.write(text_of(for_one_shot(reply, locale), width=screen.width, colour=screen.colour))
    return EXIT_CODES[reply.outcome]


def console(options: argparse.Namespace) -> int:
    """Converse until the person ends it."""
    config = configured(options)
    log_errors(config)
    with database_faults(config):
        return asyncio.run(_conversation(config))


async def _conversation(config: Config) -> int:
    async with app.asking(config) as room:
        await asyncio.to_thread(examine, room.store.path)  # damage is better told now than in the middle
        with suggesting(lambda: suggester(room.store.path)) as suggest:
            platform = ConsolePlatform(
                table=room.table,
                read=reader(sys.stdin, lambda typed: completed(typed, platform.offered, suggest)),
                screen=screen_of(sys.stdout, os.environ),
                clock=room.clock,
                ids=room.ids,
                locale=locale_for(config),
                version=bot.__version__,
            )
            await platform.serve()
    return 0


@asynccontextmanager
async def suggester(path: Path) -> AsyncIterator[Suggest]:
    """Completions from a view of the database of their own."""
    async with app.reading(path) as room:
        yield room.lookup.suggest


def locale_for(config: Config) -> str:
    """The language of whoever sits here, unless their machine says nothing: then that of the configuration."""
    spoken = locale_of(os.environ)
    return config.language if spoken in ("C", "POSIX", "C.UTF-8", "en") else spoken

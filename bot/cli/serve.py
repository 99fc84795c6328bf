"""`onrecord run` and `onrecord health`."""

from __future__ import annotations

import argparse
import asyncio
import logging
import os
import signal
from types import FrameType

from bot.cli.exits import Exit, Failed
from bot.cli.faults import database_faults
from bot.cli.situation import configured
from bot.cli.terminal import say, tell
from bot.config import Config, ready_to_run

_log = logging.getLogger(__name__)


def run(options: argparse.Namespace) -> int:
    """Answer on the configured platforms until a signal comes."""
    for number in (signal.SIGTERM, signal.SIGHUP):  # until the service has its own handlers, and after
        signal.signal(number, _nothing_to_lose)
    try:
        return _run(options)
    except Failed as failure:
        if not options.hold or failure.code != Exit.CONFIG:
            raise
        for line in failure.lines:
            tell(f"onrecord: {line}")
        tell("onrecord: waiting for somebody to mend this; then restart the container")
        signal.signal(signal.SIGINT, _nothing_to_lose)
        while True:
            signal.pause()


def _run(options: argparse.Namespace) -> int:
    config = configured(options, secrets=True)
    if missing := ready_to_run(config):
        raise Failed(Exit.CONFIG, *missing)
    from bot import log, service  # noqa: PLC0415 -- what is wrong above is said at once

    log.start(config.log_level, config.secrets)
    for warning in config.warnings:
        _log.warning("%s", warning)
    with database_faults(config):
        refusals = asyncio.run(service.serve(config, os.environ))
    if refusals:
        raise Failed(Exit.CONFIG, *(str(refusal) for refusal in refusals))
    return Exit.OK


def _nothing_to_lose(number: int, frame: FrameType | None) -> None:
    """Nothing is open: ending at once is ending in order."""
    del number, frame
    os._exit(Exit.OK)


def health(options: argparse.Namespace) -> int:
    """0 when the running bot is well, 1 with a line for each fault."""
    from bot import health as state  # noqa: PLC0415 -- the name of this function
    from bot.system import SystemClock  # noqa: PLC0415 -- beside it

    config: Config = configured(options)
    found = state.faults(state.read(config.data_dir), SystemClock().now())
    for fault in found:
        say(fault)
    if not found:
        say("ok")
    return Exit.NOTHING if found else Exit.OK

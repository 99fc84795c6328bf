"""Keeps each platform going on its own: a fault in one is logged and tried again, the others never notice."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable

from bot.log import error_id
from bot.platforms.base import Platform, SignInRefused

_log = logging.getLogger(__name__)

FIRST_PAUSE = 5.0  # seconds; doubled after each fault
LONGEST_PAUSE = 300.0
SETTLED = 600.0  # a platform that served this long begins again with the first pause


async def keep(platform: Platform, pause: Callable[[float], Awaitable[None]] = asyncio.sleep) -> SignInRefused:
    """Serve until cancelled, or until the platform will not have us: then that refusal is returned."""
    loop, seconds = asyncio.get_running_loop(), FIRST_PAUSE
    while True:
        began = loop.time()
        try:
            await platform.serve()
            _log.error("%s: the connection ended by itself; again in %.0f s", platform.name, seconds)
        except SignInRefused as refusal:
            return refusal
        except Exception:  # noqa: BLE001 -- whatever it is, it is logged with an id, and the bot goes on
            _log.exception("%s: error %s; again in %.0f s", platform.name, error_id(), seconds)
        if loop.time() - began > SETTLED:
            seconds = FIRST_PAUSE
        await pause(seconds)
        seconds = min(seconds * 2, LONGEST_PAUSE)

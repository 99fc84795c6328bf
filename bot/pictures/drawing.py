"""Has a chart drawn by a child process, one at a time: nothing of the drawing library stays in the bot's memory."""

from __future__ import annotations

import asyncio
import json
import logging
import os
import sys
from contextlib import suppress
from dataclasses import asdict
from importlib.util import find_spec
from pathlib import Path

from bot.commands.chart import Chart, Draw

LIBRARY = "matplotlib"
PATIENCE = 10.0  # seconds, the turn included; the very first chart waits for a list of fonts
MOST = 2 * 1024 * 1024  # bytes of a picture
_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_log = logging.getLogger(__name__)


def can_draw() -> bool:
    """Whether the library is installed."""
    return find_spec(LIBRARY) is not None


def drawer(cache: Path) -> Draw | None:
    """What draws, or None where the library is not installed. The library keeps its list of fonts in `cache`."""
    if not can_draw():
        return None
    turns = asyncio.Lock()

    async def draw(chart: Chart) -> tuple[bytes, tuple[int, int]] | None:
        try:
            async with asyncio.timeout(PATIENCE), turns:
                return await _drawn(chart, cache)
        except TimeoutError:
            _log.warning("a chart was not drawn within %.0f s", PATIENCE)
        except OSError as error:
            _log.warning("a chart was not drawn: %s", error)
        return None

    return draw


async def _drawn(chart: Chart, cache: Path) -> tuple[bytes, tuple[int, int]] | None:
    """The picture; None, and a line in the log, where it cannot be drawn: the text says the same. Raises OSError."""
    environment = {
        "PATH": os.environ.get("PATH", ""),
        "MPLCONFIGDIR": str(cache),
        "OPENBLAS_NUM_THREADS": "1",
        "PYTHONPATH": os.pathsep.join(sys.path),
    }
    child = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "bot.pictures.chart",
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
        env=environment,
    )
    try:
        png, told = await child.communicate(json.dumps(asdict(chart)).encode())
    finally:
        if child.returncode is None:
            with suppress(ProcessLookupError):
                child.kill()
            await child.wait()
    if child.returncode or not png.startswith(_SIGNATURE) or len(png) > MOST:
        _log.warning("a chart was not drawn: %s", told.decode(errors="replace").strip()[-500:] or child.returncode)
        return None
    return png, size_of(png)


def size_of(png: bytes) -> tuple[int, int]:
    """Width and height in pixels, from the header. Source: PNG specification, 11.2.2 (IHDR)."""
    return int.from_bytes(png[16:20], "big"), int.from_bytes(png[20:24], "big")

"""An error that nobody expected: its traceback goes into a file of the data directory, its id to the person."""

from __future__ import annotations

import argparse
import logging
import sys
from datetime import UTC, datetime
from pathlib import Path

from bot.cli.situation import configured
from bot.log import Masking, error_id
from bot.secret import Secret

FILE = "errors.log"
_LARGEST = 1_000_000  # bytes; a file that has grown beyond begins anew


def record(error: Exception, options: argparse.Namespace) -> str:
    """Write the traceback down, secrets masked; the sentence for the person."""
    number = error_id()
    try:
        config = configured(options, secrets=True)
        folder, secrets = config.data_dir, config.secrets
    except Exception:  # noqa: BLE001 -- whatever is wrong with the configuration is not what is reported here
        folder, secrets = None, ()
    line = _line(error, options, number, secrets)
    if folder is not None and _written(folder / FILE, line):
        return f"unexpected error {number}; details are in {folder / FILE}"
    sys.stderr.write(f"{line}\n")
    return f"unexpected error {number}; details are in the line above"


def _line(error: Exception, options: argparse.Namespace, number: str, secrets: tuple[Secret, ...]) -> str:
    message = f"error {number} in `onrecord {options.command}`"
    info = (type(error), error, error.__traceback__)
    entry = logging.LogRecord("bot.cli", logging.ERROR, __file__, 0, message, (), info)
    entry.created = datetime.now(UTC).timestamp()
    return Masking(secrets, journal=False).format(entry)


def _written(path: Path, line: str) -> bool:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        mode = "w" if path.exists() and path.stat().st_size > _LARGEST else "a"
        with path.open(mode, encoding="utf-8", errors="backslashreplace") as stream:
            stream.write(f"{line}\n")
    except OSError:
        return False
    return True

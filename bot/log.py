"""The log: one line a record on stderr, secrets masked by value, libraries kept from printing headers."""

from __future__ import annotations

import base64
import logging
import os
import secrets
import sys
import threading
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import TextIO
from urllib.parse import quote

from bot.secret import Secret

MASK = "•••"
LEVELS = ("debug", "info", "warning", "error")
_LARGEST = 1_000_000  # bytes of an error file; one that has grown beyond begins anew
_PRIORITY = {logging.DEBUG: 7, logging.INFO: 6, logging.WARNING: 4, logging.ERROR: 3, logging.CRITICAL: 2}  # syslog's


class Masking(logging.Formatter):
    """A record as one line. The mask goes over the finished line: arguments and tracebacks are in it by then."""

    def __init__(self, hidden: Iterable[Secret], *, journal: bool) -> None:
        times = "" if journal else "%(asctime)s "
        super().__init__(f"{times}%(levelname)s %(name)s: %(message)s")
        self._hidden = _spellings(hidden)
        self._journal = journal

    def format(self, record: logging.LogRecord) -> str:
        line = self.mask(super().format(record))
        line = line.replace("\\", "\\\\").replace("\r", "\\r").replace("\n", "\\n") if _breaks(line) else line
        return f"<{_PRIORITY.get(record.levelno, 6)}>{line}" if self._journal else line

    def formatTime(self, record: logging.LogRecord, datefmt: str | None = None) -> str:  # noqa: N802 -- logging's name
        """ISO 8601, UTC, whatever the machine's zone."""
        return f"{datetime.fromtimestamp(record.created, UTC):%Y-%m-%dT%H:%M:%SZ}"

    def mask(self, text: str) -> str:
        """The text with every known secret blanked."""
        for value in self._hidden:
            text = text.replace(value, MASK)
        return text


def _breaks(line: str) -> bool:
    return "\n" in line or "\r" in line


def _spellings(hidden: Iterable[Secret]) -> tuple[str, ...]:
    """The values as they may turn up: plain, in a URL, in base64; longest first."""
    found: set[str] = set()
    for secret in hidden:
        value = secret.reveal()
        if len(value) >= 8:  # a shorter one would blank innocent text
            found |= {value, quote(value, safe=""), base64.b64encode(value.encode()).decode().rstrip("=")}
    return tuple(sorted(found, key=len, reverse=True))


def start(level: str, hidden: Iterable[Secret], stream: TextIO | None = None) -> None:
    """Send every log record of the process to stderr; call once, from the command line.

    The level is for our own records. Libraries stay at INFO: at DEBUG they print headers and payloads.
    """
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(Masking(hidden, journal=_is_journal(stream or sys.stderr)))
    _only(handler)
    logging.getLogger().setLevel(logging.INFO if level in ("debug", "info") else level.upper())
    logging.getLogger("bot").setLevel(level.upper())
    logging.captureWarnings(True)
    sys.excepthook = _uncaught
    threading.excepthook = lambda args: _uncaught(args.exc_type, args.exc_value, args.exc_traceback)


def start_in_file(path: Path, hidden: Iterable[Secret]) -> None:
    """Send errors to a file that is made when the first one comes: for short commands, whose stderr a person reads."""
    handler = _ErrorFile(path)
    handler.setFormatter(Masking(hidden, journal=False))
    handler.setLevel(logging.ERROR)
    _only(handler)


class _ErrorFile(logging.Handler):
    """Appends to a file that begins anew when it has grown; a record that cannot be written there goes to stderr."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self._path = path

    def emit(self, record: logging.LogRecord) -> None:
        line = self.format(record)
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            anew = self._path.exists() and self._path.stat().st_size > _LARGEST
            flags = os.O_WRONLY | os.O_CREAT | os.O_CLOEXEC | (os.O_TRUNC if anew else os.O_APPEND)
            with os.fdopen(
                os.open(self._path, flags, 0o600), "w", encoding="utf-8", errors="backslashreplace"
            ) as stream:
                stream.write(f"{line}\n")
        except OSError:
            sys.stderr.write(f"{line}\n")


def _only(handler: logging.Handler) -> None:
    root = logging.getLogger()
    for old in root.handlers[:]:
        root.removeHandler(old)
    root.addHandler(handler)
    logging.raiseExceptions = False  # a full disk under the log must not print a record's arguments


def _uncaught(kind: type[BaseException], error: BaseException | None, trace: TracebackType | None) -> None:
    """What nobody caught still passes the mask."""
    if issubclass(kind, KeyboardInterrupt):
        return
    info = (kind, error if error is not None else kind(), trace)
    logging.getLogger("bot").critical("uncaught, error %s", error_id(), exc_info=info)


def _is_journal(stream: TextIO) -> bool:
    """Whether systemd's journal reads the stream: it says so with the stream's device and inode in JOURNAL_STREAM."""
    try:
        status = os.fstat(stream.fileno())
    except (OSError, ValueError):
        return False
    return os.environ.get("JOURNAL_STREAM") == f"{status.st_dev}:{status.st_ino}"


def error_id() -> str:
    """A short id that ties what a person was told to a line of the log."""
    return secrets.token_hex(4)

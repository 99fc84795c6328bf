"""How the running bot stands: a small status file, written by `run`, read by `onrecord health`."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

FILE = "status.json"
EVERY = 15.0  # seconds between two writes
STALE = timedelta(seconds=60)  # older than this, the writer hangs or is gone
PATIENCE = timedelta(minutes=2)  # a platform that was reached may be away this long before that counts as a fault
LEAST_FREE = 50 * 1024 * 1024  # bytes; below that SQLite may soon be unable to write
ENOUGH_FREE = 2 * LEAST_FREE  # from here on a disk that was nearly full is well again


@dataclass(frozen=True, slots=True, kw_only=True)
class PlatformHealth:
    """One connection, as `PlatformStatus` has it."""

    name: str
    connected: bool
    since: str | None  # ISO 8601 UTC instant
    detail: str
    reached: bool  # it has been connected since the bot started
    ended: bool = False  # it will not have us: somebody must act


@dataclass(frozen=True, slots=True, kw_only=True)
class Health:
    """What the bot says of itself."""

    version: str
    pid: int
    started_at: str  # ISO 8601 UTC instants, here and below
    at: str
    platforms: tuple[PlatformHealth, ...]
    database: str  # "ok", or one line about what is wrong
    backup_at: str | None  # of the newest good backup; None when there is none
    backup: str  # "ok", "off", or one line about what went wrong
    free_bytes: int | None = None  # on the disk of the data directory


def free_bytes(folder: Path) -> int | None:
    """Free space for this user on the folder's disk; None when the system does not tell."""
    try:
        return shutil.disk_usage(folder).free
    except OSError:
        return None


def write(folder: Path, health: Health) -> None:
    """Replace the status file in one step, so that no reader sees half of it. Raises OSError."""
    written = folder / f".{FILE}.new"  # one writer: the holder of the data directory's lock
    written.unlink(missing_ok=True)
    with os.fdopen(os.open(written, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as stream:
        json.dump(asdict(health), stream, ensure_ascii=False, indent=1)
    written.replace(folder / FILE)


def read(folder: Path) -> Health | None:
    """The last status; None when there is none or it cannot be read."""
    try:
        data: Any = json.loads((folder / FILE).read_text(encoding="utf-8"))
        platforms = tuple(PlatformHealth(**item) for item in data.pop("platforms"))
        return Health(platforms=platforms, **data)
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return None


def remove(folder: Path) -> None:
    """The bot has ended: no stale status is left behind."""
    (folder / FILE).unlink(missing_ok=True)


def faults(health: Health | None, now: datetime) -> Sequence[str]:
    """What is wrong, a line each; empty when all is well."""
    if health is None:
        return ("The bot does not run here: no status file.",)
    age = now - datetime.fromisoformat(health.at)
    if age > STALE:
        return (f"The bot has not reported for {int(age.total_seconds())} s: it hangs or was killed.",)
    found = [
        f"{platform.name}: {'not connected' if platform.reached else 'never connected since the start'}. "
        f"{platform.detail}".rstrip()
        for platform in health.platforms
        if not platform.connected
        and (platform.ended or not platform.reached or _waited(platform, health, now) > PATIENCE)
    ]
    if health.database != "ok":
        found.append(f"database: {health.database}")
    if health.backup not in ("ok", "off"):
        found.append(f"backup: {health.backup}")
    if health.free_bytes is not None and health.free_bytes < LEAST_FREE:
        found.append(f"disk: only {health.free_bytes // 1_048_576} MB free")
    return found


def _waited(platform: PlatformHealth, health: Health, now: datetime) -> timedelta:
    return now - datetime.fromisoformat(platform.since or health.started_at)

"""What `onrecord check` finds out about the machine: folder, disk, file system, SQLite, clock."""

from __future__ import annotations

import os
import sqlite3
import stat
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from bot.cli.finding import Finding, Level
from bot.config import Config
from bot.health import LEAST_FREE, free_bytes
from bot.system import SystemClock

FIXED = (3, 51, 3)  # versions before can damage a database when two connections write and check-point at once
RELEASED = datetime(2026, 11, 1, tzinfo=UTC)  # a clock that shows less is wrong
# File systems of other machines lock files in ways that SQLite cannot rely on.
ELSEWHERE = ("nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "virtiofs", "fuse.sshfs", "fuse.glusterfs", "afs", "ceph")


def findings_of_place(config: Config) -> Iterator[Finding]:
    """The data directory and its disk."""
    folder = _nearest(config.data_dir)
    if folder != config.data_dir:
        yield Finding(about="folder", level=Level.OK, text=f"{config.data_dir} will be made in {folder}")
    else:
        yield from _private(folder)
    if not os.access(folder, os.W_OK | os.X_OK):
        text = f"{folder} cannot be written by this user: check who owns it"
        yield Finding(about="folder", level=Level.ERROR, text=text)
    kind = file_system(folder, _mounts())
    if kind in ELSEWHERE:
        text = f"{folder} is on {kind}, which does not lock files as SQLite needs: use a disk of this machine"
        yield Finding(about="folder", level=Level.WARNING, text=text)
    free = free_bytes(folder)
    if free is not None:
        level = Level.ERROR if free < LEAST_FREE else Level.OK
        yield Finding(about="disk", level=level, text=f"{free // 1_048_576:,} MB free at {folder}")


def _nearest(path: Path) -> Path:
    """The path, or the first folder above it that exists."""
    return next(place for place in (path, *path.parents) if place.exists())


def _private(folder: Path) -> Iterator[Finding]:
    mode = folder.stat().st_mode
    if mode & (stat.S_IRWXO | stat.S_IWGRP):
        text = f"{folder} is open to others, and full texts may lie in it. Run: chmod 700 {folder}"
        yield Finding(about="folder", level=Level.WARNING, text=text)
    else:
        yield Finding(about="folder", level=Level.OK, text=f"{folder}, for its owner alone")


def file_system(path: Path, mounts: str) -> str | None:
    """The type of the file system that holds a path, from /proc/self/mountinfo; None where that says nothing.

    Format: https://man7.org/linux/man-pages/man5/proc_pid_mountinfo.5.html
    """
    resolved, best, kind = path.resolve(), -1, None
    for line in mounts.splitlines():
        before, dash, after = line.partition(" - ")
        fields = before.split()
        if not dash or len(fields) < 5:
            continue
        point = Path(fields[4].encode("latin-1", "replace").decode("unicode_escape"))  # a space stands there as \\040
        if (resolved == point or point in resolved.parents) and len(point.parts) >= best:
            best, kind = len(point.parts), after.split()[0]
    return kind


def _mounts() -> str:
    try:
        return Path("/proc/self/mountinfo").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""


def findings_of_machine() -> Iterator[Finding]:
    """What does not depend on any configuration."""
    text = sqlite3.sqlite_version
    if sqlite3.sqlite_version_info < FIXED:
        wanted = ".".join(map(str, FIXED))
        text += f", older than {wanted}: its write-ahead log has a rare fault, which one writing connection avoids"
        yield Finding(about="SQLite", level=Level.WARNING, text=f"{text}. Nothing to do; update when your system does")
    else:
        yield Finding(about="SQLite", level=Level.OK, text=text)
    now = SystemClock().now()
    if now < RELEASED:
        yield Finding(about="clock", level=Level.ERROR, text=f"it shows {now:%Y-%m-%d}: set it, sign-in needs it right")
    else:
        yield Finding(about="clock", level=Level.OK, text=f"{now:%Y-%m-%d %H:%M} UTC")

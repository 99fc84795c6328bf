"""The files beside and around the database: folder, lock, and what a copy must be like."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bot.store.sqlite.errors import AlreadyRunning, FolderNotWritable

LOCK = "onrecord.lock"
COMPANIONS = ("-wal", "-shm", "-journal")  # what SQLite keeps beside a database


def private_folder(directory: Path) -> None:
    """Make the folder if it is missing, readable for its owner only."""
    try:
        directory.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise FolderNotWritable(directory, error.strerror or str(error)) from error


@contextmanager
def locked(directory: Path) -> Iterator[None]:
    """Hold the data directory: one process at a time changes what is in it.

    The lock ends with the process, however it ends. Raises AlreadyRunning, or FolderNotWritable.
    """
    path = directory / LOCK
    try:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except OSError as error:
        raise FolderNotWritable(directory, error.strerror or str(error)) from error
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise AlreadyRunning(directory, _process(descriptor)) from error
        os.ftruncate(descriptor, 0)
        os.write(descriptor, f"{os.getpid()}\n".encode())
        yield
    finally:
        os.close(descriptor)


def _process(descriptor: int) -> int | None:
    text = os.pread(descriptor, 32, 0).strip()
    return int(text) if text.isdigit() else None


def private_file(path: Path) -> None:
    """Create the file, readable for its owner only, or take everybody else's rights away."""
    try:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            os.fchmod(descriptor, 0o600)
        finally:
            os.close(descriptor)
    except OSError as error:
        raise FolderNotWritable(path, error.strerror or str(error)) from error


def on_disk(path: Path) -> None:
    """Wait until a file or folder is on the disk."""
    descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)

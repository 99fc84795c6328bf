"""The files beside and around the database: folder, lock, and what a copy must be like."""

from __future__ import annotations

import fcntl
import os
import stat
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from bot.store.sqlite.errors import AlreadyRunning, FolderNotWritable

LOCK = "onrecord.lock"
COMPANIONS = ("-wal", "-shm", "-journal")  # what SQLite keeps beside a database
PART = ".part"


def companions(database: Path) -> list[Path]:
    """The files that SQLite may keep beside a database."""
    return [database.with_name(database.name + suffix) for suffix in COMPANIONS]


def private_folder(directory: Path) -> None:
    """Make the folder if it is missing, readable for its owner only."""
    missing = [each for each in (directory, *directory.parents) if not each.exists()]
    try:
        directory.mkdir(mode=0o700, parents=True, exist_ok=True)
        for made in reversed(missing):
            hand_over(made)
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
        hand_over(path)
        yield
    finally:
        os.close(descriptor)


def _process(descriptor: int) -> int | None:
    text = os.pread(descriptor, 32, 0).strip()
    return int(text) if text.isdigit() else None


def private_file(path: Path) -> None:
    """Create the file, readable for its owner only, or take everybody else's rights away."""
    os.close(_opened_private(path))


@contextmanager
def kept_private(path: Path) -> Iterator[None]:
    """The same; until the block ends `remove_unfinished` leaves the file alone, in whichever process."""
    descriptor = _opened_private(path)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def _opened_private(path: Path) -> int:
    try:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            os.fchmod(descriptor, 0o600)
            hand_over(path)
        except OSError:
            os.close(descriptor)
            raise
    except OSError as error:
        raise FolderNotWritable(path, error.strerror or str(error)) from error
    return descriptor


def part_of(target: Path) -> Path:
    """Where a file is made that gets its name when it is whole."""
    return target.with_name(f".{target.name}.{os.getpid()}{PART}")


def remove_unfinished(directory: Path, prefix: str) -> None:
    """Remove what processes that were killed left half made under `part_of` names of files that begin so."""
    for path in directory.glob(f".{prefix}*{PART}"):
        if not _in_the_making(path):
            remove((path, *companions(path)))
    for path in directory.glob(f".{prefix}*{PART}-*"):
        if path in companions(part := path.with_name(path.name.rpartition("-")[0])) and not part.exists():
            remove((path,))


def _in_the_making(path: Path) -> bool:
    with suppress(FileNotFoundError):
        descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC | os.O_NOFOLLOW)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
        finally:
            os.close(descriptor)
    return False


def remove(paths: Iterable[Path]) -> None:
    """Remove the files that are there."""
    for path in paths:
        path.unlink(missing_ok=True)


def hand_over(path: Path) -> None:
    """What root makes belongs to whom its folder belongs: the service that works there runs as somebody else.

    Links are not followed, and a file with further names is left alone: whoever owns the folder may have put it there.
    """
    if os.geteuid() != 0:
        return
    owner = path.parent.stat()
    if owner.st_uid == 0:
        return
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC | os.O_NOFOLLOW | os.O_NONBLOCK)
    except OSError:
        return  # a link, or gone meanwhile
    try:
        found = os.fstat(descriptor)
        ours = stat.S_ISDIR(found.st_mode) or (stat.S_ISREG(found.st_mode) and found.st_nlink == 1)
        if found.st_uid == 0 and ours:
            os.fchown(descriptor, owner.st_uid, owner.st_gid)
    finally:
        os.close(descriptor)


def like(path: Path, model: os.stat_result) -> None:
    """Give a file the mode of the one whose place it takes, and the owner as far as this process may."""
    path.chmod(stat.S_IMODE(model.st_mode))
    if os.geteuid() == 0:
        os.chown(path, model.st_uid, model.st_gid, follow_symlinks=False)


def on_disk(path: Path) -> None:
    """Wait until a file or folder is on the disk."""
    descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)

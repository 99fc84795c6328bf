"""What is said when something is wrong with the database, and which exit code goes with it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import timedelta

from bot.cli.exits import Exit, Failed
from bot.config import Config
from bot.core.ports import ReadTimedOut
from bot.store.sqlite import StoreError, errors
from bot.store.sqlite.backup import newest_backup
from bot.system import SystemClock


@contextmanager
def database_faults(config: Config | None) -> Iterator[None]:
    """Turn the store's errors into lines for people; without a configuration the file was named by the caller."""
    try:
        yield
    except StoreError as error:
        raise Failed(*_said(error, config)) from error
    except ReadTimedOut as error:
        raise Failed(Exit.TRY_AGAIN, f"the database took too long ({error}): try again") from error


#: What is said about each; `damaged` words the one that depends on the backups.
SAID: Mapping[type[StoreError], tuple[Exit, str]] = {
    errors.AlreadyRunning: (
        Exit.UNAVAILABLE,
        "the bot is running and holds {error.directory} (process {error.process}): stop it first",
    ),
    errors.DatabaseTooNew: (
        Exit.CONFIG,
        "{error.path} was written by a newer version (schema {error.schema}, this one knows {error.known}) and was "
        "left alone: update On the Record, or restore an older backup",
    ),
    errors.DatabaseTooOld: (Exit.CONFIG, "{error}: run `onrecord run`, or `onrecord fact` with a word, once"),
    errors.ForeignDatabase: (Exit.CONFIG, "{error} and was left alone: name another data directory"),
    errors.DatabaseMissing: (
        Exit.NO_INPUT,
        "{error.path} does not exist: is the path right? `onrecord init` and `onrecord import` make a database",
    ),
    errors.SqliteTooOld: (Exit.CONFIG, "{error}: it came with this Python; use a newer one"),
    errors.FolderNotWritable: (Exit.CONFIG, "{error}: check who owns it and who may write there"),
    errors.MigrationFailed: (Exit.CONFIG, "{error}. Nothing was changed; please report this line"),
    errors.BackupFailed: (Exit.NO_OUTPUT, "{error}: everything is as it was"),
    errors.RecordAltered: (
        Exit.CONFIG,
        "{error}: it was altered past the program, so it is shown to nobody. `onrecord audit verify` tells more; "
        "a backup from before brings the words back: onrecord restore FILE",
    ),
    errors.DiskFull: (Exit.NO_OUTPUT, "{error}: nothing was changed. Make room on that disk"),
    errors.DatabaseBusy: (
        Exit.TRY_AGAIN,
        "{error}: another program holds the database; nothing was changed, try again",
    ),
}


def _said(error: StoreError, config: Config | None) -> tuple[Exit, str]:
    if isinstance(error, errors.DatabaseDamaged):
        return Exit.CONFIG, damaged(error, config)
    if isinstance(error, errors.DatabaseMissing) and (text := lost(error, config)) is not None:
        return Exit.CONFIG, text
    code, text = SAID.get(type(error), (Exit.NO_OUTPUT, "{error}"))
    return code, text.format(error=error)


def damaged(error: errors.DatabaseDamaged, config: Config | None) -> str:
    """What to do about a damaged database: the newest copy, and what going back to it costs."""
    if config is None or error.path.parent != config.data_dir:
        return f"{error}. The file was left alone"
    newest = newest_backup(config.backups, SystemClock().now())
    if newest is None:
        return (
            f"Database damaged, untouched, and no backup in {config.backups}. Put one there and run: onrecord restore "
            f"FILE ({error.detail})"
        )
    path, old = newest
    return f"Database damaged, untouched. Run: onrecord restore {path} (loses {age(old)})"


def lost(error: errors.DatabaseMissing, config: Config | None) -> str | None:
    """What to do about a database that is gone although it has been copied; None where it has not."""
    if config is None or error.path.parent != config.data_dir:
        return None
    newest = newest_backup(config.backups, SystemClock().now())
    if newest is None:
        return None
    path, old = newest
    return (
        f"{error.path} is gone, and its backups are there. Run: onrecord restore {path} (loses {age(old)}). "
        f"To begin anew instead, move {config.backups} away"
    )


def age(old: timedelta) -> str:
    """A length of time as people say it: "40 min", "6 h", "3 days"."""
    minutes = max(0, round(old.total_seconds() / 60))
    if minutes < 90:
        return f"{minutes} min"
    hours = round(minutes / 60)
    return f"{hours} h" if hours < 48 else f"{round(hours / 24)} days"

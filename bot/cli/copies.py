"""`onrecord backup`, `restore` and `audit verify`: copies of the database, and the proof that none was altered."""

from __future__ import annotations

import argparse

from bot.app import database
from bot.cli.exits import Exit, Failed
from bot.cli.faults import age, database_faults
from bot.cli.situation import configured, log_errors
from bot.cli.terminal import say
from bot.store.sqlite import backup as copies
from bot.store.sqlite import checking, errors
from bot.system import SystemClock


def backup(options: argparse.Namespace) -> int:
    """Copy and verify, also beside a running bot; the oldest copies beyond `backup.keep` go."""
    config = configured(options)
    log_errors(config)
    folder = options.folder or config.backups
    with database_faults(config):
        try:
            made = copies.back_up(database(config), folder, keep=config.backup.keep, now=SystemClock().now())
        except errors.DatabaseDamaged as error:  # the copy only shows what is wrong with the original
            raise errors.DatabaseDamaged(database(config), error.detail) from error
    say(f"{made.path}: {made.bytes:,} bytes, verified")
    return Exit.OK


def restore(options: argparse.Namespace) -> int:
    """Put a backup in the place of the database, which is kept."""
    config = configured(options)
    log_errors(config)
    now = SystemClock().now()
    if options.file.is_dir():
        newest = copies.newest_backup(options.file, now)
        instead = f", such as {newest[0]}" if newest else ", a file that `onrecord backup` made"
        raise Failed(Exit.NO_INPUT, f"{options.file} is a folder: name one backup{instead}")
    try:
        with database_faults(None):
            found = copies.verify(options.file)
    except Failed as failure:
        raise Failed(Exit(failure.code), *failure.lines, "The present database was not touched.") from None
    with database_faults(config):
        kept = copies.restore(options.file, config.data_dir, now=now)
    say(f"{database(config)} is now {options.file}: {found.facts:,} facts, {found.published:,} of them published")
    if kept is not None:
        say(f"What was there before is kept: {kept}")
    return Exit.OK


def audit(options: argparse.Namespace) -> int:
    """Follow the chain of hashes from its beginning."""
    config = configured(options)
    log_errors(config)
    with database_faults(config):
        try:
            found = copies.verify(database(config))
        except errors.DatabaseDamaged as error:
            say(error.detail)
            raise
        kept = checking.hash_at(database(config), options.head[0]) if options.head else None  # None: not asked, or gone
    say(f"{found.head.seq:,} records of changes, none altered or missing. Head: {found.head.seq}:{found.head.hash}")
    if found.erased.names or found.erased.notes:
        say(f"Erased, and so no longer compared: {found.erased.names:,} names, {found.erased.notes:,} free texts")
    newest = copies.newest_backup(config.backups, SystemClock().now())
    say(f"Newest backup: {newest[0]}, {age(newest[1])} old" if newest else f"No backup in {config.backups}")
    if options.head:
        seq, digest = options.head
        _compare(seq, digest, kept)
    return Exit.OK


def _compare(seq: int, digest: str, found: str | None) -> None:
    """A chain that fits together may still be a new one; a head that was kept elsewhere tells."""
    if found is None:
        raise Failed(Exit.CONFIG, f"The head that you keep is record {seq:,}, and there is none: records were cut off")
    if found != digest:
        raise Failed(Exit.CONFIG, f"Record {seq:,} is not the one that you keep the hash of: history was written anew")
    say(f"Record {seq:,} is the one that you keep the hash of: nothing up to it was altered since")

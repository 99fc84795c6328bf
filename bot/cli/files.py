"""`onrecord import` and `onrecord export`: facts as files people write and review."""

from __future__ import annotations

import argparse
import asyncio
from collections.abc import Callable
from pathlib import Path

from bot import app
from bot.cli.exits import Exit, Failed
from bot.cli.faults import database_faults
from bot.cli.situation import configured, log_errors
from bot.cli.terminal import say, tell
from bot.config import Config
from bot.core.model.change import Applied, ChangeRefused, FileImport, Records
from bot.interchange.check import Inspection
from bot.interchange.export import Exported, ExportRefused, rewrite
from bot.interchange.export import export as write_files
from bot.store.sqlite import StoreError
from bot.system import SystemClock


def import_(options: argparse.Namespace) -> int:
    """Bring facts in, or only say whether the files are right."""
    if options.check:
        return _checked(options)
    if options.write:
        raise Failed(Exit.USAGE, "--write goes with --check")
    config = configured(options)
    log_errors(config)
    with database_faults(config):
        return asyncio.run(_imported(config, options))


def _checked(options: argparse.Namespace) -> int:
    """Judge the files by themselves; no database is opened."""
    if options.write:
        _write(options.paths, options.texts)
    today = SystemClock().now().date()
    found = app.inspected(options.paths, today=today, texts=options.texts, canonical=True)
    _report(found)
    return Exit.OK if found.ok else Exit.DATA


def _write(paths: list[Path], texts: Path | None) -> None:
    """Bring folders into canonical form. Raises Failed where their records are wrong."""
    for path in paths:
        if not path.is_dir():
            raise Failed(Exit.USAGE, f"--write takes folders, and {path} is none")
        found = app.inspected((path,), today=SystemClock().now().date(), texts=texts)
        if not found.ok:
            raise Failed(Exit.DATA, *found.lines())
        _exported(found.records, path, rewrite)


async def _imported(config: Config, options: argparse.Namespace) -> int:
    async with app.writing(config) as room:
        async with room.facts.reading() as view:
            beside = await view.records()
            kept = {source.id: text for source in beside.sources if (text := await view.text_of(source.id)) is not None}
        today = room.clock.now().date()
        found = app.inspected(options.paths, today=today, texts=options.texts, beside=beside, kept=kept)
        _report(found)
        if not found.ok:
            return Exit.DATA
        change = FileImport(records=found.records, publish_as=options.publish_as, texts=found.texts, terms=config.terms)
        try:
            applied = await room.facts.apply(change, key=f"import {room.ids.new()}", expect={})
        except StoreError:
            raise  # a full disk refuses, too, and is no fault of the files
        except ChangeRefused as refusal:
            raise Failed(Exit.DATA, f"{refusal}; nothing was imported") from None
    say(_outcome(applied))
    for slug in applied.conflicts:
        tell(f"conflict: {slug} was changed here and in the file; the file's version waits: onrecord desk conflicts")
    if options.publish_as is None and applied.created and not applied.published:
        say("They wait for review. To publish them on your own responsibility: --publish-as NAME")
    return Exit.OK


def _report(found: Inspection) -> None:
    for line in found.lines():
        tell(line)


def _outcome(applied: Applied) -> str:
    return (
        f"{len(applied.created):,} new, {len(applied.revised):,} revised, {len(applied.unchanged):,} unchanged, "
        f"{len(applied.published):,} published"
    )


def export(options: argparse.Namespace) -> int:
    """Write all facts as canonical files, also beside a running bot."""
    config = configured(options)
    log_errors(config)
    with database_faults(config):
        records = asyncio.run(_records(config))
    _exported(records, options.folder, write_files)
    return Exit.OK


async def _records(config: Config) -> Records:
    async with app.reading(app.database(config), config) as room, room.facts.reading() as view:
        return await view.records()


def _exported(records: Records, folder: Path, write: Callable[[Records, Path], Exported]) -> None:
    try:
        done = write(records, folder)
    except ExportRefused as refusal:
        raise Failed(Exit.NO_OUTPUT, f"{refusal}; nothing was written") from None
    except OSError as error:
        raise Failed(Exit.NO_OUTPUT, f"{error.filename or folder}: {error.strerror}") from None
    for path in done.foreign:
        tell(f"{folder / path}: left alone, no export of ours wrote it")
    say(f"{folder}: {len(done.written)} files written, {len(done.unchanged)} unchanged, {len(done.removed)} removed")

"""`onrecord check`: everything that can be known before the bot runs, each finding on a line with what to do."""

from __future__ import annotations

import argparse
import asyncio
import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from bot import app
from bot import config as configuration
from bot.cli.exits import Exit, Failed
from bot.cli.faults import age, database_faults
from bot.cli.finding import Finding, Level
from bot.cli.machine import findings_of_machine, findings_of_place
from bot.cli.matrix import refuse_foreign
from bot.cli.situation import config_file, log_errors
from bot.cli.terminal import say
from bot.config import Config, ready_to_run
from bot.config_matrix import Matrix
from bot.platforms.base import SignInRefused
from bot.schedule import OVERDUE
from bot.settings import ConfigError
from bot.store.sqlite import checking, schema
from bot.store.sqlite.backup import newest_backup
from bot.system import SystemClock

if TYPE_CHECKING:
    from bot.platforms.matrix.entry import Entry
    from bot.platforms.matrix.session import Session


def check(options: argparse.Namespace) -> int:
    """Look at everything; 78 when the bot could not run like this."""
    config, findings = _configuration(options)
    if config is not None:
        log_errors(config)
        for look in (findings_of_place, _database, _backups):
            findings += look(config)
        if options.online:
            findings += _online(config)
    findings += findings_of_machine()
    ok = all(finding.level is not Level.ERROR for finding in findings)
    if options.json:
        rows = [{"about": row.about, "level": row.level.value, "text": row.text} for row in findings]
        say(json.dumps({"ok": ok, "findings": rows}))
    else:
        for row in findings:
            say(f"{row.level.value:8}{row.about}: {row.text}")
    return Exit.OK if ok else Exit.CONFIG


def _configuration(options: argparse.Namespace) -> tuple[Config | None, list[Finding]]:
    about = "configuration"
    file = config_file(options.config, os.environ)
    try:
        config = configuration.load(file, os.environ, Path.cwd())
    except ConfigError as error:
        return None, [Finding(about=about, level=Level.ERROR, text=line) for line in error.lines]
    where = str(file) if file else "no file found; what follows are the usual values"
    found = [Finding(about=about, level=Level.OK, text=where)]
    try:
        config = configuration.with_secrets(config, os.environ)
        found += [Finding(about="token", level=Level.ERROR, text=line) for line in config.unusable.values()]
        if config.secrets and not config.unusable:
            found.append(Finding(about="token", level=Level.OK, text="has the right shape"))
    except ConfigError as error:
        found += [Finding(about="token", level=Level.ERROR, text=line) for line in error.lines]
    found += [Finding(about=about, level=Level.WARNING, text=line) for line in config.warnings]
    found += [Finding(about=about, level=Level.ERROR, text=line) for line in ready_to_run(config)]
    found.append(Finding(about="review", level=Level.OK, text=_review(config)))
    return config, found


def _review(config: Config) -> str:
    """Not a fault where it is missing: the editors may look into the queue by themselves."""
    places = ", ".join(f"{place.platform} {place.id}" for place in config.terms.review)
    if not places:
        return "no review_channel, no review_room: suggestions and alerts are posted nowhere"
    return f"suggestions and alerts are posted in {places}"


def _database(config: Config) -> Iterator[Finding]:
    about, path = "database", app.database(config)
    if not path.exists() and newest_backup(config.backups, SystemClock().now()) is None:
        yield Finding(about=about, level=Level.OK, text=f"{path} does not exist yet; the first start makes it")
        return
    try:
        with database_faults(config):
            found = checking.examine(path, thorough=True)
    except Failed as failure:
        for line in failure.lines:
            yield Finding(about=about, level=Level.ERROR, text=line)
        return
    holds = f"{path}: {found.facts:,} facts, {found.published:,} published, {found.bytes:,} bytes"
    yield Finding(about=about, level=Level.OK, text=f"{holds}, every page and every audit record sound")
    known = len(schema.steps())
    if found.schema < known:
        text = f"schema {found.schema} becomes {known} at the next start; a copy is made before"
        yield Finding(about="schema", level=Level.WARNING, text=text)
    else:
        yield Finding(about="schema", level=Level.OK, text=str(found.schema))


def _backups(config: Config) -> Iterator[Finding]:
    newest = newest_backup(config.backups, SystemClock().now())
    if newest is None:
        yield Finding(about="backup", level=Level.WARNING, text=f"none in {config.backups} yet: onrecord backup")
        return
    path, old = newest
    level = Level.WARNING if old > OVERDUE and config.backup.nightly else Level.OK
    yield Finding(about="backup", level=level, text=f"{path}, {age(old)} old")


def _online(config: Config) -> Iterator[Finding]:
    if config.matrix is not None and "matrix" not in config.unusable:
        yield _matrix(config, config.matrix)
    if (config.matrix is None or config.discord is not None) and "discord" not in config.unusable:
        yield from _discord(config)


def _matrix(config: Config, section: Matrix) -> Finding:
    from bot.platforms.matrix.connection import MatrixFault  # noqa: PLC0415 -- a large library, for those who ask for it
    from bot.platforms.matrix.entry import Entry  # noqa: PLC0415 -- the same
    from bot.platforms.matrix.session import FOLDER  # noqa: PLC0415 -- the same

    token = section.token.reveal() if section.token else None
    entry = Entry(settings=section.settings(config.language), folder=config.data_dir / FOLDER, token=token)
    try:
        session = asyncio.run(_seen(entry, config))
    except SignInRefused as refusal:
        return Finding(about="matrix", level=Level.ERROR, text=str(refusal))
    except MatrixFault as fault:
        return Finding(about="matrix", level=Level.ERROR, text=f"{section.homeserver} does not answer: {fault}")
    return Finding(about="matrix", level=Level.OK, text=f"signed in as {session.user}, device {session.device}")


async def _seen(entry: Entry, config: Config) -> Session:
    """The session of the bot, with the identity that the bot has made. Raises SignInRefused, MatrixFault."""
    session = await entry.session()
    await refuse_foreign(session, config)
    return session


def _discord(config: Config) -> Iterator[Finding]:
    if config.discord is None or config.discord.token is None:
        yield Finding(about="discord", level=Level.WARNING, text="no usable token, so nobody could sign in")
        return
    from bot.platforms.discord import sign_in  # noqa: PLC0415 -- a large library, only for those who ask for it

    channel = config.discord.review_channel
    try:
        found = asyncio.run(sign_in.identity(config.discord.token.reveal(), channel))
    except SignInRefused as refusal:
        yield Finding(about="discord", level=Level.ERROR, text=str(refusal))
    except sign_in.NotReached as error:
        yield Finding(about="discord", level=Level.ERROR, text=f"could not be reached ({error})")
    else:
        invitation = sign_in.invitation(found.application)
        yield Finding(about="discord", level=Level.OK, text=f"signed in as {found.name}. Invitation: {invitation}")
        if found.sees is False:
            text = f"review_channel {channel} cannot be seen: give the bot View Channel and Send Messages there"
            yield Finding(about="discord", level=Level.ERROR, text=text)

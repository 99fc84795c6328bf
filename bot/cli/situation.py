"""Where a command runs: its environment, its configuration and what goes wrong with them."""

from __future__ import annotations

import argparse
import logging
import os
import sys
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from bot import config as configuration
from bot import log
from bot.cli.exits import Exit, Failed
from bot.config import KEYS, Config
from bot.settings import ConfigError, top_level_keys

ERRORS = "errors.log"
SYSTEM = Path("/etc/onrecord/config.yaml")


def configured(options: argparse.Namespace, *, secrets: bool = False) -> Config:
    """The configuration that counts for this command; with its tokens if asked. Raises Failed with code 78."""
    try:
        config = configuration.load(config_file(options.config, os.environ), os.environ, Path.cwd())
        return configuration.with_secrets(config, os.environ) if secrets else config
    except ConfigError as error:
        raise Failed(Exit.CONFIG, *error.lines) from None


def config_file(named: Path | None, environment: Mapping[str, str]) -> Path | None:
    """The file to read: the named one, else the first that exists of the usual ones; None when there is none.

    A config.yaml in the current folder counts only when it is ours, as many programs have one.
    """
    if (chosen := named_file(named, environment)) is not None:
        return chosen
    for place in usual_places(environment):
        if place.is_file() and (place.is_absolute() or _is_ours(place)):
            return place
    return None


def named_file(named: Path | None, environment: Mapping[str, str]) -> Path | None:
    """The file that --config or ONRECORD_CONFIG names."""
    if named is None and environment.get("ONRECORD_CONFIG"):
        named = Path(environment["ONRECORD_CONFIG"])
    return named.expanduser() if named else None


def usual_places(environment: Mapping[str, str]) -> tuple[Path, ...]:
    """Where a configuration is looked for, in this order."""
    home = environment.get("XDG_CONFIG_HOME") or ""
    personal = Path(home) if Path(home).is_absolute() else Path("~/.config").expanduser()
    return (Path("config.yaml"), personal / "onrecord" / "config.yaml", SYSTEM)


def _is_ours(path: Path) -> bool:
    try:
        return not top_level_keys(path).isdisjoint(KEYS)
    except OSError:
        return False


def interactive() -> bool:
    """Whether a person can be asked."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def log_errors(config: Config) -> None:
    """Short commands keep stderr for the person: tracebacks go into a file of the data directory."""
    log.start_in_file(config.data_dir / ERRORS, config.secrets)


def unexpected(error: Exception, command: str) -> str:
    """Log an error that nobody expected; the sentence for the person."""
    if not logging.getLogger().handlers:  # the command had not come so far
        with suppress(Failed):
            log_errors(configured(argparse.Namespace(config=None)))
    number = log.error_id()
    logging.getLogger("bot.cli").error("error %s in `onrecord %s`", number, command, exc_info=error)
    return f"unexpected error {number}. It is in the log; please report it with that line (no token stands in it)."

"""Commands are sent to Discord when they changed, and only then: it allows 200 new ones a day and server.

What was last sent is remembered as a digest for each scope, in a file of the data directory. A server that threw the
bot out and took it back has lost its commands, so what is there is compared by name once at the start.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Protocol

import discord

from bot.platforms.discord.slash import GLOBAL, digest

_log = logging.getLogger(__name__)

Json = dict[str, Any]


class Registered(Protocol):
    """Remembers what was sent: scope -> digest, for one application."""

    def load(self, application: str) -> dict[str, str]:
        """The digests of this application; empty when nothing is known."""
        ...

    def save(self, application: str, digests: Mapping[str, str]) -> None:
        """Replace them."""
        ...


class RegisteredFile:
    """In a small JSON file; a missing or damaged one means that everything is sent again."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def load(self, application: str) -> dict[str, str]:
        """The digests of this application; empty when nothing is known."""
        try:
            data = json.loads(self._path.read_text(encoding="utf-8"))
            known = data[application]
            return {str(scope): str(value) for scope, value in known.items()}
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            return {}

    def save(self, application: str, digests: Mapping[str, str]) -> None:
        """Replace them in one step."""
        draft = self._path.with_name(f"{self._path.name}.new")
        draft.write_text(json.dumps({application: dict(digests)}, sort_keys=True), encoding="utf-8")
        draft.replace(self._path)


async def register(client: discord.Client, wanted: Mapping[str, list[Json]], registered: Registered) -> bool:
    """Bring Discord's commands up to date; False where some could not be. A scope no longer wanted is emptied."""
    application = str(client.application_id)
    known = registered.load(application)
    complete = True
    unwanted: dict[str, list[Json]] = {scope: [] for scope in known}
    for scope, commands in (unwanted | dict(wanted)).items():
        if known.get(scope) == digest(commands) and await _present(client, scope, commands):
            continue
        try:
            await _put(client, scope, commands)
        except discord.HTTPException as error:
            complete = complete and not commands  # where nothing is wanted, nothing can be missing
            _log.warning("%s", _why(scope, error))
            if commands:
                continue
        if commands:
            known[scope] = digest(commands)
            _log.info("%s commands registered, scope %s", len(commands), scope)
        else:
            known.pop(scope, None)
        registered.save(application, known)
    return complete


async def _put(client: discord.Client, scope: str, commands: list[Any]) -> None:
    application = int(client.application_id or 0)
    if scope == GLOBAL:
        await client.http.bulk_upsert_global_commands(application, commands)
    else:
        await client.http.bulk_upsert_guild_commands(application, int(scope), commands)


async def _present(client: discord.Client, scope: str, commands: list[Json]) -> bool:
    """Whether Discord still has commands of these names; when it cannot be asked, the digest is believed."""
    application = int(client.application_id or 0)
    try:
        if scope == GLOBAL:
            found = await client.http.get_global_commands(application)
        else:
            found = await client.http.get_guild_commands(application, int(scope))
    except discord.HTTPException:
        return True
    return sorted(command["name"] for command in found) == sorted(command["name"] for command in commands)


def _why(scope: str, error: discord.HTTPException) -> str:
    if error.status in (403, 404) and scope != GLOBAL:
        return f"commands could not be registered in server {scope}: the bot is not in it, or was invited without them"
    return f"commands could not be registered, scope {scope}: {error.status} {error.code} {error.text}"

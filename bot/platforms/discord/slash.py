"""The commands as Discord registers them, made from the table; and what a half-typed question may become.

Format and limits: https://docs.discord.com/developers/interactions/application-commands
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.commands.table import Command, Parameter
from bot.platforms.discord.markdown import plain
from bot.platforms.discord.split import size
from bot.wording import languages, wording

GLOBAL = "global"  # the scope of commands that every server sees; other scopes are ids of guilds
MOST_CHOICES, LONGEST_CHOICE = 25, 100
_SLASH, _ON_MESSAGE = 1, 3  # command types
_SUB_COMMAND, _TEXT, _YES_OR_NO = 1, 3, 5  # option types
_GUILD_INSTALL, _USER_INSTALL = 0, 1
_IN_GUILD, _IN_OWN_DM, _IN_OTHER_DM = 0, 1, 2
#: Discord's locale of a language where it is not the language's own code. English is what is sent without a locale.
_LOCALES = {"es": ("es-ES", "es-419"), "pt": ("pt-BR",), "sv": ("sv-SE",), "zh": ("zh-CN", "zh-TW")}

Json = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Called:
    """A row of the table and its arguments, under the names that the row itself uses."""

    command: Command
    arguments: Mapping[str, str]


def scopes(table: Iterable[Command], guilds: Iterable[int], *, public: bool) -> dict[str, list[Json]]:
    """Which commands are to be registered where: everywhere for a public bot, else in the listed guilds."""
    rows = tuple(table)
    if public:
        return {GLOBAL: command_set(rows, everywhere=True)}
    return {str(guild): command_set(rows, everywhere=False) for guild in sorted(set(guilds))}


def command_set(table: Iterable[Command], *, everywhere: bool) -> list[Json]:
    """The JSON of every command that people start from nothing or from a message."""
    found: list[Json] = []
    groups: dict[str, Json] = {}
    for row in table:
        if row.slash and row.group:
            if row.group not in groups:
                groups[row.group] = _group(row.group)
                found.append(groups[row.group])
            groups[row.group]["options"].append(_slash(row) | {"type": _SUB_COMMAND})
        elif row.slash:
            found.append(_slash(row))
        if row.message:
            found.append({"type": _ON_MESSAGE} | _named(f"command.{row.name}.name", "name"))
    if everywhere:  # only a global command may carry these
        for command in found:
            command["integration_types"] = [_GUILD_INSTALL, _USER_INSTALL]
            command["contexts"] = [_IN_GUILD, _IN_OWN_DM, _IN_OTHER_DM]
    return found


def digest(commands: Sequence[Json]) -> str:
    """The same for the same commands, so that they are sent only when they changed."""
    return hashlib.sha256(json.dumps(commands, sort_keys=True, ensure_ascii=True).encode()).hexdigest()


def called(table: Iterable[Command], name: str, kind: int, options: Mapping[str, str], text: str) -> Called | None:
    """The row behind a name that Discord sends, with its arguments; None for a command that we no longer have.

    The name of a sub-command stands behind that of its group: "desk queue".
    """
    english = wording("en").command_name
    for row in table:
        offered = row.message if kind == _ON_MESSAGE else row.slash and kind == _SLASH
        grouped = row.group if kind == _SLASH else ""
        own = " ".join(english(part) for part in (grouped, row.name) if part)
        if not offered or own != name:
            continue
        if kind == _ON_MESSAGE:
            return Called(command=row, arguments={row.parameters[0].name: text})
        names = {wording("en").parameter_name(row.name, item.name): item.name for item in row.parameters}
        return Called(command=row, arguments={names[key]: value for key, value in options.items() if key in names})
    return None


def choices(suggestions: Iterable[str]) -> list[Json]:
    """Completions; one that would not fit is left out, because a cut question would ask something else."""
    texts = dict.fromkeys(plain(text) for text in suggestions)
    fitting = [text for text in texts if text and size(text) <= LONGEST_CHOICE]
    return [{"name": text, "value": text} for text in fitting[:MOST_CHOICES]]


def _group(group: str) -> Json:
    """The command whose sub-commands are the rows of a group."""
    key = f"command.{group}"
    named = _named(f"{key}.name", "name") | _named(f"{key}.description", "description")
    return {"type": _SLASH} | named | {"options": []}


def _slash(row: Command) -> Json:
    key = f"command.{row.name}"
    command = {"type": _SLASH} | _named(f"{key}.name", "name") | _named(f"{key}.description", "description")
    return command | {"options": [_option(row, parameter) for parameter in row.parameters]}


def _option(row: Command, parameter: Parameter) -> Json:
    key = f"command.{row.name}.{parameter.name}"
    option = {"type": _YES_OR_NO if parameter.flag else _TEXT, "required": parameter.required}
    option |= _named(f"{key}.name", "name") | _named(f"{key}.description", "description")
    return option | ({"autocomplete": True} if parameter.suggests else {})


def _named(key: str, field: str) -> Json:
    """A name or description with its translations; a language without its own says it in English and is left out."""
    english = wording("en").say(key)
    translated = {
        locale: said
        for language in languages()
        if language != "en" and (said := wording(language).say(key)) != english
        for locale in _LOCALES.get(language, (language,))
    }
    return {field: english, f"{field}_localizations": translated}

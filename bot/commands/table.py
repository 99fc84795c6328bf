"""A command described once: slash options, help texts, permission check and typed lines all come from its row."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from bot.commands.reply import Reply
from bot.commands.request import Request, Right

Run = Callable[[Request], Awaitable[Reply]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """One argument of a command."""

    name: str
    required: bool = True
    flag: bool = False  # present or absent: "private"
    options: tuple[str, ...] = ()  # one of these words; their names stand in `wording`
    number: bool = False  # a fact's number, with or without "#"
    suggests: bool = False  # the platform may complete it with `Suggest`
    limit: int | None = None  # characters; None: as long as a question
    mark: str = ""  # typed with this sign before it, and left out where the next word lacks it: "@2"
    plain: re.Pattern[str] | None = None  # what it looks like in a line without a mark that is no question


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """One row of the table. Its help texts stand in `wording` under its name."""

    name: str
    parameters: tuple[Parameter, ...] = ()
    group: str = ""  # the slash command of which it is a part: "desk" for /desk queue
    slash: bool = False  # offered as a slash command; otherwise only behind buttons and typed lines
    form: bool = False  # may answer with a form, which must be there before anything is announced
    message: bool = False  # offered on a message (context menu); its text comes as the first argument
    right: Right = Right.READ
    private: bool = False  # its answers are for the person who asked alone; a platform that must announce them knows
    pages: bool = False  # its answer takes the place of the one that was clicked, when the asker clicks
    run: Run

"""Buttons and menus: each carries the command line it stands for, so that it works after every restart.

A custom_id is that line itself, or `~` and a key under which the mail keeps a line longer than 100 characters. It says
what is asked for, never who may: a click is authorised anew when it happens. Clicks are routed by this text alone:
discord.py's dispatch would drop one without a word when the message that comes with it does not show the button.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from bot.commands.reply import Choice, Choices
from bot.platforms.discord.markdown import plain
from bot.platforms.discord.split import size

LONGEST_ID = 100  # characters of a custom_id, and of a menu's label and value
_LONGEST_LABEL = 80  # of a button
_A_ROW, _ROWS, _A_MENU = 5, 5, 25
MOST_BUTTONS = 2 * _A_ROW  # more are a list to choose from: a menu
_KEPT = "~"
_MENU = "menu:"

Json = dict[str, Any]


def rows(choices: Choices, kept: Mapping[str, str]) -> list[Json]:
    """Action rows: buttons, or a menu for what is too much for two rows; never both."""
    by_line: dict[str, Choice] = {}
    for choice in choices.items:
        by_line.setdefault(choice.line, choice)
    distinct = tuple(by_line.values())
    if len(distinct) > MOST_BUTTONS:
        return [_row(_menu(number, part, kept)) for number, part in enumerate(_parts(distinct, _A_MENU))][:_ROWS]
    return [_row(*(_button(choice, kept) for choice in part)) for part in _parts(distinct, _A_ROW)]


def too_long(lines: Iterable[str]) -> tuple[str, ...]:
    """The command lines that must be kept elsewhere, because no button and no form can carry them."""
    return tuple(line for line in lines if size(line) > LONGEST_ID)


def chosen(custom_id: str, values: Sequence[str]) -> str:
    """What a click stands for, still as it was sent: the button's id, or the entry picked from a menu."""
    return values[0] if custom_id.startswith(_MENU) and values else custom_id


def kept_key(sent: str) -> str | None:
    """The key of a line that is kept elsewhere; None when `sent` is the line itself."""
    return sent.removeprefix(_KEPT) if sent.startswith(_KEPT) else None


def carried(line: str, kept: Mapping[str, str]) -> str:
    """The custom_id that stands for a line."""
    return line if size(line) <= LONGEST_ID else _KEPT + kept[line]


def _parts(choices: Sequence[Choice], length: int) -> list[Sequence[Choice]]:
    return [choices[start : start + length] for start in range(0, len(choices), length)]


def _row(*components: Json) -> Json:
    return {"type": 1, "components": list(components)}


def _button(choice: Choice, kept: Mapping[str, str]) -> Json:
    return {
        "type": 2,
        "style": 2,
        "label": _short(plain(choice.label), _LONGEST_LABEL),
        "custom_id": carried(choice.line, kept),
    }


def _menu(number: int, choices: Sequence[Choice], kept: Mapping[str, str]) -> Json:
    options = [
        {"label": _short(plain(choice.label), LONGEST_ID), "value": carried(choice.line, kept)} for choice in choices
    ]
    return {"type": 3, "custom_id": f"{_MENU}{number}", "options": options}


def _short(label: str, most: int) -> str:
    """A label that fits; cut at a word, and seen to be cut. The words of a fact never stand in a label."""
    if size(label) <= most:
        return label
    room = label[: most // 2] if not label.isascii() else label[: most - 1]
    return f"{room.rpartition(' ')[0] or room}…"

"""Asks a person, or takes the answer from a flag; where nobody can be asked, says which flag is missing."""

from __future__ import annotations

import getpass
from collections.abc import Callable
from typing import TypeVar

from bot.cli.exits import Exit, Failed
from bot.cli.situation import interactive
from bot.cli.terminal import tell

T = TypeVar("T")
_TRIES = 3

Read = Callable[[str], T]  # what was typed -> its meaning; ValueError says what is wrong with it


def ask(question: str, read: Read[T], *, flag: str, usual: str | None = None, hidden: bool = False) -> T:
    """The meaning of what is typed; Enter alone means `usual`. Raises Failed without a terminal or a usable answer."""
    if not interactive():
        raise Failed(Exit.USAGE, f"there is no terminal to ask at: give {flag}")
    prompt = f"{question}{f' [{usual}]' if usual else ''}: "
    for _ in range(_TRIES):
        try:
            typed = (getpass.getpass(prompt) if hidden else input(prompt)).strip()
        except EOFError:
            break
        try:
            return read(typed or usual or "")
        except ValueError as error:
            tell(f"  {error}")
    raise Failed(Exit.USAGE, f"no usable answer: nothing was written. The answer can also be given with {flag}")


def yes_or_no(typed: str) -> bool:
    """For `ask`."""
    if typed.lower() in ("y", "yes"):
        return True
    if typed.lower() in ("n", "no"):
        return False
    raise ValueError("Please type yes or no.")


def one_of(*words: str) -> Read[str]:
    """For `ask`: one of a few words."""

    def read(typed: str) -> str:
        if typed.lower() not in words:
            raise ValueError(f"Please type one of: {', '.join(words)}.")
        return typed.lower()

    return read

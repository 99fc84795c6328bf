"""How a command ends: exit codes (those of sysexits.h where one fits) and the error that carries one."""

from __future__ import annotations

from enum import IntEnum


class Exit(IntEnum):
    """Documented in `onrecord --help`."""

    OK = 0
    NOTHING = 1  # nothing on record; not healthy; not canonical
    USAGE = 2
    DATA = 65  # the files given are wrong
    NO_INPUT = 66  # a file given is missing or cannot be read
    UNAVAILABLE = 69  # the bot runs and holds the data directory
    INTERNAL = 70  # an error nobody expected; an id is printed
    NO_OUTPUT = 73  # a file cannot be written
    TRY_AGAIN = 75  # busy, or it took too long
    CONFIG = 78  # the configuration, the token or the database needs a person


class Failed(Exception):  # noqa: N818 -- reads as what happened
    """A command could not do what was asked; the lines say what is wrong and what to do."""

    def __init__(self, code: Exit, *lines: str) -> None:
        super().__init__("\n".join(lines))
        self.code = code
        self.lines = lines

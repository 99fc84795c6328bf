"""Where the console writes: width, colours and characters that the terminal can show."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TextIO

_WIDEST = 110  # columns; longer lines are hard to read
_NARROWEST = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Screen:
    """A place to write to."""

    out: TextIO
    terminal: bool  # a person is looking, so lines are wrapped
    colour: bool

    @property
    def width(self) -> int | None:
        """Columns to wrap at, read anew each time because windows change; None where lines are not wrapped."""
        if not self.terminal:
            return None
        return max(_NARROWEST, min(_WIDEST, shutil.get_terminal_size((80, 24)).columns))

    def write(self, text: str) -> None:
        """Write whole lines at once; what the terminal's encoding lacks is shown as an escape."""
        encoding = self.out.encoding or "utf-8"
        self.out.write(text.encode(encoding, "backslashreplace").decode(encoding) + "\n")
        self.out.flush()


def screen_of(out: TextIO, environ: Mapping[str, str], *, colour: bool | None = None) -> Screen:
    """A screen as the environment describes it: https://no-color.org, TERM=dumb; `colour` overrides both."""
    terminal = out.isatty()
    fits = terminal and not environ.get("NO_COLOR") and environ.get("TERM", "dumb") != "dumb"
    return Screen(out=out, terminal=terminal, colour=fits if colour is None else colour)


def locale_of(environ: Mapping[str, str]) -> str:
    """The language a person has set: LC_ALL, LC_MESSAGES, LANG, in this order; English where none is."""
    return next((value for name in ("LC_ALL", "LC_MESSAGES", "LANG") if (value := environ.get(name))), "en")

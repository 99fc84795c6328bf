"""Colours for a terminal and for pictures, by rich: the only module that knows it."""

from __future__ import annotations

from collections.abc import Iterable
from io import StringIO

from rich.console import Console
from rich.terminal_theme import TerminalTheme
from rich.text import Text

from bot.platforms.console.layout import Line, Style

# The sixteen colours of the terminal itself, so that the person's own theme decides.
_PALETTE = {
    Style.PLAIN: "",
    Style.LEAD: "bold yellow",
    Style.WORDS: "bold",
    Style.BYLINE: "cyan",
    Style.DETAIL: "bright_black",
    Style.NAME: "cyan",
    Style.CHOICE: "green",
}


def painted(lines: Iterable[Line]) -> str:
    """The lines with escape sequences for colours, without a line break at the end."""
    console = Console(
        file=StringIO(), force_terminal=True, color_system="standard", legacy_windows=False, no_color=False
    )
    with console.capture() as capture:
        _print(lines, console)
    return capture.get().removesuffix("\n")


def picture(lines: Iterable[Line], *, title: str, width: int, theme: TerminalTheme, svg: str) -> str:
    """The lines as an SVG of a terminal; the same lines give the same bytes."""
    console = Console(file=StringIO(), record=True, force_terminal=True, color_system="truecolor", width=width)
    _print(lines, console)
    return console.export_svg(title=title, theme=theme, code_format=svg, unique_id="onrecord")


def _print(lines: Iterable[Line], console: Console) -> None:
    for line in lines:
        text = Text(no_wrap=True, overflow="ignore", end="\n")
        for piece in line:
            text.append(piece.text, _PALETTE[piece.style])
        console.print(text, soft_wrap=True, highlight=False, markup=False, emoji=False)

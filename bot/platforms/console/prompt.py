"""Asking for a line: with editing, history and completion on a terminal, plainly from a pipe."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TextIO

from bot.platforms.console.completing import Complete

Read = Callable[[str], str]  # prompt -> line; EOFError at the end, KeyboardInterrupt for Ctrl-C


def reader(stdin: TextIO, complete: Complete) -> Read:
    """How to read lines from this input. The history is that of the session: it is never written to disk."""
    if not stdin.isatty():
        return lambda _: _piped(stdin)
    _prepare(complete)
    return _typed


def _piped(stdin: TextIO) -> str:
    line = stdin.readline()
    if not line:
        raise EOFError
    return line.rstrip("\n")


def _typed(prompt: str) -> str:
    with _interruptible():
        return input(prompt)


def _prepare(complete: Complete) -> None:
    try:
        import readline  # noqa: PLC0415 -- changes how input() works, so it is for conversations only
    except ImportError:  # not built into every Python; lines can be typed without it
        return
    readline.set_completer_delims("")
    readline.set_completer(completer(complete))
    readline.parse_and_bind("bind ^I rl_complete" if "libedit" in (readline.__doc__ or "") else "tab: complete")


def completer(complete: Complete) -> Callable[[str, int], str | None]:
    """For readline: the whole line is completed, and may become another one. Asked once for each Tab."""
    found: list[str] = []

    def complete_line(text: str, state: int) -> str | None:
        if state == 0:
            found[:] = complete(text)
            if len(found) > 1 and not all(each.casefold().startswith(text.casefold()) for each in found):
                found.append("")  # else readline puts the beginning that they share in place of what was typed
        return found[state] if state < len(found) else None

    return complete_line


@contextmanager
def _interruptible() -> Iterator[None]:
    """Let Ctrl-C end the waiting: asyncio's own handler would only cancel a task that cannot run meanwhile."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)

"""What the command line writes: results on stdout, everything about the work on stderr."""

from __future__ import annotations

import sys
from typing import TextIO


def say(line: str = "") -> None:
    """A line of the result."""
    sys.stdout.write(f"{line}\n")


def tell(line: str) -> None:
    """A line for the person at the keyboard, never part of the result."""
    sys.stderr.write(f"{line}\n")
    sys.stderr.flush()


def as_utf8(stream: TextIO | None) -> None:
    """Quotes in every script come out whole whatever the locale; what is no text comes out as an escape, no error."""
    reconfigure = getattr(stream, "reconfigure", None)
    if reconfigure is not None:
        reconfigure(encoding="utf-8", errors="backslashreplace")

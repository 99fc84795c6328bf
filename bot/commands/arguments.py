"""Reading what people give a command: numbers, flags, and text fit to be repeated to them."""

from __future__ import annotations

import re

from bot.commands.reply import Outcome, Reply, Text
from bot.commands.request import Request
from bot.core.model.mail import Visibility

QUERY_LIMIT = 256  # characters of a question; longer ones are refused, not cut
MESSAGE_LIMIT = 8000  # characters of a message to look through
_ECHO = 80  # characters of a question that an answer repeats
_NUMBER = re.compile(r"#?\s*([0-9]{1,9})", re.ASCII)
_BREAKS = str.maketrans({"\x0b": "\n", "\x0c": "\n\n"} | dict.fromkeys("\x1c\x1d\x1e\x1f", " "))
# What no print shows and no record may hold; a PDF leaves such signs where it breaks a word.
_UNPRINTABLE = re.compile("[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\ud800-\udfff]")


def fact_number(text: str) -> int | None:
    """17 for "17" and "#17", None for anything else."""
    match = _NUMBER.fullmatch(text.strip())
    return int(match[1]) if match else None


def flag(request: Request, name: str) -> bool:
    """Whether a flag was set; platforms send it as text."""
    return request.arguments.get(name, "").strip().lower() in ("true", "1", "yes")


def cleaned(text: str) -> str:
    """What was typed or pasted, without control characters; those that part words or lines become blanks or breaks."""
    return _UNPRINTABLE.sub("", text.translate(_BREAKS))


def echo(text: str) -> str:
    """A question as an answer repeats it: on one line and not longer than a line."""
    line = " ".join(text.split())
    if len(line) <= _ECHO:
        return line
    cut = line[:_ECHO]
    return f"{cut[: cut.rfind(' ')] if ' ' in cut[_ECHO // 2 :] else cut} …"


def one_line(text: str) -> str:
    """What people wrote, where a line of its own could pass for one of ours."""
    return " ".join(text.splitlines())


def told(text: str, outcome: Outcome) -> Reply:
    """One sentence, for nobody but the person who asked."""
    return Reply(blocks=(Text(one_line(text)),), outcome=outcome, visibility=Visibility.PRIVATE)

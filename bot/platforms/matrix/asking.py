"""From a message to the command in it, or to nothing: prefix, slash, mention, replies to an answer of ours. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.commands.arguments import fact_number
from bot.commands.dispatch import parse
from bot.commands.rows import GROUPS
from bot.commands.table import Command
from bot.platforms.matrix.events import Message
from bot.platforms.matrix.mentions import addressed


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What an answer of ours offered, remembered with it."""

    lines: Mapping[str, str]  # what may be typed as a reply -> command line; ASKED stands for what was asked
    facts: tuple[int, ...]  # numbers of the facts that it shows
    question: str = ""  # the event that asked


_NUMBERED = re.compile(r"^([^\W\d]+)#(?=\d)")  # "evidence#4"
_PICK = re.compile(r"#?(\d{1,9})[.)]?", re.ASCII)  # of a list: "4", "#4", "4."
ASKED = "\0"  # at the end of a line that is kept: what was asked stays with the homeserver alone


def unspoken(line: str, query: str) -> str:
    """A command line without the question that it ends with."""
    return line.removesuffix(query) + ASKED if query and line.endswith(f" {query}") else line


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A command as somebody typed it."""

    line: str  # begins with "/" when it was marked as a command
    word: str  # its first word in small letters, without the mark
    bare: bool  # nothing stands behind the word


def asked(message: Message, *, prefix: str, user: str, names: Sequence[str]) -> Asked | None:
    """What a message asks of us, as far as its own text tells; None when it does not speak to us."""
    text = message.body.strip()
    behind = addressed(message, user, names)
    if behind is not None:
        text = behind.strip()
        for mark in (prefix, "/"):
            if text.startswith(mark):
                return _asked(text[len(mark) :], "/")
        return _asked(text, "")
    for mark in (prefix, "/"):
        if text.startswith(mark) and text[len(mark) : len(mark) + 1].strip():
            return _asked(text[len(mark) :], "/")
    if message.reply_to and (pick := _PICK.fullmatch(text)):
        return _asked(pick[1], "/")
    return None


def _asked(text: str, mark: str) -> Asked:
    word, *rest = _NUMBERED.sub(r"\1 #", text).split(maxsplit=1) or [""]
    return Asked(line=f"{mark}{' '.join((word, *rest))}", word=word.lower(), bare=not rest)


def command_of(question: Asked, table: Sequence[Command], shown: Shown | None) -> tuple[str, dict[str, str]] | None:
    """(command, arguments), or None when it is none of ours: many bots listen to the same prefix.

    `shown` is the answer that the message replies to. There a word alone is enough: "context" means its fact.
    """
    if shown and (line := shown.lines.get(question.word)):
        name, arguments = parse(line)
        page = question.line.partition(" ")[2]
        if question.bare or ("page" in arguments and page.isdecimal()):
            return name, arguments | ({"page": page} if page else {})
    name, arguments = parse(question.line)
    row = next((row for row in table if row.name == name), None)
    if row is None:
        return (name, {}) if question.word in GROUPS else None  # "desk nosuch" is ours, and told so
    if row.message:
        return None
    if shown and shown.facts and row.parameters and row.parameters[0].number and not _has_number(arguments, row):
        return _about(row, shown.facts[0], question)
    lacks = not arguments and any(each.required for each in row.parameters)
    if question.line.startswith("/") and lacks and not row.slash and not shown:
        return None  # "!more" that replies to nothing of ours is meant for somebody else
    return name, arguments


def about(table: Sequence[Command], name: str, arguments: Mapping[str, str]) -> tuple[int, ...]:
    """The fact that an answer is about, where its command names one."""
    row = next((row for row in table if row.name == name), None)
    first = row.parameters[0] if row and row.parameters else None
    number = fact_number(arguments.get(first.name, "")) if first and first.number else None
    return () if number is None else (number,)


def _about(row: Command, number: int, question: Asked) -> tuple[str, dict[str, str]]:
    """A command about the fact of an answer: "wrong date it was Friday", "evidence please"."""
    if {each.name for each in row.parameters} <= {row.parameters[0].name, "page", "seen"}:
        return row.name, {row.parameters[0].name: str(number)}
    return parse(f"/{row.name} {number} {question.line.partition(' ')[2]}")


def _has_number(arguments: Mapping[str, str], row: Command) -> bool:
    return fact_number(arguments.get(row.parameters[0].name, "")) is not None

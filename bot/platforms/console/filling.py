"""Filling in a form at a terminal: in the person's own editor, or question by question."""

from __future__ import annotations

import os
import shlex
import subprocess
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path

from bot.commands.reply import Form, FormField
from bot.platforms.console.prompt import Read
from bot.platforms.console.screen import Screen
from bot.platforms.console.sheet import meant, read, sheet
from bot.wording import Wording

Fill = Callable[[Form], Mapping[str, str] | None]  # None: the person gave it up
_MANY_LINES = 2000  # characters from which on a value may have several lines


def filler(ask: Read, screen: Screen, environment: Mapping[str, str], words: Wording) -> Fill:
    """How this person fills in forms: one question is asked, more go to $VISUAL or $EDITOR where there is one."""
    editor = environment.get("VISUAL") or environment.get("EDITOR") or ""

    def fill(form: Form) -> Mapping[str, str] | None:
        if editor and len(form.fields) > 1:
            return _edited(form, editor, screen, words)
        return _asked(form, ask, screen, words)

    return fill


def _edited(form: Form, editor: str, screen: Screen, words: Wording) -> Mapping[str, str] | None:
    """In a file that only this person can read, gone when it is closed; an unchanged one means that nothing is sent."""
    before = sheet(form, (words.say("console.sheet"),))
    handle, name = tempfile.mkstemp(prefix="onrecord-", suffix=".txt")
    path = Path(name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(before)
        try:
            ended = subprocess.run([*shlex.split(editor), name], check=False)  # noqa: S603 -- the person's own editor
        except (OSError, ValueError) as error:
            screen.write(words.say("console.editor", editor=editor, why=error))
            return None
        after = path.read_text(encoding="utf-8", errors="replace")
    finally:
        path.unlink(missing_ok=True)
    if ended.returncode or after == before:
        screen.write(words.say("console.unchanged"))
        return None
    return read(after, form)


def _asked(form: Form, ask: Read, screen: Screen, words: Wording) -> Mapping[str, str] | None:
    given: dict[str, str] = {}
    screen.write(form.title)
    for field in form.fields:
        try:
            given[field.name] = _answered(field, ask, screen, words)
        except (EOFError, KeyboardInterrupt):
            screen.write(f"\n{words.say('console.given_up')}")
            return None
    return given


def _answered(field: FormField, ask: Read, screen: Screen, words: Wording) -> str:
    """One value; Enter alone keeps what stands there already."""
    for number, (_, label) in enumerate(field.options, 1):
        screen.write(f"  {number}  {label}")
    if field.hint:
        screen.write(f"  ({field.hint})")
    many = field.long and field.limit > _MANY_LINES
    if many:
        screen.write(f"  ({words.say('console.many_lines')})")
    shown = f"{field.label} [{field.value}]: " if field.value and not many else f"{field.label}: "
    while True:
        typed = _lines(shown, ask) if many else ask(shown).strip()
        if typed.isdecimal() and field.options and 0 < int(typed) <= len(field.options):
            return field.options[int(typed) - 1][0]
        value = meant(typed or field.value, field)
        known = not field.options or value in {option for option, _ in field.options}
        if known and (value or not field.required):
            return value


def _lines(prompt: str, ask: Read) -> str:
    """Lines up to an empty one."""
    lines = [ask(prompt)]
    while lines[-1].strip():
        lines.append(ask(""))
    return "\n".join(lines).strip()

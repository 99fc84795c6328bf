"""Asking for what a command lacks: a form, and the lines that say the same where there are none."""

from __future__ import annotations

from bot.commands.desk.acting import LONG
from bot.commands.reply import Block, Form, FormField, Outcome, Reply, Text
from bot.commands.request import Request
from bot.core.model.mail import Visibility
from bot.wording import Wording

_EXAMPLES = "17"  # the number in examples of typed lines
_TITLE, _LABEL, _HINT = 45, 45, 100  # characters that the narrowest form has room for


def asked(
    request: Request,
    words: Wording,
    fields: tuple[FormField, ...],
    *,
    title: str,
    fixed: tuple[str, ...] = ("number", "seen"),
    said: str = "",
    typed: tuple[str, ...] = (),
) -> Reply:
    """A form of this command: `fixed` arguments stand in its line already. `said` goes before it."""
    given = ((name, request.arguments.get(name, "").strip()) for name in fixed)
    parts = [f"@{value}" if name == "seen" else value for name, value in given if value]
    number = request.arguments.get("number", _EXAMPLES).strip().removeprefix("#")
    lines = typed or (words.say(f"example.{request.command}").replace(_EXAMPLES, number, 1),)
    form = Form(title=title[:_TITLE], line=" ".join((request.command, *parts)), fields=fields, typed=lines)
    blocks: tuple[Block, ...] = (Text(said), form) if said else (form,)
    return Reply(blocks=blocks, outcome=Outcome.INFO, visibility=Visibility.PRIVATE)


def field(
    name: str,
    words: Wording,
    *,
    key: str = "",
    value: str = "",
    required: bool = False,
    long: bool = False,
    limit: int = LONG,
    options: tuple[tuple[str, str], ...] = (),
) -> FormField:
    """One thing that a form asks for; its label and its hint stand in `wording`."""
    key = f"form.{key or name}"
    hint = words.say(f"{key}.hint") if words.has(f"{key}.hint") else ""
    return FormField(
        name=name,
        label=words.say(key)[:_LABEL],
        value=value,
        hint=hint[:_HINT],
        required=required,
        long=long,
        limit=limit,
        options=options,
    )


def reason_field(words: Wording, *, key: str = "reason", value: str = "") -> FormField:
    """Why: for everybody to read."""
    return field("reason", words, key=key, value=value, required=True, long=True)

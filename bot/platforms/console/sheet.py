"""A form as a text for an editor, and back: "Field: value", hints between. Pure.

A line that begins with the label of a field begins its value, and further lines belong to it; what is long stands last,
so that hardly anything in it can be taken for a label. Only the very lines that were written as hints are left out
again: a line of an article that begins with "#" stays.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from bot.commands.reply import Form, FormField
from bot.platforms.neutral import one_line


def sheet(form: Form, notes: Iterable[str]) -> str:
    """The text to be edited; `notes` are sentences for its top."""
    lines = [f"# {one_line(note)}" for note in (form.title, *notes)]
    for field in _ordered(form):
        lines += ["", *_hints(field), f"{_label(field)}: {_shown(field)}"]
    return "\n".join(lines) + "\n"


def read(text: str, form: Form) -> dict[str, str]:
    """What the fields say now, by name; those that are no longer there are empty."""
    hints = {line for line in sheet(form, ()).split("\n") if line.startswith("# ")}
    fields = list(_ordered(form))
    found: dict[str, list[str]] = {field.name: [] for field in fields}
    current: FormField | None = None
    for line in text.replace("\r\n", "\n").split("\n"):
        begun = next((field for field in fields if line.startswith(f"{_label(field)}:")), None)
        if begun is not None:
            current = begun
            fields = fields[fields.index(begun) + 1 :]
            found[begun.name].append(line.removeprefix(f"{_label(begun)}:"))
        elif current is not None and line not in hints:
            found[current.name].append(line)
    values = {name: "\n".join(lines).strip() for name, lines in found.items()}
    return {field.name: meant(values[field.name], field) for field in form.fields}


def meant(text: str, field: FormField) -> str:
    """The value behind what was written: of a few, the word itself or the name that people see of it."""
    named: Mapping[str, str] = {label.casefold(): value for value, label in field.options}
    return named.get(text.casefold(), text)


def _ordered(form: Form) -> Iterable[FormField]:
    yield from (field for field in form.fields if not field.long)
    yield from (field for field in form.fields if field.long)


def _label(field: FormField) -> str:
    return one_line(field.label).rstrip(":")


def _hints(field: FormField) -> list[str]:
    hints = [field.hint] if field.hint else []
    hints += [f"{value}: {label}" for value, label in field.options]
    return [f"# {one_line(hint)}" for hint in hints]


def _shown(field: FormField) -> str:
    return field.value if field.long else " ".join(field.value.splitlines())

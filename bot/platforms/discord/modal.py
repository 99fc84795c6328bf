"""A form as the JSON of a Discord modal, and what people filled into one.

Format and limits: https://docs.discord.com/developers/components/reference (label, text input, string select).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from bot.commands.reply import Form, FormField
from bot.platforms.discord.markdown import plain
from bot.platforms.discord.split import size

LONGEST_TITLE, LONGEST_LABEL, LONGEST_HINT, LONGEST_INPUT = 45, 45, 100, 4000
_LABEL, _TEXT, _SELECT = 18, 4, 3  # component types
_SHORT, _PARAGRAPH = 1, 2  # styles of an input

Json = dict[str, Any]


def modal(form: Form, custom_id: str) -> Json:
    """The data of the callback that opens a form."""
    return {
        "custom_id": custom_id,
        "title": _fitting(form.title, LONGEST_TITLE),
        "components": [_labelled(field) for field in form.fields],
    }


def filled(components: object) -> dict[str, str]:
    """Field name -> what stands in it, exactly as it was typed; of a select the value that was picked."""
    values: dict[str, str] = {}
    for label in components if isinstance(components, list) else ():
        inner = label.get("component") if isinstance(label, Mapping) else None
        if isinstance(inner, Mapping) and "custom_id" in inner:
            picked = inner.get("values")
            value = picked[0] if isinstance(picked, list) and picked else inner.get("value")
            values[str(inner["custom_id"])] = str(value or "")
    return values


def _labelled(field: FormField) -> Json:
    found: Json = {"type": _LABEL, "label": _fitting(field.label, LONGEST_LABEL), "component": _component(field)}
    return found | ({"description": _fitting(field.hint, LONGEST_HINT)} if field.hint else {})


def _component(field: FormField) -> Json:
    if field.options:
        return {
            "type": _SELECT,
            "custom_id": field.name,
            "required": field.required,
            "options": list(_options(field.options, field.value)),
        }
    found: Json = {
        "type": _TEXT,
        "custom_id": field.name,
        "style": _PARAGRAPH if field.long else _SHORT,
        "required": field.required,
        "max_length": min(max(field.limit, 1), LONGEST_INPUT),
    }
    # What is longer than an input is left out whole: a cut text would be taken for what was typed.
    return found | ({"value": field.value} if field.value and size(field.value) <= found["max_length"] else {})


def _options(options: Iterable[tuple[str, str]], chosen: str) -> Iterable[Json]:
    for value, label in options:
        yield {"value": value, "label": _fitting(label, 100)} | ({"default": True} if value == chosen else {})


def _fitting(text: str, most: int) -> str:
    """A sentence of ours that fits; wording keeps within the limits, so this cuts only what a language forgot."""
    text = plain(text)
    while size(text) > most:
        text = text[:-1]
    return text

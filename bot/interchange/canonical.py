"""The one way in which records are written as YAML, so that the same records are always the same bytes.

Keys stand in the order of the record tables, one record under the other; short lists and mappings of single values
stand on one line, all other things on lines of their own. Text is a JSON string (every one is a YAML double-quoted
scalar) unless it is a plain word that no reader of YAML takes for something else.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

WIDTH = 120  # columns up to which a list or mapping stays on one line

_PLAIN = re.compile(r"[a-z][a-z0-9]*(?:[-_][a-z0-9]+)*", re.ASCII)
_HASH = re.compile(r"[0-9a-f]{64}", re.ASCII)
_TAKEN_FOR_OTHER_THINGS = frozenset(["true", "false", "null", "yes", "no", "on", "off", "y", "n"])
# What nobody sees on a screen is written as an escape: controls, blanks other than the space, directions, tags.
_UNSEEN = re.compile(
    "[\x7f-\xa0\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u1680\u180b-\u180f\u2000-\u200f\u2028-\u202f\u205f-\u206f\u3000"
    "\u3164\ud800-\udfff\ufe00-\ufe0f\ufeff\uffa0\ufff0-\uffff\U000e0000-\U000e0fff]"
)


def document(data: dict[str, Any]) -> str:
    """The text of a file: `data` holds `schema` and sections of records, as `records.to_data` gives them."""
    lines: list[str] = []
    for key, value in data.items():
        if not isinstance(value, list):
            lines.append(f"{_scalar(key)}: {_scalar(value)}")
            continue
        lines += ["", f"{_scalar(key)}:"]
        for place, record in enumerate(value):
            if place and _stands_apart(key):
                lines.append("")
            lines += _item(record, "  ")
    return "\n".join(lines) + "\n"


def _stands_apart(section: str) -> bool:
    """Facts and sources are long records and stand apart."""
    return section in ("facts", "sources")


def _item(value: Any, indent: str) -> list[str]:
    """An entry of a list on lines of its own."""
    if not isinstance(value, dict):
        return [f"{indent}- {_scalar(value)}"]
    inner = list(_mapping(value, indent + "  "))
    return [f"{indent}- {inner[0].lstrip(' ')}", *inner[1:]] if inner else [f"{indent}- {{}}"]


def _mapping(data: dict[str, Any], indent: str) -> Iterator[str]:
    for key, value in data.items():
        head = f"{indent}{_scalar(key)}:"
        if not isinstance(value, list | dict):
            yield f"{head} {_scalar(value)}"
        elif (line := _on_one_line(value)) is not None and len(head) + 1 + len(line) <= WIDTH:
            yield f"{head} {line}"
        elif isinstance(value, dict):
            yield head
            yield from _mapping(value, indent + "  ")
        else:
            yield head
            for item in value:
                short = _on_one_line(item)
                if short is not None and len(indent) + 4 + len(short) <= WIDTH:
                    yield f"{indent}  - {short}"
                else:
                    yield from _item(item, indent + "  ")


def _on_one_line(value: Any) -> str | None:
    """A list or mapping of single values, or a single value, in one line; None when it holds more."""
    match value:
        case list():
            if any(isinstance(item, list | dict) for item in value):
                return None
            alike = (
                _scalar if all(map(_is_plain, value)) else _quoted_text
            )  # a list with and without marks is hard to read
            return f"[{', '.join(alike(item) for item in value)}]"
        case dict():
            if any(isinstance(item, list | dict) for item in value.values()):
                return None
            return f"{{{', '.join(f'{_scalar(key)}: {_scalar(item)}' for key, item in value.items())}}}"
        case _:
            return _scalar(value)


def _scalar(value: Any) -> str:
    match value:
        case None:
            return "null"
        case bool():
            return "true" if value else "false"
        case int():
            return str(value)
        case str():
            return value if _is_plain(value) else _quoted(value)
        case _:
            raise TypeError(f"{type(value).__name__} has no place in a record")


def _is_plain(value: Any) -> bool:
    if not isinstance(value, str):
        return True
    if _HASH.fullmatch(value):
        return False  # a hash may begin with a digit: quoted always, so that all look alike
    return _PLAIN.fullmatch(value) is not None and value not in _TAKEN_FOR_OTHER_THINGS


def _quoted_text(value: Any) -> str:
    return _quoted(value) if isinstance(value, str) else _scalar(value)


def _quoted(text: str) -> str:
    return _UNSEEN.sub(_escape, json.dumps(text, ensure_ascii=False))


def _escape(found: re.Match[str]) -> str:
    code = ord(found[0])
    return f"\\u{code:04X}" if code <= 0xFFFF else f"\\U{code:08X}"

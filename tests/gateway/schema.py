"""Whether a request body is one that Discord takes: its OpenAPI description, and the limits that it does not hold."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from jsonschema import Draft202012Validator, TypeChecker, validators

from tests.gateway.reduce_openapi import BODIES, TARGET

_NAME = re.compile(r"[-_'\w]{1,32}")  # of a slash command or option; \w is close to Discord's \p{L}\p{N}


def problems(method: str, path: str, body: Any) -> list[str]:
    """What is wrong with a body, one line each; none for a request whose body is not described."""
    key = next((key for key in BODIES if _matches(key, method, path)), None)
    if key is None:
        return []
    found = [f"{'/'.join(map(str, error.absolute_path))}: {error.message[:300]}" for error in _errors(key, body)]
    return found or list(_limits(key, body))


def _matches(key: str, method: str, path: str) -> bool:
    wanted, template = key.split(" ", 1)
    pattern = re.sub(r"\\\{\w+\\\}", "[^/]+", re.escape(template))
    return wanted == method and re.fullmatch(pattern, path) is not None


def _errors(key: str, body: Any) -> Iterator[Any]:
    return _validator(key).iter_errors(body)  # type: ignore[no-any-return]


@cache
def _validator(key: str) -> Any:
    schema = json.loads(TARGET.read_text(encoding="utf-8"))
    checker: TypeChecker = Draft202012Validator.TYPE_CHECKER.redefine("integer", _integer)
    kind = validators.extend(  # type: ignore[no-untyped-call]
        Draft202012Validator, type_checker=checker
    )
    return kind({"$defs": schema["$defs"], **schema["$defs"][key]})


def _integer(_: object, value: object) -> bool:
    """Discord takes digits in a string for a number."""
    return (isinstance(value, int) and not isinstance(value, bool)) or (isinstance(value, str) and value.isdecimal())


def _limits(key: str, body: Any) -> Iterator[str]:
    if key.startswith("PUT"):
        yield from (line for command in body for line in _command(command))
        names = [(command.get("type", 1), command["name"]) for command in body]
        if len(set(names)) < len(names):
            yield "two commands of one name"
        return
    data = (body.get("data") or {}) if "callback" in key else body
    if "callback" in key and body["type"] == 8:
        yield from _choices(data.get("choices") or [])
    elif "callback" in key and body["type"] == 9:
        yield from _form(data)
    elif "callback" not in key or body["type"] in (4, 7):
        yield from _message(data)


def _form(data: Any) -> Iterator[str]:
    labels = data["components"]
    names = [label["component"]["custom_id"] for label in labels]
    if not 1 <= len(labels) <= 5 or len(set(names)) < len(names):
        yield "a form has one to five fields of different names"
    if not 1 <= len(data["title"]) <= 45 or any(not 1 <= len(label["label"]) <= 45 for label in labels):
        yield "a title or label too long or empty"
    for label in labels:
        part = label["component"]
        if len(part.get("value", "")) > part.get("max_length", 4000) or len(part.get("options", ())) > 25:
            yield f"too much in {part['custom_id']}"


def _message(data: Any) -> Iterator[str]:
    if set(data) == {"recipient_id"}:
        return
    if not any(data.get(field) for field in ("content", "embeds", "components", "attachments")):
        yield "50006: cannot send an empty message"
    content = data.get("content") or ""
    if content != content.strip() and not content.strip():
        yield "50006: a message of white space"
    rows = data.get("components") or []
    if len(rows) > 5:
        yield f"{len(rows)} rows"
    parts = [part for row in rows for part in row["components"]]
    ids = [part["custom_id"] for part in parts if "custom_id" in part]
    if len(set(ids)) < len(ids):
        yield "custom_id used twice"
    for row in rows:
        menus = [part for part in row["components"] if part["type"] != 2]
        if len(row["components"]) > 5 or (menus and len(row["components"]) > 1):
            yield "too much in one row"
    for part in parts:
        values = [option["value"] for option in part.get("options", [])]
        if len(set(values)) < len(values):
            yield "menu value used twice"
        if len(values) > 25:
            yield "more than 25 entries in a menu"


def _choices(choices: list[Any]) -> Iterator[str]:
    if len(choices) > 25:
        yield "more than 25 choices"
    for choice in choices:
        if not 1 <= len(choice["name"]) <= 100 or len(str(choice["value"])) > 100:
            yield f"choice too long or empty: {choice['name']!r}"


def _command(command: Any) -> Iterator[str]:
    slash = command.get("type", 1) == 1
    names = [command["name"], *(command.get("name_localizations") or {}).values()]
    for option in command.get("options") or []:
        names += [option["name"], *(option.get("name_localizations") or {}).values()]
    for name in names if slash else ():
        if not _NAME.fullmatch(name) or name != name.lower():
            yield f"not a name for a command or option: {name!r}"
    if slash == (not command.get("description")):
        yield f"{command['name']}: a slash command has a description, others have none"
    required = [bool(option.get("required")) for option in command.get("options") or []]
    if required != sorted(required, reverse=True):
        yield f"{command['name']}: required options come first"
    if len(json.dumps(command, ensure_ascii=False)) > 8000:
        yield f"{command['name']}: more than 8000 characters"

"""A record as a table of its fields, read and written by one loop."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Final, Generic, TypeVar

from bot.core.records.problem import Problem, RecordError, one_of, shown, wrong
from bot.core.records.values import Codec

T = TypeVar("T")


class _Required:
    """Stands for "has no default"."""


REQUIRED: Final = _Required()


@dataclass(frozen=True, slots=True)
class Field:
    """One field: its key in the data, how its value is written, and its attribute in the model.

    A field with a default is left out of the data where it has that value, and may be missing; the model's own
    default counts unless another is given. Revisions on file are never rewritten and their hashes are of this data:
    keys and defaults of records stay for ever, and a new field has a default that says nothing.
    """

    key: str
    codec: Codec[Any]
    attribute: str = ""  # the key, unless people read another word than the model uses
    default: object = REQUIRED

    @property
    def name(self) -> str:
        return self.attribute or self.key


@dataclass(frozen=True, slots=True)
class Shape(Generic[T]):
    """All fields of a record, in the order in which they are written. `beside` names keys that others read."""

    build: Callable[..., T]
    fields: tuple[Field, ...]
    beside: tuple[str, ...] = ()
    keys: tuple[str, ...] = field(init=False)  # all that may stand in the data
    defaults: dict[str, object] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "keys", (*self.beside, *(item.key for item in self.fields)))
        own = {item.name: item.default for item in dataclasses.fields(self.build)}  # type: ignore[arg-type]  # build is a dataclass in every table
        given = {item.name: item.default for item in self.fields}
        object.__setattr__(
            self,
            "defaults",
            {
                name: (REQUIRED if own[name] is dataclasses.MISSING else own[name]) if default is REQUIRED else default
                for name, default in given.items()
            },
        )

    def write(self, value: T) -> dict[str, Any]:
        """The data of a record."""
        data: dict[str, Any] = {}
        for item in self.fields:
            part = getattr(value, item.name)
            default = self.defaults[item.name]
            if default is REQUIRED or part != default:
                data[item.key] = item.codec.write(part)
        return data

    def read(self, data: object, path: str) -> T:
        """The record behind the data. Raises RecordError with every problem."""
        if not isinstance(data, dict):
            raise wrong(path, f"{shown(data)} is no mapping", f"write its keys: {', '.join(self.keys)}")
        problems: list[Problem] = [
            Problem(path=_inside(path, key), wrong=f"unknown key {shown(key)}", instead=one_of(self.keys, key))
            for key in data
            if key not in self.keys
        ]
        values: dict[str, object] = {}
        for item in self.fields:
            try:
                values[item.name] = self._value(item, data, path)
            except RecordError as error:
                problems.extend(error.problems)
        if problems:
            raise RecordError(*problems)
        return self.build(**values)

    def _value(self, item: Field, data: dict[str, object], path: str) -> object:
        if item.key in data:
            given = data[item.key]
            if given is None and self.defaults[item.name] is None:
                return None
            return item.codec.read(given, f"{path}.{item.key}")
        default = self.defaults[item.name]
        if default is REQUIRED:
            raise wrong(path, f"{item.key!r} is missing", f"write {item.key}:")
        return default

    @property
    def codec(self) -> Codec[T]:
        """This shape as the value of a field of another."""
        return Codec(self.write, self.read)


def _inside(path: str, key: object) -> str:
    return f"{path}.{key}" if isinstance(key, str) and key.isidentifier() else path

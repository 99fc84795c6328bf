"""YAML without its traps, as plain data with the line of every place.

YAML is read through libyaml's events where it is present (PyYAML's own parser otherwise) and put together here:
no tags, anchors, aliases or merge keys; no guessed dates, octals, sexagesimals or "no" for false; no second
document, no key twice, no text over several lines. Words are text; only true, false, null and plain decimal
digits are more. Depth, size and number of nodes are bounded while reading.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import yaml

from bot.core.records.problem import shown

LARGEST_FILE = 5_000_000  # bytes
DEEPEST = 24  # nested lists and mappings; the format needs 7
MOST_NODES = 400_000

_INTEGER = re.compile(r"0|-?[1-9][0-9]{0,15}", re.ASCII)
_UNREADABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True)
class Fault:
    """One place that is not readable: line from 1, what is wrong, what to do."""

    line: int
    wrong: str
    instead: str


@dataclass(slots=True)
class Tree:
    """Plain data, the line of each path such as "facts[3].said.date", and what was wrong."""

    data: Any = None
    lines: dict[str, int] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)


class _GiveUpError(Exception):
    """The rest of the file cannot be read."""


def read(content: bytes) -> Tree:
    """Read one file. Never raises: what is wrong stands in `faults`.

    With faults the data may be looked at for further mistakes, and is not to be used; None when there is none.
    """
    tree = Tree()
    try:
        text = _decoded(content, tree)
        _Reader(yaml.parse(text, Loader=_LOADER), tree).document()
    except _GiveUpError:
        pass  # the reason stands in the faults
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        what = shown(f"{error.context or ''} {error.problem or ''}".strip(), 200).strip("'\"")
        tree.faults.append(Fault(mark.line + 1 if mark else 1, f"not readable as YAML ({what})", _advice(what)))
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        what = shown(str(error).split("\n", 1)[0], 200)
        tree.faults.append(Fault(1, f"not readable as YAML ({what})", "remove what is unusual there"))
    return tree


def _advice(what: str) -> str:
    if "\\t" in what or "token" in what:
        return "indent with spaces, and put text that holds : # [ ] { } or quotation marks into quotation marks"
    return "check indentation, colons and quotation marks here and in the line before"


def _decoded(content: bytes, tree: Tree) -> str:
    if len(content) > LARGEST_FILE:
        tree.faults.append(Fault(1, f"larger than {LARGEST_FILE:,} bytes", "split it, or use JSON Lines"))
        raise _GiveUpError
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        tree.faults.append(Fault(line, "not UTF-8", "save the file as UTF-8"))
        raise _GiveUpError from None
    if found := _UNREADABLE.search(text):
        line = text.count("\n", 0, found.start()) + 1
        tree.faults.append(Fault(line, f"the character U+{ord(found[0]):04X} is not allowed", "remove it"))
        raise _GiveUpError
    return text


class _Reader:
    """Puts a stream of events together."""

    def __init__(self, events: Iterator[Any], tree: Tree) -> None:
        self.events = events
        self.tree = tree
        self.nodes = 0

    def document(self) -> None:
        """Read the only document of the stream."""
        next(self.events)  # the stream begins
        start = next(self.events)
        if isinstance(start, yaml.StreamEndEvent):
            self.tree.data = {}
            return
        if start.version or start.tags:
            self._fault(start, "a % directive", "remove it")
        self.tree.data = self._value(next(self.events), "", 0)
        next(self.events)  # the document ends
        if not isinstance(after := next(self.events), yaml.StreamEndEvent):
            self._fault(after, "a second document", "put it into a file of its own")

    def _value(self, event: Any, path: str, depth: int) -> Any:
        self.nodes += 1
        if self.nodes > MOST_NODES:
            self._give_up(event, f"more than {MOST_NODES:,} values", "split the file, or use JSON Lines")
        if depth > DEEPEST:
            self._give_up(event, f"nested more than {DEEPEST} deep", "nest less")
        self.tree.lines.setdefault(path, event.start_mark.line + 1)
        if isinstance(event, yaml.AliasEvent):
            self._fault(event, f"the alias {shown(f'*{event.anchor}')}", "write the value out")
            return None
        if event.anchor is not None:
            self._fault(event, f"the anchor {shown(f'&{event.anchor}')}", "remove it and write each value out")
        if event.tag is not None:
            self._fault(event, f"the tag {shown(event.tag)}", "remove it")
        if isinstance(event, yaml.MappingStartEvent):
            return self._mapping(path, depth)
        if isinstance(event, yaml.SequenceStartEvent):
            return self._sequence(path, depth)
        return self._scalar(event)

    def _mapping(self, path: str, depth: int) -> dict[str, Any]:
        values: dict[str, Any] = {}
        seen: dict[str, int] = {}
        while not isinstance(event := next(self.events), yaml.MappingEndEvent):
            line = event.start_mark.line + 1
            key = self._key(event)
            inner = f"{path}.{key}" if path else key
            if key in seen:
                self._fault(event, f"the key {shown(key)} stands twice (first on line {seen[key]})", "keep one of them")
            seen.setdefault(key, line)
            self.tree.lines.setdefault(inner, line)
            values[key] = self._value(next(self.events), inner, depth + 1)
        return values

    def _key(self, event: Any) -> str:
        if not isinstance(event, yaml.ScalarEvent):
            self._give_up(event, "a key that is not one word", "write key: value")
        if event.anchor is not None or event.tag is not None:
            self._fault(event, "an anchor or tag before a key", "remove it")
        key: str = event.value
        if key == "<<":
            self._fault(event, "the merge key <<", "write the values out")
        return key

    def _sequence(self, path: str, depth: int) -> list[Any]:
        values: list[Any] = []
        while not isinstance(event := next(self.events), yaml.SequenceEndEvent):
            values.append(self._value(event, f"{path}[{len(values)}]", depth + 1))
        return values

    def _scalar(self, event: Any) -> Any:
        text: str = event.value
        if event.style in ("|", ">") or event.start_mark.line != event.end_mark.line:
            self._fault(event, "text over several lines, which changes its blanks",
                        'write it on one line in quotation marks, line breaks as "\\n"')  # fmt: skip
        if event.style:  # quoted
            return text
        if text in ("true", "false"):
            return text == "true"
        if text == "null":
            return None
        if not text:
            self._fault(event, "nothing stands here", "write the value, null where it is not known, or remove the line")
        return int(text) if _INTEGER.fullmatch(text) else text

    def _fault(self, event: Any, what: str, instead: str) -> None:
        self.tree.faults.append(Fault(event.start_mark.line + 1, what, instead))

    def _give_up(self, event: Any, what: str, instead: str) -> None:
        self._fault(event, what, instead)
        raise _GiveUpError

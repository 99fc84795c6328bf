"""Labelled queries: what people type, and which facts may answer it, or that nothing may.

A file is a YAML list of mappings: id, q (as typed), language, kind, expect (slugs of acceptable facts, null for
silence), part (dev or held-out).
"""

from __future__ import annotations

from collections.abc import Container, Mapping
from dataclasses import dataclass
from typing import Any

from bot.core.records.problem import one_of, shown
from bot.interchange import strict_yaml
from bot.interchange.notice import Notice

PARTS = ("dev", "held-out")
_KEYS = ("id", "q", "language", "kind", "expect", "part")


@dataclass(frozen=True, slots=True, kw_only=True)
class Labelled:
    """One query with what must become of it."""

    id: str
    q: str
    language: str
    kind: str
    expect: frozenset[str]  # slugs, any of which is right; empty: nothing on record answers
    part: str


def read(content: bytes, name: str, on_file: Container[str]) -> tuple[tuple[Labelled, ...], tuple[Notice, ...]]:
    """The queries of a file, and everything that is wrong with it. `on_file` holds the slugs that may be expected."""
    tree = strict_yaml.read(content)
    reader = _Reader(name, tree.lines, on_file)
    for fault in tree.faults:
        reader.note("", fault.wrong, fault.instead, line=fault.line)
    if tree.faults:
        return (), tuple(reader.notices)
    if not isinstance(tree.data, list) or not tree.data:
        reader.note("", "no list of queries", "begin each query with a hyphen")
        return (), tuple(reader.notices)
    found = [reader.query(f"[{number}]", value) for number, value in enumerate(tree.data)]
    return tuple(query for query in found if query is not None), tuple(reader.notices)


class _Reader:
    """Collects what is wrong with one file."""

    def __init__(self, name: str, lines: Mapping[str, int], on_file: Container[str]) -> None:
        self.notices: list[Notice] = []
        self._name = name
        self._lines = lines
        self._on_file = on_file
        self._ids: set[str] = set()

    def note(self, path: str, wrong: str, instead: str, *, about: str = "", line: int | None = None) -> None:
        """Something is wrong at a path."""
        at = line if line is not None else self._lines.get(path)
        self.notices.append(Notice(file=self._name, line=at, about=about, wrong=wrong, instead=instead))

    def query(self, path: str, value: Any) -> Labelled | None:
        """One query, None where it cannot be used."""
        before = len(self.notices)
        if not isinstance(value, dict):
            self.note(path, f"{shown(value)} is no query", 'write {id: …, q: "…", language: …, kind: …, expect: …}')
            return None
        about = f"query {value['id']}" if isinstance(value.get("id"), str) else ""
        for key in value.keys() - set(_KEYS):
            self.note(f"{path}.{key}", f"unknown key {shown(key)}", one_of(_KEYS, key), about=about)
        texts = {key: self._text(path, value, key, about) for key in ("id", "q", "language", "kind", "part")}
        if texts["part"] and texts["part"] not in PARTS:
            self.note(f"{path}.part", f"{shown(texts['part'])} is no part", one_of(PARTS, texts["part"]), about=about)
        if texts["id"] and texts["id"] in self._ids:
            self.note(f"{path}.id", "this id stands twice", "give each query an id of its own", about=about)
        self._ids.add(texts["id"])
        expect = self._expected(path, value, about)
        return Labelled(**texts, expect=expect) if len(self.notices) == before else None

    def _text(self, path: str, value: Mapping[str, Any], key: str, about: str) -> str:
        text = value.get(key)
        if isinstance(text, str) and text.strip():
            return text
        self.note(f"{path}.{key}" if key in value else path, f"{key} is missing or no text", f"write {key}: …",
                  about=about)  # fmt: skip
        return ""

    def _expected(self, path: str, value: Mapping[str, Any], about: str) -> frozenset[str]:
        expect = value.get("expect", "")
        if expect is None:
            return frozenset()
        if not isinstance(expect, list) or not expect or not all(isinstance(slug, str) for slug in expect):
            self.note(f"{path}.expect" if "expect" in value else path, "expect is neither null nor a list of slugs",
                      "write [slug, …], or null where nothing answers", about=about)  # fmt: skip
            return frozenset()
        for slug in expect:
            if slug not in self._on_file:
                self.note(f"{path}.expect", f"no fact {shown(slug)} is among the facts",
                          "correct the slug, or name its folder with --facts", about=about)  # fmt: skip
        return frozenset(expect)

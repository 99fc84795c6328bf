"""Files of records -> Records, or all that is wrong with all of them at once."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.core.model.change import Records
from bot.core.model.source import Source
from bot.core.records.problem import Problem, RecordError, one_of, shown
from bot.core.records.sections import SCHEMA, SECTIONS
from bot.interchange import json_lines, strict_yaml
from bot.interchange.defaults import filled, stand_in
from bot.interchange.files import JSON_LINES, YAML, collect, shown_path
from bot.interchange.notice import Notice, errors

NOUNS = {"sources": "source", "entities": "entity", "topics": "topic", "series": "series", "facts": "fact"}


@dataclass(frozen=True, slots=True)
class Place:
    """Where a record stands: its file, its path in the data and the lines of all paths."""

    file: str
    path: str
    lines: dict[str, int]

    def line(self, inner: str = "") -> int | None:
        """The line of a path inside the record, or of the nearest thing around it that is known."""
        path = f"{self.path}{inner}"
        while path not in self.lines:
            cut = max(path.rfind("."), path.rfind("["))
            if cut < 0:
                return self.lines.get("")
            path = path[:cut]
        return self.lines[path]


@dataclass(frozen=True, slots=True)
class Loaded:
    """What files say. With an error among the notices the records are incomplete and must not be imported."""

    records: Records
    places: dict[str, list[Place]]  # section -> where each of its records was read, in their order
    notices: tuple[Notice, ...]

    @property
    def ok(self) -> bool:
        """Nothing forbids an import."""
        return not errors(self.notices)


@dataclass(frozen=True, slots=True)
class _File:
    name: str
    data: dict[str, Any]
    lines: dict[str, int]
    faulty: frozenset[int]  # lines of which something is said already


class _Reader:
    """Collects the records of several files and what is wrong with them."""

    def __init__(self, notices: Iterable[Notice], beside: Iterable[Source]) -> None:
        self.notices = list(notices)
        self.beside = {source.id: source for source in beside}
        self.unreadable: set[str] = set()  # ids of sources
        self.values: dict[str, list[Any]] = {section: [] for section in SECTIONS}
        self.places: dict[str, list[Place]] = {section: [] for section in SECTIONS}

    def parsed(self, path: Path) -> _File | None:
        """The file's sections as plain data; None when it is not readable."""
        name = shown_path(path)
        try:
            tree = _tree(path)
        except OSError as error:
            self._note(name, None, f"cannot be read ({error.strerror})", "check the path and who may read it")
            return None
        for fault in tree.faults:
            self._note(name, fault.line, fault.wrong, fault.instead)
        if tree.faults and not isinstance(tree.data, dict):
            return None
        if not isinstance(tree.data, dict):
            self._note(name, 1, f"{shown(tree.data)} is no file of records", f"write sections: {', '.join(SECTIONS)}")
            return None
        self._sections(name, tree)
        return _File(name, tree.data, tree.lines, frozenset(fault.line for fault in tree.faults))

    def _sections(self, name: str, tree: strict_yaml.Tree) -> None:
        known = ("schema", *SECTIONS)
        for key, value in tree.data.items():
            line = tree.lines.get(key)
            if key not in known:
                self._note(name, line, f"unknown section {shown(key)}", one_of(known, key))
            elif key == "schema" and (value != SCHEMA or isinstance(value, bool)):
                self._note(name, line, f"schema {shown(value)} is not known", f"this program reads schema {SCHEMA}")
            elif key != "schema" and not isinstance(value, list):
                self._note(name, line, f"{key!r} is no list", "begin each record with a hyphen")

    def section(self, file: _File, section: str) -> None:
        """Read one section of a file."""
        given = file.data.get(section, [])
        own_sources = _ids(file.data.get("sources"))
        unreadable = {name: stand_in(name) for name in self.unreadable}
        sources = self.beside | unreadable | {it.id: it for it in self.values["sources"]}
        for number, data in enumerate(given if isinstance(given, list) else []):
            place = Place(file.name, f"{section}[{number}]", file.lines)
            try:
                full = filled(data, sources, own_sources) if section == "facts" else data
                value = SECTIONS[section].read(full, place.path)
            except RecordError as error:
                about = f"{NOUNS[section]} {shown(data['id'])}" if isinstance(data, dict) and "id" in data else ""
                if section == "sources":
                    self.unreadable.update(_ids([data]))
                for problem in error.problems:
                    self._problem(place, about, problem, file.faulty)
                continue
            self.values[section].append(value)
            self.places[section].append(place)

    def _problem(self, place: Place, about: str, problem: Problem, faulty: frozenset[int]) -> None:
        inner = problem.path.removeprefix(place.path)
        if place.line(inner) in faulty:
            return
        spot = inner.removeprefix(".")
        wrong = f"{spot}: {problem.wrong}" if spot and not problem.wrong.startswith("unknown key") else problem.wrong
        self._note(place.file, place.line(inner), wrong, problem.instead, about.replace("'", ""))

    def _note(self, file: str, line: int | None, wrong: str, instead: str, about: str = "") -> None:
        self.notices.append(Notice(file=file, line=line, about=about, wrong=wrong, instead=instead))


def load(paths: Iterable[str | os.PathLike[str]], *, beside: Iterable[Source] = ()) -> Loaded:
    """Read files and folders of `.yaml` and `.jsonl`. Never raises: everything wrong stands in the notices.

    Only the form is judged here; `bot.core.rules` judges what the records say. `beside` are sources on file, from
    which facts may take what they leave out.
    """
    found, notices = collect(paths, (YAML, JSON_LINES))
    reader = _Reader(notices, beside)
    files = [file for path in found if (file := reader.parsed(path)) is not None]
    for section in SECTIONS:  # sources of all files before facts: facts take defaults from them
        for file in files:
            reader.section(file, section)
    return Loaded(
        Records(**{section: tuple(values) for section, values in reader.values.items()}),
        reader.places,
        tuple(reader.notices),
    )


def _tree(path: Path) -> strict_yaml.Tree:
    if path.suffix == JSON_LINES:
        if path.stat().st_size > json_lines.LARGEST_FILE:
            fault = strict_yaml.Fault(1, f"larger than {json_lines.LARGEST_FILE:,} bytes", "split it")
            return strict_yaml.Tree(faults=[fault])
        with path.open("rb") as file:
            return json_lines.read(file)
    with path.open("rb") as file:
        return strict_yaml.read(file.read(strict_yaml.LARGEST_FILE + 1))


def _ids(sources: Any) -> list[str]:
    if not isinstance(sources, list):
        return []
    return [source["id"] for source in sources if isinstance(source, dict) and isinstance(source.get("id"), str)]

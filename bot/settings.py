"""The layers of a configuration as plain data: a YAML file, and over it what the environment says; who said what."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.core.records.problem import Problem, shown, wrong
from bot.core.records.values import LANGUAGE, Codec
from bot.interchange import strict_yaml
from bot.wording import languages, wording

PREFIX = "ONRECORD_"
_LARGEST = 64 * 1024  # bytes of a configuration file, and of a value that a *_FILE variable names


def _spoken(data: object, path: str) -> str:
    tag = LANGUAGE.read(data, path)
    if wording(tag).language != tag.partition("-")[0].lower():
        raise wrong(path, f"{shown(tag)} is not spoken here", f"write one of {', '.join(languages())}")
    return tag


SPOKEN = Codec(str, _spoken)  # a language of answers


class ConfigError(Exception):
    """The configuration cannot be used; one line for each wrong place, saying what to do."""

    def __init__(self, *lines: str) -> None:
        super().__init__("\n".join(lines))
        self.lines = lines


@dataclass(frozen=True, slots=True)
class Layers:
    """Merged data, and who decided what."""

    data: dict[str, Any]
    file: Path | None
    lines: Mapping[str, int]  # path in the file -> line
    variables: Mapping[str, str]  # path -> variable

    def overruled(self, path: str) -> bool:
        """Whether the environment decided this."""
        return path in self.variables

    def said(self, problem: Problem) -> str:
        """A problem with the place where it can be mended."""
        path = problem.path.lstrip(".")
        if path in self.variables:
            return f"{self.variables[path]}: {problem.wrong}: {problem.instead}"
        place = f"{self.file}:{self._line(path)}: " if self.file else ""
        return f"{place}{path + ': ' if path else ''}{problem.wrong}: {problem.instead}"

    def _line(self, path: str) -> int:
        """The line of a path, or of the nearest place around it that has one."""
        while path and path not in self.lines:
            path = re.sub(r"(\.[^.\[]*|\[\d+\]|^[^.\[]*)$", "", path)
        return self.lines.get(path, 1)


def layers(file: Path | None, environment: Mapping[str, str], paths: Mapping[str, Callable[[str], object]]) -> Layers:
    """The file's data with the variables over it. `paths`: what a variable may decide, how its text is read.

    Raises ConfigError where the file cannot be read or a variable names a file that cannot be.
    """
    tree = _tree(file) if file else strict_yaml.Tree(data={})
    variables: dict[str, str] = {}
    for path, reads in paths.items():
        given = _given(variable_of(path), environment)
        if given is not None:
            variables[path], text = given
            _put(tree.data, path, reads(text))
    return Layers(data=tree.data, file=file, lines=tree.lines, variables=variables)


def variable_of(path: str) -> str:
    """The variable that decides a setting: ONRECORD_BACKUP_KEEP for backup.keep."""
    return PREFIX + path.replace(".", "_").upper()


def flag(text: str) -> object:
    """true or false; anything else stays text, which the reader of the setting refuses."""
    return {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}.get(text.lower(), text)


def number(text: str) -> object:
    """Digits as a number; anything else stays text."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else text


def listed(text: str) -> object:
    """What stands between commas."""
    return [part.strip() for part in text.split(",") if part.strip()]


def top_level_keys(file: Path) -> frozenset[str]:
    """The keys of a file, whatever else is wrong with it. Raises OSError."""
    with file.open("rb") as stream:
        data = strict_yaml.read(stream.read(_LARGEST)).data
    return frozenset(data) if isinstance(data, dict) else frozenset()


def unknown_variables(environment: Mapping[str, str], known: Collection[str]) -> tuple[str, ...]:
    """A warning for each ONRECORD_ variable that nobody reads; no error, as orchestrators set some of their own."""
    from difflib import get_close_matches  # noqa: PLC0415 -- 0.3 MB for those who mistyped

    found = sorted(name for name in environment if name.startswith(PREFIX) and name not in known)
    advice = (get_close_matches(name, known, n=1) for name in found)
    return tuple(
        f"{name} is set, and nothing reads it" + (f": did you mean {close[0]}?" if close else "")
        for name, close in zip(found, advice, strict=True)
    )


def _tree(file: Path) -> strict_yaml.Tree:
    try:
        with file.open("rb") as stream:
            content = stream.read(_LARGEST + 1)
    except OSError as error:
        raise ConfigError(f"{file}: {error.strerror or error}: is the path right, and may this user read it?") from None
    if len(content) > _LARGEST:
        raise ConfigError(f"{file}: larger than {_LARGEST} bytes, so it is no configuration of ours")
    tree = strict_yaml.read(content)
    if tree.faults:
        raise ConfigError(*(f"{file}:{fault.line}: {fault.wrong}: {fault.instead}" for fault in tree.faults))
    if not isinstance(tree.data, dict):
        raise ConfigError(f"{file}:1: the file is no mapping: write key: value, as config.example.yaml does")
    return tree


def _given(variable: str, environment: Mapping[str, str]) -> tuple[str, str] | None:
    """(variable that spoke, its text); the one that names a file outranks the plain one."""
    named = environment.get(f"{variable}_FILE")
    if named:
        try:
            with Path(named).expanduser().open("rb") as stream:
                return f"{variable}_FILE", stream.read(_LARGEST).decode("utf-8-sig").strip()
        except (OSError, UnicodeDecodeError) as error:
            raise ConfigError(f"{variable}_FILE: {named}: cannot be read: {error}") from None
    text = environment.get(variable)
    return None if text is None else (variable, text)


def _put(data: dict[str, Any], path: str, value: object) -> None:
    *outer, last = path.split(".")
    for key in outer:
        inner = data.get(key)
        if not isinstance(inner, dict):
            inner = data[key] = {}
        data = inner
    data[last] = value

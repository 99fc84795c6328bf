"""The files that `onrecord init` writes: a configuration with all its comments, and a token for its owner alone."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from pathlib import Path

from bot.bundled import bundled
from bot.cli.exits import Exit, Failed

LEFT_OUT = None  # a value that makes a line a comment
_KEY = re.compile(r"( *)(\w+):.*")


def configuration(values: Mapping[str, str | None], *, without: tuple[str, ...] = ()) -> str:
    """The example configuration with other values: path -> YAML, LEFT_OUT for "not set". `without` names sections."""
    lines: list[str] = []
    section, skipped = "", False
    for line in bundled("config.example.yaml").read_text(encoding="utf-8").splitlines():
        found = _KEY.fullmatch(line)
        if found and not found[1]:
            section, skipped = found[2], found[2] in without
            if skipped:
                while lines and lines[-1].startswith("#"):
                    lines.pop()
        if skipped:
            continue
        path = (f"{section}.{found[2]}" if found[1] else found[2]) if found else ""
        if found and path in values:
            value = values[path]
            lines.append(f"{found[1]}# {line.strip()}" if value is LEFT_OUT else f"{found[1]}{found[2]}: {value}")
        else:
            lines.append(line)
    return "\n".join(lines).rstrip("\n") + "\n"


def write(path: Path, text: str, *, mode: int, replace: bool) -> Path | None:
    """Write a file in one step; returns where an earlier one has been kept. Raises Failed."""
    draft = path.with_name(f".{path.name}.new")
    kept = path.with_name(f"{path.name}.before")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        draft.unlink(missing_ok=True)
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, mode)
        with os.fdopen(descriptor, "w", encoding="utf-8") as stream:
            os.fchmod(descriptor, mode)
            stream.write(text)
        earlier = path.exists()
        if earlier and not replace:
            raise Failed(Exit.USAGE, f"{path} exists: --force replaces it and keeps the old one")
        if earlier:
            path.replace(kept)
        draft.replace(path)
    except OSError as error:
        raise Failed(Exit.NO_OUTPUT, f"{error.filename or path}: {error.strerror}: nothing was written") from None
    finally:
        draft.unlink(missing_ok=True)
    return kept if earlier else None

"""The files behind the paths that somebody named."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path

from bot.interchange.notice import Notice

YAML, JSON_LINES = ".yaml", ".jsonl"
MOST_FILES = 100_000


def collect(paths: Iterable[str | os.PathLike[str]], suffixes: tuple[str, ...]) -> tuple[list[Path], list[Notice]]:
    """All files with these suffixes, each once, folders searched to the bottom in alphabetical order.

    In folders, hidden entries, README files and links to folders are passed over.
    """
    found: dict[Path, Path] = {}
    notices: list[Notice] = []
    for path in map(Path, paths):
        try:
            mode = path.stat().st_mode
            resolved = path.resolve()
        except (OSError, RuntimeError, ValueError) as error:
            notices.append(_cannot_read(path, error))
            continue
        if stat.S_ISDIR(mode):
            for file in _below(path, suffixes, notices):
                found.setdefault(file.resolve(), file)
        elif not stat.S_ISREG(mode) or path.suffix not in suffixes:
            notices.append(_no_record_file(path, suffixes))
        else:
            found.setdefault(resolved, path)
        if len(found) > MOST_FILES:
            notices.append(_notice(path, f"more than {MOST_FILES:,} files", "use JSON Lines"))
            break
    return list(found.values()), notices


def _below(folder: Path, suffixes: tuple[str, ...], notices: list[Notice]) -> Iterator[Path]:
    def failed(error: OSError) -> None:
        notices.append(_cannot_read(Path(error.filename or folder), error))

    for where, folders, names in os.walk(folder, onerror=failed):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            path = Path(where, name)
            if name.startswith((".", "README")):
                continue
            if path.suffix == ".yml" and YAML in suffixes:
                notices.append(_notice(path, "the ending .yml is not read", "rename it to .yaml"))
            if path.suffix in suffixes:
                try:
                    regular = stat.S_ISREG(path.stat().st_mode)
                except OSError as error:
                    notices.append(_cannot_read(path, error))
                    continue
                if regular:
                    yield path
                else:
                    notices.append(_no_record_file(path, suffixes))


def _no_record_file(path: Path, suffixes: tuple[str, ...]) -> Notice:
    return _notice(path, "no file of the kinds that are read here", f"name files that end in {' or '.join(suffixes)}")


def _cannot_read(path: Path, error: Exception) -> Notice:
    why = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return _notice(path, f"cannot be read ({why})", "check the path and who may read it")


def _notice(path: Path, wrong: str, instead: str) -> Notice:
    return Notice(file=shown_path(path), line=None, about="", wrong=wrong, instead=instead)


def shown_path(path: Path) -> str:
    """A path for a message: on one line, whatever its name holds."""
    text = str(path)
    return text if text.isprintable() else ascii(text)

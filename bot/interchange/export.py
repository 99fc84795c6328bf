"""Records -> a folder of canonical files, of which only those are touched that change."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from bot.core.model.change import Records
from bot.interchange.files import YAML, collect, shown_path
from bot.interchange.layout import files
from bot.interchange.loading import Loaded, load
from bot.interchange.notice import Notice


@dataclass(frozen=True, slots=True, kw_only=True)
class Exported:
    """What an export did, as paths inside the folder."""

    written: tuple[PurePosixPath, ...]
    unchanged: tuple[PurePosixPath, ...]
    removed: tuple[PurePosixPath, ...]  # files of an earlier export whose records are gone or stand elsewhere now
    foreign: tuple[PurePosixPath, ...]  # record files that no export wrote; left alone


class ExportRefused(Exception):  # noqa: N818 -- reads as what happened
    """The folder cannot take an export; nothing was written. `why` says what to do."""

    def __init__(self, folder: Path, why: str) -> None:
        super().__init__(f"{folder}: {why}")
        self.folder = folder
        self.why = why


def export(records: Records, folder: str | os.PathLike[str]) -> Exported:
    """Write all records to a folder. A file is replaced in one step, so that no reader sees half of it.

    A record file that holds exactly what an export would have written, and whose place is no longer used, is
    removed; any other file that is not ours is left alone. Raises ExportRefused, or OSError when writing fails.
    """
    root = Path(folder)
    if root.exists() and not root.is_dir():
        raise ExportRefused(root, "this is a file; name a folder")
    wanted = files(records)
    for path in wanted:
        _refuse_links(root, path)
    stale, foreign = _others(root, wanted)
    written, unchanged = [], []
    for path, content in wanted.items():
        target = root / path
        if target.is_file() and target.read_bytes() == content:
            unchanged.append(path)
        else:
            _replace(target, content)
            written.append(path)
    for path in stale:
        (root / path).unlink()
    return Exported(written=tuple(written), unchanged=tuple(unchanged), removed=stale, foreign=foreign)


def rewrite(records: Records, folder: str | os.PathLike[str]) -> Exported:
    """Bring a folder into canonical form: export the records that were loaded from it over the files they came from.

    Files whose records stand elsewhere now are removed, comments and all. `records` must hold everything that the
    folder holds. Raises as `export` does.
    """
    root = Path(folder)
    done = export(records, root)
    own = _named(records)
    left = [place for place in done.foreign if not (root / place).is_symlink()]
    gone = tuple(place for place in left if _stands_elsewhere(load([root / place]), own))
    for place in gone:
        (root / place).unlink()
    foreign = tuple(place for place in done.foreign if place not in gone)
    return replace(done, removed=(*done.removed, *gone), foreign=foreign)


def _stands_elsewhere(loaded: Loaded, own: set[tuple[str, str]]) -> bool:
    named = _named(loaded.records)
    return loaded.ok and bool(named) and named <= own


def _named(records: Records) -> set[tuple[str, str]]:
    """Section and id of every record."""
    return {
        (section, getattr(item, "slug", None) or item.id)
        for section in ("sources", "entities", "topics", "series", "facts")
        for item in getattr(records, section)
    }


def check_canonical(folder: str | os.PathLike[str]) -> tuple[Notice, ...]:
    """An error for each record file below a folder that is not what an export of its records would write.

    `folder` may be a part of an exported folder. A single file is compared with what an export would write for its
    records, wherever it lies.
    """
    root = Path(folder)
    found, notices = collect([root], (YAML,))
    if root.is_dir():
        loaded = load(found)
        if not loaded.ok:
            return (*notices, *loaded.notices)
        wanted = files(loaded.records)
        for path in found:
            place = next((place for place in wanted if _lies_at(path, root, place)), None)
            if place is None:
                notices.append(_not_canonical(path, "its records belong into other files"))
            elif path.read_bytes() != wanted[place]:
                notices.append(_not_canonical(path, *_first_difference(path.read_bytes(), wanted[place])))
        return tuple(notices)
    for path in found:
        loaded = load([path])
        if not loaded.ok:
            notices.extend(loaded.notices)
        elif path.read_bytes() not in files(loaded.records).values():
            own = next(iter(files(loaded.records).values()), b"")
            notices.append(_not_canonical(path, *_first_difference(path.read_bytes(), own)))
    return tuple(notices)


def _lies_at(path: Path, root: Path, place: PurePosixPath) -> bool:
    """Is this where an export puts that file, be `root` the exported folder or a part of it?"""
    inside = path.relative_to(root).parts
    return len(place.parts) >= len(inside) and (*root.resolve().parts, *inside)[-len(place.parts) :] == place.parts


def _others(
    root: Path, wanted: Mapping[PurePosixPath, bytes]
) -> tuple[tuple[PurePosixPath, ...], tuple[PurePosixPath, ...]]:
    """Record files in the folder that this export does not write: ours, and foreign ones."""
    if not root.exists():
        return (), ()
    stale: list[PurePosixPath] = []
    foreign: list[PurePosixPath] = []
    for path in collect([root], (YAML,))[0]:
        place = PurePosixPath(path.relative_to(root))
        if place in wanted:
            continue
        loaded = load([path])
        ours = loaded.ok and not path.is_symlink() and files(loaded.records).get(place) == path.read_bytes()
        (stale if ours else foreign).append(place)
    return tuple(stale), tuple(foreign)


def _refuse_links(root: Path, path: PurePosixPath) -> None:
    """A link inside the folder could lead the export to files elsewhere."""
    for part in (path, *path.parents[:-1]):
        if (root / part).is_symlink():
            raise ExportRefused(root / part, "this is a link; remove it")
    if (root / path).exists() and not (root / path).is_file():
        raise ExportRefused(root / path, "this is no file; remove it")


def _replace(target: Path, content: bytes) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    fresh = target.with_name(f".{target.name}.new")
    try:
        with fresh.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(target)
    finally:
        fresh.unlink(missing_ok=True)


def _not_canonical(path: Path, why: str, line: int | None = None) -> Notice:
    return Notice(
        file=shown_path(path),
        line=line,
        about="",
        wrong=f"not in canonical form ({why})",
        instead="run `onrecord import --check --write` on the folder",
    )


def _first_difference(given: bytes, wanted: bytes) -> tuple[str, int]:
    """Where two files begin to differ, in words with the line that is wanted there, and as a number."""
    ours, theirs = given.split(b"\n"), wanted.split(b"\n")
    for number, (one, other) in enumerate(zip(ours, theirs, strict=False), 1):
        if one != other:
            return f"line {number}: wanted {other.decode()[:60]!r}", number
    last = min(len(ours), len(theirs))
    return f"line {last}: it should end elsewhere", last

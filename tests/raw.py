"""Is something still to be found in the bytes of files: as text in any coding that might be used, or as a number?"""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path


def spellings(text: str) -> set[bytes]:
    """The bytes as which a text, or the number that it is, could lie in a file."""
    found = {text.encode(coding) for coding in ("utf-8", "utf-16-le", "utf-16-be")}
    found.add(json.dumps(text)[1:-1].encode())
    if text.isascii() and text.isdecimal():
        found |= {int(text).to_bytes(8, order) for order in ("big", "little")}
    return found


def traces(folder: Path, texts: Iterable[str]) -> list[str]:
    """Which texts lie in which file below the folder, in any spelling."""
    files = {path: path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}
    return [
        f"{text} in {path.name}"
        for text in texts
        for path, content in files.items()
        if any(spelling in content for spelling in spellings(text))
    ]

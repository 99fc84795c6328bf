"""JSON Lines: one record a line with its section, for bulk. `{"section": "facts", "id": …}`.

Format: https://jsonlines.org. Duplicate keys, NaN and numbers too large for other readers are refused.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import IO, Any, NoReturn

from bot.core.model.change import Records
from bot.core.records import to_data
from bot.core.records.problem import one_of, shown
from bot.core.records.sections import SECTIONS
from bot.interchange.strict_yaml import Fault, Tree

LARGEST_FILE = 500_000_000  # bytes
LONGEST_LINE = 1_000_000  # bytes
MOST_FAULTS = 1000


class _NotAllowedError(ValueError):
    """JSON that is legal, but not here."""


def read(file: IO[bytes]) -> Tree:
    """Read lines into sections. Raises only OSError: what is wrong stands in `faults`, at most MOST_FAULTS."""
    tree = Tree(data={})
    for number, line in enumerate(iter(lambda: file.readline(LONGEST_LINE + 1), b""), 1):
        if not line.strip():
            continue
        if len(line) > LONGEST_LINE or len(tree.faults) >= MOST_FAULTS:
            why = "a line is too long" if len(line) > LONGEST_LINE else "there are too many errors"
            tree.faults.append(Fault(number, f"given up here: {why}", f"lines have at most {LONGEST_LINE:,} bytes"))
            break
        try:
            section, record = _record(line, number)
        except (ValueError, RecursionError) as error:
            tree.faults.append(_fault(number, error))
            continue
        records = tree.data.setdefault(section, [])
        tree.lines[f"{section}[{len(records)}]"] = number
        records.append(record)
    return tree


def write(records: Records) -> Iterable[str]:
    """The lines of records, vocabulary and sources before facts; each ends with a line break."""
    for section in ("entities", "topics", "series", "sources", "facts"):
        for record in getattr(records, section):
            yield json.dumps({"section": section} | to_data(record), ensure_ascii=False) + "\n"


def _record(line: bytes, number: int) -> tuple[str, dict[str, Any]]:
    text = line.decode("utf-8-sig" if number == 1 else "utf-8")
    data = json.loads(text, object_pairs_hook=_pairs, parse_constant=_constant, parse_int=_integer)
    if not isinstance(data, dict):
        raise _NotAllowedError(f"{shown(data)} is no record")
    if "section" not in data:
        raise _NotAllowedError(f'the key "section" is missing; write one of {", ".join(SECTIONS)}')
    section = data.pop("section")
    if not isinstance(section, str) or section not in SECTIONS:
        raise _NotAllowedError(f'"section": {shown(section)} is not known; {one_of(SECTIONS, section)}')
    return section, data


def _pairs(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    data = dict(pairs)
    if len(data) != len(pairs):
        keys = [key for key, _ in pairs]
        raise _NotAllowedError(f"the key {shown(next(key for key in keys if keys.count(key) > 1))} stands twice")
    return data


def _constant(text: str) -> NoReturn:
    raise _NotAllowedError(f"{text} is no number that can be kept")


def _integer(text: str) -> int:
    if len(text) > 20:
        raise _NotAllowedError(f"{text[:20]}… is too large a number")
    return int(text)


def _fault(number: int, error: Exception) -> Fault:
    if isinstance(error, _NotAllowedError):
        return Fault(number, str(error), "correct this line")
    if isinstance(error, RecursionError):
        return Fault(number, "nested too deep", "nest less")
    if isinstance(error, UnicodeDecodeError):
        return Fault(number, "not UTF-8", "save the file as UTF-8")
    return Fault(number, f"not readable as JSON ({error})", "write one JSON object on each line")

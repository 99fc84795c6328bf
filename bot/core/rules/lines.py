"""Every text of a record is one line, so that none can pass for a line of an answer."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from bot.core.model.change import FactRecord
from bot.core.records import Recordable, to_data
from bot.core.rules.remark import Code, Found, Known

_BREAK = re.compile("[\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_AS_PRINTED = ("exact", "prefix", "suffix")  # a selector has its surroundings as they are


def every_text_is_one_line(record: Recordable, known: Known) -> Iterator[Found]:
    """No text but a selector's has a line break."""
    data = to_data(record)
    if isinstance(record, FactRecord):
        data.pop("base", None)
    for path in _broken(data, ""):
        yield Found(Code.LINE_BREAK, path)


def _broken(value: Any, path: str) -> Iterator[str]:
    if isinstance(value, str):
        if _BREAK.search(value):
            yield path
    elif isinstance(value, list):
        for place, item in enumerate(value):
            yield from _broken(item, f"{path}[{place}]")
    elif isinstance(value, dict):
        for key, item in value.items():
            if key not in _AS_PRINTED:
                yield from _broken(item, f"{path}.{key}")

"""Whole sets of records: the sections of a file."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

from bot.core.model.change import Records
from bot.core.records.facts import read_slugged, slugged_data
from bot.core.records.problem import Problem, RecordError, one_of, shown, wrong
from bot.core.records.tables import ENTITY, SERIES, SOURCE, TOPIC
from bot.core.records.values import Codec, list_of

SCHEMA = 1  # the version of the format; a file may leave it out

SECTIONS: dict[str, Codec[Any]] = {
    "sources": SOURCE.codec,
    "entities": ENTITY.codec,
    "topics": TOPIC.codec,
    "series": SERIES.codec,
    "facts": Codec(slugged_data, read_slugged),
}


def records_data(records: Records) -> dict[str, Any]:
    """`schema` and every section that holds something."""
    data: dict[str, Any] = {"schema": SCHEMA}
    for section, codec in SECTIONS.items():
        if values := getattr(records, section):
            data[section] = [codec.write(value) for value in values]
    return data


def read_records(data: object, path: str = "") -> Records:
    """The inverse of `records_data`. Raises RecordError with every problem of every record."""
    if not isinstance(data, dict):
        raise wrong(path or "data", f"{shown(data)} is no mapping", f"write sections: {', '.join(SECTIONS)}")
    problems: list[Problem] = []
    dot = f"{path}." if path else ""
    if data.get("schema", SCHEMA) != SCHEMA or isinstance(data.get("schema"), bool):
        problems.append(_newer(f"{dot}schema", data["schema"]))
    known = ("schema", *SECTIONS)
    problems.extend(
        Problem(path=path or "data", wrong=f"unknown section {shown(key)}", instead=one_of(known, key))
        for key in data
        if key not in known
    )
    values: dict[str, Any] = {}
    for item in fields(Records):
        try:
            values[item.name] = list_of(SECTIONS[item.name]).read(data.get(item.name, []), f"{dot}{item.name}")
        except RecordError as error:
            problems.extend(error.problems)
    if problems:
        raise RecordError(*problems)
    return Records(**values)


def _newer(path: str, given: object) -> Problem:
    return Problem(
        path=path, wrong=f"this program reads schema {SCHEMA}, not {shown(given)}", instead="update onrecord"
    )

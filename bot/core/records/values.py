"""Readers and writers of single values: text, ids, numbers, dates, words of a closed list."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Generic, TypeVar

from bot.core import dates
from bot.core.model.names import Name
from bot.core.records.problem import Problem, RecordError, one_of, shown, wrong

T = TypeVar("T")
E = TypeVar("E", bound=StrEnum)

_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*", re.ASCII)
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*", re.ASCII)
_SHA256 = re.compile(r"[0-9a-f]{64}", re.ASCII)
_DECIMAL = re.compile(r"-?[0-9]{1,30}(\.[0-9]{1,30})?", re.ASCII)
_INSTANT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z", re.ASCII)
# Control characters other than tab and line breaks, and surrogates without their other half (they are no text).
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff]")
_LARGEST = 2**53 - 1  # the largest whole number that every reader of JSON keeps exactly
_LONGEST_ID = 100


@dataclass(frozen=True, slots=True)
class Codec(Generic[T]):
    """How one sort of value is written and read; `read` raises RecordError."""

    write: Callable[[T], Any]
    read: Callable[[object, str], T]


def _same(value: T) -> T:
    return value


def _text(data: object, path: str) -> str:
    if not isinstance(data, str):
        raise wrong(path, f"{shown(data)} is not text", "write it in quotation marks")
    if found := _UNPRINTABLE.search(data):
        raise wrong(path, f"the character U+{ord(found[0]):04X} is not allowed", "remove it")
    return data


def _words(data: object, path: str) -> str:
    text = _text(data, path)
    if not text.strip():
        raise wrong(path, "the text is empty", "write it, or leave the line out where it may be missing")
    return text


def matching(pattern: re.Pattern[str], name: str, instead: str, longest: int = 10_000) -> Codec[str]:
    """Text of which all fits the pattern."""

    def read(data: object, path: str) -> str:
        if not isinstance(data, str) or len(data) > longest or not pattern.fullmatch(data):
            raise wrong(path, f"{shown(data)} is no {name}", instead)
        return data

    return Codec(_same, read)


def _flag(data: object, path: str) -> bool:
    if not isinstance(data, bool):
        raise wrong(path, f"{shown(data)} is neither true nor false", "write true or false, without quotation marks")
    return data


def count(least: int) -> Codec[int]:
    """A whole number, at least `least`."""

    def read(data: object, path: str) -> int:
        if isinstance(data, int) and not isinstance(data, bool) and data > _LARGEST:
            raise wrong(path, f"{shown(data)} is too large", f"write at most {_LARGEST}")
        if not isinstance(data, int) or isinstance(data, bool) or data < least:
            raise wrong(path, f"{shown(data)} is no whole number from {least} up", "write digits, no quotation marks")
        return data

    return Codec(_same, read)


def _calendar_date(data: object, path: str) -> dates.CalendarDate:
    try:
        return dates.parse(_text(data, path))
    except dates.DateError as error:
        raise wrong(path, error.wrong, error.instead) from None


def _day(data: object, path: str) -> date:
    value = _calendar_date(data, path)
    if value.precision is not dates.Precision.DAY or value.uncertain or value.approximate:
        raise wrong(path, f"{value} is no single certain day", 'write a day such as "2024-11-15"')
    return value.earliest


def _instant(data: object, path: str) -> datetime:
    text = _text(data, path)
    try:
        if not _INSTANT.fullmatch(text):
            raise ValueError(text)
        return datetime.fromisoformat(text)
    except ValueError:
        raise wrong(path, f"{shown(data)} is no instant", 'write it in UTC: "2024-11-16T09:30:00Z"') from None


def word_of(words: type[E]) -> Codec[E]:
    """A member of a closed list."""

    def read(data: object, path: str) -> E:
        try:
            return words(_text(data, path))
        except RecordError:
            raise
        except ValueError:
            raise wrong(
                path, f"{shown(data)} is not known here", one_of([word.value for word in words], data)
            ) from None

    return Codec(lambda value: value.value, read)


def maybe(codec: Codec[T]) -> Codec[T | None]:
    """The value, or null where it is not known."""
    return Codec(
        lambda value: None if value is None else codec.write(value),
        lambda data, path: None if data is None else codec.read(data, path),
    )


def list_of(codec: Codec[T]) -> Codec[tuple[T, ...]]:
    """A list; every wrong item is reported."""

    def read(data: object, path: str) -> tuple[T, ...]:
        if not isinstance(data, list):
            raise wrong(path, f"{shown(data)} is no list", "write a list, also where it has one item")
        values, problems = [], list[Problem]()
        for place, item in enumerate(data):
            try:
                values.append(codec.read(item, f"{path}[{place}]"))
            except RecordError as error:
                problems.extend(error.problems)
        if problems:
            raise RecordError(*problems)
        return tuple(values)

    return Codec(lambda values: [codec.write(value) for value in values], read)


TEXT = Codec(_same, _text)  # may be empty
WORDS = Codec(_same, _words)  # may not
SLUG = matching(_SLUG, "id", "write small letters a-z and digits, with single hyphens between", _LONGEST_ID)
LANGUAGE = matching(_LANGUAGE, "language tag", 'write a BCP 47 tag such as "en" or "uk"', 35)
SHA256 = matching(_SHA256, "SHA-256", "write 64 small hexadecimal digits")
DECIMAL = matching(_DECIMAL, "decimal number", 'write digits in quotation marks, no separators: "3500000"')
FLAG = Codec(_same, _flag)
EDTF = Codec(lambda value: value.edtf, _calendar_date)
DAY = Codec(lambda value: value.isoformat(), _day)
INSTANT = Codec(lambda value: value.isoformat().replace("+00:00", "Z"), _instant)


def _write_names(names: tuple[Name, ...]) -> dict[str, list[str]]:
    tags = sorted({name.language for name in names})
    return {tag: [name.text for name in names if name.language == tag] for tag in tags}


def _read_names(data: object, path: str) -> tuple[Name, ...]:
    if not isinstance(data, dict):
        raise wrong(path, f"{shown(data)} is no mapping", 'write languages with lists of names: {en: ["shells"]}')
    names, problems = [], list[Problem]()
    for tag in sorted(data, key=str):
        try:
            language = LANGUAGE.read(tag, path)
            texts = list_of(WORDS).read(data[tag], f"{path}.{language}")
            names += [Name(text=text, language=language) for text in texts]
        except RecordError as error:
            problems.extend(error.problems)
    if problems:
        raise RecordError(*problems)
    return tuple(names)


NAMES = Codec(_write_names, _read_names)  # {language: [name, …]}, languages in alphabetical order

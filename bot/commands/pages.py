"""Answers about one fact that are longer than a few messages: turned page by page, for the person who asked."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

from bot.commands.parts import marked, parts, weight
from bot.commands.reply import Choice, Fields, Link
from bot.commands.request import Request
from bot.commands.table import Parameter
from bot.wording import Wording

PAGE = Parameter(name="page", required=False)
Row = tuple[str, str | Link]
T = TypeVar("T")

_PAGE_ROOM, _ROW_ROOM = 5000, 1500  # weight of a page and of one row; a row fits a message
_NAME = 8  # what a row has beside name and value


def paged(rows: Iterable[Row], request: Request, number: int, words: Wording) -> tuple[Fields, tuple[Choice, ...]]:
    """The page of rows that a request about a fact wants, and the button of the next one.

    A value too long for a message goes on in a row of the same name.
    """
    pages = spread(tuple(part for row in rows for part in _split(row)), _cost)
    page, further = turned(request, number, len(pages), words)
    title = words.say(f"{request.command}.title", number=number)
    if len(pages) > 1:
        title = words.say("page.title", title=title, page=page, pages=len(pages))
    return Fields(title=title, rows=tuple(pages[page - 1])), further


def turned(request: Request, number: int, pages: int, words: Wording) -> tuple[int, tuple[Choice, ...]]:
    """The page that is wanted, else the nearest one that there is; and the button of the next one."""
    page = page_of(request, pages)
    if page == pages:
        return page, ()
    label = words.say("button.go_on", page=page + 1, pages=pages)
    return page, (Choice(label=label, line=f"{request.command} {number} {page + 1}", short="next"),)


def spread(units: Sequence[T], cost: Callable[[T], int]) -> Sequence[Sequence[T]]:
    """In pages, at least one; a unit is never divided."""
    pages: list[list[T]] = [[]]
    used = 0
    for unit in units:
        if pages[-1] and used + cost(unit) > _PAGE_ROOM:
            pages.append([])
            used = 0
        pages[-1].append(unit)
        used += cost(unit)
    return pages


def page_of(request: Request, pages: int) -> int:
    """The page that is wanted, else the nearest one that there is."""
    text = request.arguments.get("page", "").strip()
    wanted = int(text) if text.isascii() and text.isdecimal() and len(text) <= 4 else 1
    return min(max(1, wanted), pages)


def _cost(row: Row) -> int:
    return weight(row[0]) + weight(str(row[1])) + _NAME


def _split(row: Row) -> Iterable[Row]:
    name, value = row
    if isinstance(value, Link):
        return (row,)
    pieces = parts(value, _ROW_ROOM)
    return tuple((name, marked(pieces, place)) for place in range(1, len(pieces) + 1))

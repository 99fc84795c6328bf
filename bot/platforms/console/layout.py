"""A reply as lines of styled pieces: one layout, whether it is shown plain, in colour or as a picture."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import assert_never

from bot.commands.reply import Block, Choice, Choices, Excerpt, FactCard, FactList, Fields, Form, Picture, Reply, Text
from bot.platforms.console.wrap import columns, wrapped
from bot.platforms.neutral import lines, one_line

BAR = "▎"  # stands before words that are not the speaker's exact words
_SHORT = 30  # columns of a button; a longer one has a line of its own


class Style(StrEnum):
    """What a piece of a line is; a palette gives it colours."""

    PLAIN = "plain"
    LEAD = "lead"
    WORDS = "words"
    BYLINE = "byline"
    DETAIL = "detail"
    NAME = "name"
    CHOICE = "choice"


@dataclass(frozen=True, slots=True)
class Piece:
    """Some characters of one style, safe to show."""

    text: str
    style: Style = Style.PLAIN


Line = tuple[Piece, ...]


def layout(reply: Reply, *, width: int | None) -> list[Line]:
    """All lines of a reply, blocks parted as on paper; `width` in columns, None for no wrapping."""
    done: list[Line] = []
    for block in reply.blocks:
        found = list(_block(block, width))
        if found and done and not isinstance(block, Choices | FactCard):
            done.append(())
        done += found
    return done


def _block(block: Block, width: int | None) -> Iterator[Line]:
    match block:
        case Text(text):
            yield from _set("\n".join(lines(text)), Style.PLAIN, width)
        case FactCard():
            yield from _card(block, width)
        case FactList(title=title, items=items):
            yield from _title(title, width)
            for number, label in items:
                yield from _hanging(f"#{number}", one_line(label), Style.CHOICE, width)
        case Fields(title=title, rows=rows):
            yield from _title(title, width)
            for name, value in rows:
                yield from _hanging(f"{one_line(name)}:", "\n".join(lines(str(value))), Style.NAME, width)
        case Excerpt():
            yield from _excerpt(block, width)
        case Picture():
            return  # the text above says the same
        case Form():
            yield from _form(block, width)
        case Choices(items=items):
            yield from _choices(items, width)
        case _:
            assert_never(block)


def _title(title: str, width: int | None) -> Iterator[Line]:
    if title:
        yield from _set(one_line(title), Style.LEAD, width)


def _form(form: Form, width: int | None) -> Iterator[Line]:
    """What is asked for and what stands there already, then what to type."""
    yield from _title(form.title, width)
    for field in form.fields:
        named = dict(field.options).get(field.value, field.value)
        shown = named or (f"({field.hint})" if field.hint else "")
        yield from _hanging(f"{one_line(field.label)}:", "\n".join(lines(shown)), Style.NAME, width)
    for line in form.typed:
        yield from _set(f"  {one_line(line)}", Style.CHOICE, width)


def _card(card: FactCard, width: int | None) -> Iterator[Line]:
    if card.lead:
        yield from _set(one_line(card.lead), Style.LEAD, width)
    words = one_line(card.passage)  # a line of its own could pass for one of ours
    if card.quoted:
        yield from _set(f'"{words}"', Style.WORDS, width)
    else:
        yield from _barred(words, width)
    if card.byline:
        yield from _set(one_line(card.byline), Style.BYLINE, width)
    for line in card.lines:
        yield from _set(one_line(line), Style.DETAIL, width)
    if card.url:
        yield (Piece(one_line(card.url), Style.DETAIL),)


def _excerpt(block: Excerpt, width: int | None) -> Iterator[Line]:
    """The surroundings behind a bar, the words themselves in their style."""
    yield from _title(block.title, width)
    before, words, after = ("\n".join(lines(part)) for part in (block.before, block.text, block.after))
    start, end = len(before), len(before) + len(words)
    at = 0
    whole = before + words + after
    for line in wrapped(whole, None if width is None else width - 1):
        at = whole.index(line, at)
        edges = [min(max(edge - at, 0), len(line)) for edge in (start, end)]
        parts = (
            Piece(line[: edges[0]]),
            Piece(line[edges[0] : edges[1]], Style.WORDS),
            Piece(line[edges[1] :]),
        )
        yield (Piece(BAR, Style.BYLINE), *(part for part in parts if part.text))
        at += len(line)


def _choices(items: tuple[Choice, ...], width: int | None) -> Iterator[Line]:
    """What can be typed next, in brackets: the labels themselves."""
    labels = [f"[{one_line(item.label)}]" for item in items]
    if any(columns(label) > _SHORT for label in labels):
        for label in labels:
            yield from _set(label, Style.CHOICE, width)
        return
    row: list[str] = []
    for label in labels:
        if row and width is not None and columns(" ".join((*row, label))) > width:
            yield _row(row)
            row = []
        row.append(label)
    if row:
        yield _row(row)


def _row(labels: list[str]) -> Line:
    first, *others = (Piece(label, Style.CHOICE) for label in labels)
    return first, *(piece for other in others for piece in (Piece(" "), other))


def _barred(text: str, width: int | None) -> Iterator[Line]:
    for line in wrapped(text, None if width is None else width - 1):
        yield Piece(BAR, Style.BYLINE), Piece(line, Style.WORDS)


def _hanging(name: str, value: str, style: Style, width: int | None) -> Iterator[Line]:
    """A name and its value; further lines of the value are set in by two columns."""
    first, *rest = wrapped(f"{name} {value}", None if width is None else width - 2)
    if first.startswith(name):
        yield Piece(name, style), Piece(first[len(name) :])
    else:
        yield (Piece(first, style),)
    for line in rest:
        yield (Piece(f"  {line}"),)


def _set(text: str, style: Style, width: int | None) -> Iterator[Line]:
    for line in wrapped(text, width):
        yield (Piece(line, style),)

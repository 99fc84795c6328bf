"""A Reply as lines of text: what is quoted, bold or a link. Both twins of an event are made of them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import assert_never

from bot.commands.reply import Block, Choices, Excerpt, FactCard, FactList, Fields, Form, Picture, Reply, Text
from bot.platforms.neutral import lines as broken
from bot.platforms.neutral import one_line, visible
from bot.wording import Wording

_ADDRESS = re.compile(r"https?://[!-~\u00a1-\U0010ffff]+", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line, without markup."""

    text: str
    quote: bool = False  # stands in a blockquote
    bar: bool = False  # stands behind a bar where there are no block quotes
    bold: tuple[int, int] = (0, 0)  # from, to
    link: bool = False  # the whole line is a web address


def lines_of(reply: Reply) -> tuple[Line, ...]:
    """The answer without what can be asked next; blocks of text are parted by an empty line."""
    lines: list[Line] = []
    for block in reply.blocks:
        made = tuple(_lines(block))
        if made and lines and not isinstance(block, Choices):
            lines.append(Line(text=""))
        lines += made
    return tuple(lines)


def typed(line: str, prefix: str) -> str:
    """A command line as people type it here."""
    return prefix + one_line(line)


def _lines(block: Block) -> Iterator[Line]:
    match block:
        case Text(text):
            yield from _paragraph(text)
        case FactCard():
            yield from _card(block)
        case FactList(title=title, items=items):
            yield from _title(title)
            yield from (_single(f"#{number} {label}") for number, label in items)
        case Fields(title=title, rows=named):
            yield from _title(title)
            for name, value in named:
                label = _single(name).text
                first, *rest = _paragraph(f"{label}: {value}")
                yield replace(first, bold=(0, len(label) + 1))
                yield from rest
        case Excerpt():
            yield from _excerpt(block)
        case Form(title=title, fields=fields):
            yield from _title(title)
            for field in [each for each in fields if each.required] or fields:  # what to type is below
                label = _single(field.label).text
                given = dict(field.options).get(field.value, field.value)
                first, *rest = _paragraph(f"{label}: {given or field.hint}")
                yield replace(first, bold=(0, len(label) + 1))
                yield from rest
        case Picture():
            return  # an event of its own
        case Choices():
            return  # what can be asked next stands below everything: `choices_of`
        case _:
            assert_never(block)


def _card(card: FactCard) -> Iterator[Line]:
    if card.lead:
        yield _single(card.lead)
    words = f'"{card.passage}"' if card.quoted else card.passage
    # on one line: a line of its own could pass for one of ours
    yield replace(_single(words), quote=True, bar=not card.quoted)
    if card.byline:
        yield _single(card.byline)
    yield from (_single(line) for line in card.lines)
    if card.url:
        yield _single(card.url, link=bool(_ADDRESS.fullmatch(card.url)) and visible(card.url) == card.url)


def _excerpt(block: Excerpt) -> Iterator[Line]:
    """The surroundings as a quotation, the words themselves in bold."""
    yield from _title(block.title)
    before, words = _clean(block.before), _clean(block.text)
    start, end, at = len(before), len(before) + len(words), 0
    for text in (before + words + _clean(block.after)).split("\n"):
        yield Line(text=text, quote=True, bar=True, bold=(_within(start - at, text), _within(end - at, text)))
        at += len(text) + 1


def choices_of(reply: Reply, words: Wording, prefix: str) -> Iterator[Line]:
    """What has no short form stands with its line, the rest as what to reply; a list has its labels already."""
    if reply.form:
        yield from (_single(typed(line, prefix)) for line in reply.form.typed)
    short = lines_behind(reply)
    for choice in reply.choices:
        if choice.short not in short:
            yield _single(f"{choice.label}: {typed(choice.line, prefix)}")
    if shorts := [typed(each, prefix) for each in short]:
        yield Line(text=words.say("matrix.reply_here", commands=", ".join(shorts)))


def lines_behind(reply: Reply) -> dict[str, str]:
    """What is enough as a reply to this answer -> the line that it stands for; a word for two things is for neither."""
    count = Counter(choice.short for choice in reply.choices)
    return {choice.short: choice.line for choice in reply.choices if choice.short and count[choice.short] == 1}


def _title(title: str) -> Iterator[Line]:
    if title:
        line = _single(title)
        yield replace(line, bold=(0, len(line.text)))


def _paragraph(text: str) -> tuple[Line, ...]:
    return tuple(Line(text=line) for line in _clean(text).split("\n"))


def _single(text: str, *, link: bool = False) -> Line:
    return Line(text=" ".join(_clean(text).split("\n")), link=link)


def _clean(text: str) -> str:
    return "\n".join(broken(text))


def _within(edge: int, text: str) -> int:
    return min(max(edge, 0), len(text))


def fitting(lines: tuple[Line, ...], room: int, size: Callable[[Line], int]) -> Iterator[tuple[Line, ...]]:
    """The lines in portions of at most `room`, as `size` counts; a longer line is cut between words."""
    portion: list[Line] = []
    used = 0
    for line in (part for whole in lines for part in _cut(whole, room, size)):
        if portion and used + size(line) > room:
            yield tuple(portion)
            portion, used = [], 0
        if portion or line.text:
            portion.append(line)
            used += size(line)
    if portion:
        yield tuple(portion)


def _cut(line: Line, room: int, size: Callable[[Line], int]) -> Iterator[Line]:
    """A line in parts that fit. Only one word that alone does not fit is cut inside."""
    start = 0
    while size(rest := _part(line, start, len(line.text))) > room:
        low, high = start + 1, len(line.text)
        while low < high:  # the furthest end that fits
            middle = (low + high + 1) // 2
            low, high = (middle, high) if size(_part(line, start, middle)) <= room else (low, middle - 1)
        gap = max((match.start() for match in re.finditer(r"\s+", line.text[start : low + 1])), default=0)
        end = start + gap if gap > 0 else low
        yield _part(line, start, end)
        start = end + len(line.text[end:]) - len(line.text[end:].lstrip())
    yield rest


def _part(line: Line, start: int, end: int) -> Line:
    first, last = (min(max(edge, start), end) - start for edge in line.bold)
    return replace(
        line, text=line.text[start:end], bold=(first, last), link=line.link and end - start == len(line.text)
    )

"""A Reply as the JSON of Discord messages: pure functions, no library, for whatever transport carries them.

`content` is the whole answer in plain text, so that notifications, search, screen readers and copying have it; buttons
and menus stand below it. There is no embed. Limits: https://docs.discord.com/developers/resources/message
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, assert_never

from bot.commands.parts import ended
from bot.commands.reply import (
    Block,
    Choice,
    Choices,
    Excerpt,
    FactCard,
    FactList,
    Fields,
    Form,
    Link,
    Picture,
    Reply,
    Text,
)
from bot.core.model.mail import Visibility
from bot.platforms.discord.components import MOST_BUTTONS, rows
from bot.platforms.discord.markdown import guarded, inert, inert_line, link
from bot.platforms.discord.split import pieces, size
from bot.platforms.neutral import one_line
from bot.wording import Wording

LONGEST = 2000  # characters of a message's content
MOST = 4  # messages of one answer; commands divide what is longer into pages, and this is the last guard
PICTURE = "timeline.png"
SUPPRESS_EMBEDS, EPHEMERAL = 1 << 2, 1 << 6  # message flags
_MARKUP = len("> ****\\")  # what laying out adds to a line at most

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of escaped text, without a line break."""

    text: str
    bar: bool = False  # stands behind the bar that Discord gives quotations
    bold: tuple[int, int] = (0, 0)  # from, to


def messages(reply: Reply, kept: Mapping[str, str] | None = None) -> tuple[Json, ...]:
    """The bodies of one message or, when the answer is longer than one may be, of several; the last has the buttons.

    `kept` maps command lines too long for a button to their keys in the mail's keeping.
    """
    private = reply.visibility is Visibility.PRIVATE
    bodies = [_body(content, private=private) for content in _contents(reply)]
    bodies[-1]["components"] = rows(choices_of(reply), kept or {})
    if reply.picture is not None:
        bodies[-1]["attachments"] = [{"id": "0", "filename": PICTURE, "description": one_line(reply.picture.alt)}]
    return tuple(bodies)


def sentence(text: str) -> Json:
    """A message of one sentence of ours, for nobody but the person who asked."""
    return _body(inert(text)[:LONGEST], private=True)


def _body(content: str, *, private: bool) -> Json:
    flags = SUPPRESS_EMBEDS | (EPHEMERAL if private else 0)
    return {"content": content, "components": [], "flags": flags, "allowed_mentions": {"parse": []}}


def choices_of(reply: Reply) -> Choices:
    """Everything that can be chosen below the answer. The facts of a list stand in the text; a choice opens one."""
    listed = {pick.line for block in reply.blocks if isinstance(block, FactList) for pick in block.picks}
    if len(reply.choices) > MOST_BUTTONS:
        return Choices(reply.choices)  # a menu, which has room for the labels
    return Choices(
        tuple(
            replace(choice, label=f"#{choice.short}") if choice.line in listed else choice for choice in reply.choices
        )
    )


def with_button(reply: Reply, form: Form, words: Wording) -> Reply:
    """The reply with a button in place of its form, where none can be opened: what was filled in opens with it."""
    opens = Choice(label=words.say("button.form"), line=form.line)
    blocks = [block for block in reply.blocks if not isinstance(block, Form | Choices)]
    if not blocks:
        blocks = [Text(form.title)]
    return replace(reply, blocks=(*blocks, Choices((opens, *reply.choices))))


def lines_of(reply: Reply) -> tuple[str, ...]:
    """Every command line that a button, a menu or a form of the reply stands for."""
    return (*(choice.line for choice in choices_of(reply).items), *((reply.form.line,) if reply.form else ()))


def _contents(reply: Reply) -> list[str]:
    """The text, one string a message. Blocks are parted by an empty line."""
    contents: list[str] = []
    current: list[str] = []
    for line in _spaced(tuple(_lines(block)) for block in reply.blocks):
        for part in _fitting(line):
            if size("\n".join((*current, part))) > LONGEST:
                contents.append("\n".join(current))
                current = []
            current.append(part)
    contents.append("\n".join(current))
    contents = [text for content in contents if (text := content.strip())] or [""]
    if len(contents) <= MOST:
        return contents
    return [*contents[: MOST - 1], ended(contents[MOST - 1])]


def _spaced(blocks: Iterable[tuple[_Line, ...]]) -> Iterator[_Line]:
    first = True
    for lines in blocks:
        if lines and not first:
            yield _Line("")
        first = first and not lines
        yield from lines


def _lines(block: Block) -> Iterator[_Line]:
    match block:
        case Text(text):
            yield from _paragraph(text)
        case FactCard():
            yield from _card(block)
        case FactList(title=title, items=items):
            yield from _title(title)
            yield from (_Line(inert_line(f"#{number} {label}")) for number, label in items)
        case Fields(title=title, rows=named):
            yield from _title(title)
            for name, value in named:
                label = f"{inert_line(name)}:"
                first, *rest = (_followed(value.url) if isinstance(value, Link) else inert(value)).split("\n")
                yield _Line(f"{label} {first}", bold=(0, len(label)))
                yield from map(_Line, rest)
        case Excerpt():
            yield from _excerpt(block)
        case Picture():
            return  # a file that comes along
        case Form():
            return  # a modal, or the button that opens it
        case Choices():
            return  # buttons and menus, not text
        case _:
            assert_never(block)


def _card(card: FactCard) -> Iterator[_Line]:
    if card.lead:
        yield _Line(inert_line(card.lead))
    words = f'"{card.passage}"' if card.quoted else card.passage
    yield _Line(inert_line(words), bar=not card.quoted)  # a line of its own could pass for one of ours
    if card.byline:
        yield _Line(inert_line(card.byline))
    yield from (_Line(inert_line(line)) for line in card.lines)
    if card.url:
        yield _Line(_followed(card.url))


def _followed(url: str) -> str:
    """A web address as a link, anything else as text."""
    return link(url) or inert_line(url)


def _excerpt(block: Excerpt) -> Iterator[_Line]:
    """The surroundings behind a bar, the words themselves in bold."""
    yield from _title(block.title)
    before, words = inert(block.before), inert(block.text)
    whole, start, end = before + words + inert(block.after), len(before), len(before) + len(words)
    at = 0
    for text in whole.split("\n"):
        yield _Line(text, bar=True, bold=(max(start - at, 0), max(end - at, 0)))
        at += len(text) + 1


def _title(title: str) -> Iterator[_Line]:
    if title:
        text = inert_line(title)
        yield _Line(text, bold=(0, len(text)))


def _paragraph(text: str, *, bar: bool = False) -> tuple[_Line, ...]:
    return tuple(_Line(line, bar=bar) for line in inert(text).split("\n"))


def _fitting(line: _Line) -> Iterator[str]:
    """The finished line, in pieces where it is longer than a message."""
    if not line.text:
        yield "> " if line.bar else ""
    for start, end in pieces(line.text, LONGEST - _MARKUP):
        first, last = (min(max(edge, start), end) for edge in line.bold)
        text = guarded(line.text[start:first] + _bold(line.text[first:last]) + line.text[last:end])
        yield f"> {text}" if line.bar else text


def _bold(text: str) -> str:
    """In bold; the marks must touch the words, so white space at the ends stays outside."""
    words = text.strip()
    if not words:
        return text
    before, _, after = text.partition(words)
    return f"{before}**{words}**{after}"

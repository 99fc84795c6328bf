"""A Reply as the content of Matrix events: pure functions, no library.

`body` is the whole answer in plain text: notifications, some clients and every search show only that. Its formatted
twin uses `blockquote`, `br`, `strong` and `a` alone, and whatever people wrote is escaped in it. `m.mentions` is empty,
so that no word in an answer can ring anybody. Specification: client-server API, m.room.message, event relationships.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import replace
from itertools import groupby
from typing import Any

from bot.commands.parts import ended
from bot.commands.reply import Picture, Reply
from bot.platforms.matrix.layout import Line, choices_of, fitting, lines_of
from bot.platforms.neutral import one_line
from bot.wording import Wording

Json = dict[str, Any]

#: Bytes of one message's twins as JSON in UTF-8, which is how events are measured. An edit carries them twice and
#: encryption adds a third and its envelope: 2 x 20,000 x 4/3 stays below the 65,536 bytes of an event.
LONGEST = 20_000
MOST = 4  # messages of one answer; commands divide what is longer into pages, and this is the last guard
_ESCAPES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})  # the `html` module has 2,200 names more in memory


def messages(reply: Reply, words: Wording, prefix: str) -> tuple[Json, ...]:
    """The contents of one event or, when the answer is longer than one may be, of several; without relations."""
    choices = tuple(choices_of(reply, words, prefix))
    portions = list(fitting((*lines_of(reply), *choices), LONGEST, _size))
    if len(portions) > MOST:
        last = portions[MOST - 1]
        portions[MOST - 1 :] = [(*last[:-1], replace(last[-1], text=ended(last[-1].text), link=False), *choices[-1:])]
    return tuple(map(_content, portions)) or (_content(()),)


def sentence(text: str) -> Json:
    """The content of a message of one sentence of ours."""
    return _content((Line(text=text),))


def picturing(picture: Picture) -> Json:
    """The content of a picture, without where it is. Its body is read where it is not seen."""
    width, height = picture.size
    info = {"mimetype": "image/png", "size": len(picture.png), "w": width, "h": height}
    return {
        "msgtype": "m.image",
        "body": one_line(picture.alt),
        "filename": "timeline.png",
        "info": info,
        "m.mentions": {},
    }


def is_picture(content: Json) -> bool:
    """Whether this is such a content."""
    return bool(content["msgtype"] == "m.image")


def replying(content: Json, event: str, thread: str | None) -> Json:
    """The content as a reply to an event, in its thread when it stands in one; there it is meant as a reply, too."""
    relation: Json = {"m.in_reply_to": {"event_id": event}}
    if thread:
        relation |= {"rel_type": "m.thread", "event_id": thread, "is_falling_back": False}
    return content | {"m.relates_to": relation}


def editing(content: Json, event: str) -> Json:
    """The content as what a message of ours reads from now on."""
    fallback = content | {"body": f"* {content['body']}", "formatted_body": f"* {content['formatted_body']}"}
    return fallback | {"m.new_content": content, "m.relates_to": {"rel_type": "m.replace", "event_id": event}}


def _content(lines: Iterable[Line]) -> Json:
    lines = tuple(lines)
    return {
        "msgtype": "m.notice",
        "body": "\n".join(_plain(line) for line in lines).strip("\n"),
        "format": "org.matrix.custom.html",
        "formatted_body": _html(lines),
        "m.mentions": {},
    }


def _plain(line: Line) -> str:
    return f"▎{line.text}" if line.bar else line.text


def _html(lines: Iterable[Line]) -> str:
    """Quotations as block quotes; a block quote breaks the line by itself."""
    found = ""
    for quote, group in groupby(lines, key=lambda line: line.quote):
        text = "<br>".join(_marked(line) for line in group)
        found += f"<blockquote>{text}</blockquote>" if quote else text
    return found


def _marked(line: Line) -> str:
    if line.link:
        address = line.text.translate(_ESCAPES).replace('"', "&quot;")
        return f'<a href="{address}">{address}</a>'
    start, end = line.bold
    before, strong, after = (part.translate(_ESCAPES) for part in _around(line.text, start, end))
    return f"{before}<strong>{strong}</strong>{after}" if strong else before + after


def _around(text: str, start: int, end: int) -> tuple[str, str, str]:
    return text[:start], text[start:end], text[end:]


def _size(line: Line) -> int:
    """Bytes that a line adds to both twins, as JSON, with room for what joins it to its neighbours."""
    return _bytes(_plain(line)) + _bytes(_marked(line)) + 2 * len("<br></blockquote>")


def _bytes(text: str) -> int:
    return len(json.dumps(text, ensure_ascii=False).encode())

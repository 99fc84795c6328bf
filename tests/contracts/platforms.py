"""How each platform shows a reply: one row a platform. A new platform adds its row, and the suite judges it."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from bot.commands.reply import Reply
from bot.platforms.console.payload import text_of
from bot.platforms.discord import payload as discord
from bot.platforms.matrix import payload as matrix
from bot.wording import wording

_ANSI = re.compile(r"\x1b\[[0-9;]*m")
_STEERING = re.compile(r"\x1b(?!\[[0-9;]*m)|[\x9b\x9d\r\x08]")
_MARKUP = re.compile(r"(?<!\\)(?:<[@#/:]|\]\(|\|\||`|\*\*bold|~~no|@everyone|@here|://evil)")
_ESCAPED = re.compile(r"\\([^\w\s])")  # Discord shows a backslash before a sign as the sign


@dataclass(frozen=True, slots=True, kw_only=True)
class Rendering:
    """One way to show a reply."""

    sent: Callable[[Reply], str]  # the text as it goes out
    seen: Callable[[str], str]  # what a person reads of it; lines are wrapped by the platform's own rules
    active: re.Pattern[str]  # what would ping, link or act when it came from people


def _console(width: int | None, *, colour: bool = False) -> Rendering:
    return Rendering(
        sent=lambda reply: text_of(reply, width=width, colour=colour),
        seen=lambda text: _ANSI.sub("", text),
        active=_STEERING,
    )


def _discord_sent(reply: Reply) -> str:
    return "\n".join(body["content"] for body in discord.messages(reply))


def _discord_seen(text: str) -> str:
    bare = "\n".join(line.removeprefix("> ") for line in text.split("\n"))
    return _ESCAPED.sub(r"\1", bare.replace("**", ""))


_FOREIGN_HTML = re.compile(r"<(?!/?(?:blockquote|br|strong|a)\b)|<\w+ (?!href=\"https?://[^\"]*\">)", re.IGNORECASE)
_REORDERING = re.compile("[\u202a-\u202e\u2066-\u2069]")


def _matrix(twin: str) -> Callable[[Reply], str]:
    return lambda reply: "\n".join(content[twin] for content in matrix.messages(reply, wording("en"), "!"))


def _html_seen(text: str) -> str:
    return html.unescape(re.sub(r"<[^>]*>", "", re.sub(r"<br>|</?blockquote>", "\n", text)))


RENDERINGS: Mapping[str, Rendering] = {
    "console": _console(None),
    "console, narrow": _console(40),
    "console, in colour": _console(60, colour=True),
    "discord": Rendering(sent=_discord_sent, seen=_discord_seen, active=_MARKUP),
    "matrix": Rendering(sent=_matrix("body"), seen=str, active=_REORDERING),
    "matrix, formatted": Rendering(sent=_matrix("formatted_body"), seen=_html_seen, active=_FOREIGN_HTML),
}

"""Text that people wrote, made inert in Discord's Markdown: what a reader sees is exactly what was written.

Discord renders a backslash before a sign as the sign itself. Only what would become markup gets one, because phones
show the raw text in notifications. What is active was taken from Discord's help page on text formatting and from the
reference on message formatting (https://docs.discord.com/developers/reference#message-formatting).
"""

from __future__ import annotations

import re

from bot.platforms.neutral import lines, one_line, visible

_ACTIVE = re.compile(
    r"""
      (?P<sign>[\\*_`] | \|(?=\|) | (?<=\|)\| | ~(?=~) | (?<=~)~)  # emphasis, code, spoiler, strike-through
    | (?P<angle><)(?P<word>[A-Za-z]{0,10})(?P<sigil>[@\#:/&!]?)  # mentions, commands, emoji, times, links
    | (?P<ping>@)(?=everyone|here)
    | (?P<scheme>:)(?=//)                       # a bare link: people's words never become one
    | (?P<invite>(?<=discord)|(?<=discordapp))(?P<dot>\.)(?=(?:gg|com|me|new)\b)
    | (?P<link>(?<=\])\()                       # the middle of a masked link, whose bracket heeds no backslash
    | (?P<emoji>:)(?=(?:[A-Za-z0-9_+-]*[A-Za-z_][A-Za-z0-9_+-]*|100|1234)(?:::skin-tone-\d)?:)
    """,
    re.VERBOSE | re.IGNORECASE,
)
# Heading, small print, list and quotation are active at the start of a line only, lists also after spaces.
_LINE_START = re.compile(r"(?m)^(?P<space>[^\S\n]*)(?:(?P<number>\d+)(?=\.\s)|(?=(?:\#{1,3}|-\#|[-+])\s|>))")


def inert(text: str) -> str:
    """The text with every mark, mention, link and hidden character made harmless, line breaks kept as "\\n"."""
    return guarded(_ACTIVE.sub(_escaped, "\n".join(lines(text))))


def inert_line(text: str) -> str:
    """The same on one line: a label or a name has no line breaks of its own."""
    return guarded(" ".join(inert(text).split("\n")))


def guarded(escaped: str) -> str:
    """The starts of lines of an escaped text made harmless; a second time changes nothing."""
    return _LINE_START.sub(lambda match: f"{match['space']}{match['number'] or ''}\\", escaped)


def plain(text: str) -> str:
    """For places where Discord renders no Markdown (buttons, menus, completions): hidden characters made visible."""
    return " ".join(one_line(text).split())


def link(url: str) -> str | None:
    """A web address that Discord links as it stands, or None for anything that is not plainly one.

    Signs that would end the link or read as markup are percent-encoded (RFC 3986, section 2.1).
    """
    if not re.fullmatch(r"https?://[!-~\u00a1-\U0010ffff]+", url, re.IGNORECASE) or visible(url) != url:
        return None
    return re.sub(r"[<>\"'()\[\]{}|\\^`*~]", lambda match: f"%{ord(match[0]):02X}", url)


def _escaped(match: re.Match[str]) -> str:
    if match["angle"]:
        return "\\<" + match["word"] + (f"\\{match['sigil']}" if match["sigil"] else "")
    return f"\\{match[0]}"

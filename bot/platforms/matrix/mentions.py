"""A message that opens with a mention of the bot: how clients write it, and what stands behind it. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import unquote

from bot.platforms.matrix.events import Message

_LINK = re.compile(r"\[([^\]\n]{1,255})\]\(https://matrix\.to/#/([^)\s/?]+)[^)\s]*\)\s*")


def addressed(message: Message, user: str, names: Iterable[str]) -> str | None:
    """What stands behind a mention of `user` that opens the message; None when it opens otherwise.

    A mention is what the sender's app says is one (`m.mentions`); where an older app says nothing, a link to the user,
    or the whole user id. A name alone is none: people talk about the bot, too. How a mention is written differs.
    """
    body = message.body.lstrip()
    link = _LINK.match(body)
    linked = link is not None and unquote(link[2]) == user
    named = linked or user in message.pills or (not message.pills and _behind(body, user) is not None)
    if not (named if message.mentioned is None else user in message.mentioned):
        return None
    if link and linked:
        return body[link.end() :].lstrip(" :,\u00a0")
    local = user[1:].partition(":")[0]
    spellings = {user, f"@{local}", local, message.pills.get(user, ""), *names}
    for name in sorted(filter(None, spellings), key=len, reverse=True):
        for spelling in (f"@{name}", name):
            if (rest := _behind(body, spelling)) is not None:
                return rest
    return None


def _behind(body: str, name: str) -> str | None:
    """What stands behind a name that opens the text; None when another name or nothing of it does."""
    rest = body[len(name) :]
    if body[: len(name)].casefold() != name.casefold() or rest[:1].isalnum() or rest[:1] in ("_", "-"):
        return None
    return rest.lstrip(" :,\u00a0\n\t")

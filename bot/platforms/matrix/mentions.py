"""A message that opens with a mention of the bot: how clients write it, and what stands behind it. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import unquote

from bot.platforms.matrix.events import Message

_LINK = re.compile(r"\[([^\]\n]{1,255})\]\(https://matrix\.to/#/([^)\s/?]+)[^)\s]*\)\s*")


def addressed(message: Message, user: str, names: Iterable[str]) -> str | None:
    """What stands behind a mention of `user` that opens the message; None when it opens otherwise.

    A mention is what the sender's app says is one (`m.mentions`); where an older app says nothing, a link to the user.
    A name alone is none: people talk about the bot, too. How a mention is written in the body differs.
    """
    body = message.body.lstrip()
    link = _LINK.match(body)
    linked = link is not None and unquote(link[2]) == user
    meant = user in message.mentioned if message.mentioned is not None else linked or user in message.pills
    if not meant:
        return None
    if link and linked:
        return body[link.end() :].lstrip(" :,\u00a0")
    local = user[1:].partition(":")[0]
    spellings = {user, f"@{local}", local, message.pills.get(user, ""), *names}
    for name in sorted(filter(None, spellings), key=len, reverse=True):
        for spelling in (f"@{name}", name):
            if body[: len(spelling)].casefold() == spelling.casefold():
                rest = body[len(spelling) :]
                if not rest or not (rest[0].isalnum() or rest[0] in "_-"):
                    return rest.lstrip(" :,\u00a0\n\t")
    return None

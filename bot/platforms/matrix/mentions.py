"""A message that opens with a mention of the bot: how clients write it, and what stands behind it. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable

from bot.platforms.matrix.events import Message

_LINK = re.compile(r"\[([^\]\n]{1,255})\]\(https://matrix\.to/#/([^)\s/?]+)[^)\s]*\)\s*")


def addressed(message: Message, user: str, names: Iterable[str]) -> str | None:
    """What stands behind a mention of `user` that opens the message; None when it opens otherwise.

    The mention must be meant (`m.mentions`); how a client writes it in the body differs.
    """
    if user not in message.mentioned:
        return None
    body = message.body.lstrip()
    if (link := _LINK.match(body)) and link[2].replace("%40", "@").replace("%3A", ":") == user:
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

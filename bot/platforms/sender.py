"""What a platform needs of the rest of the program to post what the bot says by itself."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from bot.commands.reply import Reply
from bot.core.model.desk import Notice


@dataclass(frozen=True, slots=True, kw_only=True)
class Sender:
    """Handed in by the composition root."""

    compose: Callable[[Notice, str], Awaitable[Reply | None]]  # notice, locale -> what it says now; None: nothing
    account: Callable[[str], Awaitable[str | None]]  # id of a person -> the account on this platform
    unknown: Callable[[Notice], Awaitable[None]]  # a post that may stand there or not, and is not sent again
    locale: str = "en"  # of places, where nobody's own is known

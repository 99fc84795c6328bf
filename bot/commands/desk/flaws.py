"""What the rules find in a record, as sentences for the person who wrote it."""

from __future__ import annotations

from collections.abc import Iterable

from bot.commands.arguments import echo
from bot.core.rules.remark import Remark
from bot.wording import Wording

_MOST = 4  # told at once


def flaws(remarks: Iterable[Remark], words: Wording) -> list[str]:
    """What rules found wrong, a sentence each; the first few."""
    return list(dict.fromkeys(flaw(remark, words) for remark in remarks))[:_MOST]


def flaw(remark: Remark, words: Wording) -> str:
    """One of them."""
    data = {name: echo(value) for name, value in remark.data.items()}
    return words.say(f"flaw.{remark.code}", **data)

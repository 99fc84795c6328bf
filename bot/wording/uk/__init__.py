"""Українська: every sentence that people read, in Ukrainian. Names from sources are never inflected."""

from __future__ import annotations

from bot.wording.catalogue import Sentence
from bot.wording.uk import answers, desk, desk_commands, desk_forms, desk_refusals, details, news, timeline, usage

SENTENCES: dict[str, Sentence] = {
    **answers.SENTENCES,
    **details.SENTENCES,
    **usage.SENTENCES,
    **desk.SENTENCES,
    **desk_commands.SENTENCES,
    **desk_forms.SENTENCES,
    **desk_refusals.SENTENCES,
    **news.SENTENCES,
    **timeline.SENTENCES,
}


def plural(number: int) -> str:
    """CLDR cardinal category of a whole number: one, few, many. Source: https://cldr.unicode.org (plurals, uk)."""
    last, two = number % 10, number % 100
    if last == 1 and two != 11:
        return "one"
    if 2 <= last <= 4 and not 12 <= two <= 14:
        return "few"
    return "many"

"""English: every sentence that people read. A key names the occasion; `{…}` are places to fill."""

from __future__ import annotations

from bot.wording.catalogue import Sentence
from bot.wording.en import answers, desk, desk_commands, desk_forms, desk_refusals, details, news, timeline, usage

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
    """CLDR cardinal category: one, other. Source: https://cldr.unicode.org (plurals, en)."""
    return "one" if number == 1 else "other"

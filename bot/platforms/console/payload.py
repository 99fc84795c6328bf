"""A reply as text for a terminal or as JSON for programs: pure functions.

The JSON of `--json` is one object with these names, which are only ever added to:

    outcome   found | nothing | choose | incomplete | info | refused | failed
    facts     a list of {number, revision, kind, text, quoted_spans, speaker, said, published, source, url, rendered}
              text is verbatim; said and published are EDTF or null; speaker and url may be null;
              rendered is what people read
    choices   a list of {label, line}: what could be asked next, as command lines
    rendered  the whole answer as people read it
"""

from __future__ import annotations

import json
from typing import Any

from bot.commands.reply import Choices, FactCard, Outcome, Reply
from bot.platforms.console.layout import Line, layout

EXIT_CODES = {
    Outcome.FOUND: 0,
    Outcome.INFO: 0,
    Outcome.CHOOSE: 0,
    Outcome.NOTHING: 1,
    Outcome.REFUSED: 2,
    Outcome.FAILED: 70,  # EX_SOFTWARE
    Outcome.INCOMPLETE: 75,  # EX_TEMPFAIL of sysexits.h: trying again may help
}


def text_of(reply: Reply, *, width: int | None = None, colour: bool = False) -> str:
    """What a person reads, without a line break at the end; `width` in columns, None for no wrapping."""
    lines = layout(reply, width=width)
    return _painted(lines) if colour else "\n".join("".join(piece.text for piece in line) for line in lines)


def json_of(reply: Reply) -> str:
    """What a program reads, on one line, in ASCII so that no terminal is upset by it."""
    whole = {
        "outcome": reply.outcome.value,
        "facts": [_fact(block) for block in reply.blocks if isinstance(block, FactCard)],
        "choices": [{"label": choice.label, "line": choice.line} for choice in reply.choices],
        "rendered": text_of(_without_choices(reply)),
    }
    return json.dumps(whole)


def rendered(card: FactCard) -> str:
    """One fact as people read it."""
    return text_of(Reply(blocks=(card,), outcome=Outcome.FOUND))


def _fact(card: FactCard) -> dict[str, Any]:
    known = card.particulars
    return {
        "number": card.number,
        "revision": card.revision,
        "kind": known.kind.value if known else None,
        "text": card.text,
        "quoted_spans": list(known.quoted_spans) if known else [],
        "speaker": known.speaker if known else None,
        "said": known.said if known else None,
        "published": known.published if known else None,
        "source": known.source if known else None,
        "url": card.url,
        "unverified": (known.unverified or None) if known else None,
        "rendered": rendered(card),
    }


def _without_choices(reply: Reply) -> Reply:
    return Reply(blocks=tuple(block for block in reply.blocks if not isinstance(block, Choices)), outcome=reply.outcome)


def _painted(lines: list[Line]) -> str:
    from bot.platforms.console.colour import painted  # noqa: PLC0415 -- only a coloured answer needs rich in memory

    return painted(lines)

"""`onrecord lookup --jsonl`: many questions, one JSON object a line in and out; a bad line never ends the run.

In:  {"id": …, "q": "dprk ammunition"}; the id is text or a number and comes back as it was.
Out: {"id", "found", "confidence", "facts": [{"id", "number", "kind", "text", "quoted_spans", "speaker", "said",
     "rendered"}], "suggestions"}. A fact's id is its slug, said is EDTF or null, and where the words may not be shown
     text is null and rendered says why. "incomplete": true where the search ran out of time. Instead of an answer:
     {"id" (or null), "line", "error"}. Everything is ASCII, other characters as \\u escapes.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import logging
import sys
from collections.abc import Iterator, Sequence
from typing import Any, BinaryIO

from bot import app
from bot.cli.faults import database_faults
from bot.cli.situation import configured, log_errors
from bot.cli.terminal import tell
from bot.commands.card import blocks_of, is_unspoken, shows_words
from bot.commands.kept import kept_texts
from bot.commands.reply import Outcome, Reply
from bot.config import Config
from bot.core.model.fact import Dossier
from bot.core.model.finding import Found, NothingFound, WhichOne
from bot.core.ports import ReadTimedOut
from bot.log import error_id
from bot.platforms.console.payload import text_of
from bot.store.sqlite import StoreError
from bot.wording import people, wording

_LONGEST = 1_000_000  # bytes of a line
_log = logging.getLogger(__name__)


class _Unreadable(Exception):  # noqa: N818 -- reads as what happened
    """A line that holds no question; carries the id where there was one."""

    def __init__(self, why: str, own: object = None) -> None:
        super().__init__(why)
        self.own = own


def lookup(options: argparse.Namespace) -> int:
    """Answer every line of stdin on stdout."""
    config = None if options.db else configured(options)
    if config:
        log_errors(config)
    with database_faults(config):
        return asyncio.run(_all(options, config))


async def _all(options: argparse.Namespace, config: Config | None) -> int:
    bad = 0
    async with app.asking(config) if config else app.reading(options.db) as room:
        for number, line in _lines(sys.stdin.buffer):
            answer = await _answer(line, number, room, options)
            bad += "error" in answer
            sys.stdout.write(f"{json.dumps(answer)}\n")
            sys.stdout.flush()
    if bad:
        tell(f"onrecord: {bad} of the lines got an error instead of an answer")
    return 0


def _lines(stream: BinaryIO) -> Iterator[tuple[int, bytes]]:
    """Lines with their numbers, empty ones passed over; of one that is too long only the beginning is kept."""
    number = 0
    while line := stream.readline(_LONGEST + 1):
        number += 1
        rest = line
        while not rest.endswith(b"\n") and (rest := stream.readline(_LONGEST)):
            pass
        if line.strip():
            yield number, line


async def _answer(line: bytes, number: int, room: app.Room, options: argparse.Namespace) -> dict[str, Any]:
    own: object = None
    try:
        own, query = _question(line)
        return {"id": own} | await _found(query, room, options)
    except _Unreadable as error:
        return {"id": error.own, "line": number, "error": str(error)}
    except ReadTimedOut:
        return {"id": own, "line": number, "error": "the database took too long; ask again"}
    except StoreError:
        raise
    except Exception:  # noqa: BLE001 -- one bad question must not cost the answers to the others
        own_error = error_id()
        _log.exception("error %s in line %d of a look-up", own_error, number)
        return {"id": own, "line": number, "error": f"unexpected error {own_error}"}


def _question(line: bytes) -> tuple[object, str]:
    """(id, query) of a line. Raises _Unreadable."""
    if len(line) > _LONGEST:
        raise _Unreadable(f"longer than {_LONGEST} bytes")
    try:
        data = json.loads(line.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise _Unreadable("not UTF-8") from None
    except (ValueError, RecursionError):
        raise _Unreadable('not JSON: write {"id": "1", "q": "dprk ammunition"}') from None
    if not isinstance(data, dict):
        raise _Unreadable('no object: write {"id": "1", "q": "dprk ammunition"}')
    own = data.get("id")
    if not isinstance(own, str | int | float) or isinstance(own, bool) or own != own:  # noqa: PLR0124 -- NaN is no JSON
        raise _Unreadable("id is missing, or neither text nor a number")
    if not isinstance(data.get("q"), str):
        raise _Unreadable("q is missing or no text", own)
    return own, data["q"]


async def _found(query: str, room: app.Room, options: argparse.Namespace) -> dict[str, Any]:
    finding = await room.lookup.find(query, limit=options.limit, refuse=not options.no_refusal, message=options.message)
    match finding:
        case Found(dossier=dossier, more=more, confidence=confidence):
            numbers: Sequence[int] = (dossier.fact.number, *more)
        case WhichOne(options=choices, confidence=confidence):
            numbers = [choice.number for choice in choices]
        case NothingFound(nearby=nearby, complete=complete):
            nothing = {"found": False, "confidence": 0.0, "facts": [], "suggestions": [topic.label for topic in nearby]}
            return nothing if complete else nothing | {"incomplete": True}
    facts = await _facts(numbers[: options.limit], room)
    return {"found": bool(facts), "confidence": round(confidence, 4), "facts": facts, "suggestions": []}


async def _facts(numbers: Sequence[int], room: app.Room) -> list[dict[str, Any]]:
    words = wording(room.language)
    async with room.facts.reading() as view:
        return [
            _fact(
                dossier,
                text_of(
                    Reply(
                        blocks=blocks_of(
                            dossier,
                            await view.history(dossier.fact.number),
                            words,
                            kept=await kept_texts(view, dossier),
                        ),
                        outcome=Outcome.FOUND,
                    )
                ),
            )
            for dossier in await view.dossiers(numbers)
        ]


def _fact(dossier: Dossier, rendered: str) -> dict[str, Any]:
    fact, revision = dossier.fact, dossier.fact.revision
    shown, told = shows_words(dossier), not is_unspoken(dossier)
    return {
        "id": fact.slug,
        "number": fact.number,
        "kind": revision.kind.value,
        "text": revision.text if shown else None,
        "quoted_spans": list(revision.quoted_spans) if shown else [],
        "speaker": people.speaker_name(dossier) if told else None,
        "said": revision.said.on.edtf if revision.said.on and told else None,
        "rendered": rendered,
    }

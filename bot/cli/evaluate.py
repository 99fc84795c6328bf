"""`onrecord eval`: labelled queries asked one by one, and how often the right words, or silence, came back.

The facts are read from files into a database that is thrown away; nothing on record is touched.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import tempfile
from collections.abc import Sequence
from pathlib import Path

from bot import app
from bot.bundled import bundled
from bot.cli.exits import Exit, Failed
from bot.cli.faults import database_faults
from bot.cli.terminal import say, tell
from bot.core.model.change import FactRecord, Records
from bot.core.model.review import Workflow
from bot.evaluation import report
from bot.evaluation.figures import Result
from bot.evaluation.measure import guessed, measured, searched
from bot.evaluation.queries import PARTS, Labelled, read
from bot.evaluation.reliability import Guess
from bot.interchange.files import shown_path
from bot.store.sqlite.plain import plain_search
from bot.system import SystemClock


def evaluate(options: argparse.Namespace) -> int:
    """Print the figures of a file of labelled queries."""
    records = _records(options.facts or _usual(options.queries))
    queries = _queries(options.queries, records, options.part)
    with database_faults(None), tempfile.TemporaryDirectory(prefix="onrecord-eval-") as folder:
        ours, guesses = asyncio.run(_asked(queries, records, Path(folder)))
    rows = [(each.slug, each.revision.text, each.revision.label) for each in records.facts if _may_answer(each)]
    with plain_search(rows) as search:
        plain = searched(queries, search)
    if options.misses:
        for line in report.misses(ours):
            tell(line)
    if options.json:
        say(json.dumps({"part": options.part, "facts": len(rows)} | report.data(ours, plain, guesses)))
        return Exit.OK
    say(f"{len(queries)} queries (part {options.part}) over {len(rows)} facts")
    for line in (*report.table(ours, plain), *report.confidence(guesses)):
        say(line)
    return Exit.OK


def _usual(queries: Path) -> list[Path]:
    """The folder `facts` beside the queries, and the facts that come with the program."""
    beside = queries.parent / "facts"
    return [*([beside] if beside.is_dir() else []), bundled("facts")]


def _records(paths: Sequence[Path]) -> Records:
    found = app.inspected(paths, today=SystemClock().now().date())
    if not found.ok:
        raise Failed(Exit.DATA, *(str(notice) for notice in found.notices if notice.error))
    return found.records


def _queries(path: Path, records: Records, part: str) -> tuple[Labelled, ...]:
    try:
        content = path.read_bytes()
    except OSError as error:
        raise Failed(Exit.NO_INPUT, f"{path} cannot be read ({error.strerror})") from None
    queries, notices = read(content, shown_path(path), {record.slug for record in records.facts})
    if notices:
        raise Failed(Exit.DATA, *map(str, notices))
    chosen = tuple(query for query in queries if part in ("all", query.part))
    if not chosen:
        raise Failed(Exit.DATA, f"{path} has no query of part {part}; its parts are {', '.join(PARTS)}")
    return chosen


async def _asked(
    queries: Sequence[Labelled], records: Records, folder: Path
) -> tuple[tuple[Result, ...], tuple[Guess, ...]]:
    async with app.trying(records, folder) as room:
        async with room.facts.reading() as view:
            slugs = {fact.number: fact.slug for fact in (await view.records()).facts if fact.number is not None}
        return await measured(queries, room.lookup, slugs), await guessed(queries, room.lookup, slugs)


def _may_answer(record: FactRecord) -> bool:
    return record.revision.answerable and record.workflow is Workflow.PUBLISHED

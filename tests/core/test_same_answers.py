"""Every store leads to the same answers: nothing of an engine reaches the ranking."""

from __future__ import annotations

import functools
import json
from pathlib import Path

from bot.core.lookup import Lookup
from bot.core.model.change import FileImport
from bot.core.model.finding import Finding, Found, WhichOne
from bot.core.search.index import document
from bot.store.sqlite.opening import opened
from tests.builders import CountingIds, StoppedClock
from tests.core.test_finding_quality import QUERIES
from tests.seeded import analysis, records, seeded


def numbers(finding: Finding) -> tuple[int, ...]:
    match finding:
        case Found(dossier=dossier, more=more):
            return (dossier.fact.number, *more)
        case WhichOne(options=options):
            return tuple(option.number for option in options)
    return ()


async def test_sqlite_answers_like_the_store_in_memory(tmp_path: Path) -> None:
    seed = await seeded()
    index = functools.partial(document, analysis=analysis())
    queries = [json.loads(line)["query"] for line in QUERIES.read_text(encoding="utf-8").splitlines()]
    async with opened(tmp_path / "facts.db", index=index, clock=StoppedClock(), ids=CountingIds()) as store:
        await store.apply(FileImport(records=records(), publish_as="Test Desk"), key="seed", expect={})
        lookup = Lookup(store, analysis())
        for query in queries:
            for message in (False, True):
                here = await lookup.find(query, message=message)
                there = await seed.lookup.find(query, message=message)
                assert numbers(here) == numbers(there), query
            assert await lookup.suggest(query) == await seed.lookup.suggest(query)

"""Reads are leased, limited in time, and never write."""

from __future__ import annotations

import asyncio
import sqlite3
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from bot.core.ports import ReadTimedOut
from bot.core.search.plan import Candidates, Plan, Term
from bot.store.sqlite import Limits, SqliteStore, looking
from bot.store.sqlite.connection import READER, connected
from bot.store.sqlite.readers import Call, Readers
from tests.builders import a_record, an_import
from tests.store.sqlite.conftest import Open

ENDLESS = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT count(*) FROM n"


def endless(connection: sqlite3.Connection, call: Call) -> None:
    connection.execute(ENDLESS).fetchall()


@asynccontextmanager
async def readers_of(path: Path, count: int = 1) -> AsyncIterator[Readers]:
    async with connected(path, pragmas=READER, mode="rw") as one, connected(path, pragmas=READER, mode="rw") as two:
        yield Readers([one, two][:count], path)


async def test_a_read_that_takes_too_long_is_stopped_and_the_next_is_well(store: SqliteStore, path: Path) -> None:
    async with readers_of(path) as readers, readers.lease() as lease:
        with pytest.raises(ReadTimedOut):
            await lease.run(endless, limit=0.02)
        assert await lease.run(lambda connection, _: looking.listed(connection, None, None, 5), limit=5.0) == ()


async def test_a_caller_that_goes_away_gives_its_connection_back(store: SqliteStore, path: Path) -> None:
    async with readers_of(path) as readers:
        started = asyncio.Event()
        loop = asyncio.get_running_loop()

        def slow(connection: sqlite3.Connection, call: Call) -> None:
            loop.call_soon_threadsafe(started.set)
            endless(connection, call)

        async def ask() -> None:
            async with readers.lease() as lease:
                await lease.run(slow, limit=60.0)

        task = asyncio.create_task(ask())
        await started.wait()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        async with asyncio.timeout(5), readers.lease() as lease:
            assert await lease.run(lambda connection, _: connection.execute("SELECT 1").fetchone(), limit=5.0) == (1,)


async def test_a_search_that_runs_out_of_time_says_so(store: SqliteStore, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever was found until then is brought home."""
    await store.apply(an_import(), key="a", expect={})
    slow = looking.MATCHING.replace("ORDER BY", f"AND fact_search.fact < ({ENDLESS}) ORDER BY")
    monkeypatch.setattr(looking, "MATCHING", slow)
    store._limits = Limits(search=0.02)
    async with store.reading() as reading:
        found = await reading.candidates(Term("trees"), limit=5)
        assert (found.rows, found.complete) == ((), False)
        assert await reading.labels("tr", limit=5) == ()
        assert (await reading.frequencies(["trees"])).of == {"trees": 1}


async def test_all_searches_of_one_answer_share_its_time(store: SqliteStore, monkeypatch: pytest.MonkeyPatch) -> None:
    """A widening search must not take its time limit once a step."""
    await store.apply(an_import(), key="a", expect={})
    monkeypatch.setattr(looking, "MATCHING", looking.MATCHING.replace("ORDER", f"AND fact > ({ENDLESS}) ORDER"))
    store._limits = Limits(search=0.02)
    async with store.reading() as reading:
        first = await reading.candidates(Term("trees"), limit=5)
        monkeypatch.undo()
        second = await reading.candidates(Term("trees"), limit=5)
        assert (second.rows, second.complete, second.as_of) == ((), False, first.as_of)
    async with store.reading() as reading:
        assert len((await reading.candidates(Term("trees"), limit=5)).rows) == 1


async def test_a_pool_that_runs_out_of_time_says_so(store: SqliteStore, monkeypatch: pytest.MonkeyPatch) -> None:
    await store.apply(an_import(), key="a", expect={})
    monkeypatch.setattr(looking, "MATCHING", looking.MATCHING.replace("ORDER", f"AND fact > ({ENDLESS}) ORDER"))
    store._limits = Limits(search=0.02)
    async with store.reading() as reading:
        first = await reading.pool([Term("trees")] * 3, limit=5, most=9)
        monkeypatch.undo()
        second = await reading.pool([Term("trees")], limit=5, most=9)
    assert (first.documents, first.complete) == ((), False)
    assert (second.documents, second.complete) == ((), False)


async def test_a_search_that_did_not_get_the_processor_is_made_once_more(
    store: SqliteStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A machine that stood still says nothing about the archive."""
    await store.apply(an_import(), key="a", expect={})
    found, calls = looking.candidates, list[Call]()

    def standing_still(connection: sqlite3.Connection, call: Call, plan: Plan, limit: int) -> Candidates:
        calls.append(call)
        if len(calls) > 1:
            return found(connection, call, plan, limit)
        while not call.expired:
            time.sleep(0.001)
        return Candidates(rows=(), complete=False, as_of=0)

    monkeypatch.setattr(looking, "candidates", standing_still)
    store._limits = Limits(search=0.5)
    async with store.reading() as reading:
        found_again = await reading.candidates(Term("trees"), limit=5)
    assert (len(found_again.rows), found_again.complete, len(calls)) == (1, True, 2)


async def test_a_search_with_too_much_to_do_is_made_only_once(
    store: SqliteStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls: list[Call] = []

    def working(connection: sqlite3.Connection, call: Call, plan: Plan, limit: int) -> Candidates:
        calls.append(call)
        while not call.expired:
            pass
        return Candidates(rows=(), complete=False, as_of=0)

    monkeypatch.setattr(looking, "candidates", working)
    monkeypatch.setattr(time, "thread_time", time.monotonic)  # however busy the machine is, the processor is ours
    store._limits = Limits(search=0.05)
    async with store.reading() as reading:
        assert not (await reading.candidates(Term("trees"), limit=5)).complete
    assert len(calls) == 1


async def test_rows_found_in_time_are_kept(store: SqliteStore) -> None:
    await store.apply(an_import(a_record(slug="one"), a_record(slug="two")), key="a", expect={})
    expired = Call()
    expired.expired = True
    async with store._readers.lease() as lease:
        found = await lease.run(
            lambda connection, _: looking.candidates(connection, expired, Term("trees"), 5), limit=5.0
        )
    assert (len(found.rows), found.complete) == (1, False)


async def test_readers_cannot_write(store: SqliteStore) -> None:
    async with store._readers.lease() as lease:
        with pytest.raises(Exception, match="readonly"):
            await lease.run(lambda connection, _: connection.execute("DELETE FROM inbox"), limit=5.0)


async def test_those_who_wait_get_their_turn_in_order(store: SqliteStore, path: Path) -> None:
    order: list[int] = []

    async def ask(readers: Readers, number: int) -> None:
        async with readers.lease() as lease:
            await lease.run(lambda connection, _: connection.execute("SELECT 1").fetchone(), limit=5.0)
            order.append(number)

    async with readers_of(path) as readers:
        await asyncio.gather(*(ask(readers, number) for number in range(30)))
    assert order == list(range(30))


async def test_a_reader_does_not_keep_the_log_from_being_emptied(store: SqliteStore, path: Path) -> None:
    """Its transaction ends with its lease."""
    async with store.reading() as reading:
        await reading.listed(limit=1)
    await store.apply(an_import(), key="a", expect={})
    assert store._writer is not None
    busy, *_ = await store._writer._connection.run(
        lambda connection: connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    )
    assert busy == 0


async def test_reading_only_works_beside_a_running_bot(open_store: Open) -> None:
    async with open_store() as running:
        await running.apply(an_import(), key="a", expect={})
        async with open_store(read_only=True) as looking_in:
            assert looking_in.position == 1
            await running.apply(an_import(a_record(slug="two")), key="b", expect={})
            async with looking_in.reading() as reading:
                assert len((await reading.candidates(Term("trees"), limit=5)).rows) == 2

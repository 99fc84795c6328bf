"""One writer for all: shared commits, savepoints, callers that go away."""

from __future__ import annotations

import asyncio
import random
import sqlite3
from pathlib import Path

import pytest

from bot.core.model.change import ChangeRefused
from bot.store.sqlite import SqliteStore
from bot.store.sqlite.connection import WRITER, connected
from bot.store.sqlite.errors import DiskFull, StoreClosed
from bot.store.sqlite.writer import Writer, commit_together
from tests.builders import a_record, an_import
from tests.store.sqlite.conftest import Open


def insert(connection: sqlite3.Connection, number: int) -> int:
    connection.execute("INSERT INTO note (platform, name, value) VALUES ('test', ?, '')", (str(number),))
    return number


def names(path: Path) -> list[str]:
    connection = sqlite3.connect(path)
    try:
        return [name for (name,) in connection.execute("SELECT name FROM note ORDER BY name")]
    finally:
        connection.close()


async def test_a_change_that_fails_does_not_hurt_those_beside_it(store: SqliteStore) -> None:
    results = await asyncio.gather(
        store.apply(an_import(a_record(slug="one")), key="1", expect={}),
        store.apply(an_import(a_record(slug="two", topics=("nowhere",))), key="2", expect={}),
        store.apply(an_import(a_record(slug="three")), key="3", expect={}),
        return_exceptions=True,
    )

    assert isinstance(results[1], ChangeRefused)
    async with store.reading() as reading:
        assert [fact.slug for fact in (await reading.records()).facts] == ["one", "three"]
    assert await store.check() == ()


async def test_many_changes_share_commits(store: SqliteStore, path: Path) -> None:
    """Fewer commits than changes: the log grows by one commit for all that waited."""
    writer = store._writer
    assert writer is not None
    commits = 0
    run = writer._connection.run

    async def counted(work: object) -> object:
        nonlocal commits
        commits += 1
        return await run(work)  # type: ignore[arg-type]  # passed on as it came

    writer._connection.run = counted  # type: ignore[method-assign,assignment]  # a spy
    await asyncio.gather(*(store.claim("discord", str(number)) for number in range(100)))

    assert 2 <= commits <= 4


async def test_callers_that_go_away_take_nothing_with_them(open_store: Open, path: Path) -> None:
    """What was acknowledged is there once; what was not is there as a whole or not at all."""
    chance = random.Random(7)
    acknowledged: set[str] = set()
    asked = 0

    async def ask(store: SqliteStore, slug: str) -> None:
        applied = await store.apply(an_import(a_record(slug=slug)), key=slug, expect={})
        assert applied.created == (slug,)
        acknowledged.add(slug)

    async with open_store() as store:
        for _ in range(25):
            tasks = []
            for _ in range(20):
                asked += 1
                tasks.append(asyncio.create_task(ask(store, f"f{asked}")))
            for task in tasks:
                for _ in range(chance.randrange(4)):
                    await asyncio.sleep(0)  # lets the others go on, waits for no time
                if chance.random() < 0.5:
                    task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            assert await store.claim("test", str(asked))  # no transaction was left open
        async with store.reading() as reading:
            facts = (await reading.records()).facts
            past = [await reading.history(fact.number or 0) for fact in facts]
        assert await store.check() == ()
        assert store.position == len(facts)

    assert acknowledged <= {fact.slug for fact in facts}
    assert 0 < len(acknowledged) < asked
    assert all(len(lines) == 1 for lines in past)


async def test_a_caller_that_goes_away_before_its_turn_changes_nothing(store: SqliteStore, path: Path) -> None:
    first = asyncio.create_task(store.claim("test", "1"))
    second = asyncio.create_task(store.claim("test", "2"))
    await asyncio.sleep(0)
    second.cancel()
    assert await first
    assert await store.claim("test", "2")


async def test_closing_finishes_what_waits_and_takes_nothing_more(open_store: Open, path: Path) -> None:
    async with open_store() as store:
        waiting = [asyncio.create_task(store.claim("test", str(number))) for number in range(10)]
        await asyncio.sleep(0)
    assert all(await asyncio.gather(*waiting))
    with pytest.raises(StoreClosed):
        await store.claim("test", "late")


async def test_the_writer_survives_its_task_being_cancelled(store: SqliteStore) -> None:
    writer = store._writer
    assert writer is not None
    waiting = [asyncio.create_task(store.claim("test", str(number))) for number in range(200)]
    await asyncio.sleep(0)
    assert writer._task is not None
    writer._task.cancel()
    assert all(await asyncio.gather(*waiting))


async def test_a_full_disk_refuses_a_change_and_the_store_goes_on(open_store: Open) -> None:
    async with open_store() as store:
        await store.apply(an_import(), key="1", expect={})
        writer = store._writer
        assert writer is not None
        room = await writer._connection.run(lambda connection: connection.execute("PRAGMA page_count").fetchone()[0])

        async def allow(pages: int) -> None:
            await writer._connection.run(
                lambda connection: connection.execute(f"PRAGMA max_page_count = {pages}").fetchall()
            )

        await allow(room + 2)
        large = [an_import(a_record(slug=f"f{number}", text="word " * 5000)) for number in range(3)]
        results = await asyncio.gather(
            *(store.apply(change, key=str(change), expect={}) for change in large),
            store.claim("test", "small"),
            return_exceptions=True,
        )
        assert [type(result) for result in results[:3]] == [DiskFull] * 3
        assert isinstance(results[0], ChangeRefused)
        assert results[3] is True  # the small one had room
        async with store.reading() as reading:
            assert len((await reading.records()).facts) == 1
        await allow(room + 10_000)
        await store.apply(large[0], key="again", expect={})
        assert await store.check() == ()


async def test_an_error_of_ours_reaches_the_caller_as_it_is(store: SqliteStore) -> None:
    def broken(connection: sqlite3.Connection) -> None:
        insert(connection, 1)
        connection.execute("SELECT * FROM nowhere")

    assert store._writer is not None
    with pytest.raises(sqlite3.OperationalError, match="nowhere"):
        await store._writer.submit(broken)
    assert await store.note("test", "1") is None


async def test_two_writers_in_one_file_wait_for_each_other(path: Path, open_store: Open) -> None:
    """BEGIN IMMEDIATE: whoever comes second waits instead of failing halfway."""
    async with open_store(), connected(path, pragmas=WRITER, mode="rw") as other:
        writer = Writer(other, path)
        assert await writer.submit(lambda connection: insert(connection, 1)) == 1
        await writer.close()
    assert names(path) == ["1"]


def test_a_transaction_that_fails_as_a_whole_is_tried_one_by_one(tmp_path: Path) -> None:
    connection = sqlite3.connect(tmp_path / "x.db", isolation_level=None)
    connection.execute("CREATE TABLE parent (id INTEGER PRIMARY KEY)")
    connection.execute("CREATE TABLE child (id INTEGER REFERENCES parent (id) DEFERRABLE INITIALLY DEFERRED)")
    connection.execute("PRAGMA foreign_keys = ON")

    def parent(connection: sqlite3.Connection) -> str:
        connection.execute("INSERT INTO parent VALUES (1)")
        return "parent"

    def orphan(connection: sqlite3.Connection) -> None:
        connection.execute("INSERT INTO child VALUES (99)")

    good, bad = commit_together(connection, (parent, orphan))
    assert good.value == "parent"
    assert isinstance(bad.error, sqlite3.IntegrityError)
    assert connection.execute("SELECT count(*) FROM parent").fetchone() == (1,)
    assert not connection.in_transaction
    connection.close()

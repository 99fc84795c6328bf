"""Opening: locks, damage, foreign and newer files, and no thread left behind whatever happens."""

from __future__ import annotations

import asyncio
import os
import sqlite3
import stat
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from bot.core.model.change import ChangeRefused
from bot.core.model.fact import Dossier
from bot.core.search.document import SearchDocument
from bot.core.search.plan import Term
from bot.store.sqlite import StoreError, checking, opening
from bot.store.sqlite.connection import WRITER
from bot.store.sqlite.errors import (
    AlreadyRunning,
    DatabaseBusy,
    DatabaseDamaged,
    DatabaseMissing,
    DatabaseTooNew,
    DiskFull,
    FolderNotWritable,
    ForeignDatabase,
    NotWritten,
    ReadOnlyStore,
    SqliteTooOld,
    named,
)
from bot.store.sqlite.files import locked
from tests.builders import a_record, an_import
from tests.store.simple import simple_index
from tests.store.sqlite.conftest import Open


@pytest.fixture(autouse=True)
def _no_thread_left() -> Iterator[None]:
    """A connection that is not closed keeps the process alive for ever."""
    before = set(threading.enumerate())
    yield
    for thread in set(threading.enumerate()) - before:
        if not thread.daemon and not thread.name.startswith("asyncio"):  # the loop's own pool ends with the loop
            thread.join(5)
            assert not thread.is_alive(), thread


def change_file(path: Path, *statements: str) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        for statement in statements:
            connection.execute(statement)


def content(path: Path) -> bytes:
    return path.read_bytes()


async def filled(open_store: Open, facts: int = 200) -> None:
    async with open_store() as store:
        records = [a_record(slug=f"f{number}", text=f"we said {number} " * 20) for number in range(facts)]
        await store.apply(an_import(*records), key="fill", expect={})


async def test_the_file_and_its_folder_are_private(open_store: Open, path: Path) -> None:
    async with open_store() as store:
        await store.claim("discord", "1")
        modes = {item.name: stat.S_IMODE(item.stat().st_mode) for item in path.parent.iterdir()}
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert set(modes.values()) == {0o600}
    assert {"onrecord.db", "onrecord.db-wal"} <= modes.keys()


async def test_what_was_written_is_there_the_next_time(open_store: Open, path: Path) -> None:
    await filled(open_store, 3)
    assert not path.with_name("onrecord.db-wal").exists()  # the writer closed last and tidied up
    async with open_store() as store, store.reading() as reading:
        assert store.position == 1
        assert len((await reading.candidates(Term("said"), limit=9)).rows) == 3


async def test_a_database_whose_log_is_left_over_is_not_replaced_by_a_new_one(open_store: Open, path: Path) -> None:
    """The old log would be played into it."""
    await filled(open_store, 1)
    lose_all_but_the_log(path)
    with pytest.raises(DatabaseDamaged, match="its log is still there"):
        async with open_store():
            pass
    assert [item.name for item in path.parent.glob("onrecord.db*")] == ["onrecord.db-wal"]


async def test_what_a_killed_process_left_half_made_is_cleared_away(open_store: Open, path: Path) -> None:
    await filled(open_store, 1)
    before = {item.name for item in path.parent.iterdir()}
    for name in (".onrecord.db.4711.part", ".onrecord.db.4711.part-journal", ".onrecord.db.schema-1.x.4711.part"):
        path.with_name(name).write_bytes(b"half a database")
    path.with_name(".mine.part").write_bytes(b"not ours")
    async with open_store():
        pass
    assert {item.name for item in path.parent.iterdir()} == before | {".mine.part"}


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can make files for others")
async def test_what_root_makes_belongs_to_whom_the_folder_belongs(open_store: Open, path: Path) -> None:
    """Else the service, which runs as somebody else, could not open its own database afterwards."""
    path.parent.mkdir(mode=0o700)
    os.chown(path.parent, 4711, 4712)
    async with open_store() as store:
        await store.claim("discord", "1")
        await store.back_up(path.parent / "deep" / "backups", keep=1)
        owners = {(item.stat().st_uid, item.stat().st_gid) for item in (path.parent, *path.parent.rglob("*"))}
        assert len(list(path.parent.rglob("*"))) >= 6
    assert owners == {(4711, 4712)}


async def test_a_second_bot_is_told_who_runs(open_store: Open, path: Path) -> None:
    async with open_store():
        with pytest.raises(AlreadyRunning) as error:
            async with open_store():
                pass
    assert (error.value.directory, error.value.process) == (path.parent, os.getpid())
    async with open_store():
        pass  # free again


async def test_reading_only_needs_something_to_read_and_changes_nothing(open_store: Open, path: Path) -> None:
    with pytest.raises(DatabaseMissing):
        async with open_store(read_only=True):
            pass
    assert not path.parent.exists()
    await filled(open_store, 1)
    with locked(path.parent):
        async with open_store(read_only=True) as store:
            with pytest.raises(ReadOnlyStore) as error:
                await store.apply(an_import(), key="a", expect={})
            assert isinstance(error.value, ChangeRefused)
            with pytest.raises(ReadOnlyStore):
                await store.claim("discord", "1")


def damage_header(path: Path) -> None:
    with path.open("r+b") as file:
        file.write(b"not a database, but a letter to a friend")


def damage_middle(path: Path) -> None:
    with path.open("r+b") as file:
        file.seek(path.stat().st_size // 2)
        file.write(os.urandom(20_000))


def truncate(path: Path) -> None:
    with path.open("r+b") as file:
        file.truncate(path.stat().st_size // 3)


def emptied(path: Path) -> None:
    path.write_bytes(b"")


def lose_all_but_the_log(path: Path) -> None:
    path.unlink()
    path.with_name("onrecord.db-wal").write_bytes(b"changes")


def of_another(path: Path) -> None:
    change_file(path, "PRAGMA application_id = 7")


def of_nobody(path: Path) -> None:
    path.unlink()
    change_file(path, "CREATE TABLE recipes (name)")


def newer(path: Path) -> None:
    change_file(path, "PRAGMA user_version = 99")


@pytest.mark.parametrize(
    ("spoil", "error", "read_only"),
    [
        (damage_header, DatabaseDamaged, False),
        (damage_header, DatabaseDamaged, True),
        (damage_middle, DatabaseDamaged, False),
        (truncate, DatabaseDamaged, False),
        (emptied, DatabaseDamaged, False),
        (emptied, DatabaseDamaged, True),
        (of_another, ForeignDatabase, False),
        (of_another, ForeignDatabase, True),
        (of_nobody, ForeignDatabase, False),
        (of_nobody, ForeignDatabase, True),
        (newer, DatabaseTooNew, False),
        (newer, DatabaseTooNew, True),
    ],
)
async def test_a_file_that_is_not_ours_or_not_sound_is_left_as_it_was(
    open_store: Open, path: Path, spoil: Callable[[Path], None], error: type[StoreError], read_only: bool
) -> None:
    await filled(open_store)
    spoil(path)
    before = content(path)
    with pytest.raises(error) as caught:
        async with open_store(read_only=read_only):
            pass
    assert str(path) in str(caught.value)
    assert content(path) == before


async def test_a_log_that_waits_is_not_written_into_a_damaged_file(open_store: Open, path: Path) -> None:
    await filled(open_store)
    log = path.with_name("onrecord.db-wal")
    async with open_store() as store:
        await store.claim("discord", "1")
        kept, shared = content(log), content(path.with_name("onrecord.db-shm"))
    log.write_bytes(kept)
    path.with_name("onrecord.db-shm").write_bytes(shared)
    damage_middle(path)
    before = content(path)
    with pytest.raises(DatabaseDamaged):
        async with open_store():
            pass
    assert content(path) == before
    assert content(log) == kept


async def test_a_large_file_is_checked_beside_the_running_store(
    open_store: Open, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    await filled(open_store)
    monkeypatch.setattr(checking, "AT_START", 0.0)
    async with open_store() as store:
        await store.sound()
    damage_middle(path)
    async with open_store() as store:
        with pytest.raises(DatabaseDamaged):
            await store.sound()
    async with open_store():
        pass  # closing while the check still runs


async def test_a_file_locked_by_another_program_is_waited_for_and_then_named(
    open_store: Open, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    await filled(open_store, 1)
    monkeypatch.setattr(opening, "WRITER", (*WRITER, "PRAGMA busy_timeout = 1"))
    async with open_store() as store:
        with closing(sqlite3.connect(path, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            with pytest.raises(DatabaseBusy):
                await store.claim("discord", "1")
            other.execute("ROLLBACK")
        assert await store.claim("discord", "1")


async def test_a_folder_that_cannot_be_made(tmp_path: Path, open_store: Open) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(FolderNotWritable):
        async with open_store(path=tmp_path / "file" / "onrecord.db"):
            pass


async def test_a_folder_in_the_place_of_the_file(tmp_path: Path, open_store: Open) -> None:
    for read_only, error in ((False, FolderNotWritable), (True, DatabaseMissing)):
        with pytest.raises(error):
            async with open_store(path=tmp_path, read_only=read_only):
                pass


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        (sqlite3.SQLITE_READONLY_DIRECTORY, FolderNotWritable),
        (sqlite3.SQLITE_READONLY, FolderNotWritable),
        (sqlite3.SQLITE_CANTOPEN, FolderNotWritable),
        (sqlite3.SQLITE_CORRUPT, DatabaseDamaged),
        (sqlite3.SQLITE_CORRUPT_VTAB, DatabaseDamaged),
        (sqlite3.SQLITE_NOTADB, DatabaseDamaged),
        (sqlite3.SQLITE_FULL, DiskFull),
        (sqlite3.SQLITE_BUSY_SNAPSHOT, DatabaseBusy),
        (sqlite3.SQLITE_IOERR_FSYNC, NotWritten),
        (sqlite3.SQLITE_CONSTRAINT, type(None)),
        (sqlite3.SQLITE_ERROR, type(None)),
    ],
)
def test_what_sqlite_reports_has_a_name(code: int, expected: type) -> None:
    """A read-only folder stops no root user, so this is where it is tested."""
    error = sqlite3.OperationalError("the library's words")
    error.sqlite_errorcode = code
    assert type(named(error, Path("x.db"))) is expected


async def test_an_old_library_is_named(open_store: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlite3, "sqlite_version_info", (3, 31, 1))
    with pytest.raises(SqliteTooOld):
        async with open_store():
            pass


async def test_another_analysis_makes_the_index_anew(open_store: Open) -> None:
    def shouting(dossier: Dossier) -> SearchDocument:
        document = simple_index(dossier)
        return SearchDocument(
            fact=document.fact,
            terms=tuple(term.upper() for term in document.terms),
            length=document.length,
            facets=document.facets,
        )

    async with open_store(analysis="1") as store:
        await store.apply(an_import(), key="a", expect={})
    async with open_store(analysis="1", index=shouting) as store, store.reading() as reading:
        assert (await reading.frequencies(["trees"])).of == {"trees": 1}
    async with open_store(analysis="2", index=shouting) as store:
        async with store.reading() as reading:
            (row,) = (await reading.candidates(Term("TREES"), limit=5)).rows
            assert "TREES" in row.document.terms
        assert await store.check() == ()


async def test_a_failure_while_the_index_is_made_leaves_nothing(open_store: Open) -> None:
    def broken(dossier: Dossier) -> SearchDocument:
        raise RuntimeError("no stems today")

    async with open_store() as store:
        await store.apply(an_import(), key="a", expect={})
    with pytest.raises(RuntimeError, match="no stems"):
        async with open_store(analysis="2", index=broken):
            pass
    async with open_store() as store, store.reading() as reading:
        assert (await reading.frequencies(["trees"])).of == {"trees": 1}


async def test_opening_may_be_cancelled_at_every_step(open_store: Open) -> None:
    """However far it has come, everything is closed again and the lock is free."""

    async def come_up(up: asyncio.Event) -> None:
        async with open_store():
            up.set()
            await asyncio.Event().wait()

    for steps in range(200):
        up = asyncio.Event()
        task = asyncio.create_task(come_up(up))
        for _ in range(steps):
            await asyncio.sleep(0.0002 if steps % 2 else 0)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        if up.is_set() and steps > 20:
            break
    async with open_store() as store:
        assert await store.check() == ()


async def test_an_error_in_the_block_closes_the_store(open_store: Open) -> None:
    async def break_off() -> None:
        async with open_store() as store:
            await store.claim("discord", "1")
            raise RuntimeError("mine")

    with pytest.raises(RuntimeError, match="mine"):
        await break_off()
    async with open_store() as store:
        assert not await store.claim("discord", "1")


async def test_a_reading_that_is_still_open_does_not_keep_the_store_from_closing(
    open_store: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opening, "LEASES_END", 0.01)
    forgotten = None
    async with open_store() as store:
        forgotten = store.reading()
        await (await forgotten.__aenter__()).listed(limit=1)
    with pytest.raises(ValueError, match="closed"):
        await forgotten.__aexit__(None, None, None)


def test_a_process_whose_start_fails_ends(tmp_path: Path) -> None:
    """Not only the threads we can see: the interpreter itself must come to an end."""
    (tmp_path / "onrecord.db").write_bytes(b"nothing like a database" * 100)
    program = f"""
import asyncio, pathlib
from bot.store.sqlite import opened
from tests.builders import CountingIds, StoppedClock
from tests.store.simple import simple_index
async def main():
    path = pathlib.Path({str(tmp_path / "onrecord.db")!r})
    async with opened(path, index=simple_index, clock=StoppedClock(), ids=CountingIds()):
        pass
asyncio.run(main())
"""
    command = [sys.executable, "-c", program]
    done = subprocess.run(command, cwd=Path(__file__).parents[3], capture_output=True, timeout=30, check=False)
    assert b"DatabaseDamaged" in done.stderr
    assert done.returncode == 1

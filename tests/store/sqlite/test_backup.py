"""Backups are proved to be copies, and restoring keeps what was there."""

from __future__ import annotations

import os
import sqlite3
import stat
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.core.model.change import Tell
from bot.core.model.desk import Notice, NoticeKind
from bot.core.model.mail import Place
from bot.store.sqlite import StoreError, backup
from bot.store.sqlite.audit import Head
from bot.store.sqlite.backup import back_up, newest_backup, restore, verify
from bot.store.sqlite.checking import examine
from bot.store.sqlite.errors import AlreadyRunning, BackupFailed, DatabaseDamaged, DatabaseMissing, ForeignDatabase
from bot.store.sqlite.files import kept_private
from bot.store.sqlite.schema import steps
from tests.builders import NOON, StoppedClock, a_record, an_import
from tests.store.sqlite.conftest import Open

INSERT_DELIVERY = """
    INSERT INTO delivery (platform, place, message, locale, install, visibility, at)
    VALUES ('console', 'here', 'm1', 'en', 'member', 'public', '2026-01-01T00:00:00.000000+00:00')
"""


@pytest.fixture
def backups(tmp_path: Path) -> Path:
    return tmp_path / "backups"


async def fill(open_store: Open, *slugs: str) -> None:
    async with open_store() as store:
        for slug in slugs:
            await store.apply(an_import(a_record(slug=slug, text=f"we said {slug}")), key=slug, expect={})


async def slugs(open_store: Open) -> list[str]:
    async with open_store() as store, store.reading() as reading:
        assert await store.check() == ()
        return [fact.slug for fact in (await reading.records()).facts]


def waiting(key: str, **changes: Any) -> Notice:
    """Something to post."""
    place = Place(platform="discord", id=key)
    return Notice(
        kind=NoticeKind.DAY, place=place, key=key, data={"day": "2026-11-23", "seq": "1", "hash": "ab"}, **changes
    )


def damage(path: Path) -> None:
    with path.open("r+b") as file:
        file.seek(path.stat().st_size // 2)
        file.write(os.urandom(20_000))


def replace_by_noise(path: Path) -> None:
    path.write_bytes(b"nothing like a database")
    path.with_name("onrecord.db-wal").write_bytes(b"nor a log")


def owner_and_mode(path: Path) -> tuple[int, int, int]:
    found = path.stat()
    return found.st_uid, found.st_gid, stat.S_IMODE(found.st_mode)


def contents(folder: Path) -> dict[str, bytes]:
    return {item.name: item.read_bytes() for item in folder.iterdir()}


async def test_a_backup_is_made_beside_the_running_bot(open_store: Open, backups: Path) -> None:
    async with open_store() as store:
        await store.apply(an_import(), key="a", expect={})
        made = await store.back_up(backups, keep=3)

    assert made.path.name == "onrecord-20261123T120000Z.db"
    assert stat.S_IMODE(made.path.stat().st_mode) == 0o600
    assert (verify(made.path).facts, verify(made.path).head.seq) == (1, 5)
    assert set(contents(backups)) == {made.path.name}  # no log beside it, no half-made copy


async def test_only_the_newest_are_kept(open_store: Open, backups: Path, clock: StoppedClock, path: Path) -> None:
    await fill(open_store, "one")
    for _ in range(4):
        clock.time += timedelta(days=1)
        back_up(path, backups, keep=2, now=clock.now())
    (backups / "letters.txt").write_text("not ours")

    assert set(contents(backups)) == {"onrecord-20261126T120000Z.db", "onrecord-20261127T120000Z.db", "letters.txt"}
    newest = newest_backup(backups, clock.now() + timedelta(hours=6))
    assert newest == (backups / "onrecord-20261127T120000Z.db", timedelta(hours=6))
    assert newest_backup(backups / "nowhere", clock.now()) is None


async def test_a_damaged_database_makes_no_backup_and_costs_none(open_store: Open, backups: Path, path: Path) -> None:
    await fill(open_store, *(f"f{number}" for number in range(20)))
    back_up(path, backups, keep=1, now=NOON)
    before = contents(backups)
    damage(path)
    with pytest.raises(DatabaseDamaged):
        back_up(path, backups, keep=1, now=NOON + timedelta(days=1))
    assert contents(backups) == before


async def test_a_copy_that_differs_gets_no_name(
    open_store: Open, backups: Path, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    await fill(open_store, "one", "two")
    lost = backup._State(head=Head(seq=99, hash=""), counts={"fact": 99})
    real, calls = backup._state, []

    def first_wrong(connection: sqlite3.Connection) -> object:
        calls.append(1)
        return lost if len(calls) == 1 else real(connection)

    monkeypatch.setattr(backup, "_state", first_wrong)
    with pytest.raises(BackupFailed, match="rows of fact"):
        back_up(path, backups, keep=1, now=NOON)
    assert contents(backups) == {}


async def test_deliveries_that_are_forgotten_meanwhile_do_not_spoil_a_copy(
    open_store: Open, backups: Path, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    await fill(open_store, "one")
    real = backup._state
    statements = iter((INSERT_DELIVERY, "DELETE FROM delivery"))

    def forgotten_meanwhile(connection: sqlite3.Connection) -> object:
        with closing(sqlite3.connect(path, isolation_level=None)) as other:
            other.execute(next(statements, "SELECT 1"))
            state = real(connection)
            other.execute(next(statements, "SELECT 1"))
        return state

    monkeypatch.setattr(backup, "_state", forgotten_meanwhile)
    assert verify(back_up(path, backups, keep=1, now=NOON).path).facts == 1


async def test_restoring_brings_the_old_state_back_and_keeps_the_new(
    open_store: Open, backups: Path, path: Path
) -> None:
    await fill(open_store, "one")
    made = back_up(path, backups, keep=1, now=NOON)
    await fill(open_store, "two")

    kept = restore(made.path, path.parent, now=NOON)
    assert await slugs(open_store) == ["one"]
    assert kept is not None
    assert kept.name == "onrecord.db.before-20261123T120000Z"
    assert verify(kept).facts == 2

    restore(kept, path.parent, now=NOON + timedelta(seconds=1))
    assert await slugs(open_store) == ["one", "two"]


async def test_what_waited_in_a_backup_may_have_been_posted_since(open_store: Open, backups: Path, path: Path) -> None:
    later = NOON + timedelta(days=1)
    async with open_store() as store:
        await store.apply(Tell(notices=(waiting("now"), waiting("later", not_before=later))), key="tell", expect={})
    made = back_up(path, backups, keep=1, now=NOON)

    restore(made.path, path.parent, now=NOON + timedelta(hours=1))

    with closing(sqlite3.connect(path)) as connection:
        found = dict(connection.execute("SELECT key, unsure_since FROM outbox").fetchall())
    assert found == {"now": "2026-11-23T12:00:00.000000+00:00", "later": None}


async def test_restoring_over_a_crashed_bot_leaves_no_log_to_be_played_in(
    open_store: Open, backups: Path, path: Path
) -> None:
    await fill(open_store, "one")
    made = back_up(path, backups, keep=1, now=NOON)
    async with open_store() as store:
        await store.apply(an_import(a_record(slug="two")), key="two", expect={})
        crashed = contents(path.parent)
    for name, data in crashed.items():
        (path.parent / name).write_bytes(data)
    assert crashed["onrecord.db-wal"]

    kept = restore(made.path, path.parent, now=NOON)
    assert not path.with_name("onrecord.db-wal").exists()
    assert await slugs(open_store) == ["one"]
    assert kept is not None
    assert verify(kept).facts == 2  # what stood in the log only is kept too


async def test_restoring_over_a_damaged_database_keeps_it_byte_by_byte(
    open_store: Open, backups: Path, path: Path
) -> None:
    await fill(open_store, "one")
    made = back_up(path, backups, keep=1, now=NOON)
    replace_by_noise(path)

    kept = restore(made.path, path.parent, now=NOON)
    assert kept is not None
    assert kept.read_bytes() == b"nothing like a database"
    assert kept.with_name(f"{kept.name}-wal").read_bytes() == b"nor a log"
    assert await slugs(open_store) == ["one"]


async def test_restoring_into_an_empty_folder(open_store: Open, backups: Path, path: Path, tmp_path: Path) -> None:
    await fill(open_store, "one")
    made = back_up(path, backups, keep=1, now=NOON)
    assert restore(made.path, tmp_path / "new", now=NOON) is None
    assert examine(tmp_path / "new" / "onrecord.db", thorough=True).facts == 1


async def test_a_folder_or_the_database_itself_is_no_backup(open_store: Open, backups: Path, path: Path) -> None:
    await fill(open_store, "one")
    back_up(path, backups, keep=1, now=NOON)
    before = contents(path.parent)
    with pytest.raises(BackupFailed, match="a folder"):
        restore(backups, path.parent, now=NOON)
    (backups / "link.db").symlink_to(path)
    for same in (path, backups / "link.db"):
        with pytest.raises(BackupFailed, match="the database itself"):
            restore(same, path.parent, now=NOON)
    assert contents(path.parent) == before


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can make files for others")
async def test_restoring_as_root_leaves_owner_and_mode_as_they_were(
    open_store: Open, backups: Path, path: Path
) -> None:
    await fill(open_store, "one")
    made = back_up(path, backups, keep=1, now=NOON)
    os.chown(path.parent, 4711, 4712)
    os.chown(path, 4713, 4714)
    os.chmod(path, 0o640)  # noqa: PTH101 -- as the lines above

    kept = restore(made.path, path.parent, now=NOON)
    assert kept is not None
    assert owner_and_mode(path) == owner_and_mode(kept) == (4713, 4714, 0o640)

    os.remove(path)  # noqa: PTH107 -- as above
    restore(made.path, path.parent, now=NOON)
    assert owner_and_mode(path) == (4711, 4712, 0o600)


async def test_what_a_killed_backup_left_is_cleared_away_and_one_that_runs_is_not(
    open_store: Open, backups: Path, path: Path
) -> None:
    await fill(open_store, "one")
    back_up(path, backups, keep=1, now=NOON)
    before = set(contents(backups))
    for name in (".onrecord-20261122T033000Z.db.4711.part", ".onrecord-20261122T033000Z.db.4711.part-journal"):
        (backups / name).write_bytes(b"half a copy")
    (backups / ".mine.part").write_bytes(b"not ours")
    runs = backups / ".onrecord-20261123T110000Z.db.4712.part"
    with kept_private(runs):
        back_up(path, backups, keep=1, now=NOON)
        assert set(contents(backups)) == before | {".mine.part", runs.name}
    back_up(path, backups, keep=1, now=NOON)
    assert set(contents(backups)) == before | {".mine.part"}


async def test_nothing_is_restored_while_the_bot_runs(open_store: Open, backups: Path, path: Path) -> None:
    async with open_store() as store:
        made = await store.back_up(backups, keep=1)
        with pytest.raises(AlreadyRunning):
            restore(made.path, path.parent, now=NOON)
        assert await store.claim("discord", "1")


@pytest.mark.parametrize("spoiled", ["empty", "damaged", "foreign", "missing", "tampered"])
async def test_a_backup_that_is_not_sound_is_not_restored(
    open_store: Open, backups: Path, path: Path, spoiled: str
) -> None:
    await fill(open_store, "one")
    made = back_up(path, backups, keep=1, now=NOON).path
    match spoiled:
        case "empty":
            made.write_bytes(b"")
        case "damaged":
            made.write_bytes(made.read_bytes()[:50_000] + os.urandom(20_000))
        case "foreign":
            made.unlink()
            with closing(sqlite3.connect(made)) as connection:
                connection.execute("CREATE TABLE recipes (name)")
        case "missing":
            made.unlink()
        case "tampered":
            with closing(sqlite3.connect(made, isolation_level=None)) as connection:
                connection.execute("DROP TRIGGER revision_kept_update")
                connection.execute("UPDATE revision SET data = replace(data, 'said', 'lied')")
    before = contents(path.parent)
    with pytest.raises(StoreError) as error:
        restore(made, path.parent, now=NOON)
    assert isinstance(error.value, (DatabaseDamaged, ForeignDatabase, DatabaseMissing))
    assert contents(path.parent) == before


async def test_examining_says_what_is_there_and_changes_nothing(open_store: Open, path: Path) -> None:
    await fill(open_store, "one", "two")
    before = contents(path.parent)
    found = examine(path)
    assert (found.schema, found.facts, found.published, found.position) == (len(steps()), 2, 2, 2)
    assert found.bytes > 0
    assert contents(path.parent)["onrecord.db"] == before["onrecord.db"]

"""The power fails at any moment: what was acknowledged stays, nothing is half written, the file stays sound."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import apsw

from bot.core.model.change import Applied, FactRecord
from bot.store.sqlite import filing, mail, schema
from bot.store.sqlite.checking import found_faults, reading
from bot.store.sqlite.connection import WRITER, set_up
from bot.store.sqlite.errors import StoreError
from bot.store.sqlite.writer import Work, commit_together
from tests.builders import NOON, CountingIds, a_record, an_import
from tests.store.simple import simple_index
from tests.store.sqlite.power import ApswConnection, Disk, LoggingVFS

CUTS = 1000
COMMITS = 40
TOGETHER = 2  # changes in each commit


@dataclass(frozen=True, slots=True)
class Run:
    """What was written, and from which point of the log on it counts as acknowledged."""

    disk: Disk
    acknowledged: Mapping[tuple[str, int], int]
    ready: int  # point of the log at which the schema was there


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a cut came to."""

    lost: int
    unsound: str | None


def write(path: Path, pragmas: tuple[str, ...]) -> Run:
    """Work as the store does: its pragmas, its migrations, its transaction, its changes."""
    disk = Disk()
    vfs = LoggingVFS(disk, f"power-{id(disk)}")
    dressed = ApswConnection(path, f"power-{id(disk)}")
    connection = dressed.dressed()
    acknowledged: dict[tuple[str, int], int] = {}
    try:
        connection.execute("PRAGMA locking_mode = EXCLUSIVE")  # no shared memory, which apsw cannot log
        set_up(connection, pragmas)
        connection.execute("PRAGMA wal_autocheckpoint = 40")  # pages: many checkpoints in a short run
        schema.migrate(connection, path, directory=schema.MIGRATIONS, before=lambda *_: None)
        ready = len(disk.log)
        for number in range(COMMITS):
            slugs = [f"f{number}-{part}" for part in range(TOGETHER)]
            records = [a_record(slug=slug, text=f"We said {slug}") for slug in slugs]
            if number % 5 == 4:
                records[0] = a_record(slug=f"f{number - 1}-0", text=f"We said it again in {number}")
            works: list[Work[Any]] = [partial(change, record=record) for record in records]
            works.append(partial(mail.claim, platform="discord", event=str(number), now=NOON))
            for outcome in commit_together(connection, works):
                assert outcome.error is None
                if isinstance(outcome.value, Applied):
                    for slug in outcome.value.created:
                        acknowledged[slug, 1] = len(disk.log)
                    for slug in outcome.value.revised:
                        acknowledged[slug, 2] = len(disk.log)
        return Run(disk, acknowledged, ready)
    finally:
        dressed.apsw.close()
        vfs.unregister()


def change(connection: object, *, record: FactRecord) -> Applied:
    key = f"{record.slug} {record.revision.text}"
    return filing.apply(
        connection,  # type: ignore[arg-type]  # apsw in the dress of sqlite3
        an_import(record),
        key=key,
        expect={},
        tools=filing.Tools(now=NOON, index=simple_index, ids=CountingIds()),
    )


def cut(run: Run, at: int, folder: Path, chance: random.Random) -> Verdict:
    """Build the files as a cut leaves them, and open them with plain SQLite."""
    for old in folder.iterdir():
        old.unlink()
    for name, content in run.disk.after_cut(at, chance).items():
        (folder / name).write_bytes(content)
    expected = {fact for fact, point in run.acknowledged.items() if point <= at}
    path = folder / "onrecord.db"
    try:
        with reading(path) as connection:
            if schema.recognise(connection, path, known=len(schema.steps())) < len(schema.steps()):
                return Verdict(lost=len(expected), unsound="no schema" if at >= run.ready else None)
            faults = found_faults(connection)
            rows = connection.execute("SELECT slug, revision FROM fact").fetchall()
    except StoreError as error:
        return Verdict(lost=0, unsound=str(error) if at >= run.ready else None)
    present = {(slug, number) for slug, newest in rows for number in range(1, newest + 1)}
    return Verdict(lost=len(expected - present), unsound="; ".join(faults) or None)


def verdicts(tmp_path: Path, pragmas: tuple[str, ...], cuts: int, seed: int) -> list[Verdict]:
    chance = random.Random(seed)
    run = write(tmp_path / "onrecord.db", pragmas)
    folder = tmp_path / "cut"
    folder.mkdir()
    return [cut(run, chance.randrange(run.ready // 2, len(run.disk.log) + 1), folder, chance) for _ in range(cuts)]


def test_a_power_cut_takes_nothing_back(tmp_path: Path) -> None:
    found = verdicts(tmp_path, WRITER, CUTS, seed=1)

    assert [verdict for verdict in found if verdict.unsound] == []
    assert sum(verdict.lost for verdict in found) == 0


def test_the_simulator_sees_what_less_care_loses(tmp_path: Path) -> None:
    found = verdicts(tmp_path, carelessly("NORMAL"), 60, seed=2)

    assert sum(verdict.lost for verdict in found) > 0


def test_the_simulator_sees_what_no_care_breaks(tmp_path: Path) -> None:
    found = verdicts(tmp_path, carelessly("OFF"), 60, seed=3)

    assert any(verdict.unsound for verdict in found)


def carelessly(synchronous: str) -> tuple[str, ...]:
    assert "PRAGMA synchronous = FULL" in WRITER
    return tuple(pragma.replace("synchronous = FULL", f"synchronous = {synchronous}") for pragma in WRITER)


def test_apsw_is_the_sqlite_that_was_asked() -> None:
    """The simulator proves pragmas and transactions on the SQLite that apsw carries."""
    assert tuple(map(int, apsw.sqlite_lib_version().split("."))) >= schema.NEEDED

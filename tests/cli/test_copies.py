"""Backups that come back, and a damaged database that is left as it is."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.cli.onrecord import OnRecord


def copies(machine: OnRecord) -> list[Path]:
    return sorted((machine.data / "backups").glob("*.db"))


def test_a_backup_brings_back_what_was(stocked: OnRecord) -> None:
    made = stocked("backup")
    (copy,) = copies(stocked)
    assert made.code == 0
    assert f"{copy}: " in made.out
    assert "verified" in made.out
    stocked.damage()

    done = stocked("restore", copy)
    assert (done.code, done.err) == (0, "")
    assert "15 facts" in done.out
    kept = re.search(r"kept: (\S+)", done.out)
    assert kept
    assert Path(kept[1]).exists()
    assert stocked("fact", "dprk ammunition").code == 0


def test_a_backup_goes_where_it_is_told_to(stocked: OnRecord) -> None:
    assert stocked("backup", "elsewhere").code == 0
    assert list((stocked.home / "elsewhere").glob("*.db"))
    assert copies(stocked) == []


def test_without_a_database_there_is_no_backup(onrecord: OnRecord) -> None:
    done = onrecord("backup")

    assert done.code == 66
    assert "does not exist" in done.err
    assert copies(onrecord) == []


@pytest.mark.parametrize("content", [b"", b"no database", b"SQLite format 3\0" + b"x" * 5000])
def test_what_is_no_backup_is_not_put_in_place(stocked: OnRecord, content: bytes) -> None:
    (stocked.home / "wrong.db").write_bytes(content)
    done = stocked("restore", "wrong.db")

    assert done.code in (65, 78)
    assert "wrong.db" in done.err
    assert "not touched" in done.err
    assert stocked("fact", "dprk ammunition").code == 0


def test_a_backup_that_is_missing_is_told(stocked: OnRecord) -> None:
    assert stocked("restore", "gone.db").code == 66


def test_a_folder_is_no_backup_and_the_newest_one_in_it_is_named(stocked: OnRecord) -> None:
    stocked("backup")
    (copy,) = copies(stocked)
    done = stocked("restore", copy.parent)

    assert done.code == 66
    assert f"{copy.parent} is a folder" in done.err
    assert str(copy) in done.err


def test_the_database_is_not_restored_onto_itself(stocked: OnRecord) -> None:
    done = stocked("restore", stocked.data / "onrecord.db")

    assert done.code == 73
    assert "is the database itself" in done.err
    assert not list(stocked.data.glob("*.before-*"))


@pytest.mark.parametrize("command", [("fact", "trees"), ("lookup", "--jsonl"), ("import", "nothing"), ("backup",)])
def test_a_database_that_is_gone_is_not_replaced_where_backups_are(stocked: OnRecord, command: tuple[str, ...]) -> None:
    copy = aged(stocked, 6.2)
    (stocked.data / "onrecord.db").unlink()

    done = stocked(*command)
    assert done.code == 78
    assert f"onrecord restore {copy} (loses 6 h)" in done.err
    assert f"move {copy.parent} away" in done.err
    assert not (stocked.data / "onrecord.db").exists()
    assert f"onrecord restore {copy}" in stocked("check").out


@pytest.mark.parametrize("command", [("fact", "trees"), ("lookup", "--jsonl"), ("backup",), ("import", "nothing")])
def test_an_empty_file_is_a_damaged_database(stocked: OnRecord, command: tuple[str, ...]) -> None:
    copy = aged(stocked, 6.2)
    (stocked.data / "onrecord.db").write_bytes(b"")

    done = stocked(*command)
    assert done.code == 78
    assert done.err == f"onrecord: Database damaged, untouched. Run: onrecord restore {copy} (loses 6 h)\n"
    assert (stocked.data / "onrecord.db").read_bytes() == b""


def test_where_a_configuration_is_no_examples_take_the_place_of_a_missing_database(onrecord: OnRecord) -> None:
    onrecord.config("editors: 1\n")
    done = onrecord("fact", "dprk ammunition")

    assert done.code == 66
    assert "does not exist" in done.err
    assert "onrecord init" in done.err
    assert not (onrecord.data / "onrecord.db").exists()


def test_a_backup_that_cannot_be_written_is_no_fault_of_the_configuration(stocked: OnRecord) -> None:
    done = stocked("backup", "/proc/nope")

    assert done.code == 73
    assert "/proc/nope" in done.err


def aged(machine: OnRecord, hours: float) -> Path:
    """The only backup, as if it had been made some hours ago: its name tells when."""
    machine("backup")
    (copy,) = copies(machine)
    then = datetime.now(UTC) - timedelta(hours=hours)
    return copy.rename(copy.with_name(f"onrecord-{then:%Y%m%dT%H%M%SZ}.db"))


@pytest.mark.parametrize("command", [("fact", "dprk ammunition"), ("console",), ("backup",), ("audit", "verify")])
def test_a_damaged_database_is_left_alone_and_the_way_back_is_told(stocked: OnRecord, command: tuple[str, ...]) -> None:
    copy = aged(stocked, 6.2)
    stocked.damage()
    before = (stocked.data / "onrecord.db").read_bytes()

    done = stocked(*command)
    assert done.code == 78
    assert done.err == f"onrecord: Database damaged, untouched. Run: onrecord restore {copy} (loses 6 h)\n"
    assert (stocked.data / "onrecord.db").read_bytes() == before


def test_without_a_backup_that_is_said(stocked: OnRecord) -> None:
    stocked.damage()
    done = stocked("fact", "dprk")

    assert done.code == 78
    assert f"no backup in {stocked.data / 'backups'}" in done.err


def test_the_audit_of_a_sound_database_is_unbroken(stocked: OnRecord) -> None:
    done = stocked("audit", "verify")

    assert done.code == 0
    assert "none altered or missing" in done.out


def test_a_head_that_was_kept_elsewhere_shows_a_history_that_was_written_anew(stocked: OnRecord) -> None:
    head = stocked("audit", "verify").out.split("Head: ")[1].split()[0]
    seq, _, digest = head.partition(":")
    done = stocked("audit", "verify", "--head", head)
    assert (done.code, "nothing up to it was altered" in done.out) == (0, True)

    done = stocked("audit", "verify", "--head", f"{seq}:{digest[::-1]}")
    assert (done.code, "written anew" in done.err) == (78, True)
    done = stocked("audit", "verify", "--head", f"{int(seq) + 1}:{digest}")
    assert (done.code, "cut off" in done.err) == (78, True)
    assert stocked("audit", "verify", "--head", "12").code == 2


def altered(machine: OnRecord, *statements: str) -> None:
    """Changed past the program, its guards removed."""
    with closing(sqlite3.connect(machine.data / "onrecord.db")) as connection:
        connection.execute("DROP TRIGGER revision_kept_update")
        for statement in statements:
            connection.execute(statement)
        connection.commit()


@pytest.mark.parametrize(
    ("statement", "hint"),
    [
        ("UPDATE actor SET name = 'Mallory'", "the name of whoever made audit row"),
        ("UPDATE fact SET workflow = 'pending' WHERE number = 1", "not in the state"),
        ("UPDATE revision SET data = replace(data, '3.5', '9.5')", "is not the one that was written"),
    ],
)
def test_the_audit_tells_what_was_altered(stocked: OnRecord, statement: str, hint: str) -> None:
    stocked("backup")
    altered(stocked, statement)
    done = stocked("audit", "verify")

    assert done.code == 78
    assert hint in done.out


def test_a_name_that_was_erased_is_told(stocked: OnRecord) -> None:
    altered(stocked, "UPDATE actor SET name = '', salt = NULL")
    done = stocked("audit", "verify")

    assert done.code == 0
    assert "Erased, and so no longer compared: 1 names, 0 free texts" in done.out


def test_words_that_were_altered_are_shown_to_nobody(stocked: OnRecord) -> None:
    altered(stocked, "UPDATE revision SET data = replace(data, '3.5 million', '9.5 million')")
    done = stocked("fact", "#1")

    assert done.code == 78
    assert "9.5" not in done.out
    assert "is not the one that was written" in done.err


def test_a_foreign_database_is_left_alone(onrecord: OnRecord) -> None:
    onrecord.data.mkdir(mode=0o700)
    with sqlite3.connect(onrecord.data / "onrecord.db") as connection:
        connection.execute("CREATE TABLE theirs (a)")
    connection.close()

    done = onrecord("fact", "dprk")
    assert done.code == 78
    assert "another program" in done.err

"""`onrecord import` and `export`: nothing half imported, everything out again."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.cli.onrecord import ROOT, OnRecord

FACTS = ROOT / "facts"


@pytest.fixture
def facts(tmp_path: Path) -> Path:
    """A copy of the bundled facts that a test may break."""
    return shutil.copytree(FACTS, tmp_path / "facts")


def test_import_publishes_nothing_by_itself(onrecord: OnRecord) -> None:
    done = onrecord("import", FACTS)

    assert done.code == 0
    assert "0 published" in done.out
    assert "--publish-as NAME" in done.out
    assert onrecord("fact", "dprk ammunition").code == 1


def test_import_publishes_for_somebody_who_is_named_in_the_answers(onrecord: OnRecord) -> None:
    assert onrecord("import", FACTS, "--publish-as", "Ada Muster").code == 0

    done = onrecord("fact", "dprk ammunition")
    assert done.code == 0
    assert "Imported from files by Ada Muster" in done.out
    again = onrecord("import", FACTS, "--publish-as", "Ada Muster")
    assert again.code == 0
    assert "0 new, 0 revised" in again.out


def test_a_wrong_file_is_named_with_its_line_and_nothing_is_imported(onrecord: OnRecord, facts: Path) -> None:
    (facts / "wrong.yaml").write_text("schema: 1\nfcats: []\n", encoding="utf-8")
    done = onrecord("import", facts, "--publish-as", "Ada Muster")

    assert done.code == 65
    assert f"{facts / 'wrong.yaml'}:2: " in done.err
    assert "did you mean 'facts'" in done.err
    assert "nothing was imported" in done.err
    assert "Traceback" not in done.err
    onrecord("export", "out")
    assert not list((onrecord.home / "out").rglob("*.yaml"))


def test_a_disk_that_takes_no_more_is_no_fault_of_the_files(onrecord: OnRecord) -> None:
    """A limit on the size of files stands in for the disk."""
    onrecord("import", "nothing")  # makes the database
    limited = ["sh", "-c", 'ulimit -f 100; exec "$@"', "sh", *onrecord.line("import", FACTS)]
    ended = subprocess.run(
        limited, capture_output=True, env=onrecord.variables, cwd=onrecord.home, check=False, timeout=60
    )

    assert ended.returncode == 73, ended.stderr
    assert b"took no change" in ended.stderr


def test_a_path_that_is_missing_is_told(onrecord: OnRecord) -> None:
    done = onrecord("import", "nowhere")

    assert done.code == 65
    assert "nowhere" in done.err


def test_check_reads_no_configuration_and_makes_no_database(onrecord: OnRecord) -> None:
    onrecord.config("language: 7\n")
    done = onrecord("import", "--check", FACTS)

    assert (done.code, done.out) == (0, "")
    assert not onrecord.data.exists()


def test_check_tells_what_is_not_canonical_and_write_mends_it(onrecord: OnRecord, facts: Path) -> None:
    path = facts / "topics.yaml"
    canonical = path.read_bytes()
    path.write_bytes(b"# a comment\n" + canonical)

    told = onrecord("import", "--check", facts)
    assert told.code == 0, "written by hand is fine"
    assert "topics.yaml:1: warning: not in canonical form" in told.err
    assert onrecord("import", "--check", "--write", facts).code == 0
    assert "canonical" not in onrecord("import", "--check", facts).err
    assert path.read_bytes() == canonical
    assert onrecord("import", "--write", facts).code == 2


def test_write_takes_the_place_of_what_was_written_by_hand(onrecord: OnRecord, facts: Path) -> None:
    path = next(facts.glob("20*/*.yaml"))
    canonical = path.read_bytes()
    by_hand = path.rename(facts / "by-hand.yaml")

    assert onrecord("import", "--check", "--write", facts).code == 0
    assert path.read_bytes() == canonical
    assert not by_hand.exists()


def test_what_was_exported_imports_and_exports_the_same(stocked: OnRecord, tmp_path: Path) -> None:
    assert stocked("export", tmp_path / "one").code == 0
    stocked.environment["ONRECORD_DATA_DIR"] = str(tmp_path / "other")
    name = "the On the Record project (example facts)"
    assert stocked("import", tmp_path / "one", "--publish-as", name).code == 0
    assert stocked("export", tmp_path / "two").code == 0

    def files(folder: str) -> dict[str, bytes]:
        root = tmp_path / folder
        return {str(path.relative_to(root)): path.read_bytes() for path in root.rglob("*") if path.is_file()}

    assert files("one") == files("two")
    assert files("one")


def test_export_without_a_database_says_so(onrecord: OnRecord) -> None:
    done = onrecord("export", "out")

    assert done.code == 66
    assert "does not exist" in done.err
    assert not (onrecord.home / "out").exists()


def test_export_into_a_file_is_refused(stocked: OnRecord) -> None:
    (stocked.home / "out").write_text("mine", encoding="utf-8")
    done = stocked("export", "out")

    assert done.code == 73
    assert (stocked.home / "out").read_text(encoding="utf-8") == "mine"


def test_the_feed_is_written_once_and_left_alone(stocked: OnRecord) -> None:
    folder = stocked.home / "web"
    done = stocked("feed", folder, "--limit", "5", "--url", "https://example.org/record/")

    assert (done.code, done.err) == (0, "")
    assert done.out.strip() == f"{folder / 'feed.xml'}: written"
    feed = (folder / "feed.xml").read_text(encoding="utf-8")
    assert feed.count("<entry>") == 5
    assert "<id>https://example.org/record/feed.xml</id>" in feed
    assert "New on record: #15" in feed
    assert stocked("feed", folder, "--limit", "5", "--url", "https://example.org/record").out.endswith("unchanged\n")
    stocked("desk", "15", "withdraw", "misquoted", "she", "said", "4")
    stocked("feed", folder)
    feed = (folder / "feed.xml").read_text(encoding="utf-8")
    assert "misquoted; she said 4" in feed
    assert "Please remove copies" in feed
    entries = [entry for entry in feed.split("<entry>") if "#15" in entry]
    assert len(entries) == 2
    assert len({re.findall("<updated>(.*)</updated>", entry)[0] for entry in entries}) == 1  # readers fetch both anew
    assert len({re.findall("<published>(.*)</published>", entry)[0] for entry in entries}) == 2
    (stocked.home / "file").write_text("", encoding="utf-8")
    assert stocked("feed", stocked.home / "file").code == 73

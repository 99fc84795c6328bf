"""An export touches what changes, removes only what it wrote itself, and never writes through a link."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from bot.core.model.change import Records
from bot.interchange.export import Exported, ExportRefused, check_canonical, export, rewrite
from bot.interchange.layout import in_order
from bot.interchange.loading import load
from tests import strategies
from tests.builders import a_record, a_source, some_records
from tests.interchange.test_loading import SMALLEST

OWN = "2026/gazette-2026-05-02.yaml"


def names(paths: tuple[object, ...]) -> list[str]:
    return [str(path) for path in paths]


def below(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(strategies.records)
def test_what_is_exported_is_loaded_as_it_was_and_exported_as_it_was(
    tmp_path_factory: pytest.TempPathFactory, records: Records
) -> None:
    first, second = tmp_path_factory.mktemp("first"), tmp_path_factory.mktemp("second")
    export(records, first)

    loaded = load([first])
    export(loaded.records, second)

    assert loaded.notices == ()
    assert in_order(loaded.records) == in_order(records)
    assert below(first) == below(second)
    assert check_canonical(first) == ()


def test_only_files_that_change_are_written(tmp_path: Path) -> None:
    export(some_records(), tmp_path)
    before = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*.yaml")}

    done = export(some_records(a_record(label="Another label")), tmp_path)

    assert names(done.written) == [OWN]
    assert names(done.unchanged) == ["entities.yaml", "topics.yaml"]
    assert before[tmp_path / "topics.yaml"] == (tmp_path / "topics.yaml").stat().st_mtime_ns
    assert export(some_records(a_record(label="Another label")), tmp_path).written == ()


def test_a_file_of_an_earlier_export_goes_when_its_records_are_gone(tmp_path: Path) -> None:
    older = a_source(id="herald-2025", published=None)
    export(replace(some_records(), sources=(a_source(), older)), tmp_path)

    done = export(some_records(), tmp_path)

    assert names(done.removed) == ["undated/herald-2025.yaml"]
    assert not (tmp_path / "undated/herald-2025.yaml").exists()


@pytest.mark.parametrize("content", ["topics: []\n", "# mine\n", "not: [yaml", ""])
def test_a_file_of_somebody_else_stays(tmp_path: Path, content: str) -> None:
    (tmp_path / "mine.yaml").write_text(content)
    (tmp_path / "README.md").write_text("words")

    done = export(some_records(), tmp_path)

    assert names(done.foreign) == ["mine.yaml"]
    assert done.removed == ()
    assert (tmp_path / "mine.yaml").read_text() == content
    assert (tmp_path / "README.md").exists()


def test_a_file_that_was_edited_by_hand_stays(tmp_path: Path) -> None:
    older = a_source(id="herald-2025", published=None)
    export(replace(some_records(), sources=(a_source(), older)), tmp_path)
    edited = tmp_path / "undated/herald-2025.yaml"
    edited.write_text(edited.read_text() + "# a thought\n")

    assert names(export(some_records(), tmp_path).foreign) == ["undated/herald-2025.yaml"]
    assert edited.exists()


def test_an_export_never_writes_through_a_link(tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "2026").symlink_to(elsewhere)

    with pytest.raises(ExportRefused, match="this is a link"):
        export(some_records(), folder)

    assert list(elsewhere.iterdir()) == []
    assert list(folder.glob("*.yaml")) == []


def test_a_file_or_a_folder_in_the_way_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    (tmp_path / "folder" / "topics.yaml").mkdir(parents=True)

    with pytest.raises(ExportRefused, match="name a folder"):
        export(some_records(), tmp_path / "file")
    with pytest.raises(ExportRefused, match="this is no file"):
        export(some_records(), tmp_path / "folder")


def test_a_failed_write_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    export(some_records(), tmp_path)
    before = below(tmp_path)

    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(OSError, match="No space left"):
        export(some_records(a_record(label="Another label")), tmp_path)

    assert below(tmp_path) == before


def test_nothing_is_exported_from_nothing(tmp_path: Path) -> None:
    assert export(Records(), tmp_path / "new") == Exported(written=(), unchanged=(), removed=(), foreign=())


def spoil(path: Path, old: str, new: str) -> None:
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1))


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ("schema: 1", "# words\nschema: 1", 1),
        ("language: en", 'language: "en"', 9),
        ("kind: direct", "kind:  direct", 15),
        ("    status: published\n", "    status: pending\n", 13),
        ("schema: 1\n", "schema: 1\n\n", 3),
    ],
)
def test_a_file_that_is_written_otherwise_is_refused(tmp_path: Path, old: str, new: str, line: int) -> None:
    export(some_records(), tmp_path)
    spoil(tmp_path / OWN, old, new)

    for path in (tmp_path, tmp_path / OWN):
        (notice,) = check_canonical(path)
        assert notice.error
        assert (notice.file, notice.line) == (str(tmp_path / OWN), line)
        assert "not in canonical form" in notice.wrong


def test_records_in_the_wrong_file_or_order_are_refused(tmp_path: Path) -> None:
    export(some_records(), tmp_path)
    (tmp_path / "topics.yaml").rename(tmp_path / "subjects.yaml")

    assert "its records belong into other files" in str(check_canonical(tmp_path))

    export(some_records(), tmp_path)
    (tmp_path / "subjects.yaml").unlink()
    spoil(tmp_path / "entities.yaml", "id: ada-muster", "id: zoe-muster")
    (notice,) = check_canonical(tmp_path)
    assert notice.line == 4


def test_a_file_that_cannot_be_read_is_refused_as_such(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("[")

    assert "not readable as YAML" in str(check_canonical(tmp_path)[0])
    assert "cannot be read" in str(check_canonical(tmp_path / "missing")[0])


def test_a_folder_written_by_hand_is_brought_into_canonical_form(tmp_path: Path) -> None:
    by_hand = tmp_path / "trees.yaml"
    by_hand.write_text(SMALLEST + "# a thought\n")
    (tmp_path / "empty.yaml").write_text("# nothing yet\n")
    (tmp_path / "broken.yaml").write_text("[")
    (tmp_path / "README.md").write_text("words")

    done = rewrite(load([by_hand]).records, tmp_path)

    assert names(done.written) == ["2026/2026-05-02-gazette-trees.yaml"]
    assert names(done.removed) == ["trees.yaml"]
    assert names(done.foreign) == ["broken.yaml", "empty.yaml"]
    assert not by_hand.exists()
    assert check_canonical(tmp_path / "2026") == (), "also a part of the folder can be checked"
    (tmp_path / "2026").rename(tmp_path / "2027")
    assert "belong into other files" in str(check_canonical(tmp_path / "2027"))


def test_a_file_with_records_of_its_own_survives_a_rewrite(tmp_path: Path) -> None:
    (tmp_path / "more.yaml").write_text(SMALLEST.replace("muster-300", "muster-400"))

    rewrite(some_records(), tmp_path)

    assert (tmp_path / "more.yaml").exists()

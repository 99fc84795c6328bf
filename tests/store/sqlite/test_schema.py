"""Migrations: in order, once, whole; and a schema that keeps what was said."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from bot.store.sqlite import SqliteStore, schema
from bot.store.sqlite.backup import verify
from bot.store.sqlite.errors import DatabaseTooNew, DatabaseTooOld, MigrationFailed
from bot.store.sqlite.rows import KINDS
from tests.builders import a_record, an_import
from tests.store.sqlite.conftest import Open


@pytest.fixture
def next_steps(tmp_path: Path) -> Path:
    """All migrations there are, and room for one more."""
    folder = tmp_path / "migrations"
    folder.mkdir()
    for _, file in schema.steps():
        (folder / file.name).write_text(file.read_text(encoding="utf-8"), encoding="utf-8")
    return folder


def add(folder: Path, text: str) -> int:
    number = len(schema.steps(folder)) + 1
    (folder / f"{number:03d}_more.sql").write_text(text, encoding="utf-8")
    return number


def tables(path: Path) -> set[str]:
    with closing(sqlite3.connect(path)) as connection:
        return {name for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")}


async def test_a_step_is_taken_once_and_what_was_there_is_copied_first(
    open_store: Open, path: Path, next_steps: Path
) -> None:
    async with open_store(migrations=next_steps) as store:
        await store.apply(an_import(), key="a", expect={})
    assert not list(path.parent.glob("*.schema-*"))

    number = add(next_steps, "CREATE TABLE weather (day TEXT) STRICT;")
    for _ in range(2):
        async with open_store(migrations=next_steps) as store, store.reading() as reading:
            assert len(await reading.dossiers([1])) == 1
    assert "weather" in tables(path)

    (copy,) = path.parent.glob("onrecord.db.schema-*")
    assert copy.name == f"onrecord.db.schema-{number - 1}.20261123T120000Z"
    assert verify(copy).facts == 1
    assert "weather" not in tables(copy)


async def test_a_step_that_fails_leaves_no_trace(open_store: Open, path: Path, next_steps: Path) -> None:
    async with open_store(migrations=next_steps):
        pass
    before = tables(path)
    add(next_steps, "CREATE TABLE weather (day TEXT) STRICT; INSERT INTO nowhere VALUES (1);")
    with pytest.raises(MigrationFailed) as error:
        async with open_store(migrations=next_steps):
            pass
    assert error.value.step.endswith("_more.sql")
    assert tables(path) == before
    async with open_store() as store:  # the bot before it goes on with it
        assert await store.check() == ()


async def test_a_newer_database_is_refused_and_an_older_one_is_not_changed_by_reading(
    open_store: Open, next_steps: Path
) -> None:
    async with open_store():
        pass
    add(next_steps, "CREATE TABLE weather (day TEXT) STRICT;")
    with pytest.raises(DatabaseTooOld):
        async with open_store(migrations=next_steps, read_only=True):
            pass
    async with open_store(migrations=next_steps):
        pass
    with pytest.raises(DatabaseTooNew) as error:
        async with open_store():
            pass
    assert error.value.schema == error.value.known + 1


def test_a_gap_between_steps_is_a_mistake(next_steps: Path) -> None:
    (next_steps / "900_later.sql").write_text("")
    with pytest.raises(ValueError, match="one by one"):
        schema.steps(next_steps)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit SET verb = 'invented'",
        "DELETE FROM audit",
        "INSERT OR REPLACE INTO audit SELECT * FROM audit WHERE seq = 1",
        "REPLACE INTO audit SELECT * FROM audit WHERE seq = 2",
        "UPDATE actor SET name = ''",
        "INSERT INTO actor (id, name, salt) VALUES ('x', 'X', NULL)",
        "UPDATE revision SET data = '{}'",
        "DELETE FROM revision",
        "INSERT OR REPLACE INTO revision SELECT fact, number, '{}', content_hash FROM revision",
        "UPDATE item_revision SET data = '{}'",
        "DELETE FROM item_revision",
        "INSERT OR REPLACE INTO item_revision SELECT id, number, kind, '{}' FROM item_revision",
        "DELETE FROM fact",
        "UPDATE fact SET slug = 'other'",
        "UPDATE fact SET number = 99",
        "UPDATE fact SET workflow = 'believed'",
        "UPDATE fact SET workflow = 'published', checking = NULL, published_at = NULL",
        "UPDATE fact SET revision = 99",
        "REPLACE INTO fact (number, slug, workflow, revision, created_at) VALUES (1, 'x', 'draft', 1, '')",
        "REPLACE INTO fact (number, slug, workflow, revision, created_at) SELECT 2, slug, 'draft', 1, '' FROM fact",
        "UPDATE fact_search SET terms = 'x'",
        "INSERT INTO item VALUES ('x', 'rumour', 1)",
        "UPDATE state SET one = 2",
        "DELETE FROM item",
    ],
)
async def test_the_database_keeps_its_own_rules(store: SqliteStore, statement: str) -> None:
    await store.apply(an_import(), key="a", expect={})
    assert store._writer is not None
    with pytest.raises(sqlite3.IntegrityError):
        await store._writer.submit(lambda connection: connection.execute(statement))
    assert await store.check() == ()


async def test_every_kind_of_item_has_a_place(store: SqliteStore) -> None:
    """A new kind needs a migration; this says so before a user does."""
    assert store._writer is not None
    for kind in KINDS.values():
        await store._writer.submit(
            lambda connection, kind=kind: connection.execute(  # type: ignore[misc]  # bound in the loop
                "INSERT INTO item_revision (id, number, kind, data) VALUES (?, 1, ?, '{}')", (kind, kind)
            )
        )


async def test_drift_of_the_search_index_is_found_and_mended(store: SqliteStore) -> None:
    await store.apply(an_import(a_record(slug="one"), a_record(slug="two")), key="a", expect={})
    assert store._writer is not None
    await store._writer.submit(lambda connection: connection.execute("DELETE FROM fact_search WHERE fact = 1"))
    assert any("search index" in fault for fault in await store.check())
    await store.mend_index()
    await store._writer.submit(lambda connection: connection.execute("DELETE FROM term WHERE term = 'trees'"))
    assert await store.check() == ("the search index: terms are miscounted",)

    await store.mend_index()
    assert await store.check() == ()
    async with store.reading() as reading:
        assert (await reading.frequencies(["trees"])).of == {"trees": 2}

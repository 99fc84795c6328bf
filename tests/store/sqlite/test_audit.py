"""The audit proves that nothing was altered, and lets names and free text be erased."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from bot.store.sqlite import SqliteStore, audit
from tests.builders import NOON, a_record, an_import
from tests.store.sqlite.conftest import Open

TRIGGERS = ("audit_kept_update", "audit_kept_delete", "audit_kept_insert", "revision_kept_update")


@pytest.fixture
async def tampered(open_store: Open, path: Path) -> Path:
    """A file with a few changes, whose guards somebody has removed."""
    async with open_store() as store:
        await store.apply(an_import(a_record(slug="one"), a_record(slug="two")), key="a", expect={})
        await store.apply(an_import(a_record(slug="one", text="Other words")), key="b", expect={})
    with closing(sqlite3.connect(path)) as connection:
        for trigger in TRIGGERS:
            connection.execute(f"DROP TRIGGER {trigger}")
        connection.commit()
    return path


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit SET verb = 'rejected' WHERE seq = 2",
        "UPDATE audit SET at = '2020' WHERE seq = 1",
        "UPDATE audit SET actor = NULL",
        "UPDATE audit SET hash = prev_hash WHERE seq = 3",
        "DELETE FROM audit WHERE seq = 3",
        "DELETE FROM audit WHERE object = 'one' AND revision = 2",
        "UPDATE revision SET content_hash = prev FROM (SELECT hash AS prev FROM audit LIMIT 1)",
        "UPDATE revision SET data = replace(data, 'words', 'lies')",
    ],
)
def test_tampering_is_found(tampered: Path, statement: str) -> None:
    with closing(sqlite3.connect(tampered)) as connection:
        assert audit.broken(connection) is None
        connection.execute(statement)
        assert audit.broken(connection) is not None


async def test_every_revision_has_its_line(store: SqliteStore, path: Path) -> None:
    await store.apply(an_import(), key="a", expect={})
    with closing(sqlite3.connect(path)) as connection:
        lines = connection.execute("SELECT verb, object, revision FROM audit ORDER BY seq").fetchall()
    assert lines == [
        ("imported", "gazette-2026-05-02", 1),
        ("imported", "ada-muster", 1),
        ("imported", "testwick", 1),
        ("imported", "testwick-trees", 1),
        ("published", "muster-300-trees", 1),
    ]


async def test_a_name_can_be_erased_and_the_chain_holds(open_store: Open, path: Path) -> None:
    async with open_store() as store:
        await store.apply(an_import(publish_as="Test Desk"), key="a", expect={})
        await store.apply(an_import(a_record(slug="two"), publish_as="Test Desk"), key="b", expect={})
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("SELECT count(*) FROM actor").fetchone() == (1,)  # one person, one id
        (actor,) = connection.execute("SELECT DISTINCT actor FROM audit").fetchone()
        assert "Test" not in actor
        connection.execute("UPDATE actor SET name = ''")
        connection.commit()
        assert audit.broken(connection) is None
    async with open_store() as store, store.reading() as reading:
        (line,) = await reading.history(1)
        (dossier,) = await reading.dossiers([1])
    assert line.actor_name == ""
    assert dossier.fact.publication is not None
    assert dossier.fact.publication.by == ""


async def test_free_text_can_be_erased_but_not_altered(store: SqliteStore, path: Path) -> None:
    await store.apply(an_import(), key="a", expect={})

    def with_reason(connection: sqlite3.Connection) -> None:
        content = connection.execute("SELECT content_hash FROM revision").fetchone()[0]
        chain = audit.Chain(connection, at=NOON, actor=None)
        chain.add(
            audit.Line(verb="hidden", object="muster-300-trees", revision=1, content=content, reason="Ada asked us to")
        )

    assert store._writer is not None
    await store._writer.submit(with_reason)
    async with store.reading() as reading:
        assert (await reading.history(1))[-1].reason == "Ada asked us to"
    with closing(sqlite3.connect(path)) as connection:
        assert audit.broken(connection) is None
        connection.execute("UPDATE audit_note SET text = 'Nobody asked us'")
        assert audit.broken(connection) == "the text of audit row 6 is not the one that was written"
        connection.execute("DELETE FROM audit_note")
        assert audit.broken(connection) is None
        rows = " ".join(str(row) for row in connection.execute("SELECT * FROM audit"))
    assert "Ada asked" not in rows


def test_the_hash_of_a_row_is_fixed() -> None:
    """The chain is compared with copies kept elsewhere: its arithmetic must never change."""
    row = (1, "2026-11-23T12:00:00.000000+00:00", None, "published", "a-fact", 1, "f" * 64, None)
    assert audit.link(audit.START, row) == "51e99df5a7fe5a912b8b0a377cacf315de9b58e38230ebd3e0dff7cbd4302ab4"

"""The audit proves that nothing was altered, and lets names and free text be erased."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from bot.store.sqlite import SqliteStore, audit
from bot.store.sqlite.errors import RecordAltered
from bot.store.sqlite.verifying import Erased, broken, erased
from tests.builders import NOON, a_record, an_import
from tests.store.sqlite.conftest import Open

TRIGGERS = (
    "audit_kept_update",
    "audit_kept_delete",
    "audit_kept_insert",
    "revision_kept_update",
    "revision_kept_delete",
    "fact_search_replaced_only",
)


@pytest.fixture
async def tampered(open_store: Open, path: Path) -> Path:
    """A file with a few changes, whose guards somebody has removed."""
    async with open_store() as store:
        await store.apply(an_import(a_record(slug="one"), a_record(slug="two")), key="a", expect={})
        other = an_import(a_record(slug="one", text="Other words"))
        ada, testwick = other.records.entities
        renamed = replace(other.records, entities=(ada, replace(testwick, name="Otherwick")))
        await store.apply(replace(other, records=renamed), key="b", expect={})
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
        "UPDATE audit SET actor = NULL, named = NULL",
        "UPDATE audit SET hash = prev_hash WHERE seq = 3",
        "DELETE FROM audit WHERE seq = 3",
        "DELETE FROM audit WHERE object = 'one' AND revision = 2",
        "UPDATE revision SET content_hash = prev FROM (SELECT hash AS prev FROM audit LIMIT 1)",
        "UPDATE revision SET data = replace(data, 'words', 'lies')",
        "DELETE FROM revision WHERE number = 1 AND fact = (SELECT number FROM fact WHERE slug = 'one')",
        "UPDATE actor SET name = 'Mallory'",
        "UPDATE actor SET name = 'Mallory', salt = 'of her own'",
        "UPDATE audit SET named = '' WHERE seq = 1",
        "UPDATE fact SET workflow = 'pending' WHERE slug = 'one'",
        "UPDATE fact SET workflow = 'withdrawn' WHERE slug = 'two'",
        "UPDATE fact SET revision = 1 WHERE slug = 'one'",
        "UPDATE fact SET checking = 'two_editors' WHERE slug = 'two'",
        "UPDATE fact SET published_at = '2020' WHERE slug = 'one'",
        "UPDATE fact SET published_by = 'mallory' WHERE slug = 'one'",
        "UPDATE item SET revision = 1 WHERE id = 'testwick'",
        "UPDATE fact_search SET label = 'Lies'",
        "DELETE FROM fact_search WHERE fact = (SELECT number FROM fact WHERE slug = 'one')",
    ],
)
def test_tampering_is_found(tampered: Path, statement: str) -> None:
    with closing(sqlite3.connect(tampered)) as connection:
        assert broken(connection) is None
        connection.execute("INSERT INTO actor (id, name, salt) VALUES ('mallory', 'Mallory', 'salt')")
        assert broken(connection) is None
        assert connection.execute(statement).rowcount > 0
        assert broken(connection) is not None


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
        assert erased(connection) == Erased()
        connection.execute("UPDATE actor SET name = '', salt = NULL")
        connection.commit()
        assert broken(connection) is None
        assert erased(connection) == Erased(names=1)
        hashed = " ".join(str(row) for row in connection.execute("SELECT * FROM audit"))
    assert "Test Desk" not in hashed
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
            audit.Line(
                verb="hidden",
                object="muster-300-trees",
                revision=1,
                content=content,
                workflow="hidden",
                reason="Ada asked us to",
            )
        )
        connection.execute("UPDATE fact SET workflow = 'hidden'")
        connection.execute("DELETE FROM fact_search")  # what is hidden is not found

    assert store._writer is not None
    await store._writer.submit(with_reason)
    async with store.reading() as reading:
        assert (await reading.history(1))[-1].reason == "Ada asked us to"
    with closing(sqlite3.connect(path)) as connection:
        assert broken(connection) is None
        connection.execute("UPDATE audit_note SET text = 'Nobody asked us'")
        assert broken(connection) == "the text of audit row 6 is not the one that was written"
        connection.execute("DELETE FROM audit_note")
        assert broken(connection) is None
        assert erased(connection) == Erased(notes=1)
        rows = " ".join(str(row) for row in connection.execute("SELECT * FROM audit"))
    assert "Ada asked" not in rows


async def test_altered_words_are_not_served(open_store: Open, tampered: Path) -> None:
    """Between two checks, too: whoever reads a fact compares its words with their hash."""
    with closing(sqlite3.connect(tampered)) as connection:
        connection.execute("UPDATE revision SET data = replace(data, 'Other words', 'Wrong words')")
        connection.commit()
    async with open_store(read_only=True) as store, store.reading() as reading:
        for read in (reading.dossiers([1, 2]), reading.history(1), reading.records()):
            with pytest.raises(RecordAltered, match="revision 2 of one"):
                await read
        assert len(await reading.dossiers([2])) == 1


def test_the_hash_of_a_row_is_fixed() -> None:
    """The chain is compared with copies kept elsewhere: its arithmetic must never change."""
    who, what = ("0a", "e" * 64), ("published", "a-fact", 1, "f" * 64, "published", "file_import", None)
    row = (1, "2026-11-23T12:00:00.000000+00:00", *who, *what)
    assert audit.link(audit.START, row) == "72011c4394737a46f14d4eafc3d9b9df5d5c7a1f6c14be93c451ae8fe15b815e"

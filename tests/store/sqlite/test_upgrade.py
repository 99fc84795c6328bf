"""A database that an earlier version wrote: proved before it is changed, upgraded, and the copy from before still good.

`tests/data/stored/schema-N.db.gz` was written by the program itself when it knew schema N; it holds the example facts.
"""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from bot.store.sqlite import schema
from bot.store.sqlite.backup import back_up, restore, verify
from bot.store.sqlite.checking import examine, faults
from tests.builders import NOON
from tests.contracts.stores.desk import names, published
from tests.store.sqlite.conftest import Open

STORED = Path(__file__).parents[2] / "data" / "stored"
FACTS = 15


@pytest.fixture(params=range(1, len(schema.steps())), ids=lambda number: f"schema {number}")
def path(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    packed = STORED / f"schema-{request.param}.db.gz"
    path = tmp_path / "data" / "onrecord.db"
    path.parent.mkdir(mode=0o700)
    path.write_bytes(gzip.decompress(packed.read_bytes()))
    return path


async def test_what_an_earlier_version_wrote_is_sound_and_goes_on(path: Path, open_store: Open) -> None:
    assert faults(path) == ()
    before = examine(path, thorough=True)
    assert (before.facts, before.published) == (FACTS, FACTS)
    assert before.schema < len(schema.steps())

    async with open_store() as store:
        assert await store.check() == ()
        async with store.reading() as reading:
            assert await reading.head() == (before.head.seq, before.head.hash)
            assert (await reading.counts()).published == FACTS
            assert len(await reading.dossiers(range(1, FACTS + 1))) == FACTS
        await names(store)
        await published(store)
        assert await store.check() == ()

    (copy,) = path.parent.glob("*.schema-*")
    assert verify(copy).head == before.head


def test_a_copy_of_it_can_be_made_and_put_back(path: Path, tmp_path: Path) -> None:
    made = back_up(path, tmp_path / "copies", keep=1, now=NOON)
    restore(made.path, tmp_path / "fresh", now=NOON)
    assert examine(tmp_path / "fresh" / "onrecord.db", thorough=True).published == FACTS

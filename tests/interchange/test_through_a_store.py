"""Files that go into an empty store come out of it byte for byte."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.core.model.change import FileImport, Records
from bot.core.search.index import document
from bot.core.search.terms import Analysis
from bot.interchange.layout import files
from bot.interchange.loading import load
from bot.store.memory import MemoryStore
from tests.builders import CountingIds, StoppedClock, a_record, some_records

BUNDLED = Path(__file__).parent.parent.parent / "facts"


async def through(records: Records) -> Records:
    """Into an empty store and out again."""
    analysis = Analysis(str.casefold)
    store = MemoryStore(index=lambda dossier: document(dossier, analysis), clock=StoppedClock(), ids=CountingIds())
    change = FileImport(records=records, publish_as="Test Desk")
    await store.apply(change, key="one", expect={})
    async with store.reading() as view:
        return await view.records()


@pytest.mark.parametrize(
    "records", [some_records(a_record(number=3)), load([BUNDLED]).records], ids=["built", "bundled"]
)
async def test_export_import_export_gives_the_same_bytes(records: Records) -> None:
    first = files(await through(records))

    second = files(await through(await through(records)))

    assert first == second


async def test_the_bundled_files_are_what_an_export_of_them_writes() -> None:
    exported = files(await through(load([BUNDLED]).records))

    assert {str(path): content for path, content in exported.items()} == {
        path.relative_to(BUNDLED).as_posix(): path.read_bytes() for path in BUNDLED.rglob("*.yaml")
    }

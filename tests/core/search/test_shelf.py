"""The lexicon is built when names changed, and not before."""

from __future__ import annotations

import asyncio

from bot.core.model.change import FileImport, Records
from bot.core.model.names import Entity, EntityType
from bot.core.search.lexicon import Lexicon
from bot.core.search.shelf import Shelf
from bot.store.memory import MemoryStore
from tests.builders import a_record, some_records
from tests.seeded import a_store, analysis


async def lexicon(shelf: Shelf, store: MemoryStore) -> Lexicon:
    position = store.position
    async with store.reading() as reading:
        return await shelf.lexicon(reading, position)


async def change(store: MemoryStore, records: Records, key: str) -> None:
    await store.apply(FileImport(records=records, publish_as="Test Desk"), key=key, expect={})


async def test_it_is_kept_until_names_change() -> None:
    store, shelf = a_store(), Shelf(analysis())
    await change(store, some_records(), "one")
    first = await lexicon(shelf, store)
    assert await lexicon(shelf, store) is first

    await change(store, some_records(a_record(), a_record(slug="another")), "two")
    assert await lexicon(shelf, store) is first  # another fact, the same names

    entity = Entity(id="bo", type=EntityType.PERSON, name="Bo Beispiel")
    await change(store, Records(entities=(entity,)), "three")
    assert await lexicon(shelf, store) is not first
    assert (await lexicon(shelf, store)).read(analysis().tokens("bo beispiel"), 0) is not None


async def test_many_at_once_build_it_once() -> None:
    store, shelf = a_store(), Shelf(analysis())
    await change(store, some_records(), "one")
    found = await asyncio.gather(*(lexicon(shelf, store) for _ in range(20)))
    assert len({id(each) for each in found}) == 1

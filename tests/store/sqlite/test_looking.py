"""Half-typed words are completed alike whichever way SQLite is asked for them."""

from __future__ import annotations

import pytest

from bot.store.sqlite import SqliteStore, looking
from tests.builders import a_record, a_revision, an_import

TEXTS = ("garden gate", "gardener", "gardening in spring", "garlic", "gard", "a guard")


async def numbers(store: SqliteStore, prefix: str) -> list[int]:
    async with store.reading() as reading:
        return [each.number for each in await reading.labels(prefix, limit=10)]


@pytest.mark.parametrize(
    ("read", "spelled", "gathered"),
    [(1000, 200, 20_000), (0, 200, 20_000), (0, 1, 0), (0, 1, 20_000)],
    ids=["rows of the indexed beginning", "words spelled out", "many common words", "rows gathered"],
)
async def test_a_long_beginning_finds_the_newest_first(
    store: SqliteStore, monkeypatch: pytest.MonkeyPatch, read: int, spelled: int, gathered: int
) -> None:
    records = [a_record(slug=f"fact-{at}", revision=a_revision(text=text)) for at, text in enumerate(TEXTS, 1)]
    await store.apply(an_import(*records), key="a", expect={})
    monkeypatch.setattr(looking, "ROWS_A_WORD", read)
    monkeypatch.setattr(looking, "MOST_SPELLED", spelled)
    monkeypatch.setattr(looking, "MOST_GATHERED", gathered)

    assert await numbers(store, "gard") == [5, 3, 2, 1]
    assert await numbers(store, "garde") == [3, 2, 1]
    assert await numbers(store, "gar") == [5, 4, 3, 2, 1]
    assert await numbers(store, "gardenias") == []


async def test_many_words_may_be_spelled_out(store: SqliteStore, monkeypatch: pytest.MonkeyPatch) -> None:
    """As many as the bound admits are one expression that SQLite takes."""
    monkeypatch.setattr(looking, "ROWS_A_WORD", 0)
    words = " ".join(f"gard{number}" for number in range(looking.MOST_SPELLED))
    await store.apply(an_import(a_record(slug="one", revision=a_revision(text=words))), key="a", expect={})

    assert await numbers(store, "gard") == [1]

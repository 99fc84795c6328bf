"""What was said in a post is on the disk until it is sent, and no longer."""

from __future__ import annotations

from pathlib import Path

from bot.core.model.mail import MessageRef, Place, Post
from bot.store.sqlite import SqliteStore

HALL = Place(platform="matrix", id="!hall")
SAID = "quokkas of rottnest " * 500  # longer than a page


def on_disk(path: Path) -> bool:
    """Whether any file beside the database, or itself, holds the words."""
    return any(b"quokkas" in file.read_bytes() for file in path.parent.iterdir())


async def sent(store: SqliteStore) -> None:
    await store.handled("matrix", posts=[Post(place=HALL, key="a", payload=SAID)])
    (job,) = await store.lease("matrix", limit=1, ttl=30)
    await store.done(job, MessageRef(place=HALL, message="$1"))


async def test_what_was_sent_is_on_no_disk_once_the_store_was_swept(store: SqliteStore, path: Path) -> None:
    await sent(store)
    assert on_disk(path)  # in the write-ahead log
    assert await store.swept()
    assert not on_disk(path)


async def test_sweeping_does_not_wait_for_somebody_who_reads(store: SqliteStore, path: Path) -> None:
    async with store.reading() as reading:
        await reading.listed(limit=1)  # a transaction begins with the first look
        await sent(store)
        assert not await store.swept()
    assert await store.swept()
    assert not on_disk(path)

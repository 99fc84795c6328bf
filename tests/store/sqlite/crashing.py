"""A warm process that forks writers to be killed: `python -m tests.store.sqlite.crashing`.

Each line on standard input names a database and forks one writer. It prints `begin PID`, then `ack SLUG REVISION`
after each change that was acknowledged; when it is dead, `dead PID` follows.
"""

from __future__ import annotations

import asyncio
import itertools
import os
import sys
from pathlib import Path

from bot.core.model.change import FactRecord
from bot.store.sqlite import SqliteStore, opened
from tests.builders import CountingIds, StoppedClock, a_record, an_import
from tests.store.simple import simple_index

SIDE_BY_SIDE = 3  # changes that wait together, so that commits are shared


def say(*words: object) -> None:
    os.write(1, (" ".join(map(str, words)) + "\n").encode())


async def one(store: SqliteStore, record: FactRecord) -> None:
    applied = await store.apply(an_import(record), key=f"{record.slug} {record.revision.text}", expect={})
    for slug in applied.created:
        say("ack", slug, 1)
    for slug in applied.revised:
        say("ack", slug, 2)


async def write(path: Path) -> None:
    pid = os.getpid()
    async with opened(path, index=simple_index, clock=StoppedClock(), ids=CountingIds()) as store:
        say("begin", pid)
        for number in itertools.count():
            names = [f"p{pid}-{number}-{part}" for part in range(SIDE_BY_SIDE)]
            await asyncio.gather(*(one(store, a_record(slug=name, text=f"We said {name}")) for name in names))
            await one(store, a_record(slug=names[0], text=f"We said {names[0]} again"))


def main() -> None:
    for line in sys.stdin:
        pid = os.fork()
        if pid == 0:
            asyncio.run(write(Path(line.rstrip("\n"))))
        os.waitpid(pid, 0)
        say("dead", pid)


if __name__ == "__main__":
    main()

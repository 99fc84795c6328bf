"""One process with many callers at a desk: `python -m tests.stress.child DATABASE PLAN.json`.

Prints `try DOING` before each change, then `done KEY ANSWER` or `refused KEY WHY`. A caller that is cancelled prints
neither; whoever comes later tries the same key again.
"""

from __future__ import annotations

import asyncio
import json
import os
import random
import sys
from collections import deque
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import Any

from bot.core.model.change import ChangeRefused, ForgetMe
from bot.core.model.review import Workflow
from bot.core.ports import ReadTimedOut
from bot.store.sqlite import SqliteStore, opened
from bot.system import OrderedIds, SystemClock
from tests.contracts.stores.desk import names, vocabulary
from tests.store.simple import simple_index
from tests.stress.doings import PEOPLE, Doing, Seen, change_of, invented, somebody

PATIENCE = 0.02  # s after which a caller that is to be cancelled is, at the latest


def say(*words: object) -> None:
    os.write(1, (" ".join(map(str, words)) + "\n").encode())


class Callers:
    """They share the store, the chance, what is known, and what nobody knows the outcome of."""

    def __init__(self, store: SqliteStore, plan: dict[str, Any]) -> None:
        self.store = store
        self.chance = random.Random(plan["seed"])
        self.name, self.left, self.cancelled = plan["name"], plan["doings"], plan["cancelled"]
        self.unknown: deque[Doing] = deque(plan["unknown"])
        self.people: dict[int, str] = {}
        self.seen = Seen()
        self.count = 0

    async def look(self) -> None:
        """What earlier processes left."""
        if not await vocabulary(self.store):
            await names(self.store)
        async with self.store.reading() as reading:
            for fact in (await reading.records()).facts:
                table = self.seen.shown if fact.workflow is Workflow.PUBLISHED else self.seen.waiting
                table[fact.number or 0] = fact.slug
            for number in range(PEOPLE):
                person = await reading.person(somebody(number))
                if person is not None:
                    self.people[number] = person.id
                    self.seen.forms |= {draft.number: number for draft in await reading.drafts(person.id)}

    async def work(self) -> None:
        """Do one thing after the other until enough is done and nothing is unknown."""
        while self.left > 0 or self.unknown:
            again = bool(self.unknown) and (self.left <= 0 or self.chance.random() < 0.3)
            doing = self.unknown.popleft() if again else self._next()
            if not again:
                self.left -= 1
                say("try", json.dumps(doing, separators=(",", ":")))
            await self._one(doing, cancelled=self.left > 0 and self.chance.random() < self.cancelled)
            if self.chance.random() < 0.05:
                await self._read()

    def _next(self) -> Doing:
        self.count += 1
        return invented(self.chance, f"{self.name}-{self.count}", self.seen)

    async def _one(self, doing: Doing, *, cancelled: bool) -> None:
        task = asyncio.create_task(self._apply(doing))
        if not cancelled:
            await task
            return
        await asyncio.wait((task,), timeout=self.chance.random() * PATIENCE)
        if not task.done():
            task.cancel()
            self.unknown.append(doing)
        with suppress(asyncio.CancelledError):
            await task

    async def _apply(self, doing: Doing) -> None:
        change = change_of(doing, self.people.get)
        try:
            applied = await self.store.apply(change, key=doing["key"], expect={})
        except ChangeRefused as refused:
            say("refused", doing["key"], type(refused).__name__)
            return
        say("done", doing["key"], json.dumps(asdict(applied) | {"repeated": False}, separators=(",", ":")))
        self.seen.learn(doing, applied.number)
        if isinstance(change, ForgetMe):
            await self.store.scrub()
        elif doing["by"] not in self.people:
            async with self.store.reading() as reading:
                if (person := await reading.person(change.by)) is not None:  # type: ignore[union-attr]  # of the desk
                    self.people[doing["by"]] = person.id

    async def _read(self) -> None:
        with suppress(ReadTimedOut):
            async with self.store.reading() as reading:
                await reading.counts()
                await reading.waiting(limit=10)


async def main(path: Path, plan: dict[str, Any]) -> None:
    async with opened(path, index=simple_index, clock=SystemClock(), ids=OrderedIds()) as store:
        callers = Callers(store, plan)
        await callers.look()
        say("ready", os.getpid())
        await asyncio.gather(*(callers.work() for _ in range(plan["callers"])))
    say("end")


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1]), json.loads(Path(sys.argv[2]).read_text(encoding="utf-8"))))

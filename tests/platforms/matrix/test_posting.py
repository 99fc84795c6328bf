"""The sender: when it tries again, what it leaves behind, and where an answer stands after it was edited."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from bot.core.model.mail import Job, MessageRef, Place
from bot.platforms import lanes as module
from bot.platforms.matrix.connection import Homeserver, Refused, Unreachable
from bot.platforms.matrix.outbox import Letter, answer_keys, shown_by
from bot.platforms.matrix.posting import Posting
from bot.store.memory import MemoryStore
from bot.system import OrderedIds
from tests.builders import NOON, StoppedClock
from tests.store.simple import simple_index

ROOM = "!hall"


class WatchedStore(MemoryStore):
    """Tells what is put off, and when nothing is left to send."""

    def __init__(self, clock: StoppedClock) -> None:
        super().__init__(index=simple_index, clock=clock, ids=OrderedIds())
        self.put_off: asyncio.Queue[datetime] = asyncio.Queue()
        self.finished: asyncio.Queue[Job] = asyncio.Queue()
        self.sweeps: asyncio.Queue[bool] = asyncio.Queue()
        self.looks: asyncio.Queue[bool] = asyncio.Queue()

    async def lease(self, platform: str, *, limit: int, ttl: float) -> tuple[Job, ...]:
        self.looks.put_nowait(True)
        return await super().lease(platform, limit=limit, ttl=ttl)

    async def later(self, job: Job, *, at: datetime, why: str, sure: bool = False) -> bool:
        held = await super().later(job, at=at, why=why, sure=sure)
        self.put_off.put_nowait(at)
        return held

    async def done(self, job: Job, receipt: MessageRef | None, *, keep: str = "") -> bool:
        held = await super().done(job, receipt, keep=keep)
        self.finished.put_nowait(job)
        return held

    async def swept(self) -> bool:
        self.sweeps.put_nowait(True)
        return True


class Taking(Homeserver):
    """A homeserver that takes redactions and knows no edits."""

    def __init__(self) -> None:
        super().__init__("http://nowhere")
        self.redacted: list[str] = []

    async def call(self, method: str, path: str, body: Any = None, **_: Any) -> dict[str, Any]:
        if "/redact/" in path:
            self.redacted.append(path.split("/")[-2].replace("%24", "$"))
        return {}


@dataclass(kw_only=True)
class Desk:
    """A sender at work, and what it did."""

    store: WatchedStore
    clock: StoppedClock
    server: Taking = field(default_factory=Taking)
    faults: list[Exception] = field(default_factory=list)  # what the next sends end with
    sent: list[dict[str, Any]] = field(default_factory=list)
    posting: Posting = field(init=False)

    def __post_init__(self) -> None:
        self.posting = Posting(
            self.server, self.store, self.clock, send=self.send, picture=self.picture, jitter=lambda: 1.0
        )

    async def send(self, room: str, content: dict[str, Any], txn: str) -> str:
        if self.faults:
            raise self.faults.pop(0)
        self.sent.append(content)
        return f"${len(self.sent)}"

    async def picture(self, room: str, content: dict[str, Any], png: bytes) -> dict[str, Any]:
        if self.faults:
            raise self.faults.pop(0)
        return content | {"url": f"mxc://{room}/{png.decode()}"}

    async def queue(self, *letters: Letter) -> None:
        await self.store.handled("matrix", posts=[letter.post() for letter in letters])
        self.posting.wake()

    async def finish(self, letter: Letter) -> None:
        """Queue a letter and wait until it is dealt with."""
        await self.queue(letter)
        await self.store.finished.get()

    async def standing(self, event: str) -> list[str]:
        return [sent.ref.message for sent in await self.store.sent("matrix", answer_keys(event))]


@asynccontextmanager
async def at_work(desk: Desk) -> AsyncIterator[Desk]:
    task = asyncio.create_task(desk.posting.run())
    try:
        async with asyncio.timeout(20):
            yield desk
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


@pytest.fixture
def desk() -> Desk:
    clock = StoppedClock()
    return Desk(store=WatchedStore(clock), clock=clock)


def a_letter(event: str = "$q", text: str = "an answer", **more: Any) -> Letter:
    usual: dict[str, Any] = {"kind": "send", "room": ROOM, "key": f"{event}/0", "contents": (said(text),)}
    return Letter(**usual | {"at": int(NOON.timestamp() * 1000)} | more)


def said(text: str) -> dict[str, Any]:
    return {"msgtype": "m.notice", "body": text, "formatted_body": text, "m.mentions": {}}


def an_edit(event: str, *texts: str, key: str = "$e/edit", **more: Any) -> Letter:
    return a_letter(kind="edit", key=key, of=event, contents=tuple(map(said, texts)), **more)


async def pauses(desk: Desk, *faults: Exception) -> list[float]:
    """The pauses after these faults, the clock put forward each time to the end of the pause."""
    desk.faults += faults
    found = []
    async with at_work(desk):
        await desk.queue(a_letter())
        for _ in faults:
            due = await desk.store.put_off.get()
            found.append((due - desk.clock.time).total_seconds())
            desk.clock.time = due
            desk.posting.wake()
        await desk.store.finished.get()
    return found


async def test_pauses_between_tries_grow_to_a_minute(desk: Desk) -> None:
    found = await pauses(desk, *[Unreachable("HTTP 502")] * 17)
    assert found[:4] == [1, 2, 4, 8]
    assert found == sorted(found)
    assert found[-1] == 60


async def test_a_server_that_asks_for_a_pause_gets_it(desk: Desk) -> None:
    assert await pauses(desk, Unreachable("HTTP 429", retry_after=30.0), Unreachable("HTTP 429", retry_after=1.0)) == [
        30,
        2,
    ]


async def test_pauses_differ_from_bot_to_bot(desk: Desk) -> None:
    desk.posting = Posting(
        desk.server, desk.store, desk.clock, send=desk.send, picture=desk.picture, jitter=lambda: 0.0
    )
    assert await pauses(desk, Unreachable("HTTP 502"), Unreachable("HTTP 502")) == pytest.approx([0.7, 1.4])


async def test_what_was_put_off_is_sent_when_it_is_due_and_not_at_the_next_idle_look(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody wakes the sender here: it must look by itself."""
    monkeypatch.setattr("bot.platforms.matrix.backoff.WAITS", (0.05,))
    desk.faults += [Unreachable("HTTP 502")] * 3
    async with at_work(desk):
        await desk.queue(a_letter())
        for _ in range(3):
            desk.clock.time = await desk.store.put_off.get()
        await desk.store.finished.get()
    assert len(desk.sent) == 1


async def test_a_room_that_waits_holds_up_no_other(desk: Desk) -> None:
    desk.faults.append(Unreachable("HTTP 429", retry_after=300.0))
    async with at_work(desk):
        await desk.queue(a_letter())
        await desk.store.put_off.get()
        await desk.finish(a_letter("$r", room="!yard"))
    assert len(desk.sent) == 1


async def test_a_refused_answer_leaves_nothing_behind(desk: Desk) -> None:
    desk.faults.append(Refused(403, "M_FORBIDDEN", "no", {}))
    async with at_work(desk):
        await desk.finish(a_letter(lines={"more": "more 2 quokkas"}))
    assert desk.sent == []
    assert "quokkas" not in repr(desk.store._queue)


async def test_of_a_sent_answer_the_store_keeps_no_word(desk: Desk) -> None:
    async with at_work(desk):
        await desk.finish(a_letter(text="quokkas", lines={"more": "more 2 \0"}, question="$q", facts=(17,)))
    (sent,) = await desk.store.sent("matrix", answer_keys("$q"))
    assert "quokkas" not in repr(desk.store._queue)
    assert shown_by(sent.payload).facts == (17,)


async def test_the_store_is_swept_in_a_quiet_moment_and_once(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "IDLE", 0.01)
    async with at_work(desk):
        await desk.store.sweeps.get()  # of what an earlier run left
        await desk.finish(a_letter())
        await desk.store.sweeps.get()
        while not desk.store.looks.empty():
            desk.store.looks.get_nowait()
        for _ in range(3):  # quiet moments
            await desk.store.looks.get()
        assert desk.store.sweeps.empty()


async def test_an_answer_stands_where_its_last_edit_left_it(desk: Desk) -> None:
    """One part becomes two, then one again, then none; then it is given anew."""
    async with at_work(desk):
        await desk.finish(a_letter(shown=((17, 1),), facts=(17,)))
        assert await desk.standing("$q") == ["$1"]
        await desk.finish(an_edit("$q", "one", "two", key="$e1/edit", facts=(18,), shown=((18, 2),)))
        assert await desk.standing("$q") == ["$1", "$3"]
        assert shown_by((await desk.store.sent("matrix", ["$q/1"]))[0].payload).facts == (18,)
        await desk.finish(an_edit("$q", "one", key="$e2/edit"))
        assert await desk.standing("$q") == ["$1"]
        assert desk.server.redacted == ["$3"]
        await desk.finish(a_letter(kind="redact", key="$r1/redact", of="$q", contents=()))
        assert await desk.standing("$q") == []
        assert desk.server.redacted == ["$3", "$1"]
        await desk.finish(an_edit("$q", "again", key="$e3/edit", facts=(19,)))
        (again,) = await desk.standing("$q")

    content = desk.sent[int(again[1:]) - 1]
    assert content["m.relates_to"] == {"m.in_reply_to": {"event_id": "$q"}}  # no edit of what was taken back
    place = Place(platform="matrix", id=ROOM)
    sent = await desk.store.sent_as(MessageRef(place=place, message=again))
    assert sent is not None
    assert shown_by(sent.payload).facts == (19,)


async def test_corrections_follow_what_an_answer_shows_now(desk: Desk) -> None:
    later = NOON + timedelta(hours=1)
    async with at_work(desk):
        await desk.finish(a_letter(shown=((17, 1),)))
        assert len(await desk.store.showing(17, before=later, limit=9)) == 1
        await desk.finish(an_edit("$q", "of another fact", key="$e1/edit", shown=((18, 1),)))
        assert await desk.store.showing(17, before=later, limit=9) == ()
        assert len(await desk.store.showing(18, before=later, limit=9)) == 1
        await desk.finish(an_edit("$q", "nothing on record", key="$e2/edit"))
        assert await desk.store.showing(18, before=later, limit=9) == ()
        await desk.finish(replace(an_edit("$q", "again", key="$e3/edit"), shown=((17, 1),)))
        await desk.finish(a_letter(kind="redact", key="$r/redact", of="$q", contents=()))
        assert await desk.store.showing(17, before=later, limit=9) == ()

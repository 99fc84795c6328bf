"""The queue with 10,000 suggestions in it, and look-ups over 10,000 facts while somebody looks at it all the time.

    make bench args=desk_queue

The goals: p99 of the queue (its head count, and any page of it) at most 300 ms; p99 of look-ups meanwhile at most twice
that of the same look-ups before, in the same run. The floor of the queue is a look-up of one fact by its number.
"""

from __future__ import annotations

import asyncio
import statistics
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import replace
from itertools import count
from pathlib import Path

from benchmarks.corpus import Corpus
from bot import app
from bot.app import Room
from bot.core.model.change import SaveDraft, Suggest
from bot.core.model.desk import By, Form, Terms
from bot.core.model.source import Check, CheckResult, Obtained, Snapshot
from bot.core.normalisation import VERSION, normalise
from bot.core.verbatim import compare, fingerprint, occurrences, passage_hash

FACTS, PENDING, QUERIES, LOOKS = 10_000, 10_000, 500, 300
PAGE = 10  # rows of the queue that are shown at a time
PEOPLE = 200  # who suggested them
AT_ONCE = 64

Times = list[float]  # ms


async def main(pending: int = PENDING) -> list[str]:
    """Build, measure alone, measure together."""
    corpus = Corpus(FACTS)
    queries = corpus.queries(QUERIES)
    with tempfile.TemporaryDirectory() as name:
        async with app.trying(corpus.records, Path(name)):
            pass
        async with app.trying(replace(corpus.records, facts=()), Path(name)) as room:
            begun = time.perf_counter()
            await _suggest(room, corpus, pending)
            built = time.perf_counter() - begun
            pages = [page * PAGE for page in range(0, pending // PAGE, max(1, pending // PAGE // LOOKS))]
            one = await _times(lambda: _fact(room, 1), LOOKS)
            first = await _times(lambda: _queue(room, 0), LOOKS)
            offsets = iter(pages)
            deep = await _times(lambda: _queue(room, next(offsets)), len(pages))
            await _lookups(room, queries)
            idle = await _lookups(room, queries)
            looks: Times = []
            looking = asyncio.create_task(_looking(room, pages, looks))
            busy = await _lookups(room, queries)
            looking.cancel()
            again = await _lookups(room, queries)
    ratio = _p99(busy) / _p99(idle + again)
    return [
        f"{FACTS} facts, {pending} suggestions waiting (made in {built:.0f} s)",
        _line("one fact by its number (floor)", one),
        _line("queue, first page, with counts", first),
        _line("queue, any page, with counts", deep),
        _line("queue, while look-ups run", looks),
        _line("look-ups, nobody else there", idle),
        _line("look-ups, queue in a loop", busy),
        _line("look-ups, nobody there again", again),
        f"p99 of the queue {_p99(first + deep):.1f} ms (goal 300); of look-ups beside it {ratio:.2f} x idle (goal 2)",
    ]


async def _suggest(room: Room, corpus: Corpus, pending: int) -> None:
    """As people do it, one after the other: a form, then the suggestion."""
    terms = Terms(editors=2)

    async def one(number: int) -> None:
        model = corpus.records.facts[number % FACTS].revision
        words = f"{model.text} {number}"
        source = replace(corpus.sources[number % len(corpus.sources)], id=f"suggested-{number}", url=None)
        passage = f'They said: "{words}."'
        text = normalise(passage)
        place = occurrences(text, words)[0]
        check = Check(
            result=compare(text, words, place).result,
            on=room.clock.now().date(),
            checker="a benchmark",
            text_sha256=fingerprint(text.text),
            passage_sha256=passage_hash(place),
        )
        if check.result is CheckResult.NOT_FOUND:
            raise RuntimeError(words)
        seen = Snapshot(
            sha256=fingerprint(passage), normalised_sha256=fingerprint(text.text), normalisation=VERSION,
            codepoints=len(text.text), obtained=Obtained.MODERATOR_PASTE,
            captured_at=room.clock.now().replace(microsecond=0),
        )  # fmt: skip
        citation = replace(model.citations[0], source=source.id, selector=place, checks=(check,))
        by = By(platform="discord", account=str(10**17 + number % PEOPLE), editor=False)
        form = SaveDraft(by=by, terms=terms, number=None, form=Form(words=words, passage=passage))
        saved = await room.facts.apply(form, key=f"form {number}", expect={})
        change = Suggest(
            by=by, terms=terms, number=saved.number or 0, slug=f"suggested-fact-{number}", passage=passage,
            revision=replace(model, number=1, text=words, citations=(citation,), content_hash=""),
            source=replace(source, passages=(seen,)),
        )  # fmt: skip
        await room.facts.apply(change, key=f"suggestion {number}", expect={})

    numbers = iter(range(pending))
    await asyncio.gather(*(_all(one, numbers) for _ in range(AT_ONCE)))


async def _all(one: Callable[[int], Awaitable[None]], numbers: Iterator[int]) -> None:
    for number in numbers:
        await one(number)


async def _fact(room: Room, number: int) -> None:
    async with room.store.reading() as reading:
        await reading.dossiers((number,))


async def _queue(room: Room, offset: int) -> None:
    """What `desk queue` reads: the counts of its head, and one page."""
    async with room.store.reading() as reading:
        await reading.counts()
        if not await reading.waiting(limit=PAGE, offset=offset):
            raise RuntimeError("nothing waits")


async def _looking(room: Room, pages: Sequence[int], times: Times) -> None:
    for turn in count():
        begun = time.perf_counter()
        await _queue(room, pages[turn % len(pages)])
        times.append((time.perf_counter() - begun) * 1000)


async def _lookups(room: Room, queries: Sequence[str]) -> Times:
    asked = iter(queries)
    return await _times(lambda: room.lookup.find(next(asked)), len(queries))


async def _times(one: Callable[[], Awaitable[object]], times: int) -> Times:
    found = []
    for _ in range(times):
        begun = time.perf_counter()
        await one()
        found.append((time.perf_counter() - begun) * 1000)
    return found


def _p99(times: Times) -> float:
    return statistics.quantiles(times, n=100, method="inclusive")[98]


def _line(name: str, times: Times) -> str:
    return (
        f"{name:34} p50 {statistics.median(times):8.2f} ms   p99 {_p99(times):8.2f} ms   longest {max(times):8.2f} ms"
    )

"""How long one step of the event loop lasts during look-ups at 10,000 facts: nothing else is answered meanwhile."""

from __future__ import annotations

import asyncio
import statistics
import tempfile
import time
from asyncio import Handle
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.corpus import Corpus
from benchmarks.discord_speed import FACTS, QUERIES, configured, filled
from bot import app

_STEP = "_run"  # asyncio runs every callback through this method; the product itself has no such hook


@contextmanager
def steps() -> Iterator[list[float]]:
    """Milliseconds of every callback that the loop runs inside this block."""
    times: list[float] = []
    plain = getattr(Handle, _STEP)

    def timed(handle: Handle) -> None:
        begun = time.perf_counter()
        plain(handle)
        times.append((time.perf_counter() - begun) * 1000)

    setattr(Handle, _STEP, timed)
    try:
        yield times
    finally:
        setattr(Handle, _STEP, plain)


async def main() -> list[str]:
    """Every query once, from four callers at a time; the floor is a loop that only sleeps."""
    corpus = Corpus(FACTS)
    queries = corpus.queries(QUERIES)
    with tempfile.TemporaryDirectory() as name:
        await filled(Path(name), corpus)
        async with app.reading(app.database(configured(Path(name)))) as room:
            await room.lookup.find(queries[0])
            with steps() as idle:
                for _ in range(QUERIES):
                    await asyncio.sleep(0.0005)
            begun, spent = time.perf_counter(), time.process_time()
            with steps() as busy:
                for four in zip(*[iter(queries)] * 4, strict=True):
                    await asyncio.gather(*(room.lookup.find(query) for query in four))
            wall, cpu = time.perf_counter() - begun, time.process_time() - spent
    return [
        f"Event loop held during {QUERIES} look-ups at {FACTS} facts, four at a time "
        f"({wall * 1000 / QUERIES:.2f} ms wall, {cpu * 1000 / QUERIES:.2f} ms CPU each)",
        _line("idle loop", idle),
        _line("look-ups", busy),
    ]


def _line(name: str, times: list[float]) -> str:
    cuts = statistics.quantiles(times, n=1000)
    return f"{name:14} p50 {cuts[499]:.3f} ms   p99 {cuts[989]:.3f} ms   longest {max(times):.2f} ms"

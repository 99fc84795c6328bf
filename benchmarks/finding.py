"""Look-ups at growing sizes: how long they take, how long they hold the loop, and what two other searches need.

    make bench args=finding
    .venv/bin/python -m benchmarks.finding --sizes 10000 1000000 --folder archives

Each size is measured in a process of its own, on one core, with every query asked once and nothing cached. Beside wall
time stands the processor time of the whole process, which is what wall time is on a machine that does nothing else. The
floors are plain FTS5 (unicode61, OR, ORDER BY rank) and, where it is installed, tantivy (WAND), in the same run.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from benchmarks import archive
from benchmarks.corpus import Corpus
from benchmarks.holding import steps
from benchmarks.processes import child, rss_mib
from bot import app
from bot.core.model.finding import Found, NothingFound, WhichOne
from bot.store.sqlite.plain import plain_search

SIZES = (1_000, 10_000, 100_000)
QUERIES, PREFIXES = 500, 500
PLAIN_SECONDS = 60  # after which the plain search has shown enough
LIMIT = 10


async def main(sizes: Sequence[int] = SIZES, folder: Path | None = None) -> list[str]:
    """One line for each size and search."""
    lines = [_HEAD]
    for size in sizes:
        with _folder(folder, size) as place:
            corpus = Corpus(min(size, archive.BASE))
            path = place / app.DATABASE
            if not path.exists():
                begun = time.perf_counter()
                await archive.build(place, corpus, size)
                print(f"built {size:,} facts in {time.perf_counter() - begun:.0f} s", file=sys.stderr)
            asked = place / "asked.json"
            asked.write_text(json.dumps([archive.questions(corpus, QUERIES), _prefixes(corpus)]), encoding="utf-8")
            ours = await _measured(path, asked)
            lines += _lines(size, ours)
            lines += _floors(size, corpus, place, [query for _, query in archive.questions(corpus, QUERIES)])
    return lines


Times = list[tuple[float, float]]  # (wall, processor) of each query, ms

_HEAD = (
    "    facts  search                              p50 ms   p99 ms  longest  CPU p50  CPU p99  CPU most  held p99"
    " held most  MiB more"
)


class _Watch:
    """Times what happens one after the other."""

    def __init__(self) -> None:
        self.times: Times = []

    @contextmanager
    def one(self) -> Iterator[None]:
        """Time the block."""
        wall, spent = time.perf_counter(), time.process_time()
        yield
        self.times.append(((time.perf_counter() - wall) * 1000, (time.process_time() - spent) * 1000))


def _lines(size: int, ours: dict[str, Any]) -> Iterator[str]:
    yield _line(size, f"onrecord ({ours['found']} found, {ours['incomplete']} cut)", ours["all"], ours)
    for shape, times in sorted(ours["shapes"].items()):
        yield _line(size, f"  {shape}", times)
    yield _line(size, "onrecord autocomplete", ours["prefixes"])


def _line(size: int, name: str, times: Times, ours: dict[str, Any] | None = None) -> str:
    wall, spent = ([each[at] for each in times] for at in (0, 1))
    line = f"{size:>9,}  {name:34}{_spread(wall)}{_spread(spent)}"
    if ours:
        held = statistics.quantiles(ours["held"], n=100)
        line += f"{held[98]:10.2f}{max(ours['held']):10.2f}{ours['rss'][1] - ours['rss'][0]:10.1f}"
    return line


def _spread(times: Sequence[float]) -> str:
    cuts = statistics.quantiles(times, n=100, method="inclusive")
    return f"{cuts[49]:8.2f}{cuts[98]:9.2f}{max(times):9.2f}"


def _floors(size: int, corpus: Corpus, place: Path, queries: Sequence[str]) -> Iterator[str]:
    with plain_search(
        archive.texts(corpus, size), None if size <= archive.BASE else _fresh(place / "plain.db")
    ) as search:
        yield _line(size, "plain FTS5, OR, by rank", _timed(search, queries))
    if find_spec("tantivy") is not None:
        yield _line(size, "tantivy, OR", _timed(_tantivy(corpus, size), queries))


def _fresh(path: Path) -> Path:
    path.unlink(missing_ok=True)
    return path


def _tantivy(corpus: Corpus, size: int) -> Callable[[str], object]:
    import tantivy  # noqa: PLC0415 -- a floor that need not be installed

    builder = tantivy.SchemaBuilder()
    for field in ("text", "label"):
        builder.add_text_field(field, stored=False)
    index = tantivy.Index(builder.build())
    writer = index.writer(100_000_000, 1)
    for _, text, label in archive.texts(corpus, size):
        writer.add_document(tantivy.Document(text=text, label=label))
    writer.commit()
    writer.wait_merging_threads()
    index.reload()
    searcher = index.searcher()

    def search(query: str) -> object:
        words = " ".join("".join(char if char.isalnum() else " " for char in query).split())
        return searcher.search(index.parse_query(words, ["text", "label"]), LIMIT)

    return search


def _timed(search: Callable[[str], object], queries: Sequence[str]) -> Times:
    watch = _Watch()
    begun = time.perf_counter()
    for query in queries:
        with watch.one():
            search(query)
        if time.perf_counter() - begun > PLAIN_SECONDS and len(watch.times) >= 50:
            break
    return watch.times


def _prefixes(corpus: Corpus) -> list[str]:
    words = [*corpus.vocabulary, *(entity.name for entity in corpus.entities[:2000])]
    step = max(1, len(words) // PREFIXES)
    return [word[: 1 + number % 6] for number, word in enumerate(words[::step])][:PREFIXES]


async def _measured(path: Path, asked: Path) -> dict[str, Any]:
    result = asked.with_name("result.json")
    async with child(["-m", "benchmarks.finding", "--child", str(path), str(asked), str(result)], {}) as process:
        if await process.wait():
            raise RuntimeError("the measuring process failed")
    found: dict[str, Any] = json.loads(result.read_text(encoding="utf-8"))
    return found


async def _child(path: Path, queries: Sequence[tuple[str, str]], prefixes: Sequence[str]) -> dict[str, Any]:
    """Ask everything once; times in ms, memory in MiB."""
    found = incomplete = 0
    asking, typing = _Watch(), _Watch()
    async with app.reading(path) as room:
        before = rss_mib(os.getpid())
        await room.lookup.find("warm up")
        with steps() as held:
            for _, query in queries:
                with asking.one():
                    finding = await room.lookup.find(query, limit=LIMIT)
                found += isinstance(finding, Found | WhichOne)
                incomplete += isinstance(finding, NothingFound) and not finding.complete
        after = rss_mib(os.getpid())
        for prefix in prefixes:
            with typing.one():
                await room.lookup.suggest(prefix)
    shapes: dict[str, Times] = {}
    for (shape, _), took in zip(queries, asking.times, strict=True):
        shapes.setdefault(shape, []).append(took)
    return {
        "all": asking.times, "shapes": shapes, "prefixes": typing.times, "held": held, "found": found,
        "incomplete": incomplete, "rss": (before, after),
    }  # fmt: skip


@contextmanager
def _folder(folder: Path | None, size: int) -> Iterator[Path]:
    if folder is not None:
        place = folder / str(size)
        place.mkdir(parents=True, exist_ok=True)
        yield place
        return
    with tempfile.TemporaryDirectory() as name:
        yield Path(name)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES, metavar="FACTS")
    parser.add_argument("--folder", type=Path, help="keep the databases here, and use those that are there")
    parser.add_argument("--child", type=Path, nargs=3, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.child:
        database, asked, result = options.child
        result.write_text(json.dumps(asyncio.run(_child(database, *json.loads(asked.read_text("utf-8"))))), "utf-8")
    else:
        print("\n".join(asyncio.run(main(options.sizes, options.folder))))

"""`/fact` on Discord at 10,000 facts beside a minimal discord.py bot, over real sockets, one core each."""

from __future__ import annotations

import os
import statistics
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.corpus import Corpus
from benchmarks.processes import child, cpu_seconds, rss_mib
from bot import app
from bot.config import Config, load
from tests.gateway.people import GUILD
from tests.gateway.server import FakeDiscord

FACTS, QUERIES, ROUNDS, GROWTH = 10_000, 500, 3, 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """One bot, one run. Times in ms, memory in MiB."""

    first_answer: float
    ready_rss: float
    p50: float
    p99: float
    cpu: float  # a query
    grown: float  # MiB over GROWTH interactions
    found: int  # answers that show words


def configured(folder: Path) -> Config:
    """The configuration that `filled` writes."""
    return load(folder / "config.yaml", {}, folder)


async def filled(folder: Path, corpus: Corpus) -> None:
    """A data directory with the corpus in it, as `onrecord run` finds it."""
    (folder / "config.yaml").write_text(f"data_dir: {folder}/data\ndiscord:\n  guilds: [{GUILD}]\n", encoding="utf-8")
    config = configured(folder)
    async with app.writing(config) as room:
        await room.facts.apply(corpus.as_import(), key="benchmark", expect={})


async def measure(
    command: Sequence[str], environment: Mapping[str, str], queries: Sequence[str], discord: FakeDiscord
) -> Measured:
    """Start a bot, ask every query once in turn, then GROWTH more for its memory."""
    started = time.perf_counter()
    async with child(command, environment) as process:
        await discord.connected()
        ready_rss = rss_mib(process.pid)
        await discord.slash("fact", {"query": queries[0]})
        first_answer = (time.perf_counter() - started) * 1000
        found, times, spent = 0, [], cpu_seconds(process.pid)
        for query in queries:
            asked = time.perf_counter()
            answer = await discord.slash("fact", {"query": query})
            times.append((time.perf_counter() - asked) * 1000)
            found += not answer.private
        cpu = (cpu_seconds(process.pid) - spent) * 1000 / len(queries)
        before = rss_mib(process.pid)
        for number in range(GROWTH):
            await discord.slash("fact", {"query": queries[number % len(queries)]})
            if number % 1000 == 0:
                discord.world.asks.clear()
                discord.world.messages.clear()
        grown = rss_mib(process.pid) - before
    cuts = statistics.quantiles(times, n=100)
    return Measured(
        first_answer=first_answer, ready_rss=ready_rss, p50=cuts[49], p99=cuts[98], cpu=cpu, grown=grown, found=found
    )


async def main() -> list[str]:
    """Both bots, ROUNDS times in turn; the best of each, as lines of a table."""
    corpus = Corpus(FACTS)
    queries = corpus.queries(QUERIES)
    os.sched_setaffinity(
        0, {min(os.sched_getaffinity(0))} if len(os.sched_getaffinity(0)) > 1 else os.sched_getaffinity(0)
    )
    lines = [f"Discord, {FACTS} facts, {QUERIES} distinct queries, half misses; best of {ROUNDS} runs"]
    best: dict[str, list[Measured]] = {"minimal bot": [], "onrecord run": []}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        await filled(folder, corpus)
        for _ in range(ROUNDS):
            for bot, runs in best.items():
                async with FakeDiscord(checked=False) as discord:
                    if bot == "minimal bot":
                        command, environment = ["-m", "benchmarks.minimal_bot", discord.url, discord.token], {}
                    else:
                        command = ["-m", "bot", "--config", str(folder / "config.yaml"), "run"]
                        environment = {"ONRECORD_DISCORD_TOKEN": discord.token, "ONRECORD_DISCORD_API": discord.url}
                    runs.append(await measure(command, environment, queries, discord))
    heads = ("first answer", "RSS ready", "p50", "p99", "CPU/query", "RSS growth", "answered")
    widths = (14, 12, 9, 9, 12, 12, 10)
    lines.append(" " * 14 + "".join(f"{head:>{width}}" for head, width in zip(heads, widths, strict=True)))
    for bot, runs in best.items():
        lines.append(
            f"{bot:14}{min(r.first_answer for r in runs):11.0f} ms{min(r.ready_rss for r in runs):8.1f} MiB"
            f"{min(r.p50 for r in runs):6.2f} ms{min(r.p99 for r in runs):6.2f} ms{min(r.cpu for r in runs):9.2f} ms"
            f"{max(r.grown for r in runs):8.1f} MiB{runs[0].found:10}"
        )
    return lines

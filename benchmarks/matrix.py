"""The bot on Matrix beside a minimal nio bot that echoes: one Synapse, one fault proxy, the same people asking both."""

from __future__ import annotations

import asyncio
import json
import os
import random
import signal
import statistics
import sys
import tempfile
from collections import Counter
from collections.abc import Mapping, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import Path

from benchmarks.corpus import Corpus
from benchmarks.processes import child, rss_mib
from bot import app
from bot.config import load
from tests.gateway.people import GUILD
from tests.gateway.server import FakeDiscord
from tests.homeserver.client import Client, client, replies_to
from tests.homeserver.install import python
from tests.homeserver.proxy import Fault, Proxy, proxied
from tests.homeserver.synapse import Account, Synapse

FACTS, QUESTIONS, RUNS = 10_000, 60, 3
KILLS, UNDER_WAY, OUTAGE, STRANGERS = 20, 50, 60.0, 100

Command = tuple[Sequence[str], Mapping[str, str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """One bot, one run. Seconds, MiB, and milliseconds for the two medians."""

    start: float
    rss: float
    plain: float
    encrypted: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Bench:
    """Where everything happens."""

    synapse: Synapse
    proxy: Proxy
    folder: Path
    account: Account
    person: Client

    def onrecord(self, **more: str) -> Command:
        """The bot, for `child`."""
        environment = {"ONRECORD_MATRIX_TOKEN": self.account.token} | more
        return ["-m", "bot", "--config", str(self.folder / "config.yaml"), "run"], environment

    def echo(self, account: Account) -> Command:
        """The floor, for `child`."""
        where = [self.proxy.url, account.user, account.device, account.token, str(self.folder)]
        return ["-m", "benchmarks.minimal_matrix_bot", *where], {}

    async def connected(self) -> None:
        """The first sync since the last call is done."""
        await self.proxy.until(lambda: any("/sync" in seen.path and seen.status == 200 for seen in self.proxy.seen), 60)

    async def room(self, user: str, *, encrypted: bool) -> str:
        """A room with one of the bots in it."""
        room = await self.person.create(user, encrypted=encrypted)
        await self.person.until(
            lambda event: (
                event["room_id"] == room
                and event.get("state_key") == user
                and event["content"].get("membership") == "join"
            ),
            60,
        )
        return room

    async def asked(self, room: str, text: str) -> float:
        """Milliseconds from sending a question to reading its answer."""
        loop = asyncio.get_running_loop()
        begun = loop.time()
        question = await self.person.send(room, text)
        await self.person.answer(question, 60)
        return (loop.time() - begun) * 1000


async def measure(bench: Bench, command: Command, user: str, questions: Sequence[str]) -> Measured:
    """Start a bot, let it settle, ask."""
    loop = asyncio.get_running_loop()
    bench.proxy.seen.clear()
    begun = loop.time()
    async with child(*command) as process:
        await bench.connected()
        start = loop.time() - begun
        medians = []
        rooms = [await bench.room(user, encrypted=encrypted) for encrypted in (False, True)]
        await asyncio.sleep(3)  # idle
        rss = rss_mib(process.pid)
        for room in rooms:
            await bench.asked(room, questions[0])
            medians.append(statistics.median([await bench.asked(room, question) for question in questions]))
            bench.person.events.clear()
        for room in rooms:
            await bench.person.leave(room)
    return Measured(start=start, rss=rss, plain=medians[0], encrypted=medians[1])


async def outage(bench: Bench) -> str:
    """A minute of 502 on /sync."""
    loop = asyncio.get_running_loop()
    bench.proxy.seen.clear()
    async with child(*bench.onrecord()):
        await bench.connected()
        room = await bench.room(bench.account.user, encrypted=True)
        await bench.asked(room, "!fact #1")
        fault = Fault(path="/sync", times=None, status=502)
        bench.proxy.faults.append(fault)
        await bench.person.send(room, "this ends the long poll that is under way")
        await bench.proxy.until(lambda: bench.proxy.seen[-1].status == 502, 60)
        before = bench.proxy.count("/sync")
        await asyncio.sleep(OUTAGE)
        requests = bench.proxy.count("/sync") - before
        question = await bench.person.send(room, "!fact #1")
        bench.proxy.faults.remove(fault)
        ended = loop.time()
        await bench.person.answer(question, 60)
        waited = loop.time() - ended
    return f"{OUTAGE:.0f} s of 502 on /sync: {requests} requests, answer {waited:.1f} s after the end"


async def killed(bench: Bench) -> str:
    """SIGKILL at random moments under questions."""
    chance = random.Random(3)
    asked: list[str] = []
    bench.proxy.seen.clear()
    async with child(*bench.onrecord()):
        await bench.connected()
        room = await bench.room(bench.account.user, encrypted=True)
        await bench.asked(room, "!fact #1")
    bench.person.events.clear()
    for _ in range(KILLS):
        async with child(*bench.onrecord()) as process:
            moment = asyncio.create_task(asyncio.sleep(chance.uniform(0.6, 3.0)))
            asked += [await bench.person.send(room, "!fact #1") for _ in range(UNDER_WAY)]
            await moment
            process.send_signal(signal.SIGKILL)
            await process.wait()
    async with child(*bench.onrecord()):
        for question in asked:
            await bench.person.answer(question, 120)
        await bench.asked(room, "!fact #1")
    answers = Counter(replies_to(event) for event in bench.person.events if event["sender"] != bench.person.user)
    once = sum(answers[question] == 1 for question in asked)
    return f"SIGKILL under {UNDER_WAY} questions, {KILLS} rounds: {once} of {len(asked)} answered exactly once"


async def strangers(bench: Bench, stranger: Client) -> str:
    """Invitations of somebody who is on no list."""
    bench.proxy.seen.clear()
    log = bench.folder / "log"
    arguments, environment = bench.onrecord(ONRECORD_MATRIX_INVITES=bench.person.user)
    with log.open("wb") as stream:
        process = await asyncio.create_subprocess_exec(
            sys.executable, *arguments, env={**os.environ, **environment}, stderr=stream
        )
        try:
            await bench.connected()
            lines = len(log.read_text(encoding="utf-8").splitlines())
            for _ in range(STRANGERS):
                await stranger.create(bench.account.user)
            room = await bench.room(bench.account.user, encrypted=False)
            waited = await bench.asked(room, "!fact #1")
            await bench.proxy.until(lambda: bench.proxy.count("/leave") >= STRANGERS, 120)
            joins = bench.proxy.count("/join/") - 1
            lines = len(log.read_text(encoding="utf-8").splitlines()) - lines
        finally:
            process.terminate()
            await process.wait()
    meanwhile = f"an answer meanwhile in {waited:.0f} ms"
    return f"{STRANGERS} invitations of strangers: {joins} joins, {lines} log lines, {meanwhile}"


async def both(bench: Bench) -> str:
    """Discord and Matrix in one process."""
    async with FakeDiscord(checked=False) as discord:
        bench.proxy.seen.clear()
        more = {"ONRECORD_DISCORD_TOKEN": discord.token, "ONRECORD_DISCORD_API": discord.url}
        async with child(*bench.onrecord(**more, ONRECORD_DISCORD_GUILDS=str(GUILD))) as process:
            await bench.connected()
            await discord.connected()
            room = await bench.room(bench.account.user, encrypted=True)
            for _ in range(20):
                await bench.asked(room, "!fact #1")
                await discord.slash("fact", {"query": "#1"})
            rss = rss_mib(process.pid)
    return f"Discord and Matrix with encryption in one process, {FACTS:,} facts: {rss:.1f} MiB"


async def main() -> list[str]:
    """All of it, as lines."""
    lines = []
    corpus = Corpus(FACTS)
    questions = [f"!fact {query}" for query in corpus.queries(QUESTIONS)]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        synapse = Synapse(python=python(), folder=folder / "synapse")
        synapse.start()
        try:
            async with AsyncExitStack() as stack:
                proxy = await stack.enter_async_context(proxied(synapse.url))
                account, echo = synapse.user("onrecord"), synapse.user("echo")
                person = await stack.enter_async_context(client(synapse.url, synapse.user("ada")))
                person.careful = False
                stranger = await stack.enter_async_context(client(synapse.url, synapse.user("eve")))
                text = (
                    f"data_dir: {json.dumps(str(folder / 'data'))}\nmatrix:\n"
                    f'  homeserver: "{proxy.url}"\n  user: "{account.user}"\n  invites: [localhost]\n'
                )
                (folder / "config.yaml").write_text(text, encoding="utf-8")
                async with app.writing(load(folder / "config.yaml", {}, folder)) as room:
                    await room.facts.apply(corpus.as_import(), key="benchmark", expect={})
                bench = Bench(synapse=synapse, proxy=proxy, folder=folder, account=account, person=person)
                runs: dict[str, list[Measured]] = {"nio echo bot": [], "onrecord run": []}
                for _ in range(RUNS):
                    runs["nio echo bot"].append(await measure(bench, bench.echo(echo), echo.user, questions))
                    runs["onrecord run"].append(await measure(bench, bench.onrecord(), account.user, questions))
                lines += table(runs)
                for part in (both(bench), strangers(bench, stranger), outage(bench), killed(bench)):
                    lines.append(await part)
                    print(f"… {lines[-1]}", file=sys.stderr, flush=True)
        finally:
            synapse.stop()
    return lines


def table(runs: Mapping[str, Sequence[Measured]]) -> list[str]:
    """The best of each, and how they compare."""
    lines = [
        f"Matrix, {FACTS:,} facts, {QUESTIONS} questions a room; best of {RUNS} runs",
        f"{'':14}{'first sync':>12}{'RSS idle':>12}{'p50 plain':>12}{'p50 encrypted':>15}",
    ]
    best = {
        bot: Measured(
            start=min(run.start for run in measured),
            rss=min(run.rss for run in measured),
            plain=min(run.plain for run in measured),
            encrypted=min(run.encrypted for run in measured),
        )
        for bot, measured in runs.items()
    }
    lines += [
        f"{bot:14}{run.start:10.2f} s{run.rss:8.1f} MiB{run.plain:9.1f} ms{run.encrypted:12.1f} ms"
        for bot, run in best.items()
    ]
    floor, ours = best["nio echo bot"], best["onrecord run"]
    lines.append(
        f"{'ratio':14}{ours.start / floor.start:12.2f}{ours.rss / floor.rss:12.2f}"
        f"{ours.plain / floor.plain:12.2f}{ours.encrypted / floor.encrypted:15.2f}"
    )
    return lines

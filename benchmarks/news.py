"""News and corrections on the fake Discord: none missing, none twice, in order, over kills; look-ups beside them."""

from __future__ import annotations

import asyncio
import random
import statistics
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from benchmarks.corpus import Corpus
from benchmarks.discord_speed import configured, filled
from benchmarks.processes import child
from bot import app
from bot.core.model.change import FileImport, Hide, StartFollow
from bot.core.model.desk import By, Terms
from bot.core.model.mail import Delivery, InstallType, MessageRef, Place, Visibility
from bot.core.model.news import Subject
from tests.builders import a_record, some_records
from tests.gateway.people import GUILD
from tests.gateway.server import FakeDiscord

FOLLOWS, FACTS, KILLS = 200, 50, 10
ANSWERS, CHANNELS, LIMIT = 1_000, 100, 5  # edits a channel and 5 s
CORPUS, ASKED, SEED = 10_000, 300, 20261127
TERMS = Terms(hourly=FACTS)


def place(number: int) -> Place:
    """One of the channels."""
    return Place(platform="discord", id=str(430_000_000_000_100_000 + number), guild=GUILD)


async def followed(folder: Path) -> list[int]:
    """FOLLOWS channels that follow everything, and FACTS facts that are published in one go; their numbers."""
    async with app.writing(configured(folder)) as room:
        for number in range(FOLLOWS):
            by = By(platform="discord", account=str(number % 4), editor=True)
            change = StartFollow(by=by, terms=TERMS, place=place(number), subject=Subject.EVERYTHING)
            await room.store.apply(change, key=f"follow {number}", expect={})
        records = some_records(
            *(
                a_record(slug=f"news-{each}", text=f"We have felled {each} firs", label=f"{each} firs")
                for each in range(FACTS)
            )
        )
        news = FileImport(records=records, publish_as="a benchmark", terms=TERMS)
        await room.store.apply(news, key="news", expect={})
        async with room.store.reading() as view:
            return [await view.number_of(f"news-{each}") or 0 for each in range(FACTS)]


async def posted(folder: Path, discord: FakeDiscord, environment: dict[str, str]) -> float:
    """Run and kill the bot until everything is posted; seconds."""
    chance, channels, began = random.Random(SEED), discord.world.channels, time.perf_counter()
    command = ["-m", "bot", "--config", str(folder / "config.yaml"), "run"]
    goals = [*sorted(chance.sample(range(200, FOLLOWS * FACTS - 200), KILLS)), FOLLOWS * FACTS]
    for goal in goals:
        async with child(command, environment) as process:
            await discord.until(lambda goal=goal: len(channels.posted) >= goal, 600)  # type: ignore[misc]
            if goal < FOLLOWS * FACTS:
                process.kill()
                await process.wait()
            else:
                await asyncio.sleep(2)  # whether anything comes twice
    return time.perf_counter() - began


def judged(discord: FakeDiscord, numbers: Sequence[int]) -> tuple[int, int, int]:
    """(missing, posted twice, channels out of order)."""
    wanted = [f"#{number}" for number in numbers]
    missing = twice = disorder = 0
    for number in range(FOLLOWS):
        texts = [message["content"] for message in discord.world.channels.in_channel(place(number).id)]
        found = [next((each for each in wanted if f"{each}\n" in f"{text}\n"), "?") for text in texts]
        counted = Counter(found)
        missing += sum(each not in counted for each in wanted)
        twice += sum(count - 1 for count in counted.values())
        disorder += found != wanted
    return missing, twice, disorder


async def asked(discord: FakeDiscord, queries: Sequence[str]) -> float:
    """p99 of look-ups in ms."""
    times = []
    for query in queries:
        began = time.perf_counter()
        await discord.slash("fact", {"query": query})
        times.append((time.perf_counter() - began) * 1000)
    return statistics.quantiles(times, n=100)[98]


async def answered(folder: Path, discord: FakeDiscord, number: int) -> None:
    """ANSWERS messages that show a fact, and the fact hidden."""
    async with app.writing(configured(folder)) as room:
        async with room.store.reading() as view:
            (found,) = await view.dossiers((number,))
        for each in range(ANSWERS):
            where = place(each % CHANNELS)
            message = discord.world.channels.post(where.id, {"content": "an answer"})
            await room.store.record(
                Delivery(
                    ref=MessageRef(place=where, message=message["id"]),
                    shown=((number, found.fact.revision.number),),
                    locale="en",
                    install=InstallType.MEMBER,
                    visibility=Visibility.PUBLIC,
                    at=room.clock.now(),
                )
            )
        by = By(platform="discord", account="1", editor=True)
        await room.store.apply(Hide(by=by, terms=TERMS, number=number, reason="contested"), key="hide", expect={})


async def main() -> list[str]:
    """Posts over kills, then corrections under limits; lines of a table."""
    corpus = Corpus(CORPUS)
    queries = corpus.queries(ASKED * 2)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        await filled(folder, corpus)
        numbers = await followed(folder)
        async with FakeDiscord(checked=False) as discord:
            environment = {"ONRECORD_DISCORD_TOKEN": discord.token, "ONRECORD_DISCORD_API": discord.url}
            seconds = await posted(folder, discord, environment)
            missing, twice, disorder = judged(discord, numbers)
        async with FakeDiscord(checked=False) as discord:
            environment = {"ONRECORD_DISCORD_TOKEN": discord.token, "ONRECORD_DISCORD_API": discord.url}
            command = ["-m", "bot", "--config", str(folder / "config.yaml"), "run"]
            async with child(command, environment):
                await discord.connected()
                await asked(discord, queries[:50])
                idle = await asked(discord, queries[:ASKED])
            await answered(folder, discord, numbers[0])
            discord.api.buckets.limit = LIMIT
            async with child(command, environment):
                discord.gate.online.clear()
                began = time.perf_counter()
                await discord.connected()
                busy = await asked(discord, queries[ASKED:])
                left = ANSWERS - len(discord.world.channels.edited)
                await discord.until(lambda: len(discord.world.channels.edited) >= ANSWERS, 600)
                took = time.perf_counter() - began
    return [
        f"{FOLLOWS} follows x {FACTS} facts, {KILLS} kills: {FOLLOWS * FACTS} posts in {seconds:.0f} s, "
        f"missing {missing}, twice {twice}, channels out of order {disorder}",
        f"{ANSWERS} answers in {CHANNELS} channels corrected under {LIMIT} edits / 5 s: {took:.0f} s, "
        f"turned away {discord.api.buckets.turned_away}; look-ups p99 idle {idle:.1f} ms, meanwhile {busy:.1f} ms "
        f"({busy / idle:.2f}x; {left} edits were left after the last of them)",
    ]

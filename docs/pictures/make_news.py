"""Draw docs/pictures/news-*.png and timeline.png: a followed channel, a correction, a line over time.

In the environment of `make_discord` with `pip install ".[pictures]"`. The claims are made up.

    .venv-pictures/bin/python -m docs.pictures.make_news
"""

from __future__ import annotations

import asyncio
import sys
import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import simcord

from bot.commands.services import Charts, Office
from bot.core.dates import parse
from bot.core.model.change import FactRecord, FileImport, Records, Revise, StartFollow
from bot.core.model.desk import By, Terms
from bot.core.model.fact import Act, Hop, Kind, Revision, Said, Speaker
from bot.core.model.mail import Place
from bot.core.model.names import Entity, EntityType
from bot.core.model.news import Pace, Subject
from bot.core.model.quantity import ClaimSeries, Comparator, Quantity
from bot.core.model.review import Attribution, Workflow
from bot.core.model.source import Citation, Source
from bot.pictures.drawing import drawer
from bot.platforms.discord.channels import Channels
from bot.platforms.discord.posting import Posting
from bot.platforms.sender import Sender
from bot.system import SystemClock
from docs.pictures.make_discord import DESKTOP, TARGET, a_store, client, with_the_systems_chromium

SERIES = ClaimSeries(
    id="bridges-repaired", label="Bridges repaired in Testwick since the flood", unit="bridge", scope="in the county"
)
PEOPLE = {"ivan-muster": "Ivan Muster", "ada-beispiel": "Ada Beispiel"}


def claimed(value: str, comparator: str, who: str, day: str, text: str, surface: str) -> FactRecord:
    """One statement, published by a paper that nobody has compared it with."""
    revision = Revision(
        number=1,
        kind=Kind.INDIRECT,
        text=text,
        language="en",
        speaker=Speaker(entity=who, name_in_source=PEOPLE[who]),
        said=Said(on=parse(day), stated=True),
        label=f"{value} bridges repaired, {PEOPLE[who].split()[-1]}",
        quantities=(
            Quantity(comparator=Comparator(comparator), value=value, unit="bridge", surface=surface, series=SERIES.id),
        ),
        chain=(
            Hop(act=Act.SAID, actor=who, stated=True),
            Hop(act=Act.PARAPHRASED, name="The Testwick Gazette", stated=True),
        ),
        citations=(Citation(source="gazette"),),
        attribution=Attribution.ATTRIBUTED,
    )
    return FactRecord(
        slug=f"bridges-{value}",
        number=None,
        workflow=Workflow.PUBLISHED,
        base_revision=None,
        base_hash=None,
        revision=revision,
    )


CLAIMS = Records(
    sources=(
        Source(
            id="gazette",
            publisher="The Testwick Gazette",
            title="After the flood",
            published=parse("2026-06-20"),
            url="https://gazette.example/flood",
            language="en",
        ),
    ),
    entities=tuple(Entity(id=each, type=EntityType.PERSON, name=name) for each, name in PEOPLE.items()),
    series=(SERIES,),
    facts=(
        claimed("12", "=", "ivan-muster", "2026-03-02", "the minister said that 12 bridges stood again", "12 bridges"),
        claimed("25", "~", "ada-beispiel", "2026-04", "the mayor put it at about 25 bridges", "about 25 bridges"),
        claimed(
            "40",
            ">=",
            "ivan-muster",
            "2026-06-18",
            "the minister said that at least 40 bridges had been repaired",
            "at least 40 bridges",
        ),
    ),
)


async def until(true: Callable[[], object]) -> None:
    """Wait until something holds that the bot does by itself."""
    async with asyncio.timeout(20):
        while not true():  # noqa: ASYNC110 -- what is waited for happens in the simulator
            await asyncio.sleep(0.05)


async def shot(env: Any, channel: Any, viewer: Any, target: Any, name: str, height: int) -> None:
    """One picture of a message."""
    async with env.preview(channel, viewers=[viewer], width=DESKTOP[0], height=height, locale="en-GB") as preview:
        await preview.screenshot(TARGET / name, target=target, allow_incomplete=True)


async def news() -> None:
    """A channel that follows everything: a new fact, the same post after a correction, and a line over time."""
    store = a_store()
    folder = Path(tempfile.mkdtemp())
    draw = drawer(folder)
    if draw is None:
        raise SystemExit("install matplotlib: pip install '.[pictures]'")
    charts = Charts(draw=draw, clock=SystemClock())
    async with simcord.run(await client(store)) as env:
        env.backend.bot_user.name = "On the Record"
        guild = env.create_guild("On the Record")
        channel = guild.create_text_channel("news")
        ada = guild.add_member(env.create_user("ada"))
        office = Office(desk=store, terms=Terms(), clock=SystemClock(), checker="onrecord")
        place = Place(platform="discord", id=str(channel.id), guild=str(guild.id))
        by = By(platform="discord", account=str(ada.id), editor=True)
        follow = StartFollow(
            by=by, terms=Terms(), place=place, subject=Subject.EVERYTHING, target="", pace=Pace.EACH, locale="en"
        )
        await store.apply(follow, key="follow", expect={})
        await store.apply(FileImport(records=CLAIMS, publish_as="Ada Muster"), key="claims", expect={})
        bot = await client(store, charts)
        await env.restart_bot(bot)
        posting = Posting(
            wire=Channels(bot),
            mail=store,
            clock=SystemClock(),
            sender=Sender(office=office, platform="discord"),
        )
        task = asyncio.create_task(posting.run())
        await until(lambda: len(channel.history()) == len(CLAIMS.facts))
        newest = channel.last_message
        await shot(env, channel, ada, newest, "news-post.png", 330)
        async with store.reading() as view:
            number = await view.number_of(CLAIMS.facts[-1].slug) or 0
            fact = (await view.dossiers((number,)))[0].fact
        revision = replace(fact.revision, said=Said(on=None, basis=fact.revision.said.basis))
        change = Revise(by=by, terms=Terms(), number=number, revision=revision, reason="the page gives another day")
        await store.apply(change, key="correct", expect={})
        await until(lambda: "Corrected" in channel.last_message.content)
        await shot(env, channel, ada, channel.last_message, "news-corrected.png", 360)
        task.cancel()
        line = await ada.slash(channel, "fact", query=f"#{number}")
        drawn_line = await ada.click(line.response, label="Over time")
        await shot(env, channel, ada, drawn_line.response, "timeline.png", 960)


if __name__ == "__main__":
    with_the_systems_chromium()
    sys.exit(asyncio.run(news()))

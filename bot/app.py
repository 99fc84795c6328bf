"""The composition root: opens the store, hands it to whoever needs it, and closes everything on every path."""

from __future__ import annotations

import functools
from collections.abc import AsyncIterator, Iterable, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import bot
from bot.bundled import bundled
from bot.commands.desk.missing import Misses
from bot.commands.rows import table_of
from bot.commands.services import Charts, House, Office
from bot.commands.table import Command
from bot.config import Config
from bot.core.lookup import Lookup
from bot.core.model.change import Applied, FileImport, Records
from bot.core.model.desk import Terms
from bot.core.ports import Clock, Facts, Ids
from bot.core.search.index import VERSION as INDEX
from bot.core.search.index import document
from bot.core.search.terms import Analysis
from bot.pictures.drawing import drawer
from bot.stemming import Stemmer
from bot.store.sqlite import SqliteStore, opened
from bot.store.sqlite.backup import newest_backup
from bot.store.sqlite.errors import AlreadyRunning, DatabaseMissing, DatabaseTooOld
from bot.system import OrderedIds, SystemClock

if TYPE_CHECKING:
    from bot.interchange.check import Inspection

DATABASE = "onrecord.db"
EXAMPLES_BY = "the On the Record project (example facts)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """Everything that answering needs, for as long as the store is open."""

    store: SqliteStore
    lookup: Lookup
    office: Office
    table: tuple[Command, ...]
    clock: Clock
    ids: Ids
    terms: Terms  # of the desk
    language: str  # BCP 47, where the asker's own is not known

    @property
    def facts(self) -> Facts:
        """The store as the port."""
        return self.store


@asynccontextmanager
async def _room(path: Path, *, writing: bool, config: Config | None = None) -> AsyncIterator[Room]:
    stemmer, clock, ids = Stemmer(), SystemClock(), OrderedIds()
    analysis = Analysis(stemmer, stemmer.german)
    index = functools.partial(document, analysis=analysis)
    async with opened(
        path, index=index, clock=clock, ids=ids, analysis=f"onrecord {bot.__version__}.{INDEX}", read_only=not writing
    ) as store:
        lookup = Lookup(store, analysis)
        house = House(version=bot.__version__)
        if config is not None:
            house = House(version=bot.__version__, contact=config.contact, editors=config.editors)
        office = Office(
            desk=store,
            terms=config.terms if config else Terms(),
            clock=clock,
            checker=f"onrecord {bot.__version__}",
            reader=lookup,
            misses=Misses(store) if writing else None,
            open=writing,
        )
        draw = drawer(path.parent / "matplotlib")
        charts = Charts(draw=draw, clock=clock) if draw is not None else None
        yield Room(
            store=store,
            lookup=lookup,
            office=office,
            table=table_of(finder=lookup, facts=store, house=house, office=office, charts=charts),
            clock=clock,
            ids=ids,
            terms=office.terms,
            language=config.language if config else "en",
        )


def database(config: Config) -> Path:
    """The file that holds everything."""
    return config.data_dir / DATABASE


@asynccontextmanager
async def reading(path: Path, config: Config | None = None) -> AsyncIterator[Room]:
    """A database opened for reading, also while a bot writes to it. Raises StoreError."""
    async with _room(path, writing=False, config=config) as room:
        yield room


@asynccontextmanager
async def writing(config: Config) -> AsyncIterator[Room]:
    """The database of the data directory, made if it is missing. Raises StoreError; AlreadyRunning while a bot runs.

    Where there are backups of a missing one, it was lost: DatabaseMissing, so that no empty one takes its place.
    """
    if not database(config).exists() and newest_backup(config.backups, SystemClock().now()) is not None:
        raise DatabaseMissing(database(config))
    async with _room(database(config), writing=True, config=config) as room:
        yield room


@asynccontextmanager
async def asking(config: Config) -> AsyncIterator[Room]:
    """For somebody who tries the bot out: where there is no database yet, one with the example facts is made first.

    A database that somebody set up stays as it is, also an empty one; where somebody configured the bot, none is made.
    Raises StoreError.
    """
    with suppress(AlreadyRunning):  # whoever holds the directory makes or has made the database
        if await _needs_work(config):
            async with writing(config) as room:
                if room.facts.position == 0:
                    await import_examples(room)
    async with reading(database(config), config) as room:
        yield room


@asynccontextmanager
async def trying(records: Records, folder: Path) -> AsyncIterator[Room]:
    """A database of its own in an empty folder, with these records published. Raises StoreError."""
    async with _room(folder / DATABASE, writing=True) as room:
        change = FileImport(records=records, publish_as="somebody who tries it out")
        await room.facts.apply(change, key="trying", expect={})
        yield room


async def _needs_work(config: Config) -> bool:
    """There is no database yet, or one of an older program, or that of a first run that was cut off."""
    if not database(config).exists():
        return config.file is None
    try:
        async with reading(database(config)) as room:
            return config.file is None and room.facts.position == 0
    except DatabaseTooOld:
        return True


async def import_examples(room: Room) -> Applied:
    """Publish the facts that come with the program, disclosed as examples. The same again changes nothing."""
    found = inspected((bundled("facts"),), today=room.clock.now().date())
    if not found.ok:
        raise RuntimeError("\n".join(("the bundled facts are wrong:", *found.lines())))
    change = FileImport(records=found.records, publish_as=EXAMPLES_BY, texts=found.texts)
    return await room.facts.apply(change, key=f"examples {bot.__version__} {room.ids.new()}", expect={})


def inspected(
    paths: Iterable[Path],
    *,
    today: date,
    texts: Path | None = None,
    beside: Records | None = None,
    kept: Mapping[str, str] | None = None,
    canonical: bool = False,
) -> Inspection:
    """Read and judge files of facts, as this version of the program; `kept` are the normalised texts on file."""
    from bot.interchange.check import inspect  # noqa: PLC0415 -- a running bot reads no files of facts

    checker = f"onrecord {bot.__version__}"
    return inspect(paths, texts=texts, beside=beside, kept=kept or {}, canonical=canonical, on=today, checker=checker)

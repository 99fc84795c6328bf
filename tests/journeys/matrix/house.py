"""A bot on the real homeserver, with the project's own facts in a store that outlives its restarts."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from bot.commands.rows import table_of
from bot.commands.services import House as About
from bot.commands.services import Office
from bot.commands.table import Command
from bot.core.lookup import Lookup
from bot.core.model.change import FileImport
from bot.core.model.desk import Terms
from bot.core.model.mail import Place
from bot.core.search.index import document
from bot.platforms.matrix.entry import Entry
from bot.platforms.matrix.platform import MatrixPlatform
from bot.platforms.matrix.settings import MatrixSettings
from bot.platforms.sender import Sender
from bot.store.memory import MemoryStore
from bot.system import OrderedIds, SystemClock
from tests.homeserver.client import Client, Event, replies_to
from tests.homeserver.synapse import SERVER_NAME, Account
from tests.seeded import analysis, records

QUOTE = "at least 3.5 million artillery rounds"
SECONDS = 20


class Watched(MatrixPlatform):
    """The platform, and an event for its first connection."""

    def __init__(self, **given: Any) -> None:
        super().__init__(**given)
        self.ready = asyncio.Event()

    def now(self, *, connected: bool, detail: str) -> None:
        super().now(connected=connected, detail=detail)
        if connected:
            self.ready.set()


@dataclass(kw_only=True)
class House:
    """One account, its data directory and its store. `url` is where the bot finds the homeserver."""

    url: str
    account: Account
    folder: Path
    store: MemoryStore
    table: tuple[Command, ...]
    token: bool = True  # signs in with the account's token; otherwise with what the folder has, or the password
    password: bool = False
    office: Office
    settings: dict[str, Any] = field(default_factory=dict)

    def reviewing(self, room: str | None) -> None:
        """Cards are posted in this room from now on."""
        review = (Place(platform="matrix", id=room),) if room else ()
        self.office = replace(self.office, terms=Terms(review=review))
        self.table = table_of(
            finder=Lookup(self.store, analysis()), facts=self.store, house=About(version="0"), office=self.office
        )

    @property
    def user(self) -> str:
        return self.account.user

    def platform(self, **settings: Any) -> Watched:
        """A bot that does not run yet. Everybody on the server may invite it, unless the settings say otherwise."""
        usual: dict[str, Any] = {"homeserver": self.url, "user": self.user, "invites": frozenset({SERVER_NAME})}
        entry = Entry(
            settings=MatrixSettings(**usual | self.settings | settings),
            folder=self.folder,
            token=self.account.token if self.token else None,
            password=self.account.password if self.password else None,
        )
        sender = Sender(office=self.office, platform=Watched.name)
        return Watched(entry=entry, table=self.table, mail=self.store, clock=SystemClock(), sender=sender)

    @asynccontextmanager
    async def running(self, **settings: Any) -> AsyncIterator[Watched]:
        """The bot, connected; an error that ends it ends the test."""
        platform = self.platform(**settings)
        task = asyncio.create_task(platform.serve())
        try:
            ready = asyncio.create_task(platform.ready.wait())
            await asyncio.wait({ready, task}, timeout=SECONDS, return_when=asyncio.FIRST_COMPLETED)
            ready.cancel()
            if task.done():
                await task
            assert platform.status.connected, platform.status
            yield platform
            if task.done():
                await task
        finally:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task


def a_house_folder(folder: Path) -> Path:
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder


async def a_house(url: str, account: Account, folder: Path, **settings: Any) -> House:
    """A bot with the project's facts."""
    clock = SystemClock()
    store = MemoryStore(index=lambda dossier: document(dossier, analysis()), clock=SystemClock(), ids=OrderedIds())
    await store.apply(FileImport(records=records(), publish_as="Test Desk"), key="seed", expect={})
    office = Office(desk=store, terms=Terms(), clock=clock, checker="a test")
    house = House(
        url=url,
        account=account,
        folder=a_house_folder(folder),
        store=store,
        table=(),
        office=office,
        settings=settings,
    )
    house.reviewing(None)
    return house


async def room_with(person: Client, house: House, *others: Client, **options: Any) -> str:
    """A room of this person's that the bot has joined, and the others too."""
    room = await person.create(house.user, *(other.user for other in others), **options)
    for other in others:
        await other.join(room)
    await joined(person, room, house.user)
    for other in others:
        await other.sync()
    return room


async def joined(person: Client, room: str, user: str) -> None:
    """Wait until somebody is in a room."""
    await person.until(
        lambda event: (
            event["room_id"] == room
            and event["type"] == "m.room.member"
            and event["state_key"] == user
            and event["content"]["membership"] == "join"
        )
    )


def body_of(event: Event) -> str:
    """The plain text of a message."""
    return str(event["content"].get("body", ""))


async def silence(person: Client, room: str, *about: str) -> None:
    """Nothing was said to these messages: a later question, which is answered after them, has its answer already."""
    marker = await person.send(room, "!fact #1")
    await person.answer(marker)
    assert [event for event in person.events if event["sender"] != person.user and replies_to(event) in about] == []

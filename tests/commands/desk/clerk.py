"""A desk over a store in memory, and people who type at it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from bot.commands import table_of
from bot.commands.dispatch import answer, parse
from bot.commands.notices import composed
from bot.commands.reply import Reply
from bot.commands.request import Caller, Request, Right
from bot.commands.services import House, Office
from bot.core.lookup import Lookup
from bot.core.model.change import Applied, Change
from bot.core.model.desk import By, Notice, NoticeKind, Terms
from bot.core.model.mail import Place
from bot.core.payloads import notice_of
from bot.platforms.console.payload import text_of
from bot.store.memory import MemoryStore
from tests.builders import NOON, CountingIds, StoppedClock
from tests.commands.shelf import Finder
from tests.contracts.stores import desk as people
from tests.seeded import analysis
from tests.store.simple import simple_index

EDITOR = frozenset(Right)
MEMBER = frozenset({Right.READ, Right.SUGGEST})
READER = frozenset({Right.READ})
CHANNEL = Place(platform="discord", id="channel", guild="guild")


@dataclass(kw_only=True)
class Clerk:
    """Takes lines from people, as a chat network would hand them in."""

    terms: Terms = people.TERMS
    open: bool = True
    clock: StoppedClock = field(default_factory=lambda: StoppedClock(NOON))
    store: MemoryStore = field(init=False)
    events: int = 0

    def __post_init__(self) -> None:
        self.store = MemoryStore(index=simple_index, clock=self.clock, ids=CountingIds())

    @property
    def office(self) -> Office:
        return Office(
            desk=self.store,
            terms=self.terms,
            clock=self.clock,
            checker="a test",
            reader=Lookup(self.store, analysis()),
            open=self.open,
        )

    async def reply(self, line: str, by: By = people.BO, **changes: Any) -> Reply:
        """What somebody is answered; keywords change the request, `given` adds what a form asks for."""
        command, arguments = parse(line)
        self.events += 1
        rights = changes.pop("rights", EDITOR if by.editor else MEMBER)
        values: dict[str, Any] = {
            "command": command,
            "arguments": arguments | changes.pop("given", {}),
            "caller": Caller(account=by.account, rights=rights),
            "place": Place(platform=by.platform, id="channel"),
            "event": f"event {self.events}",
        }
        table = table_of(finder=Finder(), facts=self.store, house=House(version="1"), office=self.office)
        return await answer(table, Request(**values | changes))

    async def say(self, line: str, by: By = people.BO, **changes: Any) -> str:
        """The same as text."""
        return text_of(await self.reply(line, by, **changes))

    async def do(self, change: Change) -> Applied:
        return await people.do(self.store, change)

    async def posted(self, kind: NoticeKind | None = None) -> list[Notice]:
        """What waits in the outbox, drained."""
        found = []
        while jobs := await self.store.lease("discord", limit=100, ttl=60):
            for job in jobs:
                notice = notice_of(job.payload)
                assert notice is not None
                found.append(notice)
                await self.store.done(job, None)
        return [notice for notice in found if kind in (None, notice.kind)]

    async def shows(self, notice: Notice, locale: str = "en") -> Reply | None:
        return await composed(notice, office=self.office, locale=locale)

    async def posts(self, kind: NoticeKind | None = None, locale: str = "en") -> list[str]:
        """What is posted, as text; "" for what is not shown any more."""
        replies = [await self.shows(notice, locale) for notice in await self.posted(kind)]
        return [text_of(reply) if reply else "" for reply in replies]


def line_of(reply: Reply, short: str) -> str:
    """The command line behind the button that is typed like this."""
    return next(choice.line for choice in reply.choices if choice.short == short)

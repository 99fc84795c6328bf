"""Follows the stream of events of one session: polls, reads, answers, and remembers with them how far it came."""

from __future__ import annotations

import asyncio
import logging
import secrets
from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from typing import Any, Protocol

from bot.commands.table import Command
from bot.core.ports import Clock, Stream
from bot.platforms.matrix import rooms as remembered
from bot.platforms.matrix import signing
from bot.platforms.matrix.answering import FRESH, Answering, Work, milliseconds, unreadable
from bot.platforms.matrix.backoff import Backoff
from bot.platforms.matrix.connection import (
    Homeserver,
    Refused,
    SignedOut,
    Unreachable,
    part,
)
from bot.platforms.matrix.crypto import Crypto
from bot.platforms.matrix.events import Incoming, Message, Redaction, Scrambled, Upgrade, read
from bot.platforms.matrix.housekeeping import Housekeeping
from bot.platforms.matrix.noticing import Noticing, Redact
from bot.platforms.matrix.opening import Opening
from bot.platforms.matrix.outbox import PLATFORM
from bot.platforms.matrix.posting import Posting
from bot.platforms.matrix.rooms import Rooms
from bot.platforms.matrix.sending import Sending
from bot.platforms.matrix.settings import MatrixSettings, is_heard
from bot.platforms.matrix.sync import LONG_POLL, News, RoomNews, missed, poll
from bot.platforms.sender import Sender

CURSOR = "cursor"
LAZY = 20.0  # seconds between two writes of the cursor when nobody asked anything
LOOK = 5.0  # seconds between two looks at events that wait for their key
RENAMED = 600.0  # seconds between two looks at the bot's own name
_log = logging.getLogger(__name__)


class Told(Protocol):
    """Takes how the connection stands."""

    def __call__(self, *, connected: bool, detail: str) -> None:
        """As `PlatformStatus` has it."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    """An event that may matter, readable."""

    item: Message | Redaction
    key: str | None  # of the device that encrypted it
    waited: bool  # it was said some time ago


class Following:
    """One session at work."""

    def __init__(
        self,
        *,
        server: Homeserver,
        crypto: Crypto,
        mail: Stream,
        clock: Clock,
        table: Sequence[Command],
        settings: MatrixSettings,
        told: Told,
        sender: Sender | None = None,
    ) -> None:
        self._server, self._crypto, self._mail, self._clock = server, crypto, mail, clock
        self._settings, self._told, self._sender = settings, told, sender
        self._names: tuple[str, ...] = ()
        self._cursor: str | None = None
        self._written = float("-inf")  # when the cursor was
        self._opening = Opening(server, crypto)
        self._late: list[Scrambled] = []  # whose key has come, until they are answered
        self.rooms = Rooms(settings=settings)
        self.house = Housekeeping(server, self.rooms, changed=self._note_rooms, moved=self._moved)
        send = Sending(server, crypto, self.house)
        self.posting = Posting(
            server, mail, clock, send=send, picture=send.picture, noticing=self._noticing(sender, send)
        )
        self._answering = Answering(
            server=server,
            mail=mail,
            clock=clock,
            table=table,
            rooms=self.rooms,
            names=lambda: self._names,
            power=self._power,
            alone=self.house.is_alone,
            own_room=self.house.own_room,
            fetched=self._opening.fetched,
        )

    async def prepare(self, password: str | None) -> None:
        """Keys, rooms and the place in the stream, before anything is read. Raises SignInRefused, MatrixFault."""
        seeds = await self._mail.note(PLATFORM, signing.NOTE)
        if seeds is None:
            seeds = signing.new_seeds()
            await self._mail.handled(PLATFORM, notes={signing.NOTE: seeds})
        await self._crypto.start(seeds, password)
        self.rooms.recall(await self._mail.note(PLATFORM, remembered.NOTE))
        self._cursor = await self._mail.note(PLATFORM, CURSOR)
        await self._mail.released(PLATFORM)
        await self.house.settle()
        if self._sender is not None:
            await self._sender.begin()
        await self._learn_name()

    async def run(self) -> None:
        """Follow until cancelled. Raises an ExceptionGroup, with SignedOut in it when the session ended."""
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self.posting.run())
            tasks.create_task(self.house.run())
            tasks.create_task(self._explain())
            tasks.create_task(self._renamed())
            tasks.create_task(self._follow())

    def _noticing(self, sender: Sender | None, send: Sending) -> Callable[[Redact], Noticing] | None:
        if sender is None:
            return None
        return partial(self._made, sender, send)

    def _made(self, sender: Sender, send: Sending, redact: Redact) -> Noticing:
        return Noticing(sender=sender, mail=self._mail, clock=self._clock, rooms=self.rooms, send=send, redact=redact)

    # the stream

    async def _follow(self) -> None:
        backoff, first, fresh = Backoff(), True, self._cursor is None  # without a place nothing tells who left before
        while True:
            try:
                news = await poll(self._server, self._cursor, self._settings.user, wait=0 if first else LONG_POLL)
                await self._take(news, first=first)
            except SignedOut:
                raise
            except Unreachable as fault:
                self._told(connected=False, detail=f"the homeserver does not answer: {fault}")
                await asyncio.sleep(backoff.failed(fault.retry_after))
            except Refused as refusal:
                _log.warning("matrix: the homeserver refuses the stream: %s", refusal)
                if refusal.status == 400:
                    self._cursor = None  # it no longer knows the place; the inbox knows what was answered
                await asyncio.sleep(backoff.failed())
            except Exception:  # noqa: BLE001 -- such as a full disk: the same place in the stream is tried again
                error = secrets.token_hex(4)
                self._told(connected=False, detail=f"error {error}, see the log")
                _log.exception("matrix: error %s", error)
                await asyncio.sleep(backoff.failed())
            else:
                backoff.succeeded()
                if first and fresh:
                    self.house.look_around()
                first = False
                self._told(connected=True, detail=f"connected as {self._settings.user}")

    async def _take(self, news: News, *, first: bool) -> None:
        """One portion: read it, answer what was asked, and write both and the place into the store together."""
        self._late += self._opening.heard(news.keys)
        noted = [self.rooms.gone(room) for room in news.left]
        if any(noted):
            await self._note_rooms()
        found = [entry for item in self._late if (entry := self._sorted(item, late=True)) is not None]
        for room_news in news.rooms:
            found += await self._room(room_news, first=first)
        works = await self._worked(found)
        await self._remember(news, works)
        self._late.clear()  # only now: until here the portion may have to be taken again
        self.rooms.joined |= {room_news.room for room_news in news.rooms}
        self.rooms.entered -= {room_news.room for room_news in news.rooms}
        for invitation in news.invitations:
            self.house.invited(invitation)
        try:
            await self._crypto.tend()
        except (Unreachable, Refused) as fault:
            if isinstance(fault, SignedOut):
                raise
            _log.debug("matrix: keys will be tended later: %s", fault)

    async def _room(self, news: RoomNews, *, first: bool) -> list[_Found]:
        """What may matter in the news of one room."""
        entered = news.room not in self.rooms.joined or news.room in self.rooms.entered
        events: Sequence[Any] = news.timeline
        if news.before and self._cursor and not entered:
            after = milliseconds(self._clock.now() - FRESH)
            gap = await missed(self._server, news.room, back_from=news.before, since=self._cursor, after=after)
            events = (*gap, *news.timeline)
            self.rooms.members.pop(news.room, None)
        self.rooms.happened(news.room, (*news.state, *events) if entered or first or news.before else events)
        if news.people == 1 or any(_departs(event) for event in events):
            self.house.perhaps_empty(news.room)
        old = first or entered or bool(news.before)
        found = []
        closed = [event for event in news.state if _closes(event) and event not in events]  # long ago, behind a gap
        for event in (*closed, *events):
            try:
                item = read(event, news.room)
                entry = None if item is None else self._sorted(item, old=old, explain=not entered)
            except Exception:  # noqa: BLE001 -- whatever a stranger sends, the others are read
                _log.exception("matrix: error %s", secrets.token_hex(4))
                continue
            if entry is not None:
                found.append(entry)
        return found

    def _sorted(self, item: Incoming, *, old: bool = False, late: bool = False, explain: bool = False) -> _Found | None:
        """Decrypt what is encrypted, hand upgrades on, and keep what may be a question.

        `old`: it may have been waiting for us. `late`: it has been waiting for its key.
        """
        key = None
        if isinstance(item, Scrambled):
            if not self.rooms.served(item.room) or not is_heard(item.sender, self._settings):
                return None
            waits = self._answering.answers(item.at, old=old)
            opened = self._opening.opened(item, place=self._cursor, waits=waits, explain=explain)
            if opened is None:
                return None
            item, key = opened
        if isinstance(item, Upgrade):
            self.house.upgraded(item)
        elif isinstance(item, Message | Redaction) and self._answering.heard(item, old=old):
            return _Found(item=item, key=key, waited=old or late)
        return None

    async def _worked(self, found: Sequence[_Found]) -> list[Work]:
        """The answers to everything that was not answered before, in order."""
        fresh = await self._mail.unhandled(PLATFORM, [entry.item.event for entry in found]) if found else frozenset()
        works: list[Work] = []
        for entry in found:
            done = {event for work in works for event in work.events}
            if entry.item.event in fresh and entry.item.event not in done:
                work = await self._answered(entry, done)
                works += [work] if work else []
        return works

    async def _answered(self, entry: _Found, done: Collection[str]) -> Work | None:
        """What one event asks for; one that breaks something is logged and does not stop the others."""
        try:
            sure = entry.key is None or await self._crypto.belongs(entry.key, entry.item.sender)
            return await self._answering.work(entry.item, sure=sure, now=done, waited=entry.waited)
        except (Unreachable, SignedOut):
            raise
        except Refused as refusal:
            _log.warning("matrix: the homeserver does not let a question be answered: %s", refusal)
            return None
        except Exception:  # noqa: BLE001 -- whatever it is, the stream goes on
            _log.exception("matrix: error %s", secrets.token_hex(4))
            return None

    async def _remember(self, news: News, works: Sequence[Work]) -> None:
        now = asyncio.get_running_loop().time()
        if works or now - self._written >= LAZY:
            await self._mail.handled(
                PLATFORM,
                events=[event for work in works for event in work.events],
                posts=[letter.post() for work in works for letter in work.letters],
                recalled=[key for work in works for key in work.recalled],
                notes={CURSOR: self._opening.place(news.cursor)},
            )
            self._written = now
        self._cursor = news.cursor
        if works:
            self.posting.wake()

    # beside the stream

    async def _explain(self) -> None:
        """Tell a room, once a day, that a message could not be read."""
        while True:
            await asyncio.sleep(LOOK)
            now = self._clock.now()
            rooms = [room for room in self._opening.unexplained() if await self._encrypted(room)]
            letters = [unreadable(room, self.rooms.of(room).language, now) for room in rooms]
            if letters:
                await self._mail.handled(PLATFORM, posts=[letter.post() for letter in letters])
                self.posting.wake()

    async def _renamed(self) -> None:
        """The stream leaves out what the bot itself does, and with it that somebody gave it another name."""
        while True:
            await asyncio.sleep(RENAMED)
            with suppress(Unreachable):
                await self._learn_name()

    async def _learn_name(self) -> None:
        """What apps write for a mention of the bot. Raises Unreachable."""
        try:
            profile = await self._server.call("GET", f"/profile/{part(self._settings.user)}/displayname")
        except Refused:
            return
        name = profile.get("displayname")
        self._names = (name,) if isinstance(name, str) and name else ()

    async def _encrypted(self, room: str) -> bool:
        """Whether a key can be missing there at all: anybody can send what only looks encrypted."""
        try:
            return await self.house.is_encrypted(room)
        except Unreachable:
            return True  # rather a word too many than a question that nobody hears about
        except Refused:
            return False

    async def _note_rooms(self) -> None:
        await self._mail.handled(PLATFORM, notes={remembered.NOTE: self.rooms.note()})

    async def _moved(self, old: str, new: str) -> None:
        if self._sender is not None:
            await self._sender.moved(old, new)

    async def _power(self, room: str, account: str) -> float:
        return (await self.house.power(room, account))[0]


def _closes(event: Any) -> bool:
    return isinstance(event, Mapping) and event.get("type") == "m.room.tombstone"


def _departs(event: Any) -> bool:
    content = event.get("content") if isinstance(event, Mapping) and event.get("type") == "m.room.member" else None
    return isinstance(content, Mapping) and content.get("membership") in ("leave", "ban")

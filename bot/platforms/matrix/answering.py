"""From the news of the homeserver to what is written back: which events are questions, and what becomes of each.

Whatever is no question leaves no trace: not in the store, not in the log.
"""

from __future__ import annotations

import logging
import secrets
from base64 import b64encode
from collections.abc import Awaitable, Callable, Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.commands.arguments import told
from bot.commands.dispatch import answer
from bot.commands.reply import Outcome, Picture, Reply
from bot.commands.request import Caller, Request, Right
from bot.commands.table import Command
from bot.core.model.mail import MessageRef, Place, Visibility
from bot.core.ports import Clock, Stream
from bot.platforms.matrix.asking import ASKED, Asked, Shown, about, asked, command_of, unspoken
from bot.platforms.matrix.connection import Homeserver, Json, Refused, SignedOut, Unreachable, part, room_path
from bot.platforms.matrix.events import Message, Original, Redaction, original_of
from bot.platforms.matrix.layout import lines_behind
from bot.platforms.matrix.outbox import PARTS, PLATFORM, Letter, answer_keys, shown_by
from bot.platforms.matrix.payload import is_picture, messages, picturing, replying, sentence
from bot.platforms.matrix.rooms import Rooms
from bot.platforms.matrix.settings import is_heard, rights_of
from bot.wording import Wording, wording

FRESH = timedelta(minutes=10)  # at start, and in rooms just entered, older questions are history
STALE = timedelta(days=1)  # never answered, whatever the server replays
EDITABLE = timedelta(minutes=2)  # after asking
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """What is to be written into the store for one event."""

    events: tuple[str, ...]  # handled with it: the event itself, and for some edits what they edit
    letters: tuple[Letter, ...] = ()
    recalled: tuple[str, ...] = ()  # keys of queued posts that are dropped


@dataclass(frozen=True, slots=True, kw_only=True)
class Answering:
    """Reads questions and composes answers; the sender is another's work."""

    server: Homeserver
    mail: Stream
    clock: Clock
    table: Sequence[Command]
    rooms: Rooms
    names: Callable[[], Sequence[str]]  # what people may call the bot
    power: Callable[[str, str], Awaitable[float]]  # a member's power in a room, read now
    alone: Callable[[str], Awaitable[bool]]  # whether nobody but one person and the bot reads in a room
    own_room: Callable[[str], Awaitable[str]]  # where nobody but this person reads, opened where there is none
    fetched: Callable[[str, str], Awaitable[Message | None]]  # a message of a room by its id, opened

    def heard(self, item: Message | Redaction, *, old: bool) -> bool:
        """Whether an event may matter at all; `old`: it may have been waiting for us."""
        if not self.rooms.served(item.room) or not is_heard(item.sender, self.rooms.settings):
            return False
        if isinstance(item, Redaction):
            return True
        speaks = item.replaces is not None or self._question(item) is not None
        return speaks and self.answers(item.at, old=old)

    def answers(self, at: int, *, old: bool) -> bool:
        """Whether a question of that time is answered still."""
        return timedelta(milliseconds=self._now() - at) <= (FRESH if old else STALE)

    async def work(
        self, item: Message | Redaction, *, sure: bool, now: Collection[str], waited: bool = False
    ) -> Work | None:
        """What an event asks for; None when nothing. Raises Unreachable.

        `sure`: the sender is who it says. `now`: questions that are being answered together with this one. `waited`:
        it was said some time ago, so the sender may have been shown out since.
        """
        if isinstance(item, Redaction):
            if await self._known(item.redacts, now):
                return self._withdrawn(item.room, item.event, item.redacts)
            ours = MessageRef(place=Place(platform=PLATFORM, id=item.room), message=item.redacts)
            if await self.mail.delivery(ours) is not None:
                await self.mail.lost(ours)  # no correction follows it any more
            return None
        question = self._question(item)
        if question is None and (not item.replaces or not await self._known(item.replaces, now)):
            return None  # small talk
        if waited and not await self._present(item.room, item.sender):
            return None
        if item.replaces:
            return await self._edited(item, item.replaces, sure=sure, now=now)
        return None if question is None else await self._answered(item, question, item.event, sure=sure)

    def _question(self, message: Message) -> Asked | None:
        prefix = self.rooms.of(message.room).prefix
        return asked(message, prefix=prefix, user=self.rooms.settings.user, names=self.names())

    async def _answered(self, message: Message, question: Asked, event: str, *, sure: bool) -> Work | None:
        """An answer of its own, to the message or to the event that it is an edit of."""
        contents, letter, elsewhere = await self._composed(message, question, sure=sure)
        if letter is None:
            return None
        letters = [
            replace(
                letter,
                key=key,
                contents=(replying(content, event, message.thread),),
                picture=letter.picture if is_picture(content) else "",
            )
            for key, content in zip(answer_keys(event), contents, strict=False)
        ]
        first, *rest = letters
        events = tuple(dict.fromkeys((message.event, event)))
        return Work(events=events, letters=(*elsewhere, first, *(replace(each, shown=()) for each in rest)))

    async def _composed(
        self, message: Message, question: Asked, *, sure: bool
    ) -> tuple[tuple[Json, ...], Letter | None, tuple[Letter, ...]]:
        """The parts of an answer and a letter with everything but them; and what goes to the asker alone.

        Nothing when it is no command of ours.
        """
        settings = self.rooms.of(message.room)
        shown = await self._replied_to(message)
        command = command_of(question, self.table, shown)
        if command is None:
            return (), None, ()
        name, arguments = command
        words, source = wording(settings.language), message.event
        letter = Letter(
            kind="send",
            room=message.room,
            key="",
            locale=settings.language,
            at=message.at,
            thread=message.thread,
        )
        if shown and ASKED in arguments.values():
            query, source = await self._asked_in(message.room, shown.question), shown.question
            if query is None:
                return (sentence(words.say("matrix.question_gone")),), letter, ()
            arguments = {key: query if value == ASKED else value for key, value in arguments.items()}
        request = Request(
            command=name,
            arguments=arguments,
            caller=Caller(account=message.sender, rights=await self._rights(message, name, sure=sure)),
            place=Place(platform=PLATFORM, id=message.room),
            locale=settings.language,
            event=message.event,
            may_post=self.rooms.ours(message.room),
            mark=settings.prefix,
            pictures=True,
        )
        elsewhere: tuple[Letter, ...] = ()
        try:
            reply = await answer(self.table, request)
            if (reply.secret or request.arguments.get("private")) and not await self.alone(message.room):
                reply, elsewhere = await self._alone_with(message.sender, reply, letter, message.event, words)
            contents = messages(reply, words, settings.prefix)[: PARTS - 1]
        except (Unreachable, SignedOut):
            raise
        except Exception:  # noqa: BLE001 -- whatever it is, it is logged with an id, and the person is told that id
            error = secrets.token_hex(4)
            _log.exception("matrix: error %s in %s", error, name)
            return (sentence(words.say("error.unexpected", id=error)),), letter, ()
        query = arguments.get("query", "")
        letter = replace(
            letter,
            lines={short: unspoken(line, query) for short, line in lines_behind(reply).items()},
            question=source,
            facts=tuple(number for number, _ in reply.shown) or about(self.table, name, arguments),
            shown=reply.shown if reply.visibility is Visibility.PUBLIC else (),
        )
        if reply.picture is not None:
            contents = (*contents, picturing(reply.picture))
            letter = replace(letter, picture=_encoded(reply.picture))
        return contents, letter, elsewhere

    async def _alone_with(
        self, asker: str, reply: Reply, letter: Letter, event: str, words: Wording
    ) -> tuple[Reply, tuple[Letter, ...]]:
        """What is said in the room instead, and the reply for a room that only the asker reads."""
        try:
            room = await self.own_room(asker)
        except Refused as refusal:
            if isinstance(refusal, SignedOut):
                raise
            _log.warning("matrix: no room of their own can be opened for somebody: %s", refusal)
            return told(words.say("matrix.not_private"), Outcome.REFUSED), ()
        own = replace(letter, room=room, thread=None, lines=lines_behind(reply), facts=tuple(n for n, _ in reply.shown))
        texts = messages(reply, words, self.rooms.of(room).prefix)[: PARTS - 1]
        letters = tuple(
            replace(own, key=f"{event}/alone/{number}", contents=(content,)) for number, content in enumerate(texts)
        )
        if reply.picture is not None:
            drawn = replace(own, contents=(picturing(reply.picture),), picture=_encoded(reply.picture))
            letters = (*letters, replace(drawn, key=f"{event}/alone/{len(texts)}"))
        return told(words.say("matrix.answered_alone"), Outcome.INFO), letters

    async def _rights(self, message: Message, name: str, *, sure: bool) -> frozenset[Right]:
        """Nobody changes anything by an edit, or from a device that the server does not list for them."""
        row = next((row for row in self.table if row.name == name), None)
        if row is None or row.right is Right.READ or message.replaces or not sure:
            return frozenset({Right.READ})
        power = None
        if row.right is Right.MANAGE or self.rooms.is_review(message.room):
            try:
                power = await self.power(message.room, message.sender)
            except Refused as refusal:
                if isinstance(refusal, SignedOut):
                    raise
                _log.warning("matrix: the powers in the review room cannot be read: %s", refusal)
        listed = self.rooms.ours(message.room)
        return rights_of(
            message.sender,
            power=power,
            settings=self.rooms.settings,
            listed=listed,
            review=self.rooms.is_review(message.room),
        )

    async def _asked_in(self, room: str, event: str) -> str | None:
        """What a question asked, read where it stands; None when it was taken back or cannot be read any more."""
        message = await self.fetched(room, event)
        question = self._question(message) if message else None
        command = command_of(question, self.table, None) if question else None
        return command[1].get("query") if command else None

    async def _replied_to(self, message: Message) -> Shown | None:
        """What the answer of ours offered to which this message replies."""
        if message.reply_to is None:
            return None
        place = Place(platform=PLATFORM, id=message.room)
        sent = await self.mail.sent_as(MessageRef(place=place, message=message.reply_to))
        return shown_by(sent.payload) if sent else None

    async def _present(self, room: str, sender: str) -> bool:
        """Whether somebody is still in a room: who was shown out or has left is not answered any more."""
        try:
            found = await self.server.call("GET", room_path(room, f"/state/m.room.member/{part(sender)}"))
        except SignedOut:
            raise
        except Refused:
            return False
        return found.get("membership") == "join"

    async def _known(self, event: str, now: Collection[str]) -> bool:
        """Whether an event is a question that has been, or is being, answered."""
        return event in now or not await self.mail.unhandled(PLATFORM, (event,))

    async def _edited(self, message: Message, original: str, *, sure: bool, now: Collection[str]) -> Work | None:
        """A question that reads otherwise now: its answer does too, for two minutes and by its author alone."""
        known = await self._known(original, now)
        first = await self._original(message.room, original)
        if first is None or first.sender != message.sender:
            return None
        if message.at - first.at > EDITABLE / timedelta(milliseconds=1):
            return None
        message = replace(message, reply_to=first.reply_to, thread=first.thread)
        question = self._question(message)
        if question is not None and not known:
            return await self._answered(message, question, original, sure=sure)
        contents: tuple[Json, ...] = ()
        letter: Letter | None = None
        elsewhere: tuple[Letter, ...] = ()
        if question is not None:
            contents, letter, elsewhere = await self._composed(message, question, sure=sure)
        if letter is None:
            return self._withdrawn(message.room, message.event, original) if known else None
        key = f"{message.event}/edit"
        texts = tuple(content for content in contents if not is_picture(content))
        edit = replace(letter, kind="edit", key=key, of=original, contents=texts, picture="")
        if not elsewhere:
            return Work(events=(message.event,), letters=(edit,))
        taken_back = self._withdrawn(message.room, message.event, original)  # what was edited can still be read
        return replace(taken_back, letters=(*elsewhere, *taken_back.letters, edit))

    async def _original(self, room: str, event: str) -> Original | None:
        """What an event was before any edit, as the server has it; encryption leaves this much readable."""
        try:
            return original_of(await self.server.call("GET", room_path(room, f"/event/{part(event)}")))
        except SignedOut:
            raise
        except Refused:
            return None

    def _withdrawn(self, room: str, event: str, question: str) -> Work:
        """The answer is dropped where it still waits, and taken back where it was sent."""
        letter = Letter(kind="redact", room=room, key=f"{event}/redact", of=question, at=self._now())
        return Work(events=(event,), letters=(letter,), recalled=tuple(answer_keys(question)))

    def _now(self) -> int:
        return milliseconds(self.clock.now())


def _encoded(picture: Picture) -> str:
    return b64encode(picture.png).decode()


def milliseconds(instant: datetime) -> int:
    """As Matrix counts time."""
    return int(instant.timestamp() * 1000)


def unreadable(room: str, language: str, now: datetime) -> Letter:
    """Tells a room that a message could not be read; its key makes that once a day."""
    return Letter(
        kind="send",
        room=room,
        key=f"unreadable/{room}/{now:%Y-%m-%d}",
        contents=(sentence(wording(language).say("matrix.unreadable")),),
        at=milliseconds(now),
    )

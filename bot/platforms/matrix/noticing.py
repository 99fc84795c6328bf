"""Posts what the bot says by itself, and corrects what it said: cards, word for people, news, earlier answers."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from bot.commands.reply import Reply
from bot.core.model.desk import Notice, NoticeKind
from bot.core.model.mail import Delivery, Job, MessageRef, Place, Sent
from bot.core.ports import Clock, Stream
from bot.platforms.matrix.connection import Json, Unreachable
from bot.platforms.matrix.layout import lines_behind
from bot.platforms.matrix.outbox import PLATFORM, answer_keys, transaction
from bot.platforms.matrix.payload import editing, messages, replying
from bot.platforms.matrix.rooms import Rooms
from bot.platforms.sender import FOLLOWED, Sender, corrected_message, delivery_of
from bot.wording import wording

TRANSACTION_LASTS = timedelta(hours=12)  # the homeserver knows a transaction id for a day

Send = Callable[[str, Json, str], Awaitable[str]]  # room, content, transaction id -> event id
Redact = Callable[[str, str, str], Awaitable[None]]  # room, event, key


@dataclass(frozen=True, slots=True, kw_only=True)
class Noticing:
    """What `Posting` hands notices to. Everything raises Unreachable and Refused."""

    sender: Sender
    mail: Stream
    clock: Clock
    rooms: Rooms
    send: Send
    redact: Redact

    async def posted(self, job: Job, notice: Notice) -> None:
        """One notice, to its end; what is meant for a room of the configuration waits until the bot has joined it."""
        room = self.rooms.current(notice.place.id)
        if notice.kind not in FOLLOWED and self.rooms.expected(room):
            raise Unreachable("the bot has not joined the room yet")
        if notice.kind is NoticeKind.CORRECTION:
            await self._corrected(job, notice)
            return
        if notice.kind in FOLLOWED:  # what is followed has moved with the room
            notice = replace(notice, place=replace(notice.place, id=room))
        reply = await self.sender.compose(notice, self._language(notice, room))
        lost = job.unsure_since is not None and self.clock.now() - job.unsure_since > TRANSACTION_LASTS
        if reply is None and job.unsure_since is None:
            await self.mail.done(job, None)
        elif reply is not None and notice.replaces is not None:
            await self._replaced(job, notice, notice.replaces, reply)
        elif reply is None or lost:  # it may stand there, and what it says may hold no longer
            await self.sender.unknown(notice)
            await self.mail.dead(job, "unknown outcome")
        else:
            await self._new(job, notice, room, reply)

    async def _new(self, job: Job, notice: Notice, room: str, reply: Reply) -> None:
        events = []
        for number, content in enumerate(self._contents(reply, room)):
            related = replying(content, notice.reply_to, None) if notice.reply_to and not number else content
            event = await self.send(room, related, transaction(f"{notice.key}/{number}"))
            if job.unsure_since is not None:  # an earlier attempt may have sent what held then
                await self.send(room, editing(content, event), transaction(f"{notice.key}/{number}/again"))
            events.append(event)
        ref = MessageRef(place=Place(platform=PLATFORM, id=room), message=events[0])
        if delivery := delivery_of(notice, ref, events[1:], reply, self.clock.now()):
            await self.mail.record(delivery)
        await self.mail.done(job, ref, keep=_kept(reply, events, about=notice.fact))
        await self.sender.reached(notice)

    async def _replaced(self, job: Job, notice: Notice, key: str, reply: Reply) -> None:
        """What was never posted is left out."""
        for sent in await self.mail.sent(PLATFORM, (key,)):
            parts = _parts(sent)
            await self._edited(sent.ref.place.id, parts, reply, notice.key)
            await self.mail.stand(PLATFORM, (replace(sent, payload=_kept(reply, parts, about=notice.fact)),))
        await self.mail.done(job, None)

    async def _corrected(self, job: Job, notice: Notice) -> None:
        """The message shows what holds now, in as many parts as it had at most."""
        ref = corrected_message(notice)
        delivery = await self.mail.delivery(ref)
        found = await self.sender.corrected(delivery, notice) if delivery is not None else None
        if delivery is not None and found is not None:
            reply, shown = found
            parts = await self._messages(delivery)
            await self._edited(ref.place.id, parts, reply, notice.key)
            if (sent := await self.mail.sent_as(ref)) is not None:
                await self.mail.stand(PLATFORM, (replace(sent, payload=_kept(reply, parts, before=sent.payload)),))
            await self.mail.record(replace(delivery, shown=shown))
        await self.mail.done(job, None)

    async def _messages(self, delivery: Delivery) -> tuple[str, ...]:
        """The events of an answer, in order: those of a question's answer are known by its keys."""
        sent = await self.mail.sent_as(delivery.ref)
        event, _, number = sent.key.rpartition("/") if sent else ("", "", "")
        if not event.startswith("$") or number != "0":
            return (delivery.ref.message, *delivery.more)
        return tuple(each.ref.message for each in await self.mail.sent(PLATFORM, answer_keys(event)))

    async def _edited(self, room: str, parts: Sequence[str], reply: Reply, key: str) -> None:
        contents = self._contents(reply, room)[: len(parts)]
        for number, (content, event) in enumerate(zip(contents, parts, strict=False)):
            await self.send(room, editing(content, event), transaction(f"{key}/{number}"))
        for number, event in enumerate(parts[len(contents) :], len(contents)):
            await self.redact(room, event, f"{key}/{number}")

    def _contents(self, reply: Reply, room: str) -> tuple[Json, ...]:
        settings = self.rooms.of(room)
        return messages(reply, wording(settings.language), settings.prefix)

    def _language(self, notice: Notice, room: str) -> str:
        return notice.data.get("locale", self.rooms.of(room).language)


def _kept(reply: Reply, events: Sequence[str], *, before: str = "", about: int | None = None) -> str:
    """What stays of a post: what may be typed as a reply to it, the facts that it is about, and its events."""
    earlier = json.loads(before) if before else {}
    facts = [number for number, _ in reply.shown] or earlier.get("facts") or ([about] if about is not None else [])
    kept = {"lines": lines_behind(reply), "question": earlier.get("question", ""), "facts": facts}
    return json.dumps(kept | {"parts": list(events)}, separators=(",", ":"))


def _parts(sent: Sent) -> tuple[str, ...]:
    found = json.loads(sent.payload) if sent.payload else {}
    return tuple(found.get("parts", ())) or (sent.ref.message,)

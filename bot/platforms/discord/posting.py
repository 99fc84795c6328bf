"""Posts what waits in the outbox for Discord: cards, word for people, and later what they become.

Each post has a nonce of its own, so that one that is repeated within minutes stays one message. A post of which nobody
heard for longer whether it arrived is never sent again blindly: the desk is told instead.
"""

from __future__ import annotations

import base64
import hashlib
import json
import logging
import random
import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any, Protocol

from bot.commands.parts import ended
from bot.commands.reply import Reply
from bot.core.desk.notices import THEMSELVES
from bot.core.model.desk import Notice, NoticeKind
from bot.core.model.mail import Job, MessageRef, Place
from bot.core.payloads import notice_of
from bot.core.ports import Clock, Stream
from bot.platforms.discord.backoff import wait_after
from bot.platforms.discord.channels import NotNow, NotTaken
from bot.platforms.discord.components import too_long
from bot.platforms.discord.incoming import PLATFORM
from bot.platforms.discord.payload import lines_of, messages
from bot.platforms.lanes import Lanes
from bot.platforms.sender import Sender, corrected_message, delivery_of

GONE = 10008  # unknown message: somebody deleted it
NONCE_LASTS = timedelta(minutes=3)  # in which a repeated post is surely recognised
_log = logging.getLogger(__name__)

Json = dict[str, Any]


class Wire(Protocol):
    """What Discord offers for posting: `channels.Channels`."""

    async def post(self, channel: str, body: Json, nonce: str) -> str:
        """A message; its id."""
        ...

    async def edit(self, channel: str, message: str, body: Json) -> None:
        """Another content of a message."""
        ...

    async def delete(self, channel: str, message: str) -> None:
        """A message less."""
        ...

    async def private(self, account: str) -> str:
        """The channel of a private conversation."""
        ...


@dataclass(slots=True, kw_only=True)
class Posting:
    """The sender of one connection."""

    wire: Wire
    mail: Stream
    clock: Clock
    sender: Sender
    jitter: Callable[[], float] = random.random  # 0 … 1
    lanes: Lanes = field(init=False)

    def __post_init__(self) -> None:
        self.lanes = Lanes(PLATFORM, self.mail, self.clock, self._send)

    async def run(self) -> None:
        """Send until cancelled."""
        await self.mail.released(PLATFORM)
        await self.sender.begin()
        self.mail.watch(PLATFORM, self.lanes.wake)
        await self.lanes.run()

    async def _send(self, job: Job) -> None:
        """One job, to its end or to its next try."""
        try:
            notice = notice_of(job.payload)
        except ValueError as error:
            await self.mail.dead(job, str(error))
            return
        if notice is None:
            await self.mail.dead(job, "no notice")
            return
        try:
            if notice.kind is NoticeKind.CORRECTION:
                await self._corrected(job, notice)
            else:
                await self._written(job, notice)
        except NotTaken as refusal:
            _log.warning("Discord does not take a post: %s", refusal)
            await self._refused(job, notice, refusal)
        except NotNow as fault:
            await self._put_off(job, fault)
        except Exception as error:  # noqa: BLE001 -- whatever it is: logged, tried again for a while, the other lanes go on
            _log.exception("Discord: error %s", secrets.token_hex(4))
            if self.lanes.hopeless(job):
                await self.mail.dead(job, type(error).__name__)
                await self.sender.unknown(notice)
                return
            await self._put_off(job, NotNow(type(error).__name__, sure=False))

    async def _put_off(self, job: Job, fault: NotNow) -> None:
        seconds = max(wait_after(job.attempts - 1, self.jitter()), fault.retry_after)
        await self.lanes.put_off(job, seconds, str(fault), sure=fault.sure and job.unsure_since is None)

    async def _refused(self, job: Job, notice: Notice, refusal: NotTaken) -> None:
        """Nothing more is tried with this one; a place that never takes news is left alone in the end."""
        if notice.kind is NoticeKind.CORRECTION and refusal.code == GONE:
            await self.mail.lost(corrected_message(notice))
        again = await self.sender.refused(notice, job.attempts)
        if again is None:
            await self.mail.dead(job, str(refusal))
        else:
            await self.lanes.put_off(job, again, str(refusal), sure=job.unsure_since is None)

    async def _corrected(self, job: Job, notice: Notice) -> None:
        """The message shows what holds now; what has no room in its parts follows in replies, what is too much goes."""
        delivery = await self.mail.delivery(corrected_message(notice))
        found = await self.sender.corrected(delivery, notice) if delivery is not None else None
        if delivery is None or found is None:
            await self.mail.done(job, None)
            return
        reply, shown = found
        channel, parts = notice.place.id, (delivery.ref.message, *delivery.more)
        bodies = await self._bodies(reply)
        standing = [await self._edited(channel, message, body) for body, message in zip(bodies, parts, strict=False)]
        if not any(standing):
            raise NotTaken(GONE, "all parts were deleted")
        further = await self._further(job, notice, parts[0], bodies[len(parts) :])
        if len(parts) + len(further) < len(bodies):
            await self._edited(channel, parts[-1], _broken_off(bodies[len(parts) - 1], bodies[-1]))
        for message in parts[len(bodies) :]:
            await self.wire.delete(channel, message)
        more = (*parts, *further)[1 : len(bodies)]
        await self.mail.record(replace(delivery, shown=shown, more=more))
        await self.mail.done(job, None)

    async def _further(self, job: Job, notice: Notice, first: str, bodies: Sequence[Json]) -> tuple[str, ...]:
        """What an answer has become too long for, as replies to it; none where they are refused or may stand there."""
        if not bodies:
            return ()
        if self._is_lost(job):
            await self.sender.unknown(notice)
            return ()
        reference = {"message_reference": {"message_id": first, "fail_if_not_exists": False}}
        try:
            return tuple(
                [
                    await self.wire.post(notice.place.id, body | reference, nonce(f"{notice.key}/{part}"))
                    for part, body in enumerate(bodies)
                ]
            )
        except NotTaken as refusal:
            _log.warning("Discord does not take the rest of a correction: %s", refusal)
            return ()

    async def _edited(self, channel: str, message: str, body: Json) -> bool:
        """Whether the message still stands."""
        try:
            await self.wire.edit(channel, message, body)
        except NotTaken as refusal:
            if refusal.code != GONE:
                raise
            return False
        return True

    def _is_lost(self, job: Job) -> bool:
        """An earlier try may have posted, and Discord does not recognise what is repeated any more."""
        return job.unsure_since is not None and self.clock.now() - job.unsure_since > NONCE_LASTS

    async def _written(self, job: Job, notice: Notice) -> None:
        reply = await self.sender.compose(notice)
        if reply is None and job.unsure_since is None:
            await self.mail.done(job, None)
        elif reply is not None and notice.replaces is not None:
            await self._replaced(job, notice.replaces, await self._bodies(reply))
        elif reply is None or self._is_lost(job):  # it may stand there, and what it says may hold no longer
            await self.sender.unknown(notice)
            await self.mail.dead(job, "unknown outcome")
        else:
            channel = await self._channel(notice)
            if channel is None:
                await self.mail.dead(job, "no account")
                return
            bodies = await self._bodies(reply)
            made = [
                await self.wire.post(channel, body, nonce(f"{notice.key}/{part}")) for part, body in enumerate(bodies)
            ]
            if job.unsure_since is not None:  # an earlier attempt may have posted what held then
                for body, message in zip(bodies, made, strict=True):
                    await self.wire.edit(channel, message, body)
            ref = MessageRef(place=Place(platform=PLATFORM, id=channel, guild=notice.place.guild), message=made[0])
            if delivery := delivery_of(notice, ref, made[1:], reply, self.clock.now()):
                await self.mail.record(delivery)
            await self.mail.done(job, ref, keep=json.dumps(made))
            await self.sender.reached(notice)

    async def _replaced(self, job: Job, key: str, bodies: Sequence[Json]) -> None:
        """Each part takes the place of its predecessor; what is too much goes. What was never posted is left out."""
        for sent in await self.mail.sent(PLATFORM, (key,)):
            channel, parts = sent.ref.place.id, list(json.loads(sent.payload or "[]"))
            for part, body in enumerate(bodies):
                if part < len(parts):
                    await self.wire.edit(channel, parts[part], body)
                else:
                    parts.append(await self.wire.post(channel, body, nonce(f"{key}/{part}")))
            for gone in parts[len(bodies) :]:
                await self.wire.delete(channel, gone)
        await self.mail.done(job, None)

    async def _bodies(self, reply: Reply) -> tuple[Json, ...]:
        kept: Mapping[str, str] = {line: await self.mail.keep_line(line) for line in too_long(lines_of(reply))}
        return messages(reply, kept)

    async def _channel(self, notice: Notice) -> str | None:
        """Where it goes; None where the person has no account here (any more)."""
        kind, _, person = notice.place.id.partition(":")
        if kind != THEMSELVES or not person:
            return notice.place.id
        account = await self.sender.account(person)
        return await self.wire.private(account) if account is not None else None


def _broken_off(body: Json, last: Json) -> Json:
    """A part of an answer of which the rest finds no room: with the buttons of the whole."""
    return body | {"content": ended(body["content"]), "components": last["components"]}


def nonce(key: str) -> str:
    """A nonce of at most 25 characters: the same for the same post, in this run and in any later one."""
    return base64.b32encode(hashlib.sha256(key.encode()).digest()[:15]).decode("ascii").lower()

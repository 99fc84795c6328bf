"""Empties the outbox: a message a lane at a time, retried under one transaction id until the server has it once."""

from __future__ import annotations

import logging
import random
import secrets
from base64 import b64decode
from collections.abc import Awaitable, Callable
from datetime import timedelta

from bot.core.model.mail import Delivery, InstallType, Job, MessageRef, Place, Sent, Visibility
from bot.core.payloads import notice_of
from bot.core.ports import Clock, Stream
from bot.platforms.lanes import Lanes
from bot.platforms.matrix.backoff import wait_after
from bot.platforms.matrix.connection import Homeserver, Json, Refused, SignedOut, Unreachable, part, room_path
from bot.platforms.matrix.noticing import Noticing, Redact, Send
from bot.platforms.matrix.outbox import PLATFORM, Letter, answer_keys, kept_of, letter_of, transaction
from bot.platforms.matrix.payload import editing, replying

Pictured = Callable[[str, Json, bytes], Awaitable[Json]]  # room, content, PNG -> content with where it is
GIVE_UP = timedelta(hours=12)  # the homeserver knows a transaction id for a day
_log = logging.getLogger(__name__)


class Posting:
    """The sender of one connection."""

    def __init__(
        self,
        server: Homeserver,
        mail: Stream,
        clock: Clock,
        *,
        send: Send,
        picture: Pictured,
        noticing: Callable[[Redact], Noticing] | None = None,
        jitter: Callable[[], float] = random.random,
    ) -> None:
        self._server, self._mail, self._clock = server, mail, clock
        self._send, self._picture = send, picture
        self._jitter = jitter  # 0 … 1
        self._lanes = Lanes(PLATFORM, mail, clock, self._posted)
        self._noticing = noticing(self._redact) if noticing is not None else None

    def wake(self) -> None:
        """There is something new."""
        self._lanes.wake()

    async def run(self) -> None:
        """Send until cancelled. Raises an ExceptionGroup with SignedOut in it."""
        self._mail.watch(PLATFORM, self.wake)
        await self._lanes.run()

    async def _posted(self, job: Job) -> None:
        """One job, to its end or to its next try."""
        try:
            notice = notice_of(job.payload)
            letter = letter_of(job.payload) if notice is None else None
        except ValueError as error:
            await self._mail.dead(job, str(error))
            return
        try:
            if letter is not None:
                receipt = await self._written(letter)
                await self._mail.done(job, receipt, keep=kept_of(letter) if receipt else "")
            elif notice is not None and self._noticing is not None:
                await self._noticing.posted(job, notice)
        except SignedOut:
            await self._mail.later(job, at=self._clock.now(), why="signed out")
            raise
        except Unreachable as fault:
            await self._put_off(job, fault, letter)
        except Refused as refusal:
            _log.warning("matrix: the homeserver does not take a message: %s", refusal)
            again = await self._noticing.sender.refused(notice, job.attempts) if notice and self._noticing else None
            if again is None:
                await self._mail.dead(job, str(refusal))
            else:
                await self._lanes.put_off(job, again, str(refusal), sure=job.unsure_since is None)
        except Exception as error:  # noqa: BLE001 -- whatever it is: logged, tried again for a while, the other lanes go on
            _log.exception("matrix: error %s", secrets.token_hex(4))
            if self._lanes.hopeless(job):
                await self._mail.dead(job, type(error).__name__)
                if notice is not None and self._noticing is not None:
                    await self._noticing.sender.unknown(notice)
                return
            await self._put_off(job, Unreachable(type(error).__name__), letter)

    async def _put_off(self, job: Job, fault: Unreachable, letter: Letter | None) -> None:
        """An answer is given up in the end; what the bot says by itself is sent late, or told to be missing."""
        asked = self._clock.now().timestamp() * 1000 - letter.at if letter is not None else 0.0
        if asked > GIVE_UP / timedelta(milliseconds=1):
            await self._mail.dead(job, str(fault))
            return
        seconds = max(wait_after(job.attempts - 1, self._jitter()), fault.retry_after or 0.0)
        await self._lanes.put_off(job, seconds, str(fault))

    async def _written(self, letter: Letter) -> MessageRef | None:
        match letter.kind:
            case "send":
                content = letter.contents[0]
                if letter.picture:
                    content = await self._picture(letter.room, content, b64decode(letter.picture))
                ref = self._ref(letter, await self._send(letter.room, content, transaction(letter.key)))
                if letter.shown:
                    await self._mail.record(self._delivery(letter, ref))
                return ref
            case "edit":
                await self._edited(letter)
            case "redact":
                for number, old in enumerate(await self._answered(letter)):
                    await self._redact(letter.room, old, f"{letter.key}/{number}")
                await self._mail.stand(PLATFORM, (), gone=answer_keys(letter.of))
        return None

    async def _edited(self, letter: Letter) -> None:
        """Each part takes the place of its predecessor; what has none is a reply, what is too much is taken back.

        What was an answer stays one: it stands under the keys of the first, for the next edit.
        """
        old = await self._answered(letter)
        events: list[str] = []
        for number, content in enumerate(letter.contents):
            txn = transaction(f"{letter.key}/{number}")
            if number < len(old):
                await self._send(letter.room, editing(content, old[number]), txn)
                events.append(old[number])
            else:
                reply = replying(content, letter.of, letter.thread)
                events.append(await self._send(letter.room, reply, txn))
        for number, event in enumerate(old[len(events) :], len(events)):
            await self._redact(letter.room, event, f"{letter.key}/{number}")
        keys, kept = answer_keys(letter.of), kept_of(letter)
        refs = [self._ref(letter, event) for event in events]
        now = [Sent(key=key, payload=kept, ref=ref) for key, ref in zip(keys, refs, strict=False)]
        await self._mail.stand(PLATFORM, now, gone=keys[len(events) :])
        await self._mail.record(self._delivery(letter, refs[0]))

    async def _answered(self, letter: Letter) -> list[str]:
        """The messages that answer the command which this is about, in order."""
        return [sent.ref.message for sent in await self._mail.sent(PLATFORM, answer_keys(letter.of))]

    async def _redact(self, room: str, event: str, key: str) -> None:
        """Take back a message of ours and every edit of it."""
        for number, each in enumerate((event, *await self._edits(room, event))):
            path = f"/redact/{part(each)}/{transaction(f'{key}/{number}')}"
            try:
                await self._server.call("PUT", room_path(room, path), {})
            except Refused as refusal:
                if refusal.status != 404:
                    raise

    async def _edits(self, room: str, event: str) -> list[str]:
        path = room_path(room, f"/relations/{part(event)}/m.replace")
        try:
            found = await self._server.call("GET", path, query={"limit": "50"}, version="v1")
        except Refused:
            return []
        chunk = found.get("chunk")
        return sorted(
            item["event_id"]
            for item in (chunk if isinstance(chunk, list) else ())
            if isinstance(item, dict) and isinstance(item.get("event_id"), str)
        )

    def _ref(self, letter: Letter, event: str) -> MessageRef:
        return MessageRef(place=Place(platform=PLATFORM, id=letter.room), message=event)

    def _delivery(self, letter: Letter, receipt: MessageRef) -> Delivery:
        return Delivery(
            ref=receipt,
            shown=letter.shown,
            locale=letter.locale,
            install=InstallType.MEMBER,
            visibility=Visibility.PUBLIC,
            at=self._clock.now(),
        )

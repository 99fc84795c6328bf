"""What a platform needs of the rest of the program to post what the bot says by itself."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime

from bot.commands.reply import Reply
from bot.commands.services import Office
from bot.core.desk import notices
from bot.core.model.change import MovePlace, Reached, Tell
from bot.core.model.desk import Notice, NoticeKind
from bot.core.model.mail import Delivery, InstallType, MessageRef, Place, Visibility

BREATH = 0.01  # seconds
FOLLOWED = (NoticeKind.NEWS, NoticeKind.DIGEST)
AGAIN = (60.0, 600.0)  # seconds after which news are tried again in a place that refused them


def corrected_message(notice: Notice) -> MessageRef:
    """The message that a correction is about."""
    return MessageRef(place=notice.place, message=notice.data["message"])


def delivery_of(notice: Notice, ref: MessageRef, more: Sequence[str], reply: Reply, at: datetime) -> Delivery | None:
    """What a post of news shows, to be corrected like any answer; None for others. `more`: its further messages."""
    if notice.kind not in FOLLOWED or not (reply.shown or reply.listed):
        return None
    return Delivery(
        ref=ref,
        shown=reply.shown or reply.listed,
        listed=not reply.shown,
        locale=notice.data["locale"],
        install=InstallType.MEMBER,
        visibility=Visibility.PUBLIC,
        at=at,
        more=tuple(more),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Sender:
    """Of one platform."""

    office: Office
    platform: str
    locale: str = "en"  # of places, where nobody's own is known
    turn: asyncio.Lock = field(default_factory=asyncio.Lock)
    failing: set[str] = field(default_factory=set)  # ids of places that did not take the last news

    async def compose(self, notice: Notice, locale: str = "") -> Reply | None:
        """What a notice says now, in the language of the place where that is known; None: nothing any more."""
        from bot.commands.notices import composed  # noqa: PLC0415 -- not before there is something to post

        async with self._in_turn():
            return await composed(notice, office=self.office, locale=locale or self.locale)

    async def corrected(self, delivery: Delivery, notice: Notice) -> tuple[Reply, tuple[tuple[int, int], ...]] | None:
        """What a message is to show instead, and what that is; None where it shows what holds."""
        from bot.commands.news import corrected  # noqa: PLC0415 -- the same

        async with self._in_turn():
            return await corrected(delivery, notice, self.office)

    @asynccontextmanager
    async def _in_turn(self) -> AsyncIterator[None]:
        """One by one and with a breath in between: thousands of posts must not keep somebody waiting who asks."""
        async with self.turn:
            yield
            await asyncio.sleep(BREATH)

    async def reached(self, notice: Notice) -> None:
        """A place has taken a post of news; that it goes on taking them is nothing new."""
        if notice.kind in FOLLOWED and notice.place.id in self.failing:
            self.failing.discard(notice.place.id)
            await self._count(notice, taken=True, key=f"reached {notice.key}")

    async def refused(self, notice: Notice, attempts: int) -> float | None:
        """A place does not take a post. Seconds after which it is tried again; None: nothing more is tried with it."""
        if notice.kind not in FOLLOWED:
            return None
        self.failing.add(notice.place.id)
        await self._count(notice, taken=False, key=f"refused {notice.key} {attempts}")
        return AGAIN[attempts - 1] if attempts <= len(AGAIN) else None

    async def _count(self, notice: Notice, *, taken: bool, key: str) -> None:
        change = Reached(place=notice.place, taken=taken, terms=self.office.terms)
        await self.office.desk.apply(change, key=key, expect={})

    async def begin(self) -> None:
        """Look which places did not take the last news of an earlier run."""
        async with self.office.desk.reading() as view:
            follows = await view.follows()
        self.failing.update(each.place.id for each in follows if each.failures and each.place.platform == self.platform)

    async def moved(self, old: str, new: str) -> None:
        """A room goes on as another one, and so does what it follows."""
        change = MovePlace(old=Place(platform=self.platform, id=old), new=Place(platform=self.platform, id=new))
        await self.office.desk.apply(change, key=f"moved {old} {new}", expect={})

    async def account(self, person: str) -> str | None:
        """The account on this platform of a person's id."""
        async with self.office.desk.reading() as view:
            found = await view.somebody(person)
        return min(found.accounts.get(self.platform, ()), default=None) if found else None

    async def unknown(self, notice: Notice) -> None:
        """A post may stand there or not, and is not sent again: the desk is told."""
        if notice.kind is NoticeKind.ALERT:
            return  # one that is lost makes no further ones
        told = notices.alert("unsent", notice.key, self.office.terms, fact=notice.fact, where=notice.place)
        await self.office.desk.apply(Tell(notices=told), key=f"unsent {notice.key}", expect={})

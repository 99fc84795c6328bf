"""What a platform needs of the rest of the program to post what the bot says by itself."""

from __future__ import annotations

from dataclasses import dataclass

from bot.commands.reply import Reply
from bot.commands.services import Office
from bot.core.desk import notices
from bot.core.model.change import Tell
from bot.core.model.desk import Notice, NoticeKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Sender:
    """Of one platform."""

    office: Office
    platform: str
    locale: str = "en"  # of places, where nobody's own is known

    async def compose(self, notice: Notice) -> Reply | None:
        """What a notice says now; None: nothing any more."""
        from bot.commands.notices import composed  # noqa: PLC0415 -- not before there is something to post

        return await composed(notice, office=self.office, locale=self.locale)

    async def account(self, person: str) -> str | None:
        """The account on this platform of a person's id."""
        async with self.office.desk.reading() as view:
            found = await view.somebody(person)
        return min(found.accounts.get(self.platform, ()), default=None) if found else None

    async def unknown(self, notice: Notice) -> None:
        """A post may stand there or not, and is not sent again: the desk is told."""
        if notice.kind is NoticeKind.ALERT:
            return  # one that is lost makes no further ones
        told = notices.alert("unsent", notice.key, self.office.terms, fact=notice.fact, place=notice.place.id)
        await self.office.desk.apply(Tell(notices=told), key=f"unsent {notice.key}", expect={})

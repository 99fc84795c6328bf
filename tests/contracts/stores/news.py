"""Answers that stand somewhere, places that follow, and what is posted to both, for tests of news."""

from __future__ import annotations

from dataclasses import replace

from bot.core.model.change import (
    Approve,
    BringBack,
    Hide,
    Revise,
    StartFollow,
)
from bot.core.model.desk import Notice, NoticeKind
from bot.core.model.mail import Delivery, InstallType, MessageRef, Place, Visibility
from bot.core.model.news import Follow, Subject
from bot.core.payloads import notice_of
from tests.builders import NOON
from tests.contracts.stores.conftest import Store
from tests.contracts.stores.desk import ADA, BO, CY, TERMS, do, published, the_fact

HERE = Place(platform="discord", id="here", guild="guild")
THERE = Place(platform="discord", id="there", guild="guild")
ROOM = Place(platform="matrix", id="!room:example.org")


async def shown(store: Store, number: int, message: str = "m1", place: Place = HERE, **changes: object) -> Delivery:
    """An answer that shows the fact as it is now."""
    fact = await the_fact(store, number)
    delivery = replace(
        Delivery(
            ref=MessageRef(place=place, message=message),
            shown=((number, fact.revision.number),),
            locale="en",
            install=InstallType.MEMBER,
            visibility=Visibility.PUBLIC,
            at=NOON,
        ),
        **changes,  # type: ignore[arg-type]
    )
    await store.record(delivery)
    return delivery


async def follows(store: Store, place: Place = HERE, **changes: object) -> None:
    values: dict[str, object] = {"subject": Subject.EVERYTHING, "target": "", "terms": TERMS}
    await do(store, StartFollow(by=ADA, place=place, **values | changes))  # type: ignore[arg-type]


async def followed(store: Store) -> tuple[Follow, ...]:
    async with store.reading() as view:
        return await view.follows()


async def waiting(store: Store, *kinds: NoticeKind, platform: str = "discord") -> list[Notice]:
    """What waits, drained in the order in which it would be sent."""
    found = []
    while jobs := await store.lease(platform, limit=100, ttl=60):
        for job in jobs:
            notice = notice_of(job.payload)
            assert notice is not None
            found.append(notice)
            await store.done(job, MessageRef(place=notice.place, message=f"post {job.id}"))
    return [notice for notice in found if not kinds or notice.kind in kinds]


async def one_more(store: Store, trees: int) -> int:
    """Another fact that two people have shown."""
    words = f"We have planted {trees} birches"
    passage = f'The mayor spoke. "{words}," Ada Muster said.'
    return await published(store, slug=f"birches-{trees}", text=words, passage=passage, label=f"{trees} birches")


async def mend(store: Store, number: int, *, reason: str = "the caption has it") -> None:
    """Say less at once: readers see another speaker's line from now on."""
    revision = (await the_fact(store, number)).revision
    await do(store, Revise(by=ADA, terms=TERMS, number=number, revision=replace(revision, speaker=None), reason=reason))


async def show_again(store: Store, number: int) -> None:
    """Two people bring it back."""
    await do(store, BringBack(by=BO, terms=TERMS, number=number, reason="it was heard"))
    await do(store, Approve(by=CY, terms=TERMS, number=number))


async def hide(store: Store, number: int) -> None:
    await do(store, Hide(by=ADA, terms=TERMS, number=number, reason="contested"))

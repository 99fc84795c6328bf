"""What changes of a fact goes to the messages that show it. On every store."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.core.model.change import (
    Approve,
    BringBack,
    Revise,
    Withdraw,
)
from bot.core.model.desk import NoticeKind
from bot.core.model.fact import Said
from bot.core.model.mail import InstallType, Visibility
from bot.core.model.news import Became
from bot.core.model.review import Withdrawal, WithdrawalReason
from bot.core.news import STONE
from tests.builders import NOON, StoppedClock
from tests.contracts.stores.conftest import Store
from tests.contracts.stores.desk import ADA, BO, REVIEW, TERMS, do, published, the_fact
from tests.contracts.stores.news import HERE, ROOM, hide, mend, one_more, shown, waiting


async def test_a_correction_goes_to_every_message_that_shows_the_fact(store: Store) -> None:
    number, other = await published(store), await one_more(store, 7)
    await shown(store, number)
    await shown(store, number, "m2", ROOM)
    await shown(store, other, "m3")
    await waiting(store)

    await mend(store, number)

    (edit,) = await waiting(store, NoticeKind.CORRECTION)
    assert (edit.place, edit.data["message"], edit.data["became"]) == (HERE, "m1", Became.CORRECTED)
    assert len(await waiting(store, platform="matrix")) == 1


async def test_the_newest_messages_are_corrected_first(store: Store, clock: StoppedClock) -> None:
    number = await published(store)
    for minute, message in enumerate(("old", "newer", "newest")):
        await shown(store, number, message, at=NOON + timedelta(minutes=minute))
    await waiting(store)

    await mend(store, number)

    edits = await waiting(store, NoticeKind.CORRECTION)
    assert [edit.data["message"] for edit in edits] == ["newest", "newer", "old"]


@pytest.mark.parametrize("what", ["topics", "label", "basis"])
async def test_what_no_answer_shows_is_no_correction(store: Store, what: str) -> None:
    number = await published(store)
    await shown(store, number)
    await waiting(store)
    revision = (await the_fact(store, number)).revision
    changes = {
        "topics": replace(revision, topics=()),
        "label": replace(revision, label="At least 300 trees planted by Muster"),
        "basis": replace(revision, said=Said(basis="nothing")),
    }

    await do(store, Revise(by=ADA, terms=TERMS, number=number, revision=changes[what], reason="tidy"))

    assert await waiting(store, NoticeKind.CORRECTION) == []


async def test_hiding_withdrawing_and_bringing_back_travel_too(store: Store, clock: StoppedClock) -> None:
    number = await published(store)
    delivery = await shown(store, number)
    await waiting(store)

    await hide(store, number)
    (edit,) = await waiting(store, NoticeKind.CORRECTION)
    assert edit.data["became"] == Became.HIDDEN
    await store.record(replace(delivery, shown=((number, STONE),)))
    clock.time += timedelta(minutes=1)
    await do(store, BringBack(by=ADA, terms=TERMS, number=number, reason="checked"))
    await do(store, Approve(by=BO, terms=TERMS, number=number))
    (edit,) = await waiting(store, NoticeKind.CORRECTION)
    assert edit.data["became"] == Became.SHOWN_AGAIN
    clock.time += timedelta(minutes=1)
    withdrawal = Withdrawal(reason=WithdrawalReason.MISQUOTED, note="cut short", replaced_by=None)
    await do(store, Withdraw(by=ADA, terms=TERMS, number=number, withdrawal=withdrawal))
    (edit,) = await waiting(store, NoticeKind.CORRECTION)
    assert edit.data["became"] == Became.WITHDRAWN


async def test_a_corrected_source_corrects_what_rests_on_it(store: Store) -> None:
    number = await published(store)
    await shown(store, number)
    await waiting(store)
    async with store.reading() as view:
        (dossier,) = await view.dossiers((number,))
    (source,) = dossier.sources.values()

    await do(
        store,
        Revise(
            by=ADA,
            terms=TERMS,
            number=number,
            revision=dossier.fact.revision,
            source=replace(source, url=None),
            reason="the link is dead",
        ),
    )

    assert len(await waiting(store, NoticeKind.CORRECTION)) == 1


async def test_a_message_that_was_under_way_is_corrected_as_soon_as_it_is_known(store: Store) -> None:
    number = await published(store)
    seen = (await the_fact(store, number)).revision.number
    await waiting(store)
    await mend(store, number)
    assert await waiting(store, NoticeKind.CORRECTION) == []

    await shown(store, number, shown=((number, seen),))

    assert len(await waiting(store, NoticeKind.CORRECTION)) == 1
    await shown(store, number, "m2")
    assert await waiting(store, NoticeKind.CORRECTION) == []


async def test_moderators_are_told_how_far_it_went_when_it_is_over(store: Store) -> None:
    number = await published(store)
    await shown(store, number)
    await shown(store, number, "m2", ROOM)
    await shown(store, number, "m3", install=InstallType.USER)
    await shown(store, number, "m4", visibility=Visibility.PRIVATE)
    await waiting(store)

    await mend(store, number)

    assert await waiting(store, NoticeKind.TRAVELLED) == []
    (job,) = await store.lease("matrix", limit=9, ttl=60)
    await store.dead(job, "gone")
    (told,) = await waiting(store, NoticeKind.TRAVELLED)
    assert (told.place, told.data["beyond"]) == (REVIEW, "2")
    async with store.reading() as view:
        found = await view.travelled(number, NOON)
    assert (found.changed, found.lost, found.waiting) == (1, 1, 0)


async def test_of_private_answers_only_their_number_is_kept(store: Store) -> None:
    number = await published(store)

    delivery = await shown(store, number, visibility=Visibility.PRIVATE)

    assert await store.delivery(delivery.ref) is None
    assert await store.showing(number, before=NOON + timedelta(days=1), limit=9) == ()


async def test_a_deleted_message_is_forgotten(store: Store) -> None:
    number = await published(store)
    delivery = await shown(store, number)
    assert await store.delivery(delivery.ref) == delivery

    await store.lost(delivery.ref)

    assert await store.delivery(delivery.ref) is None

"""Files and chat, one truth: what one of both changed holds, what both changed waits at the desk. On every store."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from bot.core.model.change import Applied, Approve, Decline, FactRecord, FileImport, Records, Revise
from bot.core.model.desk import NoticeKind, Origin
from bot.core.model.fact import Revision
from bot.core.payloads import notice_of
from tests.builders import StoppedClock, a_compared_import, a_record, an_import, some_records
from tests.contracts.stores.conftest import Store
from tests.contracts.stores.desk import ADA, BO, TERMS, do, the_fact

LABEL = "300 trees at least, Muster"


async def bring(store: Store, record: FactRecord) -> Applied:
    return await do(store, replace(a_compared_import(record), terms=TERMS))


async def chat(store: Store, **changes: object) -> None:
    """Metadata changed at the desk: it holds at once."""
    revision: Revision = replace((await the_fact(store, 1)).revision, **changes)  # type: ignore[arg-type]
    await do(store, Revise(by=ADA, terms=TERMS, number=1, revision=revision, reason="shorter"))


async def label(store: Store) -> str:
    return (await the_fact(store, 1)).revision.label


async def conflicts(store: Store) -> list[int]:
    async with store.reading() as view:
        return [each.number for each in await view.waiting(limit=9) if each.origin is Origin.FILES]


async def test_what_only_the_file_changed_is_the_next_revision(store: Store) -> None:
    await bring(store, a_record())

    applied = await bring(store, a_record(label=LABEL))

    assert (applied.revised, applied.conflicts) == (("muster-300-trees",), ())
    assert await label(store) == LABEL


async def test_what_only_the_chat_changed_is_kept(store: Store) -> None:
    await bring(store, a_record())
    await chat(store, label=LABEL)

    applied = await bring(store, a_record())

    assert (applied.unchanged, applied.conflicts) == (("muster-300-trees",), ())
    assert await label(store) == LABEL


async def test_what_both_changed_in_the_same_way_is_no_conflict(store: Store) -> None:
    await bring(store, a_record())
    await chat(store, label=LABEL)

    applied = await bring(store, a_record(label=LABEL))

    assert (applied.unchanged, applied.conflicts) == (("muster-300-trees",), ())


async def test_what_both_changed_waits_once_and_a_person_decides(store: Store, clock: StoppedClock) -> None:
    await bring(store, a_record())
    await chat(store, label=LABEL)

    applied = await bring(store, a_record(label="Trees, 300"))
    again = await bring(store, a_record(label="Trees, 300"))

    assert applied.conflicts == again.conflicts == ("muster-300-trees",)
    assert await label(store) == LABEL
    assert await conflicts(store) == [1]
    cards = [notice_of(job.payload) for job in await store.lease("discord", limit=9, ttl=1)]
    assert [card.kind for card in cards if card] == [NoticeKind.CARD]
    clock.time += timedelta(minutes=1)
    await do(store, Approve(by=BO, terms=TERMS, number=1, origin=Origin.FILES))
    assert await label(store) == "Trees, 300"
    assert await conflicts(store) == []
    assert (await bring(store, a_record(label="Trees, 300"))).unchanged == ("muster-300-trees",)


async def test_a_newer_file_takes_the_place_of_the_one_that_waits(store: Store, clock: StoppedClock) -> None:
    await bring(store, a_record())
    await chat(store, label=LABEL)
    await bring(store, a_record(label="Trees, 300"))
    clock.time += timedelta(minutes=1)

    await bring(store, a_record(label="300 trees"))

    assert await conflicts(store) == [1]
    await do(store, Decline(by=BO, terms=TERMS, number=1, origin=Origin.FILES, reason="the chat is right"))
    assert await label(store) == LABEL


async def test_a_conflict_does_not_hold_up_the_other_facts(store: Store) -> None:
    await bring(store, a_record())
    await chat(store, label=LABEL)
    other = a_record(slug="other", text="We have planted two firs", label="Two firs")

    applied = await do(store, replace(an_import(a_record(label="Trees, 300"), other), terms=TERMS))

    assert (applied.conflicts, applied.created) == (("muster-300-trees",), ("other",))


async def test_a_source_that_the_chat_corrected_is_not_put_back_by_an_old_file(store: Store) -> None:
    await bring(store, a_record())
    fact = await the_fact(store, 1)
    async with store.reading() as view:
        (source,) = (await view.records()).sources
    mended = replace(source, url=None)
    await do(store, Revise(by=ADA, terms=TERMS, number=1, revision=fact.revision, source=mended, reason="dead"))

    await bring(store, a_record())

    async with store.reading() as view:
        records: Records = await view.records()
    assert [source.url for source in records.sources] == [None]


async def test_a_source_that_a_file_corrects_leaves_a_line_in_every_history(store: Store) -> None:
    await store.apply(an_import(a_record(slug="one"), a_record(slug="two")), key="first", expect={})
    records = some_records(a_record(slug="one"), a_record(slug="two"))
    (source,) = records.sources
    better = replace(records, sources=(replace(source, title="A better title"),))
    await store.apply(FileImport(records=better, publish_as="Test Desk"), key="second", expect={})
    async with store.reading() as view:
        for number in (1, 2):
            last = (await view.history(number))[-1]
            assert last.verb == "source-changed"
            assert last.reason == f"(title: {source.title} → A better title)"

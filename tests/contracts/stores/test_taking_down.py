"""Hiding, withdrawing and bringing back, and what readers report: whichever store takes it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.core.desk.refusals import (
    BatchRefused,
    NoSuchFact,
    NotAnEditor,
    NothingWaits,
    NotNow,
    OwnWork,
)
from bot.core.model.change import (
    Approve,
    BringAllBack,
    BringBack,
    ChangeRefused,
    CloseReport,
    Hide,
    HideAll,
    ReportWrong,
    Revise,
    Withdraw,
)
from bot.core.model.desk import NoticeKind, Wrong
from bot.core.model.fact import Kind
from bot.core.model.mail import Place
from bot.core.model.review import Relation, RelationKind, Withdrawal, WithdrawalReason, Workflow
from tests.builders import NOON, StoppedClock
from tests.contracts.stores.conftest import Store
from tests.contracts.stores.desk import (
    ADA,
    BO,
    CY,
    MIA,
    TERMS,
    do,
    dossier,
    found,
    posted,
    published,
    suggested,
    the_fact,
    verbs,
)

# -- hiding, withdrawing, bringing back


async def test_one_hides_and_two_show_again(store: Store) -> None:
    number = await published(store)
    await do(store, Hide(by=ADA, terms=TERMS, number=number, reason="Is it he?"))
    assert await found(store, "trees") == []
    await do(store, BringBack(by=ADA, terms=TERMS, number=number, reason="It is"))
    assert (await the_fact(store, number)).workflow is Workflow.HIDDEN
    with pytest.raises(OwnWork):
        await do(store, Approve(by=ADA, terms=TERMS, number=number))
    await do(store, Approve(by=BO, terms=TERMS, number=number))
    assert (await the_fact(store, number)).workflow is Workflow.PUBLISHED
    assert await found(store, "trees") == [number]
    assert await verbs(store, number) == ["suggested", "published", "hidden", "proposed", "unhidden"]


async def test_a_withdrawn_fact_keeps_why_and_what_replaces_it(store: Store) -> None:
    number = await published(store)
    better = await published(store, slug="better", text="planted at least 300 trees", kind=Kind.INDIRECT)
    withdrawal = Withdrawal(reason=WithdrawalReason.MISQUOTED, note="She said 30", replaced_by="better")
    await do(store, Withdraw(by=ADA, terms=TERMS, number=number, withdrawal=withdrawal))
    item = await dossier(store, number)
    assert (item.fact.workflow, item.fact.revision.number) == (Workflow.WITHDRAWN, 2)
    assert item.fact.revision.withdrawal == withdrawal
    assert [(each.number, each.kind, each.outgoing) for each in item.related] == [(better, None, True)]
    assert await found(store, "trees") == [better]
    await do(store, BringBack(by=ADA, terms=TERMS, number=number, reason="She did say 300"))
    await do(store, Approve(by=BO, terms=TERMS, number=number))
    after = await the_fact(store, number)
    assert (after.workflow, after.revision.number, after.revision.withdrawal) == (Workflow.PUBLISHED, 3, None)


@pytest.mark.parametrize("missing", ["no-such-fact", "muster-300-trees"])
async def test_a_fact_is_replaced_by_another_that_exists(store: Store, missing: str) -> None:
    number = await published(store)
    withdrawal = Withdrawal(reason=WithdrawalReason.DUPLICATE, replaced_by=missing)
    with pytest.raises(ChangeRefused):
        await do(store, Withdraw(by=ADA, terms=TERMS, number=number, withdrawal=withdrawal))
    assert (await the_fact(store, number)).workflow is Workflow.PUBLISHED


async def test_what_cannot_be_done_in_a_state_is_refused(store: Store) -> None:
    number = await suggested(store)
    with pytest.raises(NotNow):
        await do(store, Hide(by=ADA, terms=TERMS, number=number, reason="x"))
    with pytest.raises(NoSuchFact):
        await do(store, Hide(by=ADA, terms=TERMS, number=99, reason="x"))


async def test_relations_are_seen_from_both_ends(store: Store) -> None:
    number = await published(store)
    other = await published(store, slug="denial", text="planted at least 300 trees", kind=Kind.INDIRECT)
    fact = await the_fact(store, other)
    related = replace(fact.revision, relations=(Relation(kind=RelationKind.DENIES, fact="muster-300-trees"),))
    await do(store, Revise(by=ADA, terms=TERMS, number=other, revision=related, reason="He denies it"))
    assert (await dossier(store, number)).related == ()  # it makes an answer say more
    await do(store, Approve(by=BO, terms=TERMS, number=other))
    assert [(each.kind, each.outgoing, each.number) for each in (await dossier(store, number)).related] == [
        (RelationKind.DENIES, False, other)
    ]


async def test_everything_of_one_person_is_hidden_and_brought_back_in_one_go(store: Store, clock: StoppedClock) -> None:
    one = await published(store, ADA, BO)
    clock.time = NOON + timedelta(hours=1)
    two = await published(store, ADA, BO, slug="two", text="planted at least 300 trees", kind=Kind.INDIRECT)
    three = await published(store, CY, BO, slug="three", text="on Saturday", kind=Kind.INDIRECT)
    async with store.reading() as view:
        ada = await view.person(ADA)
    assert ada is not None
    done = await do(
        store, HideAll(by=CY, terms=TERMS, person=ada.id, since=NOON + timedelta(minutes=1), reason="forged")
    )
    states = [(await the_fact(store, number)).workflow for number in (one, two, three)]
    assert states == [Workflow.PUBLISHED, Workflow.HIDDEN, Workflow.PUBLISHED]
    assert done.number is not None
    for somebody in (ADA, CY):
        with pytest.raises(BatchRefused):
            await do(store, BringAllBack(by=somebody, terms=TERMS, batch=done.number))
    await do(store, BringAllBack(by=BO, terms=TERMS, batch=done.number))
    assert (await the_fact(store, two)).workflow is Workflow.PUBLISHED


# -- reports


async def test_a_report_is_seen_and_closed_by_somebody_else_than_the_author(store: Store) -> None:
    number = await published(store, ADA, BO)
    told = Place(platform="discord", id="person")
    await do(store, ReportWrong(by=MIA, terms=TERMS, number=number, wrong=Wrong.DATE, text="It was Friday", place=told))
    await do(store, ReportWrong(by=MIA, terms=TERMS, number=number, wrong=Wrong.DATE, text="Friday", place=told))
    async with store.reading() as view:
        (report,) = await view.reports(number)
        assert (report.wrong, report.text, report.outcome) == (Wrong.DATE, "It was Friday", None)
        assert report.place is not None
        assert report.place.id != f"person:{MIA.account}"
        assert (await view.waiting(limit=5))[0].report == 1
    with pytest.raises(OwnWork):
        await do(store, CloseReport(by=ADA, terms=TERMS, number=number, report=1, outcome="No"))
    with pytest.raises(NotAnEditor):
        await do(store, CloseReport(by=MIA, terms=TERMS, number=number, report=1, outcome="No"))
    await posted(store)
    await do(store, CloseReport(by=CY, terms=TERMS, number=number, report=1, outcome="The radio says Saturday"))
    assert sorted(kind for kind, _ in await posted(store)) == [NoticeKind.CARD, NoticeKind.TOLD]
    with pytest.raises(NothingWaits):
        await do(store, CloseReport(by=CY, terms=TERMS, number=number, report=1, outcome="again"))


async def test_nobody_reports_what_readers_do_not_know(store: Store) -> None:
    number = await suggested(store)
    with pytest.raises(NoSuchFact):
        await do(store, ReportWrong(by=MIA, terms=TERMS, number=number, wrong=Wrong.FAKE, text=""))

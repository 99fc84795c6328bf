"""Suggestions, and the second person who agrees or does not: whichever store takes them."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.core.dates import parse
from bot.core.desk.refusals import (
    BadCode,
    Flawed,
    NoReason,
    NotAnEditor,
    NotFoundInPassage,
    NothingWaits,
    OwnWork,
    Unlinked,
)
from bot.core.model.change import (
    Approve,
    BringBack,
    DeclareNone,
    Decline,
    OfferLink,
    Revise,
    RevisionConflict,
    TakeLink,
)
from bot.core.model.desk import NoticeKind
from bot.core.model.fact import Kind, Said
from bot.core.model.review import Checking, Workflow
from tests.builders import NOON, StoppedClock, a_compared_import, a_speaker
from tests.contracts.stores.conftest import Store
from tests.contracts.stores.desk import (
    ADA,
    ADA_ON_MATRIX,
    ALONE,
    BO,
    DI_ON_MATRIX,
    MIA,
    PASSAGE,
    TERMS,
    a_suggested_revision,
    cards,
    do,
    dossier,
    found,
    pasted,
    posted,
    published,
    suggested,
    the_fact,
    verbs,
)


async def test_a_suggestion_waits_unseen_and_a_card_is_posted(store: Store) -> None:
    number = await suggested(store)
    fact = await the_fact(store, number)
    assert (fact.workflow, fact.revision.number, fact.publication) == (Workflow.PENDING, 1, None)
    assert await found(store, "trees") == []
    assert [kind for kind, _ in await posted(store)] == [NoticeKind.CARD]
    async with store.reading() as view:
        (waiting,) = await view.waiting(limit=10)
        assert (waiting.number, waiting.origin, waiting.report) == (number, None, None)
        assert (await view.counts()).waiting == 1
        assert await view.passages_of("gazette-2026-05-02") == (PASSAGE,)


async def test_a_member_and_one_editor_are_two(store: Store) -> None:
    number = await suggested(store, MIA)
    applied = await do(store, Approve(by=ADA, terms=TERMS, number=number))
    fact = await the_fact(store, number)
    assert applied.published == ("muster-300-trees",)
    assert fact.workflow is Workflow.PUBLISHED
    assert fact.publication is not None
    assert fact.publication.checking is Checking.TWO_EDITORS
    assert await found(store, "trees") == [number]
    assert await verbs(store, number) == ["suggested", "published"]


async def test_nobody_approves_what_is_their_own(store: Store) -> None:
    number = await suggested(store, ADA)
    with pytest.raises(OwnWork):
        await do(store, Approve(by=ADA, terms=TERMS, number=number))
    assert (await the_fact(store, number)).workflow is Workflow.PENDING


async def test_a_member_approves_nothing(store: Store) -> None:
    number = await suggested(store, ADA)
    with pytest.raises(NotAnEditor):
        await do(store, Approve(by=MIA, terms=TERMS, number=number))


async def test_an_account_elsewhere_counts_as_somebody_else_only_when_that_is_known(store: Store) -> None:
    number = await suggested(store, ADA)
    with pytest.raises(Unlinked):
        await do(store, Approve(by=ADA_ON_MATRIX, terms=TERMS, number=number))
    with pytest.raises(Unlinked):
        await do(store, Approve(by=DI_ON_MATRIX, terms=TERMS, number=number))
    await do(store, DeclareNone(by=DI_ON_MATRIX, terms=TERMS, platform="discord"))
    await do(store, Approve(by=DI_ON_MATRIX, terms=TERMS, number=number))
    assert (await the_fact(store, number)).workflow is Workflow.PUBLISHED


async def test_joined_accounts_are_one_person(store: Store) -> None:
    number = await suggested(store, ADA)
    await do(store, OfferLink(by=ADA, terms=TERMS, code_sha256="a" * 64))
    await do(store, TakeLink(by=ADA_ON_MATRIX, terms=TERMS, code_sha256="a" * 64))
    with pytest.raises(OwnWork):
        await do(store, Approve(by=ADA_ON_MATRIX, terms=TERMS, number=number))
    await do(store, OfferLink(by=BO, terms=TERMS, code_sha256="b" * 64))
    await do(store, TakeLink(by=DI_ON_MATRIX, terms=TERMS, code_sha256="b" * 64))
    await do(store, Approve(by=DI_ON_MATRIX, terms=TERMS, number=number))  # Bo, who shares Discord with Ada
    assert (await the_fact(store, number)).workflow is Workflow.PUBLISHED


async def test_a_code_is_good_once_and_for_a_quarter_of_an_hour(store: Store, clock: StoppedClock) -> None:
    await do(store, OfferLink(by=ADA, terms=TERMS, code_sha256="a" * 64))
    with pytest.raises(BadCode):
        await do(store, TakeLink(by=ADA, terms=TERMS, code_sha256="a" * 64))
    clock.time = NOON + timedelta(minutes=16)
    with pytest.raises(BadCode):
        await do(store, TakeLink(by=ADA_ON_MATRIX, terms=TERMS, code_sha256="a" * 64))


async def test_mending_metadata_makes_nobody_an_author(store: Store) -> None:
    number = await suggested(store, MIA)
    fact = await the_fact(store, number)
    await do(
        store, Revise(by=ADA, terms=TERMS, number=number, revision=replace(fact.revision, label="300 trees, Muster"))
    )
    await do(store, Approve(by=ADA, terms=TERMS, number=number))
    assert (await the_fact(store, number)).workflow is Workflow.PUBLISHED


async def test_whoever_changes_the_words_needs_somebody_else(store: Store) -> None:
    number = await suggested(store, MIA)
    fact = await the_fact(store, number)
    other = a_suggested_revision(speaker=a_speaker(role_in_source="The mayor"))
    await do(store, Revise(by=ADA, terms=TERMS, number=number, revision=other))
    with pytest.raises(OwnWork):
        await do(store, Approve(by=ADA, terms=TERMS, number=number))
    await do(store, Revise(by=ADA, terms=TERMS, number=number, revision=fact.revision))  # as Mia had it
    await do(store, Approve(by=ADA, terms=TERMS, number=number))
    assert (await the_fact(store, number)).revision.number == 3


async def test_making_a_suggestion_say_less_makes_nobody_an_author(store: Store) -> None:
    number = await suggested(store, MIA, said=Said(on=parse("2026-05-01"), stated=True))
    fact = await the_fact(store, number)
    await do(store, Revise(by=ADA, terms=TERMS, number=number, revision=replace(fact.revision, said=Said())))
    await do(store, Approve(by=ADA, terms=TERMS, number=number))
    assert (await the_fact(store, number)).workflow is Workflow.PUBLISHED


async def test_facts_from_files_take_two_editors(store: Store) -> None:
    """Nobody is behind them, so the first who agrees stands for them and the second publishes."""
    await do(store, replace(a_compared_import(), publish_as=None))
    first = await do(store, Approve(by=ADA, terms=TERMS, number=1))
    assert first.waits == (1,)
    assert (await the_fact(store, 1)).workflow is Workflow.PENDING
    async with store.reading() as view:
        assert [each.vouched for each in await view.waiting(limit=5)] == [True]
    with pytest.raises(OwnWork):
        await do(store, Approve(by=ADA, terms=TERMS, number=1))
    await do(store, Approve(by=BO, terms=TERMS, number=1))
    assert (await the_fact(store, 1)).workflow is Workflow.PUBLISHED
    assert await verbs(store, 1) == ["imported", "vouched", "published"]


async def test_one_editor_is_disclosed(store: Store) -> None:
    number = await suggested(store, ADA, terms=ALONE)
    await do(store, Approve(by=ADA, terms=ALONE, number=number))
    publication = (await the_fact(store, number)).publication
    assert publication is not None
    assert publication.checking is Checking.ONE_EDITOR


async def test_words_that_are_not_found_are_shown_with_a_reason_only(store: Store) -> None:
    number = await suggested(store, MIA, text="We never planted a tree")
    with pytest.raises(NotFoundInPassage):
        await do(store, Approve(by=ADA, terms=TERMS, number=number))
    fact = await the_fact(store, number)
    unverified = replace(fact.revision, unverified="Heard on the radio; no recording is online")
    await do(store, Revise(by=ADA, terms=TERMS, number=number, revision=unverified))
    await do(store, Approve(by=ADA, terms=TERMS, number=number))
    assert (await the_fact(store, number)).revision.unverified


async def test_the_same_words_are_published_once(store: Store) -> None:
    await published(store)
    number = await suggested(store, MIA, slug="again")
    with pytest.raises(Flawed):
        await do(store, Approve(by=ADA, terms=TERMS, number=number))


async def test_a_suggestion_that_breaks_a_rule_is_refused_and_the_form_stays(store: Store) -> None:
    with pytest.raises(Flawed):
        await suggested(store, MIA, kind=Kind.OUTLET)
    async with store.reading() as view:
        person = await view.person(MIA)
        assert person is not None
        assert len(await view.drafts(person.id)) == 1


async def test_a_suggestion_changes_nothing_that_is_shown_of_its_source(store: Store) -> None:
    await published(store)
    await suggested(store, MIA, slug="other", text="on Saturday", kind=Kind.INDIRECT, source=None)
    other = "More was said on Sunday."
    source = (await dossier(store, 1)).sources["gazette-2026-05-02"]
    await suggested(
        store,
        MIA,
        slug="third",
        text="More was said",
        kind=Kind.INDIRECT,
        passage=other,
        source=replace(source, title="A forged title", passages=(*source.passages, pasted(other))),
    )
    after = (await dossier(store, 1)).sources["gazette-2026-05-02"]
    assert after.title == source.title
    assert len(after.passages) == len(source.passages) + 1


async def test_rejecting_takes_a_reason_and_an_editor(store: Store) -> None:
    number = await suggested(store, ADA)
    with pytest.raises(NoReason):
        await do(store, Decline(by=BO, terms=TERMS, number=number, reason=" "))
    with pytest.raises(NotAnEditor):
        await do(store, Decline(by=MIA, terms=TERMS, number=number, reason="no"))
    await do(store, Decline(by=BO, terms=TERMS, number=number, reason="Not in this article"))
    assert (await the_fact(store, number)).workflow is Workflow.REJECTED
    with pytest.raises(NothingWaits):
        await do(store, Approve(by=BO, terms=TERMS, number=number))


async def test_an_author_may_take_a_suggestion_back(store: Store) -> None:
    number = await suggested(store, MIA)
    await do(store, Decline(by=MIA, terms=TERMS, number=number, reason=""))
    assert (await verbs(store, number))[-1] == "taken-back"
    await do(store, BringBack(by=ADA, terms=TERMS, number=number, reason="It was good"))
    assert (await the_fact(store, number)).workflow is Workflow.PENDING
    with pytest.raises(OwnWork):  # whoever brings it back stands for it
        await do(store, Approve(by=ADA, terms=TERMS, number=number))


async def test_of_two_decisions_at_the_same_moment_the_second_hears_what_happened(store: Store) -> None:
    number = await suggested(store, MIA)
    await do(store, Approve(by=ADA, terms=TERMS, number=number))
    with pytest.raises(NothingWaits):
        await do(store, Decline(by=BO, terms=TERMS, number=number, reason="no"))


async def test_an_approval_of_what_was_seen_is_refused_once_it_reads_otherwise(store: Store) -> None:
    number = await suggested(store, MIA)
    fact = await the_fact(store, number)
    await do(store, Revise(by=BO, terms=TERMS, number=number, revision=replace(fact.revision, label="Other")))
    with pytest.raises(RevisionConflict):
        await store.apply(Approve(by=ADA, terms=TERMS, number=number), key="late", expect={fact.slug: 1})


async def test_a_decision_is_about_what_was_seen_and_nothing_else(store: Store) -> None:
    number = await suggested(store, MIA)
    (notice,) = [each for each in await cards(store) if each.fact == number]
    seen = notice.data["what"].replace(" ", "-", 1)
    for change in (
        Approve(by=ADA, terms=TERMS, number=number, seen="fact-19700101T000000000000"),
        Decline(by=ADA, terms=TERMS, number=number, reason="no", seen="desk-19700101T000000000000"),
    ):
        with pytest.raises(NothingWaits):
            await do(store, change)
    await do(store, Approve(by=ADA, terms=TERMS, number=number, seen=seen))
    fact = await the_fact(store, number)
    wanted = replace(fact.revision, said=Said(on=parse("2026-05-01"), stated=True))
    await do(store, Revise(by=ADA, terms=TERMS, number=number, revision=wanted, reason="dated"))
    with pytest.raises(NothingWaits):  # that card was the fact's; this is a change that nobody has looked at
        await do(store, Approve(by=BO, terms=TERMS, number=number, seen=seen))


async def test_a_card_stays_the_same_card_however_often_its_fact_is_mended(store: Store, clock: StoppedClock) -> None:
    number = await suggested(store, MIA)
    (first,) = await cards(store)
    for minutes, label in enumerate(("One", "Two"), 1):
        clock.time = NOON + timedelta(minutes=minutes)
        fact = await the_fact(store, number)
        await do(store, Revise(by=ADA, terms=TERMS, number=number, revision=replace(fact.revision, label=label)))
        (mended,) = await cards(store)
        assert mended.replaces == first.key
    clock.time = NOON + timedelta(minutes=9)
    await do(store, Approve(by=ADA, terms=TERMS, number=number))
    (settled,) = await cards(store)
    assert settled.replaces == first.key


async def test_the_same_click_twice_is_one_approval(store: Store) -> None:
    number = await suggested(store, MIA)
    first = await do(store, Approve(by=ADA, terms=TERMS, number=number), key="click")
    again = await do(store, Approve(by=ADA, terms=TERMS, number=number), key="click")
    assert again == replace(first, repeated=True)
    assert (await verbs(store, number)).count("published") == 1

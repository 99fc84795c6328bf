"""One person may make an answer say less, two make it say more: whichever store takes the changes."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.core.dates import parse
from bot.core.desk import bulletins
from bot.core.desk.refusals import (
    AlreadyWaits,
    BadCode,
    BatchRefused,
    Flawed,
    NoReason,
    NoSuchFact,
    NotAnEditor,
    NotFoundInPassage,
    NothingChanges,
    NothingWaits,
    NotNow,
    Overtaken,
    OwnWork,
    Unlinked,
)
from bot.core.model.change import (
    Approve,
    BringAllBack,
    BringBack,
    ChangeRefused,
    CloseReport,
    DeclareNone,
    Decline,
    DropDraft,
    ForgetMe,
    Hide,
    HideAll,
    NameMe,
    OfferLink,
    ReportWrong,
    Revise,
    RevisionConflict,
    SaveDraft,
    SaveItem,
    Suggest,
    TakeLink,
    Tell,
    Withdraw,
)
from bot.core.model.desk import Form, Notice, NoticeKind, Origin, Wrong
from bot.core.model.fact import Kind, Said
from bot.core.model.mail import Place
from bot.core.model.names import Name
from bot.core.model.review import Checking, Relation, RelationKind, Withdrawal, WithdrawalReason, Workflow
from bot.core.payloads import notice_of
from bot.core.search.plan import Term
from tests.builders import NOON, StoppedClock, a_compared_import, a_record, a_speaker, an_import, some_topics
from tests.contracts.stores.conftest import Store
from tests.contracts.stores.desk import (
    ADA,
    ADA_ON_MATRIX,
    ALONE,
    BO,
    CY,
    DI_ON_MATRIX,
    MIA,
    PASSAGE,
    TERMS,
    a_pasted_source,
    a_suggested_revision,
    do,
    dossier,
    names,
    pasted,
    published,
    suggested,
    the_fact,
    verbs,
)


async def found(store: Store, term: str) -> list[int]:
    async with store.reading() as view:
        return [row.document.fact for row in (await view.candidates(Term(term), limit=10)).rows]


async def posted(store: Store, platform: str = "discord") -> list[tuple[str, str]]:
    """Kind and key of everything that waits in the outbox, drained."""
    seen = []
    while jobs := await store.lease(platform, limit=100, ttl=60):
        for job in jobs:
            notice = notice_of(job.payload)
            assert notice is not None
            seen.append((notice.kind.value, notice.key))
            await store.done(job, None)
    return seen


async def cards(store: Store) -> list[Notice]:
    """The review cards that wait in the outbox, drained."""
    seen = []
    while jobs := await store.lease("discord", limit=100, ttl=60):
        for job in jobs:
            notice = notice_of(job.payload)
            assert notice is not None
            if notice.kind is NoticeKind.CARD:
                seen.append(notice)
            await store.done(job, None)
    return seen


# -- forms under way


async def test_a_form_is_kept_from_the_first_step_and_reserves_its_number(store: Store) -> None:
    saved = await do(
        store, SaveDraft(by=MIA, terms=TERMS, number=None, form=Form(link="https://x.example", passage="“"))
    )
    assert saved.number == 1
    await do(store, SaveDraft(by=MIA, terms=TERMS, number=1, form=Form(link="https://x.example", passage="“ more")))
    await do(store, an_import(a_record()))
    assert (await the_fact(store, 2)).slug == "muster-300-trees"
    async with store.reading() as view:
        person = await view.person(MIA)
        assert person is not None
        draft = await view.draft(1, person.id)
        assert draft is not None
        assert draft.form == Form(link="https://x.example", passage="“ more")
        assert await view.drafts(person.id) == (draft,)


async def test_a_dropped_form_leaves_its_number_unused(store: Store) -> None:
    await do(store, SaveDraft(by=MIA, terms=TERMS, number=None, form=Form()))
    await do(store, DropDraft(by=MIA, terms=TERMS, number=1))
    again = await do(store, SaveDraft(by=MIA, terms=TERMS, number=None, form=Form()))
    assert again.number == 2
    with pytest.raises(NoSuchFact):
        await do(store, DropDraft(by=MIA, terms=TERMS, number=1))


async def test_nobody_reads_or_sends_the_form_of_another(store: Store) -> None:
    await do(store, SaveDraft(by=MIA, terms=TERMS, number=None, form=Form(words="mine")))
    with pytest.raises(NoSuchFact):
        await do(store, SaveDraft(by=BO, terms=TERMS, number=1, form=Form(words="his")))
    with pytest.raises(NoSuchFact):
        await do(store, DropDraft(by=BO, terms=TERMS, number=1))


async def test_a_form_about_a_fact_on_file_is_no_second_suggestion(store: Store) -> None:
    number = await suggested(store)
    await do(store, SaveDraft(by=MIA, terms=TERMS, number=number, form=Form(said="2026-05-01")))
    again = Suggest(
        by=MIA,
        terms=TERMS,
        number=number,
        slug="again",
        revision=a_suggested_revision(),
        source=a_pasted_source(),
        passage=PASSAGE,
    )
    with pytest.raises(NotNow):
        await do(store, again)
    fresh = await do(store, SaveDraft(by=MIA, terms=TERMS, number=None, form=Form(words="w")))
    assert fresh.number is not None
    for taken in ("muster-300-trees", "gazette-2026-05-02", "testwick"):
        with pytest.raises(ChangeRefused):
            await do(store, replace(again, number=fresh.number, slug=taken))
    await do(store, replace(again, number=fresh.number))


async def test_forms_that_nobody_comes_back_to_are_forgotten(store: Store, clock: StoppedClock) -> None:
    await do(store, SaveDraft(by=MIA, terms=TERMS, number=None, form=Form(words="old")))
    clock.time = NOON + timedelta(days=31)
    assert await store.forget(NOON + timedelta(days=1)) >= 1
    async with store.reading() as view:
        person = await view.person(MIA)
        assert person is not None
        assert await view.drafts(person.id) == ()


# -- suggesting and agreeing


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


# -- changing what is shown


async def test_a_date_is_blanked_at_once_and_the_new_one_waits(store: Store) -> None:
    number = await published(store, said=Said(on=parse("2026-05-01"), stated=True))
    fact = await the_fact(store, number)
    wanted = replace(fact.revision, said=Said(on=parse("2026-04-30"), stated=True))
    applied = await do(store, Revise(by=ADA, terms=TERMS, number=number, revision=wanted, reason="The caption says so"))
    assert applied.waits == (number,)
    assert (await the_fact(store, number)).revision.said.on is None
    assert await found(store, "trees") == [number]
    with pytest.raises(OwnWork):
        await do(store, Approve(by=ADA, terms=TERMS, number=number))
    await do(store, Approve(by=BO, terms=TERMS, number=number))
    after = await the_fact(store, number)
    assert (after.revision.number, str(after.revision.said.on)) == (3, "2026-04-30")
    assert await verbs(store, number) == ["suggested", "published", "revised", "proposed", "changed"]


async def test_metadata_is_mended_at_once(store: Store) -> None:
    number = await published(store)
    fact = await the_fact(store, number)
    applied = await do(
        store,
        Revise(by=ADA, terms=TERMS, number=number, revision=replace(fact.revision, label="Trees"), reason="shorter"),
    )
    assert applied.waits == ()
    assert (await the_fact(store, number)).revision.label == "Trees"
    assert (await the_fact(store, number)).publication == fact.publication


async def test_words_never_change_before_a_second_person_has_looked(store: Store) -> None:
    number = await published(store)
    text = "planted at least 300 trees"
    wanted = a_suggested_revision(text=text, kind=Kind.INDIRECT)
    await do(store, Revise(by=ADA, terms=TERMS, number=number, revision=wanted, reason="shorter"))
    assert (await the_fact(store, number)).revision.number == 1
    with pytest.raises(AlreadyWaits):
        await do(store, Revise(by=BO, terms=TERMS, number=number, revision=wanted, reason="me too"))
    async with store.reading() as view:
        proposal = await view.proposal(number, Origin.DESK)
        assert proposal is not None
        assert proposal.revision is not None
        assert proposal.revision.text == text
        assert [each.origin for each in await view.waiting(limit=5)] == [Origin.DESK]
    await do(store, Decline(by=BO, terms=TERMS, number=number, reason="No better"))
    assert (await the_fact(store, number)).revision.number == 1
    assert (await verbs(store, number))[-1] == "declined"


async def test_a_change_of_something_else_meanwhile_does_not_matter(store: Store) -> None:
    number = await published(store)
    fact = await the_fact(store, number)
    wanted = replace(fact.revision, said=Said(on=parse("2026-05-01"), stated=True))
    await do(store, Revise(by=ADA, terms=TERMS, number=number, revision=wanted, reason="dated"))
    await do(store, Revise(by=BO, terms=TERMS, number=number, revision=replace(fact.revision, label="New"), reason="l"))
    await do(store, Approve(by=BO, terms=TERMS, number=number))
    after = (await the_fact(store, number)).revision
    assert (after.label, str(after.said.on)) == ("New", "2026-05-01")


async def test_a_change_in_the_same_place_meanwhile_overtakes(store: Store) -> None:
    number = await published(store, said=Said(on=parse("2026-05"), stated=True))
    fact = await the_fact(store, number)
    wanted = replace(
        fact.revision,
        topics=(),
        attribution=fact.revision.attribution,
        venue=replace(fact.revision.venue, text="Town hall", stated=True),
    )
    await do(store, Revise(by=ADA, terms=TERMS, number=number, revision=wanted, reason="venue"))
    current = (await the_fact(store, number)).revision
    blank = replace(current, venue=replace(current.venue, text="", stated=False, conflict="two places are named"))
    await do(store, Revise(by=BO, terms=TERMS, number=number, revision=blank, reason="conflict"))
    with pytest.raises(Overtaken):
        await do(store, Approve(by=BO, terms=TERMS, number=number))


async def test_nothing_changes_without_a_reason_or_a_difference(store: Store) -> None:
    number = await published(store)
    fact = await the_fact(store, number)
    with pytest.raises(NothingChanges):
        await do(store, Revise(by=ADA, terms=TERMS, number=number, revision=fact.revision, reason="x"))
    with pytest.raises(NoReason):
        await do(store, Revise(by=ADA, terms=TERMS, number=number, revision=replace(fact.revision, label="L")))


async def test_the_source_that_an_answer_names_is_changed_by_two(store: Store) -> None:
    number = await published(store)
    item = await dossier(store, number)
    source = item.sources["gazette-2026-05-02"]
    other = replace(source, url="https://other.example/trees")
    await do(
        store, Revise(by=ADA, terms=TERMS, number=number, revision=item.fact.revision, source=other, reason="moved")
    )
    assert (await dossier(store, number)).sources[source.id].url is None
    await do(store, Approve(by=BO, terms=TERMS, number=number))
    assert (await dossier(store, number)).sources[source.id].url == "https://other.example/trees"
    async with store.reading() as view:
        found_there = await view.source_at("https://other.example/trees")
        assert found_there is not None
        assert await view.known_host("other.example")
        assert await view.known_publisher("the testwick gazette")
        assert not await view.known_host("other.example", besides=source.id)
        assert not await view.known_publisher("the testwick gazette", besides=source.id)


async def test_where_one_editor_is_enough_changes_hold_at_once_and_are_disclosed(store: Store) -> None:
    number = await published(store)
    fact = await the_fact(store, number)
    wanted = replace(fact.revision, said=Said(on=parse("2026-05-01"), stated=True))
    await do(store, Revise(by=ADA, terms=ALONE, number=number, revision=wanted, reason="dated"))
    after = await the_fact(store, number)
    assert str(after.revision.said.on) == "2026-05-01"
    assert after.publication is not None
    assert after.publication.checking is Checking.ONE_EDITOR


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


# -- people


async def test_names_are_chosen_and_disclosed_and_nobody_takes_the_name_of_another(store: Store) -> None:
    number = await published(store, ADA, BO)
    await do(store, NameMe(by=BO, terms=TERMS, name="Bo, desk"))
    async with store.reading() as view:
        history = await view.history(number)
    assert [entry.actor_name for entry in history][-1] in ("Bo, desk", "")
    with pytest.raises(ChangeRefused):
        await do(store, NameMe(by=ADA, terms=TERMS, name="Bo, desk"))
    await do(store, NameMe(by=BO, terms=TERMS, name="Bo"))
    await do(store, NameMe(by=BO, terms=TERMS, name=""))


async def test_whoever_is_forgotten_leaves_no_name_and_takes_back_what_waits(store: Store) -> None:
    waiting = await suggested(store, MIA)
    await do(store, NameMe(by=MIA, terms=TERMS, name="Mia Member"))
    await do(store, SaveDraft(by=MIA, terms=TERMS, number=None, form=Form(words="w")))
    await do(store, ForgetMe(by=MIA, terms=TERMS))
    assert (await the_fact(store, waiting)).workflow is Workflow.REJECTED
    async with store.reading() as view:
        assert await view.person(MIA) is None
        assert "Mia Member" not in str(await view.history(waiting))


async def test_the_card_of_what_a_forgotten_person_brought_is_settled(store: Store) -> None:
    await suggested(store, MIA)
    (first,) = await cards(store)
    await do(store, ForgetMe(by=MIA, terms=TERMS))
    (settled,) = await cards(store)
    assert settled.replaces == first.key


async def test_a_new_account_after_being_forgotten_does_not_approve_the_old_suggestion(store: Store) -> None:
    number = await suggested(store, ADA)
    await do(store, ForgetMe(by=ADA, terms=TERMS))
    with pytest.raises(NothingWaits):
        await do(store, Approve(by=ADA, terms=TERMS, number=number))
    await do(store, BringBack(by=ADA, terms=TERMS, number=number, reason="mine again"))
    with pytest.raises(OwnWork):
        await do(store, Approve(by=ADA, terms=TERMS, number=number))


async def test_everything_kept_about_a_person_can_be_read(store: Store) -> None:
    number = await suggested(store, MIA)
    async with store.reading() as view:
        person = await view.person(MIA)
        assert person is not None
        kept = await view.remembered(person.id)
        assert kept.person.accounts == {"discord": frozenset({"999"})}
        assert ("muster-300-trees", "suggested") in [(what, doing.verb) for what, doing in kept.doings]
        assert [(each, state) for each, _, state in await view.mine(person.id, limit=5)] == [(number, Workflow.PENDING)]


# -- names, questions, alerts


async def test_names_are_added_but_what_is_shown_stays(store: Store) -> None:
    await names(store)
    (topic,) = some_topics()
    await do(
        store,
        SaveItem(by=ADA, terms=TERMS, item=replace(topic, aliases=(*topic.aliases, Name(text="oaks", language="en")))),
    )
    with pytest.raises(ChangeRefused):
        await do(store, SaveItem(by=ADA, terms=TERMS, item=replace(topic, label="Lies about Testwick")))
    with pytest.raises(NotAnEditor):
        await do(store, SaveItem(by=MIA, terms=TERMS, item=topic))


async def test_the_words_of_a_question_are_kept_from_the_third_time_on(store: Store) -> None:
    for _ in range(2):
        await store.missed("dodo eggs")
    async with store.reading() as view:
        assert await view.unanswered(limit=5) == ()
    await store.missed("dodo eggs")
    async with store.reading() as view:
        (asked,) = await view.unanswered(limit=5)
    assert (asked.query, asked.times) == ("dodo eggs", 3)


async def test_a_question_that_is_to_be_passed_on_is_kept_at_once(store: Store) -> None:
    await store.missed("roc eggs", wanted=True)
    await store.missed("dodo eggs")
    await store.missed("dodo eggs", wanted=True)
    async with store.reading() as view:
        assert [(each.query, each.times) for each in await view.unanswered(limit=5)] == [
            ("dodo eggs", 3),
            ("roc eggs", 3),
        ]
        assert (await view.counts()).unanswered == 2
    await store.missed("roc eggs")
    async with store.reading() as view:
        assert (await view.unanswered(limit=1))[0].times == 4


async def test_an_approval_within_seconds_is_told_to_everybody(store: Store, clock: StoppedClock) -> None:
    number = await suggested(store, MIA)
    await posted(store)
    await do(store, Approve(by=ADA, terms=TERMS, number=number))
    assert NoticeKind.ALERT in [kind for kind, _ in await posted(store)]
    other = await suggested(store, MIA, slug="slow", text="on Saturday", kind=Kind.INDIRECT)
    await posted(store)
    clock.time = NOON + timedelta(minutes=5)
    await do(store, Approve(by=ADA, terms=TERMS, number=other))
    assert NoticeKind.ALERT not in [kind for kind, _ in await posted(store)]


# -- accounts


async def test_what_is_told_by_itself_is_posted_once(store: Store) -> None:
    told = bulletins.day(7, "f" * 64, NOON.date(), TERMS)
    first = await do(store, Tell(notices=told), key="day")
    again = await do(store, Tell(notices=told), key="day")
    assert again.repeated
    assert (await do(store, Tell(notices=told), key="another")).position == first.position == store.position
    assert await posted(store) == [(NoticeKind.DAY, "day/2026-11-23/review")]


async def test_a_fact_is_new_in_one_month_only(store: Store, clock: StoppedClock) -> None:
    await do(store, an_import(a_record()))
    clock.time = NOON + timedelta(days=31)
    await do(store, an_import(a_record(text="We have planted at least 400 trees")))
    await do(store, an_import(a_record(slug="another", text="We have planted at least 500 trees")))
    async with store.reading() as view:
        assert (await view.counts(NOON)).published_since == 2
        assert (await view.counts(clock.time)).published_since == 1
        assert (await view.counts()).published_since == 0


async def test_being_forgotten_reaches_what_others_wrote_and_what_waits_to_be_told(store: Store) -> None:
    told = Place(platform="discord", id="person")
    await do(store, NameMe(by=MIA, terms=TERMS, name="Mia Member"))
    number = await published(store, ADA, BO)
    await do(store, ReportWrong(by=MIA, terms=TERMS, number=number, wrong=Wrong.DATE, text="Friday", place=told))
    await do(store, ReportWrong(by=CY, terms=TERMS, number=number, wrong=Wrong.FAKE, text="mia member says so"))
    await do(store, CloseReport(by=CY, terms=TERMS, number=number, report=1, outcome="Thanks"))
    await do(store, Hide(by=CY, terms=TERMS, number=number, reason="As Mia Member said"))
    await do(store, BringBack(by=CY, terms=TERMS, number=number, reason="Mia Membership has said nothing"))
    await do(store, ForgetMe(by=MIA, terms=TERMS))
    async with store.reading() as view:
        assert [(report.text, report.place) for report in await view.reports(number)] == [("", None), ("", None)]
        reasons = [entry.reason for entry in await view.history(number)]
    assert "As Mia Member said" not in reasons
    assert "Mia Membership has said nothing" in reasons
    assert NoticeKind.TOLD not in [kind for kind, _ in await posted(store)]


async def test_where_somebody_is_to_be_told_can_be_seen_and_goes(store: Store) -> None:
    place = Place(platform="discord", id="person")
    await do(store, SaveDraft(by=MIA, terms=TERMS, number=None, form=Form(words="w"), place=place))
    await names(store)
    await do(
        store,
        Suggest(
            by=MIA,
            terms=TERMS,
            number=1,
            slug="muster-300-trees",
            revision=a_suggested_revision(),
            source=a_pasted_source(),
            passage=PASSAGE,
        ),
    )
    async with store.reading() as view:
        person = await view.person(MIA)
        assert person is not None
        (listening,) = (await view.remembered(person.id)).listening
        assert (listening.fact, listening.place.id) == (1, f"person:{person.id}")
    await do(store, ForgetMe(by=MIA, terms=TERMS))
    async with store.reading() as view:
        assert (await view.remembered(person.id)).listening == ()

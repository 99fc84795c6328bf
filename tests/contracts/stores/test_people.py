"""Names, joined accounts and being forgotten, and what is told by itself: whichever store keeps it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.core.desk import bulletins
from bot.core.desk.refusals import (
    NotAnEditor,
    NothingWaits,
    OwnWork,
)
from bot.core.model.change import (
    Approve,
    BringBack,
    ChangeRefused,
    CloseReport,
    ForgetMe,
    Hide,
    MergeTopic,
    NameMe,
    ReportWrong,
    SaveDraft,
    SaveItem,
    StartFollow,
    Suggest,
    Tell,
)
from bot.core.model.desk import Form, NoticeKind, Wrong
from bot.core.model.fact import Kind
from bot.core.model.mail import Place
from bot.core.model.names import Name, Topic
from bot.core.model.news import Subject
from bot.core.model.review import Workflow
from tests.builders import NOON, StoppedClock, a_record, an_import, some_topics
from tests.contracts.stores.conftest import Store
from tests.contracts.stores.desk import (
    ADA,
    BO,
    CY,
    MIA,
    PASSAGE,
    TERMS,
    a_pasted_source,
    a_suggested_revision,
    cards,
    do,
    found,
    names,
    posted,
    published,
    suggested,
    the_fact,
)
from tests.contracts.stores.news import HERE, followed

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


async def test_facts_of_a_topic_that_goes_on_as_another_are_found_there(store: Store) -> None:
    number = await published(store)
    topic = Topic(id="forests", label="Forests")
    await do(store, SaveItem(by=CY, terms=TERMS, item=topic))
    await do(store, StartFollow(by=ADA, terms=TERMS, place=HERE, subject=Subject.TOPIC, target="testwick-trees"))
    assert await found(store, "t:forests") == []

    await do(store, MergeTopic(by=CY, terms=TERMS, old="testwick-trees", into="forests", language="en"))

    assert await found(store, "t:forests") == [number]
    assert [follow.target for follow in await followed(store)] == ["forests"]


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
            ("dodo eggs", 1),  # who passes a question on has asked it before
            ("roc eggs", 1),
        ]
        assert (await view.counts()).unanswered == 2
    await store.missed("roc eggs")
    async with store.reading() as view:
        assert [(each.query, each.times) for each in await view.unanswered(limit=1)] == [("roc eggs", 2)]
    for _ in range(2):
        await store.missed("dodo eggs")
    await store.missed("dodo eggs", wanted=True)
    async with store.reading() as view:
        assert [(each.query, each.times) for each in await view.unanswered(limit=1)] == [("dodo eggs", 3)]


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

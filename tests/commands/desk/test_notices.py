"""What the bot posts by itself: cards that live until they are settled, word to suggesters, alerts, figures."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.core.dates import parse
from bot.core.model.change import (
    Approve,
    CloseReport,
    Decline,
    HideAll,
    NameMe,
    ReportWrong,
    Revise,
    SaveDraft,
    Suggest,
    Withdraw,
)
from bot.core.model.desk import Form, Notice, NoticeKind, Wrong
from bot.core.model.fact import Said
from bot.core.model.mail import Place
from bot.core.model.review import Withdrawal, WithdrawalReason
from bot.platforms.console.payload import text_of
from bot.wording import languages
from tests.builders import NOON
from tests.commands.desk.clerk import Clerk
from tests.contracts.stores.desk import (
    ADA,
    BO,
    CY,
    MIA,
    PASSAGE,
    REVIEW,
    TERMS,
    a_pasted_source,
    a_suggested_revision,
    names,
    published,
    suggested,
    the_fact,
)

CARD, TOLD, ALERT = NoticeKind.CARD, NoticeKind.TOLD, NoticeKind.ALERT


async def test_a_card_shows_the_fact_as_readers_will_see_it_and_who_brought_it() -> None:
    desk = Clerk()
    number = await suggested(desk.store, MIA)
    (notice,) = await desk.posted(CARD)
    reply = await desk.shows(notice)
    assert reply is not None
    (text,) = await desk_text(desk, notice)
    assert text.startswith(f"Waits: #{number}, revision 1\nFrom member ")
    assert '"We have planted at least 300 trees"\n— Ada Muster, Mayor of Testwick\n' in text
    assert 'The mayor spoke. "We have planted at least 300 trees," Ada Muster said on Saturday.' in text
    assert [choice.short for choice in reply.choices] == ["approve", "fix", "reject", "names"]
    assert reply.choices[0].label == f"Approve #{number}"
    assert reply.shown == ()  # it is no answer, and no correction follows it
    assert MIA.account not in text


async def desk_text(desk: Clerk, *notices: Notice) -> list[str]:
    return [text_of(reply) for notice in notices if (reply := await desk.shows(notice))]


async def test_whoever_chose_a_name_is_disclosed_by_it() -> None:
    desk = Clerk()
    await suggested(desk.store, MIA)
    await desk.do(NameMe(by=MIA, terms=TERMS, name="Mia\nof the Gazette"))
    (text,) = await desk.posts(CARD)
    assert "From Mia of the Gazette, 23 Nov 2026, 12:00 UTC" in text


async def test_a_card_goes_on_until_it_is_settled_and_then_says_how() -> None:
    desk = Clerk()
    number = await suggested(desk.store, MIA)
    (first,) = await desk.posted(CARD)
    fact = await the_fact(desk.store, number)
    desk.clock.time = NOON + timedelta(minutes=1)
    await desk.do(Revise(by=BO, terms=TERMS, number=number, revision=replace(fact.revision, label="Trees, 300")))
    (mended,) = await desk.posted(CARD)
    assert mended.replaces == first.key
    assert "revision 2" in (await desk_text(desk, mended))[0]
    desk.clock.time = NOON + timedelta(minutes=2)
    await desk.do(Approve(by=ADA, terms=TERMS, number=number))
    (settled,) = await desk.posted(CARD)
    assert settled.replaces == first.key
    (text,) = await desk_text(desk, settled)
    assert text.startswith(f"#{number} Trees, 300\nPublished by editor ")
    assert await desk.shows(first) is None  # it was never sent, and there is nothing to look at any more


async def test_a_card_of_something_settled_is_not_that_of_what_came_after() -> None:
    desk = Clerk()
    number = await published(desk.store, ADA, BO, said=Said(on=parse("2026-05-01"), stated=True))
    await desk.posted()
    fact = await the_fact(desk.store, number)
    wanted = replace(fact.revision, said=Said(on=parse("2026-04-30"), stated=True))
    await desk.do(Revise(by=ADA, terms=TERMS, number=number, revision=wanted, reason="The caption says so"))
    (notice,) = await desk.posted(CARD)
    (text,) = await desk_text(desk, notice)
    assert text.startswith(f"A change of #{number} waits\nFrom editor ")
    assert "Reason: The caption says so" in text
    assert "Day: not given → 30 Apr 2026, stated by the source" in text
    assert "Said 30 Apr 2026" in text
    desk.clock.time = NOON + timedelta(minutes=1)
    await desk.do(Decline(by=BO, terms=TERMS, number=number, reason="It does not"))
    (notice,) = await desk.posted(CARD)
    (text,) = await desk_text(desk, notice)
    assert "Change not taken by editor" in text
    assert "Reason: It does not" in text


async def test_a_report_is_a_card_with_what_it_is_about() -> None:
    desk = Clerk()
    number = await published(desk.store)
    await desk.posted()
    here = Place(platform="discord", id="person")
    report = ReportWrong(by=MIA, terms=TERMS, number=number, wrong=Wrong.DATE, text="It was\nFriday", place=here)
    await desk.do(report)
    (text,) = await desk.posts(CARD)
    assert text.startswith(f"Report 1 on #{number}: the day\n“It was Friday”\nFrom member ")
    assert "[Close report 1]" in text
    await desk.do(CloseReport(by=CY, terms=TERMS, number=number, report=1, outcome="It was Saturday"))
    card, told = sorted(await desk.posts())
    assert "Report 1 closed: It was Saturday" in card
    assert told.startswith(f"Your report on #{number}: It was Saturday")


@pytest.mark.parametrize(
    ("approved", "said"), [(True, "is on record as #1: At least 300"), (False, "not taken. Reason: no")]
)
async def test_a_suggester_is_told_what_came_of_it(approved: bool, said: str) -> None:
    desk = Clerk()
    here = Place(platform="discord", id="person")
    await desk.do(SaveDraft(by=MIA, terms=TERMS, number=None, form=Form(), place=here))
    await names(desk.store)
    await desk.do(
        Suggest(
            by=MIA,
            terms=TERMS,
            number=1,
            slug="s",
            revision=a_suggested_revision(),
            source=a_pasted_source(),
            passage=PASSAGE,
        )
    )
    decision = (
        Approve(by=ADA, terms=TERMS, number=1) if approved else Decline(by=ADA, terms=TERMS, number=1, reason="no")
    )
    await desk.do(decision)
    (text,) = await desk.posts(TOLD)
    assert said in text


async def test_haste_is_told_with_what_can_be_done_about_it() -> None:
    desk = Clerk()
    number = await suggested(desk.store, MIA)
    await desk.do(Approve(by=ADA, terms=TERMS, number=number))
    (notice,) = await desk.posted(ALERT)
    reply = await desk.shows(notice)
    assert reply is not None
    assert [choice.short for choice in reply.choices] == ["open", "hideall"]
    assert f"Look at #{number}: editor " in (await desk_text(desk, notice))[0]


async def test_a_batch_is_told_and_can_be_brought_back() -> None:
    desk = Clerk()
    await published(desk.store, ADA, BO)
    await desk.posted()
    async with desk.store.reading() as view:
        ada = await view.person(ADA)
    assert ada is not None
    await desk.do(HideAll(by=CY, terms=TERMS, person=ada.id, since=NOON, reason="forged"))
    (notice,) = await desk.posted(ALERT)
    reply = await desk.shows(notice)
    assert reply is not None
    assert [choice.line for choice in reply.choices] == ["bringall 1"]
    assert "1 fact, batch 1." in (await desk_text(desk, notice))[0]


async def test_a_change_that_was_overtaken_by_a_withdrawal_says_so() -> None:
    desk = Clerk()
    number = await published(desk.store, ADA, BO)
    fact = await the_fact(desk.store, number)
    wanted = replace(fact.revision, said=Said(on=parse("2026-04-30"), stated=True))
    await desk.do(Revise(by=ADA, terms=TERMS, number=number, revision=wanted, reason="dated"))
    await desk.posted()
    withdrawal = Withdrawal(reason=WithdrawalReason.MISQUOTED)
    await desk.do(Withdraw(by=BO, terms=TERMS, number=number, withdrawal=withdrawal))
    (text,) = await desk.posts(CARD)
    assert "Withdrawn by editor" in text


@pytest.mark.parametrize("locale", languages())
@pytest.mark.parametrize(
    ("kind", "data"),
    [
        (NoticeKind.DAY, {"day": "2026-11-23", "seq": "1234", "hash": "ab" * 32}),
        (
            NoticeKind.MONTH,
            {
                "month": "2026-11",
                "published": "40",
                "new": "7",
                "withdrawn": "1",
                "waiting": "3",
                "proposals": "2",
                "conflicts": "0",
                "reports": "1",
                "unanswered": "9",
                "backup": "2026-11-30",
                "bytes": "12000000",
            },
        ),
        (ALERT, {"what": "backup", "state": "began", "free": ""}),
        (ALERT, {"what": "disk", "state": "began", "free": "52000000"}),
        (ALERT, {"what": "disk", "state": "over", "since": "2026-11-23T12:00:00+00:00"}),
        (ALERT, {"what": "database", "state": "began", "free": ""}),
    ],
)
async def test_figures_and_faults_are_one_line(locale: str, kind: NoticeKind, data: dict[str, str]) -> None:
    desk = Clerk()
    reply = await desk.shows(Notice(kind=kind, place=REVIEW, key="k", data=data), locale)
    assert reply is not None
    assert "\n" not in text_of(reply)
    for value in ("1234", "40", "52") if kind is not ALERT else ():
        if value in data.values():
            assert value in text_of(reply)


async def test_the_card_of_a_report_forgets_whoever_is_forgotten() -> None:
    desk = Clerk()
    number = await published(desk.store)
    await desk.say("settings name Mia Melnyk", MIA)
    await desk.say(f"{number} wrong words I stood beside her", MIA)
    (before,) = [said for said in await desk.posts(CARD) if "Report 1" in said or "stood beside" in said]
    assert "stood beside" in before
    assert "Mia" in before
    await desk.say("forgetme yes", MIA)
    (after,) = await desk.posted(CARD)
    assert after.replaces is not None
    reply = await desk.shows(after)
    assert reply is not None
    assert "stood beside" not in text_of(reply)
    assert "Mia" not in text_of(reply)
    assert f"close {number} 1" in [choice.line for choice in reply.choices]

"""What readers can do about an answer, and about silence; and what is never remembered of them."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from bot.commands.desk.missing import Misses
from bot.commands.fact import fact
from bot.commands.reply import Outcome, Reply
from bot.commands.request import Caller, Request, Right
from bot.commands.services import Office
from bot.core.model.desk import NoticeKind, Wrong
from bot.core.model.finding import Finding, NothingFound
from bot.core.model.mail import Place
from bot.store.memory import MemoryStore
from tests.commands.desk.clerk import EDITOR, MEMBER, READER, Clerk
from tests.commands.shelf import Finder, a_checked_dossier, a_shelf, found
from tests.contracts.stores.desk import ADA, CY, MIA, published, suggested

NOTHING = NothingFound(nearby=(), complete=True)


async def asked(
    query: str,
    *,
    rights: frozenset[Right] = MEMBER,
    open_: bool = True,
    finding: Finding = NOTHING,
    store: MemoryStore | None = None,
    private: bool = False,
) -> tuple[Reply, Office]:
    shelf = store or a_shelf(a_checked_dossier())
    clerk = Clerk()
    office = replace(clerk.office, desk=shelf, open=open_, misses=Misses(shelf) if open_ else None)
    request = Request(
        command="fact",
        arguments={"query": query} | ({"private": "true"} if private else {}),
        caller=Caller(account="a", rights=rights),
        place=Place(platform="discord", id="x"),
        event="1",
    )
    reply = await fact(request, finder=Finder(finding), facts=shelf, office=office)
    if office.misses is not None:
        await asyncio.gather(*office.misses.under_way)
    return reply, office


@pytest.mark.parametrize(
    ("rights", "open_", "offered"),
    [(MEMBER, True, True), (EDITOR, True, True), (READER, True, False), (MEMBER, False, False)],
)
async def test_an_answer_asks_whether_it_is_wrong_where_somebody_could_say_so(
    rights: frozenset[Right], open_: bool, offered: bool
) -> None:
    for query, finding in (("trees", found(a_checked_dossier(), 18)), ("#17", NOTHING)):
        reply, _ = await asked(query, rights=rights, open_=open_, finding=finding)
        assert ("wrong 17" in [choice.line for choice in reply.choices]) is offered
    reply, _ = await asked("dodo eggs", rights=rights, open_=open_)
    assert ("ask dodo eggs" in [choice.line for choice in reply.choices]) is offered


async def test_a_question_that_finds_nothing_is_counted_and_its_words_kept_from_the_third_time_on() -> None:
    store = a_shelf()
    for query in ("Dodo  eggs", "dodo eggs", "DODO EGGS"):
        async with store.reading() as view:
            assert await view.unanswered(limit=5) == ()
        await asked(query, store=store)
    async with store.reading() as view:
        (kept,) = await view.unanswered(limit=5)
    assert (kept.query, kept.times) == ("dodo eggs", 3)


@pytest.mark.parametrize("finding", [NOTHING, NothingFound(nearby=(), complete=False)])
async def test_what_is_asked_in_private_or_was_not_searched_to_the_end_is_not_counted(finding: NothingFound) -> None:
    store = a_shelf()
    for _ in range(4):
        await asked("dodo eggs", store=store, finding=finding, private=finding.complete)
    async with store.reading() as view:
        assert await view.unanswered(limit=5) == ()


async def test_a_count_that_fails_leaves_the_answer_as_it_is(caplog: pytest.LogCaptureFixture) -> None:
    class Broken(MemoryStore):
        async def missed(self, query: str, *, wanted: bool = False) -> None:
            raise OSError("disk full")

    shelf = a_shelf()
    shelf.__class__ = Broken
    reply, _ = await asked("dodo eggs", store=shelf)
    assert reply.outcome is Outcome.NOTHING
    assert "disk full" in caplog.text
    assert "dodo" not in caplog.text


async def test_an_answer_does_not_wait_for_the_count() -> None:
    release = asyncio.Event()

    class Slow(MemoryStore):
        async def missed(self, query: str, *, wanted: bool = False) -> None:
            await release.wait()

    shelf = a_shelf()
    shelf.__class__ = Slow
    misses = Misses(shelf)
    for _ in range(100):
        misses.count("dodo eggs")
    assert len(misses.under_way) == 64  # a flood is not kept in memory
    release.set()
    await asyncio.gather(*misses.under_way)


async def test_what_is_passed_on_to_the_moderators_is_seen_at_once_and_names_nobody() -> None:
    desk = Clerk()
    assert "without your name: dodo eggs" in await desk.say("/ask Dodo eggs", MIA)
    text = await desk.say("unanswered", ADA)
    assert "dodo eggs: 1 time, last 23 Nov 2026" in text
    assert MIA.account not in str(desk.store._state)


@pytest.mark.parametrize("kind", list(Wrong))
async def test_every_reader_reports_in_eight_ways(kind: Wrong) -> None:
    desk = Clerk()
    number = await published(desk.store)
    form = (await desk.reply(f"wrong {number}", MIA)).form
    assert form is not None
    assert [value for value, _ in form.fields[0].options] == list(Wrong)
    given = {"kind": kind.value, "text": "See the recording", "tell": "no"}
    assert "The moderators see your report" in await desk.say(form.line, MIA, given=given)
    async with desk.store.reading() as view:
        (report,) = await view.reports(number)
    assert (report.wrong, report.text, report.place) == (kind, "See the recording", None)


async def test_only_who_wants_to_is_told_and_not_by_account() -> None:
    desk = Clerk()
    number = await published(desk.store)
    await desk.say(f"{number} wrong --tell date It was Friday", MIA)
    async with desk.store.reading() as view:
        (report,) = await view.reports(number)
    assert report.place is not None
    assert report.place.id.startswith("person:")
    assert report.place.id != f"person:{MIA.account}"
    await desk.posted()
    assert await desk.say(f"close {number} 1 It was Saturday", CY) == f"Report 1 on #{number} is closed."
    (told,) = await desk.posts(NoticeKind.TOLD)
    assert told.startswith(f"Your report on #{number}: It was Saturday")


async def test_a_report_in_free_words_loses_none_of_them() -> None:
    desk = Clerk()
    number = await published(desk.store)
    reply = await desk.reply(f"{number} wrong It was on Friday", MIA)
    assert reply.form is not None
    assert reply.form.fields[1].value == "It was on Friday"
    async with desk.store.reading() as view:
        assert await view.reports(number) == ()


async def test_an_author_closes_no_report_on_their_own_fact() -> None:
    desk = Clerk()
    number = await published(desk.store, ADA)
    await desk.say(f"{number} wrong date Friday", MIA)
    assert "somebody else closes reports on it" in await desk.say(f"close {number} 1 no", ADA)
    assert "There is no report 2" in await desk.say(f"close {number} 2 no", CY)
    form = (await desk.reply(f"close {number} 1", CY)).form
    assert form is not None
    assert form.line == f"close {number} 1"


async def test_what_readers_do_not_know_cannot_be_reported() -> None:
    desk = Clerk()
    number = await suggested(desk.store, ADA)
    assert "There is nothing under #1" in await desk.say(f"{number} wrong fake", MIA)


async def test_a_reader_without_rights_is_told_so() -> None:
    desk = Clerk()
    number = await published(desk.store)
    assert await desk.say(f"{number} wrong fake", MIA, rights=READER) == "You may not use “wrong” here."


@pytest.fixture(autouse=True)
async def _nothing_left_over() -> AsyncIterator[None]:
    yield
    assert [task for task in asyncio.all_tasks() if task is not asyncio.current_task()] == []

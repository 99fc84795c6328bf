"""Approving, rejecting, hiding, withdrawing, bringing back from chat: what was seen is what is decided about."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.commands.reply import Outcome
from bot.core.dates import parse
from bot.core.model.change import Approve, Decline, Revise
from bot.core.model.fact import Kind, Said
from bot.core.model.review import Workflow
from tests.builders import NOON, a_speaker
from tests.commands.desk.clerk import MEMBER, Clerk, line_of
from tests.contracts.stores.desk import (
    ADA,
    ADA_ON_MATRIX,
    ALONE,
    BO,
    CY,
    MIA,
    TERMS,
    published,
    suggested,
    the_fact,
    verbs,
)


async def test_the_queue_has_its_counts_on_top_and_its_picks_open() -> None:
    desk = Clerk()
    number = await suggested(desk.store, MIA)
    other = await published(desk.store, slug="other", text="on Saturday", kind=Kind.INDIRECT)
    await desk.say(f"{other} wrong date Friday", MIA)
    desk.clock.time = NOON + timedelta(hours=3)
    reply = await desk.reply("desk queue")
    text = await desk.say("desk queue")
    assert text.startswith("Waiting: facts 1, changes 0, reports 1, conflicts 0\n")
    assert f"#{other} Report 1: At least 300 trees planted, Muster · 3 h" in text
    lines = [choice.line for choice in reply.choices]
    assert lines[:2] == [f"open {other}", f"open {number}"]
    assert "Report 1" in await desk.say(lines[0])
    assert "Waits" in await desk.say(lines[1])


async def test_a_long_queue_has_pages() -> None:
    desk = Clerk()
    for each in range(12):
        await suggested(desk.store, MIA, slug=f"s{each}")
    assert "[Next page]" in await desk.say("queue")
    second = await desk.say("queue 2")
    assert "(page 2)" in second
    assert "#12" in second
    assert "The queue ends" in await desk.say("queue 9")
    assert "Nothing waits." in await Clerk().say("queue")


async def test_a_member_and_an_editor_publish_by_two_clicks() -> None:
    desk = Clerk()
    number = await suggested(desk.store, MIA)
    card = await desk.reply(f"open {number}", BO)
    assert await desk.say(line_of(card, "approve"), BO) == f"Published as #{number}.\n[Show #{number}] [Queue]"
    assert (await the_fact(desk.store, number)).workflow is Workflow.PUBLISHED


async def test_the_second_of_two_moderators_hears_what_the_first_did() -> None:
    desk = Clerk()
    number = await suggested(desk.store, MIA)
    card = await desk.reply(f"open {number}", BO)
    await desk.do(Decline(by=ADA, terms=TERMS, number=number, reason="Not in the article"))
    late = await desk.say(line_of(card, "approve"), BO)
    assert late.startswith(f"Nothing waits on #{number} any more")
    assert "What happened: Not taken by editor" in late
    assert "Reason: Not in the article" in late


async def test_what_was_edited_after_it_was_seen_is_not_approved() -> None:
    desk = Clerk()
    number = await suggested(desk.store, MIA)
    card = await desk.reply(f"open {number}", BO)
    fact = await the_fact(desk.store, number)
    changed = replace(fact.revision, speaker=a_speaker(role_in_source="The Mayor"))
    await desk.do(Revise(by=ADA, terms=TERMS, number=number, revision=changed))
    late = await desk.say(line_of(card, "approve"), BO)
    assert "You saw revision 1, and it is revision 2 by now." in late
    assert "What happened: Changed by editor" in late
    assert (await the_fact(desk.store, number)).workflow is Workflow.PENDING


async def test_a_stale_card_never_approves_the_change_that_came_after_it() -> None:
    """The fact's card was settled; what waits now has the same revision below it and was never seen by the clicker."""
    desk = Clerk()
    number = await suggested(desk.store, MIA)
    card = await desk.reply(f"open {number}", CY)
    await desk.do(Approve(by=ADA, terms=TERMS, number=number))
    fact = await the_fact(desk.store, number)
    other = replace(fact.revision, said=Said(on=parse("2026-04-30"), stated=True))
    await desk.do(Revise(by=ADA, terms=TERMS, number=number, revision=other, reason="dated"))
    assert (await the_fact(desk.store, number)).revision.number == 1
    for short in ("approve", "reject"):
        late = await desk.reply(line_of(card, short), CY, given={"reason": "no"})
        assert late.outcome is Outcome.REFUSED
    async with desk.store.reading() as view:
        assert len(await view.waiting(limit=5)) == 1


async def test_ones_own_is_approved_by_somebody_else() -> None:
    desk = Clerk()
    number = await suggested(desk.store, ADA)
    assert "somebody else has to agree" in await desk.say(f"{number} approve", ADA)
    far = await desk.reply(f"{number} approve", ADA_ON_MATRIX)
    assert far.outcome is Outcome.REFUSED
    assert [each.line for each in far.choices] == ["settings link", "settings none discord"]


async def test_rights_are_those_of_the_moment_of_the_click() -> None:
    desk = Clerk()
    number = await suggested(desk.store, MIA)
    card = await desk.reply(f"open {number}", BO)
    assert "“desk approve” is for moderators." in await desk.say(line_of(card, "approve"), BO, rights=MEMBER)
    assert (await the_fact(desk.store, number)).workflow is Workflow.PENDING


async def test_the_same_click_twice_is_answered_alike() -> None:
    desk = Clerk()
    number = await suggested(desk.store, MIA)
    line = line_of(await desk.reply(f"open {number}", BO), "approve")
    first = await desk.say(line, BO, event="click")
    assert await desk.say(line, BO, event="click") == first
    assert (await verbs(desk.store, number)).count("published") == 1


async def test_rejecting_asks_for_a_reason_and_gives_it_to_the_form() -> None:
    desk = Clerk()
    number = await suggested(desk.store, MIA)
    line = line_of(await desk.reply(f"open {number}", BO), "reject")
    form = (await desk.reply(line, BO)).form
    assert form is not None
    assert form.line == line
    assert [(each.name, each.required) for each in form.fields] == [("reason", True)]
    done = await desk.say(form.line, BO, given={"reason": "Not in the article"})
    assert done == f"#{number} is not taken. Whoever brought it is told your reason."
    assert f"#{number}, revision 1: not taken" in await desk.say(f"open {number}", BO)


async def test_a_member_takes_back_what_is_theirs_and_nothing_else() -> None:
    desk = Clerk()
    mine, other = await suggested(desk.store, MIA), await suggested(desk.store, ADA, slug="other")
    assert "[Take back #1]" in await desk.say(f"open {mine}", MIA)
    assert await desk.say(f"{mine} reject", MIA) == f"Taken back: #{mine}."
    assert "This takes a moderator." in await desk.say(f"{other} reject no", MIA)
    assert "There is nothing under #2" in await desk.say(f"open {other}", MIA)


@pytest.mark.parametrize("number", ["99", "x", "0", "#"])
async def test_numbers_that_mean_nothing_are_told(number: str) -> None:
    desk = Clerk()
    for command in ("open", "approve", "hide", "wrong", "withdraw"):
        reply = await desk.reply(f"/{command} {number}")
        assert reply.outcome is Outcome.REFUSED


async def test_one_hides_and_two_show_again() -> None:
    desk = Clerk()
    number = await published(desk.store)
    line = line_of(await desk.reply(f"open {number}", CY), "hide")
    assert (await desk.reply(line, CY)).form is not None
    assert "Hidden: #1" in await desk.say(line, CY, given={"reason": "Is it she?"})
    assert "That cannot be done now: #1 is hidden, under review." in await desk.say(f"{number} hide again", BO)
    assert await desk.say(f"{number} back it is she", CY) == "Proposed: #1 is shown again once a second person agrees."
    card = await desk.reply(f"open {number}", BO)
    assert (await desk.say(f"open {number}", BO)).startswith("#1 is to be shown again\nFrom editor ")
    assert "Accepted: #1 is shown like this" in await desk.say(line_of(card, "approve"), BO)


async def test_withdrawing_takes_a_class_and_may_name_what_to_read_instead() -> None:
    desk = Clerk()
    number = await published(desk.store)
    better = await published(desk.store, slug="better", text="on Saturday", kind=Kind.INDIRECT)
    asked = await desk.reply(f"{number} withdraw she said 30")
    assert asked.form is not None
    assert [each.name for each in asked.form.fields] == ["why", "note", "replacement"]
    assert asked.form.fields[1].value == "she said 30"  # nothing typed is lost
    assert "Withdrawn: #1" in await desk.say(f"{number} withdraw misquoted She said 30 -- #{better}")
    async with desk.store.reading() as view:
        (dossier,) = await view.dossiers((number,))
    withdrawal = dossier.fact.revision.withdrawal
    assert withdrawal is not None
    assert (withdrawal.reason, withdrawal.note, withdrawal.replaced_by) == ("misquoted", "She said 30", "better")


@pytest.mark.parametrize(
    ("given", "said"),
    [("abc", "“abc” is no other fact on file."), ("99", "“99” is no"), ("1", "“1” is no"), ("2", "#2 is hidden")],
)
async def test_nothing_but_a_fact_that_can_be_read_is_read_instead(given: str, said: str) -> None:
    desk = Clerk()
    number = await published(desk.store)
    other = await published(desk.store, slug="other", text="on Saturday", kind=Kind.INDIRECT)
    await desk.say(f"{other} hide doubts", BO)
    typed = {"why": "misquoted", "note": "he said 14", "replacement": given}
    reply = await desk.reply(f"withdraw {number} @1", given=typed)
    assert said in str(reply.blocks[0])
    assert (await the_fact(desk.store, number)).workflow is Workflow.PUBLISHED
    assert reply.form is not None
    again = (await desk.reply(reply.form.line)).form  # where it cannot be opened at once, a button has this line
    assert again is not None
    assert {each.name: each.value for each in again.fields} == typed
    done = await desk.say(again.line, given={"why": "misquoted", "note": "he said 14", "replacement": ""})
    assert done.startswith(f"Withdrawn: #{number}")
    withdrawal = (await the_fact(desk.store, number)).revision.withdrawal
    assert withdrawal is not None
    assert (withdrawal.note, withdrawal.replaced_by) == ("he said 14", None)


async def test_where_one_editor_is_enough_the_preview_says_so() -> None:
    desk = Clerk(terms=ALONE)
    number = await suggested(desk.store, ADA, terms=ALONE)
    assert "Checked by one editor" in await desk.say(f"open {number}", ADA)
    assert "Published" in await desk.say(f"{number} approve", ADA)


async def test_where_nothing_can_be_changed_it_can_still_be_read() -> None:
    desk = Clerk(open=False)
    number = await suggested(desk.store, MIA)
    assert "Waits: #1" in await desk.say(f"open {number}")
    assert "only reads the database" in await desk.say(f"{number} approve")

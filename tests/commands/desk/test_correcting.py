"""Correcting what is shown or waits: a small form at a time, one typed field, an earlier revision, another fact."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.commands.dispatch import parse as parsed
from bot.core.dates import parse
from bot.core.decision import Decision
from bot.core.model.desk import Origin, Proposal
from bot.core.model.fact import Kind, Said
from bot.core.model.review import RelationKind, Workflow
from tests.builders import NOON, a_revision, a_speaker
from tests.commands.desk.clerk import MEMBER, Clerk, line_of
from tests.commands.desk.test_bad_input import a_form
from tests.contracts.stores.desk import (
    ADA,
    BO,
    CY,
    MIA,
    PASSAGE,
    dossier,
    published,
    suggested,
    the_fact,
    verbs,
)
from tests.store.simple import simple_index

PARTS = {
    "words": ["words", "kind", "speaker", "role", "reason"],
    "day": ["said", "venue", "relayed", "reason"],
    "source": ["link", "title", "publisher", "published", "reason"],
    "label": ["label", "topics", "about", "note", "reason"],
    "passage": ["passage", "unverified", "reason"],
}


async def test_fix_offers_small_forms_with_what_stands_there() -> None:
    desk = Clerk()
    number = await published(desk.store)
    reply = await desk.reply(f"{number} fix")
    assert [choice.line for choice in reply.choices] == [f"fix {number} {part}" for part in PARTS]
    for part, asked in PARTS.items():
        form = (await desk.reply(f"fix {number} {part}")).form
        assert form is not None
        assert parsed(form.line)[1].items() >= {"number": str(number), "part": part}.items()
        assert [each.name for each in form.fields] == asked
        assert len(form.fields) <= 5
    form = (await desk.reply(f"fix {number} words")).form
    assert form is not None
    assert [each.value for each in form.fields[:4]] == [
        "We have planted at least 300 trees",
        "direct",
        "Ada Muster",
        "Mayor of Testwick",
    ]


async def test_what_waits_is_mended_without_a_reason() -> None:
    desk = Clerk()
    number = await suggested(desk.store, MIA)
    form = (await desk.reply(f"fix {number} label")).form
    assert form is not None
    assert "reason" not in [each.name for each in form.fields]
    given = {each.name: each.value for each in form.fields} | {"label": "Trees, at least 300"}
    assert "waits for review as revision 2" in await desk.say(form.line, given=given)
    assert (await the_fact(desk.store, number)).revision.label == "Trees, at least 300"


async def test_what_is_shown_is_corrected_with_a_reason_for_everybody() -> None:
    desk = Clerk()
    number = await published(desk.store, said=Said(on=parse("2026-05-01"), stated=True))
    asked = await desk.reply(f"{number} said 2026-04-30", CY)
    assert asked.form is not None
    assert asked.form.line == f"set {number} said 2026-04-30"
    said = await desk.say(asked.form.line, CY, given={"reason": "The caption says so"})
    assert "as far as it makes #1 say less (revision 2)" in said
    assert (await the_fact(desk.store, number)).revision.said.on is None
    card = await desk.say(f"open {number}", BO)
    assert "Day: not given → 30 Apr 2026, stated by the source" in card
    assert "Reason: The caption says so" in card


async def test_one_person_blanks_at_once() -> None:
    desk = Clerk()
    number = await published(desk.store, said=Said(on=parse("2026-05-01"), stated=True))
    assert "Done: #1 is revision 2 now." in await desk.say(f"{number} said none -- nobody gives a day", CY)
    assert "Done: #1 is revision 3 now." in await desk.say(f"{number} role none -- not in the article", CY)
    revision = (await the_fact(desk.store, number)).revision
    assert revision.said.on is None
    assert revision.speaker is not None
    assert revision.speaker.role_in_source == ""
    assert "Done: #1 is revision 4 now." in await desk.say(f"{number} speaker none -- the caption names nobody", CY)
    assert "Done: #1 is revision 5 now." in await desk.say(f"{number} publisher none -- no imprint", CY)
    revision = (await the_fact(desk.store, number)).revision
    assert revision.speaker is None
    assert not any(hop.actor or hop.name for hop in revision.chain)
    assert (await desk.say("queue", BO)).startswith("Waiting: facts 0, changes 0")


async def test_the_link_of_a_source_is_blanked_at_once_and_changed_by_two() -> None:
    desk = Clerk()
    number = await published(desk.store)
    assert "say less" in await desk.say(f"{number} link https://gazette.example/moved -- it moved", CY)
    assert "link not on file" in await desk.say(f"#{number}")
    assert "Accepted" in await desk.say(f"{number} approve", BO)
    assert "https://gazette.example/moved" in await desk.say(f"#{number}")


async def test_only_moderators_correct() -> None:
    desk = Clerk()
    number = await published(desk.store)
    assert "This takes a moderator." in await desk.say(f"{number} said 2024 -- x", MIA, rights=MEMBER)
    assert "is for moderators" in await desk.say(f"fix {number} day", MIA, rights=MEMBER)
    assert "This takes a moderator." in await desk.say(f"{number} words other -- x", MIA, rights=MEMBER)


async def test_nothing_changes_where_nothing_differs() -> None:
    desk = Clerk()
    number = await published(desk.store)
    assert "says that already" in await desk.say(f"{number} speaker Ada Muster -- why", CY)
    assert "Write one of: link" in await desk.say(f"set {number} colour red", CY)


async def test_a_second_change_waits_for_the_first() -> None:
    desk = Clerk()
    number = await published(desk.store)
    await desk.say(f"{number} said 2026-05-01 -- dated", ADA)
    refused = await desk.say(f"{number} said 2026-04-01 -- no, then", BO)
    assert "A change of #1 waits already." in refused
    assert "what you typed is kept" in refused


async def test_a_place_in_a_list_is_not_taken_for_the_words() -> None:
    desk = Clerk()
    number = await published(desk.store)
    for typed in ("1", "1, 2 -- a slip"):
        assert "no list to choose from any more" in await desk.say(f"{number} words {typed}", CY)
    assert "waits" not in await desk.say(f"#{number}")


async def test_other_words_are_compared_with_the_passage_on_file() -> None:
    desk = Clerk()
    number = await published(desk.store)
    refused = await desk.say(f"{number} words planted at least 300 trees -- shorter", CY)
    assert "do not stand between quotation marks in the passage" in refused
    form = (await desk.reply(f"fix {number} words", CY)).form
    assert form is not None
    assert form.fields[0].value == "planted at least 300 trees"
    other = await published(desk.store, slug="other", text="on Saturday", kind=Kind.INDIRECT)
    given = {"words": "said on Saturday", "kind": "indirect", "speaker": "Ada Muster", "role": "", "reason": "whole"}
    await desk.say(f"fix {other} words", CY, given=given)
    card = await desk.say(f"open {other}", BO)
    assert "Words: on Saturday → said on Saturday" in card
    assert "Accepted" in await desk.say(f"{other} approve", BO)


async def test_a_passage_that_is_pasted_later_confirms_the_words() -> None:
    desk = Clerk()
    number = await suggested(desk.store, MIA, text="And shrubs", kind=Kind.INDIRECT)
    assert "do not stand in any text" in await desk.say(f"open {number}")
    assert "waits for review" in await desk.say(f"{number} passage And shrubs, Ada Muster added.", CY)
    assert "✓ The words stand in the passage." in await desk.say(f"open {number}")
    assert "Published" in await desk.say(f"{number} approve", BO)


async def test_an_earlier_revision_comes_back_by_the_rules_of_every_change() -> None:
    desk = Clerk()
    number = await published(desk.store, said=Said(on=parse("2026-05-01"), stated=True))
    await desk.say(f"{number} said none -- in doubt", CY)
    asked = await desk.reply(f"restore {number} 1", BO)
    assert asked.form is not None
    assert asked.form.line == f"restore {number} 1"
    assert "Proposed" in await desk.say(asked.form.line, BO, given={"reason": "It was right"})
    assert "Accepted" in await desk.say(f"{number} approve", ADA)
    assert str((await the_fact(desk.store, number)).revision.said.on) == "2026-05-01"
    assert "has no revision 9; its newest is 3" in await desk.say(f"restore {number} 9 x", BO)


async def test_restoring_words_does_not_withdraw_them_again() -> None:
    desk = Clerk()
    number = await published(desk.store)
    await desk.say(f"{number} withdraw misquoted", CY)
    await desk.say(f"{number} back it was right", BO)
    await desk.say(f"{number} approve", ADA)
    assert "says that already" in await desk.say(f"restore {number} 2 why not", BO)
    assert (await the_fact(desk.store, number)).workflow is Workflow.PUBLISHED


@pytest.mark.parametrize("kind", list(RelationKind))
async def test_facts_speak_of_each_other(kind: RelationKind) -> None:
    desk = Clerk()
    number = await published(desk.store)
    other = await published(desk.store, slug="other", text="on Saturday", kind=Kind.INDIRECT)
    form = (await desk.reply(f"{other} relate")).form
    assert form is not None
    said = await desk.say(form.line, given={"kind": kind.value, "other": f"#{number}", "reason": ""})
    if kind in (RelationKind.RESTATES, RelationKind.SAME_UTTERANCE):
        assert said.startswith(f"Done: #{other} ")
    else:  # it is told below the words of both
        assert said.startswith("Proposed: it holds once a second person agrees.")
        assert (await dossier(desk.store, number)).related == ()
        assert "Accepted" in await desk.say(f"{other} approve", ADA)
    related = (await dossier(desk.store, number)).related
    assert [(each.kind, each.outgoing, each.number) for each in related] == [(kind, False, other)]
    assert "Done" in await desk.say(f"{other} relate none {number}")
    assert (await the_fact(desk.store, other)).revision.relations == ()


async def test_what_cannot_be_related_is_told() -> None:
    desk = Clerk()
    number = await published(desk.store)
    assert "There is nothing under #9" in await desk.say(f"{number} relate denies 9")
    assert "is not the number of a fact" in await desk.say(f"{number} relate denies nine")
    assert "cannot be related to itself" in await desk.say(f"{number} relate denies {number}")


async def test_file_and_chat_that_have_both_changed_are_put_side_by_side() -> None:
    desk = Clerk()
    number = await published(desk.store)
    assert "No conflict" in await desk.say("conflicts")
    await conflict(desk, number, "Of the file")
    assert f"#{number} Of the chat" in await desk.say("conflicts")
    assert "[Conflicts (1)]" in await desk.say("queue")
    card = await desk.reply(f"open {number}", BO)
    assert "Label: Of the chat → Of the file" in await desk.say(f"open {number}", BO)
    assert [choice.label for choice in card.choices][:2] == ["Take the file's #1", "Keep ours #1"]
    assert (await desk.say(line_of(card, "approve"), BO)).startswith("Accepted")
    assert (await the_fact(desk.store, number)).revision.label == "Of the file"


async def test_what_the_chat_says_may_be_kept() -> None:
    desk = Clerk()
    number = await published(desk.store)
    await conflict(desk, number, "Of the file")
    line = line_of(await desk.reply(f"open {number}", BO), "reject")
    assert "stays as it is here" in await desk.say(line, BO, given={"reason": "The chat is right"})
    assert (await the_fact(desk.store, number)).revision.label == "Of the chat"
    assert (await verbs(desk.store, number))[-1] == "declined"


@pytest.mark.parametrize(("line", "label"), [("approve", "Of the file"), ("reject not so", "Of the chat")])
async def test_a_conflict_is_settled_by_typing_too(line: str, label: str) -> None:
    desk = Clerk()
    number = await published(desk.store)
    await conflict(desk, number, "Of the file")
    assert "From files" in await desk.say(f"open {number}", BO)
    await desk.say(f"{number} {line}", BO)
    assert (await the_fact(desk.store, number)).revision.label == label
    assert "No conflict" in await desk.say("conflicts")


async def conflict(desk: Clerk, number: int, label: str) -> None:
    """The chat and a file made from the first revision have both changed the label."""
    await desk.say(f"{number} label Of the chat -- shorter", ADA)
    fact = await the_fact(desk.store, number)
    proposal = Proposal(
        fact=number,
        origin=Origin.FILES,
        base=1,
        revision=replace(fact.revision, label=label),
        source=None,
        workflow=Workflow.PUBLISHED,
        verb="changed",
        person="f" * 32,
        at=NOON,
        reason="",
    )
    state = desk.store._state.copied()
    state.write(Decision(opened=(proposal,), notices=()), NOON, simple_index)
    desk.store._state = state


async def test_history_names_related_facts_by_their_numbers_alone() -> None:
    desk = Clerk()
    number = await published(desk.store)
    other = await suggested(desk.store, MIA, slug="mayor-lied-to-council", text="on Saturday", kind=Kind.INDIRECT)
    await desk.say(f"{number} relate contradicts {other}", BO)
    await desk.say(f"{number} approve", ADA)
    said = await desk.say(f"history {number}", MIA)
    assert f"contradicts #{other}" in said
    assert "lied" not in said


@pytest.mark.parametrize("name", ["title", "label"])
async def test_none_is_no_title_and_no_label(name: str) -> None:
    desk = Clerk()
    number = await published(desk.store)
    assert "please fill it in" in await desk.say(f"{number} {name} none -- it has none", CY)

    form = await a_form(desk)
    await desk.say(f"{form} {name} none", MIA)
    assert "Sent" in await desk.say(f"{form} ok", MIA)
    made = await dossier(desk.store, form)
    assert "none" not in (made.fact.revision.label, *(each.title for each in made.sources.values()))


async def test_words_that_are_found_after_all_are_no_longer_said_to_be_missing() -> None:
    desk = Clerk()
    number = await published(desk.store, passage="The mayor spoke of trees.", unverified="heard on the radio")

    await desk.say(f"{number} passage {PASSAGE} -- here they are", CY)
    await desk.say(f"{number} approve", BO)

    assert (await the_fact(desk.store, number)).revision.unverified == ""


async def test_as_whom_a_speaker_is_to_be_filed_stands_on_the_card() -> None:
    desk = Clerk()
    speaker = a_speaker(entity=None)
    chain = (replace(a_revision().chain[0], actor=None, name=speaker.name_in_source), *a_revision().chain[1:])
    number = await published(desk.store, speaker=speaker, chain=chain)

    await desk.say(f"tag {number} speaker ada-muster", CY)

    card = await desk.say(f"open {number}", BO)
    assert "Speaker" in card
    assert "(filed as: nobody on file) → Ada Muster (filed as: Ada Muster)" in card

"""Correcting what is shown or waits: a small form at a time, one typed field, an earlier revision, another fact."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.commands.dispatch import parse as parsed
from bot.commands.reply import Form, Outcome, Reply
from bot.core.dates import parse
from bot.core.decision import Decision
from bot.core.model.desk import By, Origin, Proposal
from bot.core.model.fact import Kind, Said
from bot.core.model.review import RelationKind, Workflow
from bot.platforms.discord.modal import modal
from tests.builders import NOON, a_revision, a_speaker
from tests.commands.desk.clerk import MEMBER, Clerk, line_of
from tests.commands.desk.test_bad_input import a_form
from tests.contracts.stores.desk import (
    ADA,
    BO,
    CY,
    MIA,
    PASSAGE,
    a_pasted_source,
    dossier,
    names,
    pasted,
    published,
    suggested,
    the_fact,
    verbs,
)
from tests.store.simple import simple_index

NIL = By(platform="discord", account="1000", editor=False)
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


async def test_a_message_becomes_a_form_that_is_filled_in() -> None:
    desk = Clerk()
    message = f"Look at this (https://gazette.example/trees), everybody!\n{PASSAGE}"
    form = (await desk.reply("/clip", MIA, given={"text": message})).form
    assert form is not None
    values = {each.name: each.value for each in form.fields}
    assert form.line == "suggest"
    assert values["link"] == "https://gazette.example/trees"
    assert PASSAGE in values["passage"]
    assert (await desk.reply(form.line, MIA, given=values)).outcome is Outcome.FOUND


async def test_a_link_on_file_fills_in_what_is_known_of_it() -> None:
    desk = Clerk()
    await published(desk.store)
    text = f"https://gazette.example/trees/?utm_source=x {PASSAGE}"
    form = (await desk.reply("/clip", MIA, given={"text": text})).form
    assert form is not None
    values = {each.name: each.value for each in form.fields}
    assert (values["title"], values["publisher"], values["published"]) == (
        "Trees for Testwick",
        "The Testwick Gazette",
        "2026-05-02",
    )


async def test_the_next_form_from_an_article_has_its_source() -> None:
    desk = Clerk()
    await names(desk.store)
    await desk.say(f"!suggest https://gazette.example/trees {PASSAGE}", MIA)
    await desk.say("1 title Trees for Testwick", MIA)
    assert "#2 is kept. Found 1 quotation" in await desk.say("1 another", MIA)
    form = (await desk.reply("source 2", MIA)).form
    assert form is not None
    values = {each.name: each.value for each in form.fields}
    assert (values["title"], values["passage"]) == ("Trees for Testwick", PASSAGE)


async def test_what_nobody_has_to_fill_in_is_a_form_of_its_own() -> None:
    desk = Clerk()
    await names(desk.store)
    await desk.say(f"!suggest https://gazette.example/trees {PASSAGE}", MIA)
    await desk.say("1 words 1", MIA)
    form = (await desk.reply("details 1", MIA)).form
    assert form is not None
    given = {each.name: each.value for each in form.fields} | {"role": "Mayor of Testwick", "venue": "press briefing"}
    await desk.say("1 speaker Ada Muster", MIA)
    assert "— Ada Muster, Mayor of Testwick, press briefing" in await desk.say(form.line, MIA, given=given)


async def passage_given(desk: Clerk, number: int, by: By) -> str | None:
    """What the next form from the article of this fact has as its passage; None where there is none."""
    reply = await desk.reply(f"another {number}", by)
    if reply.outcome is Outcome.REFUSED:
        return None
    async with desk.store.reading() as view:
        me = await view.person(by)
        return (await view.drafts(me.id))[-1].form.passage if me else None


async def test_nobody_goes_on_with_an_article_of_which_readers_see_nothing() -> None:
    desk = Clerk()
    number = await suggested(desk.store, MIA)
    assert await passage_given(desk, number, NIL) is None
    assert await passage_given(desk, number, MIA) == PASSAGE
    assert await passage_given(desk, number, BO) == PASSAGE
    await desk.say(f"{number} reject private data of a child", BO)
    for by in (MIA, NIL, BO):
        assert await passage_given(desk, number, by) is None


@pytest.mark.parametrize(
    ("why", "members", "moderators"),
    [("personal-data", None, None), ("legal", None, None), ("misquoted", None, PASSAGE)],
)
async def test_what_was_withdrawn_is_no_way_to_its_passage(why: str, members: str, moderators: str) -> None:
    desk = Clerk()
    number = await published(desk.store)
    assert await passage_given(desk, number, NIL) == PASSAGE
    await desk.say(f"{number} withdraw {why}", BO)
    assert await passage_given(desk, number, NIL) == members
    assert await passage_given(desk, number, BO) == moderators


async def test_the_passage_that_another_fact_of_the_article_brought_stays_with_that_fact() -> None:
    desk = Clerk()
    number = await published(desk.store)
    other = 'And then: "We keep a list of the names of all pupils," she said.'
    words = "We keep a list of the names of all pupils"
    source = (await dossier(desk.store, number)).sources["gazette-2026-05-02"]
    source = replace(source, passages=(*source.passages, pasted(other)))
    await suggested(desk.store, MIA, slug="pupils", text=words, passage=other, source=source)
    assert await passage_given(desk, number, NIL) == PASSAGE


async def test_history_names_related_facts_by_their_numbers_alone() -> None:
    desk = Clerk()
    number = await published(desk.store)
    other = await suggested(desk.store, MIA, slug="mayor-lied-to-council", text="on Saturday", kind=Kind.INDIRECT)
    await desk.say(f"{number} relate contradicts {other}", BO)
    await desk.say(f"{number} approve", ADA)
    said = await desk.say(f"history {number}", MIA)
    assert f"contradicts #{other}" in said
    assert "lied" not in said


def form_in(reply: Reply) -> Form:
    assert reply.form is not None
    return reply.form


def filled_in(form: Form, **given: str) -> dict[str, str]:
    """A form as it is sent: everything that stood in it, and what was typed over it."""
    return {each.name: each.value for each in form.fields} | given


async def test_two_forms_that_are_open_at_once_undo_nothing() -> None:
    desk = Clerk()
    number = await published(desk.store)
    first = form_in(await desk.reply(f"fix {number} label", ADA))
    second = form_in(await desk.reply(f"fix {number} label", CY))
    given = filled_in(second, label="300 trees at least", note="Counted twice", reason="Clearer")
    assert "revision 2" in await desk.say(second.line, CY, given=given)
    given = filled_in(first, about="ada-muster", reason="Filed")
    assert "revision 3" in await desk.say(first.line, ADA, given=given)
    revision = (await the_fact(desk.store, number)).revision
    assert (revision.label, revision.notes, revision.about) == (
        "300 trees at least",
        ("Counted twice",),
        ("ada-muster",),
    )


async def test_what_somebody_else_changed_meanwhile_is_told_and_nothing_typed_is_lost() -> None:
    desk = Clerk()
    number = await published(desk.store)
    first = form_in(await desk.reply(f"fix {number} label", ADA))
    await desk.say(f"{number} label 300 trees at least -- clearer", CY)
    await desk.say(f"{number} note Counted twice -- it was", CY)
    given = filled_in(first, label="Trees, at least 300", topics="", about="ada-muster", reason="Shorter")
    reply = await desk.reply(first.line, ADA, given=given)
    assert reply.outcome is Outcome.REFUSED
    said = str(reply)
    assert "You saw revision 1, and it is revision 3 by now." in said
    assert "Label: 300 trees at least" in said
    again = form_in(await desk.reply(line_of(reply, "fix"), ADA))
    values = filled_in(again)
    assert (values["label"], values["about"], values["note"], values["reason"]) == (
        "Trees, at least 300",
        "ada-muster",
        "Counted twice",
        "Shorter",
    )
    assert "revision 4" in await desk.say(again.line, ADA, given=values)
    revision = (await the_fact(desk.store, number)).revision
    assert (revision.label, revision.topics) == ("Trees, at least 300", ())


async def test_a_source_that_was_corrected_meanwhile_is_not_corrected_back() -> None:
    desk = Clerk()
    number = await published(desk.store)
    first = form_in(await desk.reply(f"fix {number} source", ADA))
    await desk.say(f"{number} published none -- not dated", CY)
    given = filled_in(first, title="Trees for testwick", reason="As printed")
    await desk.say(first.line, ADA, given=given)
    source = (await dossier(desk.store, number)).sources["gazette-2026-05-02"]
    assert (source.title, source.published) == ("Trees for testwick", None)
    late = filled_in(first, published="2026-05-03", reason="The colophon")
    assert "It says now: Published on: none" in await desk.say(first.line, ADA, given=late)


async def test_a_form_that_is_saved_unchanged_keeps_a_link_of_any_length() -> None:
    for length in (600, 3_900, 5_000):
        desk = Clerk()
        link = f"https://gazette.example/trees?{'x' * length}"
        number = await published(desk.store, source=a_pasted_source(url=link))
        form = form_in(await desk.reply(f"fix {number} source"))
        await desk.say(form.line, given=as_sent(form) | {"title": "Trees for testwick", "reason": "As printed"})
        source = (await dossier(desk.store, number)).sources["gazette-2026-05-02"]
        assert (source.title, source.url) == ("Trees for testwick", link)


async def test_a_message_with_a_long_link_becomes_a_form_that_has_it() -> None:
    desk = Clerk()
    link = f"https://gazette.example/trees?{'x' * 2_500}"
    form = form_in(await desk.reply("/clip", MIA, given={"text": f"{link} {PASSAGE}"}))
    await desk.say(form.line, MIA, given=as_sent(form))
    async with desk.store.reading() as view:
        me = await view.person(MIA)
        assert me is not None
        assert [each.form.link for each in await view.drafts(me.id)] == [link]


def as_sent(form: Form) -> dict[str, str]:
    """What comes back from Discord where nothing is typed into a form."""
    labels = modal(form, "x")["components"]
    return {each["component"]["custom_id"]: str(each["component"].get("value", "")) for each in labels}


async def test_words_that_are_guessed_open_nobody_elses_passage() -> None:
    desk = Clerk()
    await published(desk.store)
    for by, sees in ((NIL, False), (BO, True)):
        begun = await desk.reply("!suggest https://gazette.example/trees", by, given={"title": "Trees for Testwick"})
        number = next(int(choice.line.split()[-1]) for choice in begun.choices if choice.short == "drop")
        said = await desk.say(f"words {number} at least 300 trees", by)
        said += await desk.say(f"open {number}", by)
        assert ("The mayor spoke" in said) is sees


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

"""What one person may not do to readers, or to somebody else, by a way around."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.commands.reply import Outcome
from bot.core.dates import parse
from bot.core.model.fact import Act, Hop, Kind, Said
from bot.core.model.review import Workflow
from tests.builders import a_speaker
from tests.commands.desk.clerk import Clerk, line_of
from tests.contracts.stores.desk import ADA, BO, CY, MIA, TERMS, published, suggested, the_fact

OUTLET = (Hop(act=Act.REPORTED, name="The Testwick Gazette", stated=True),)
DATED = Said(on=parse("2026-05-01"), stated=True)


async def test_a_change_that_is_accepted_shows_nothing_that_was_hidden_meanwhile() -> None:
    desk = Clerk()
    number = await published(desk.store)
    await desk.say(f"{number} said 2026-04-30 -- the caption has it", CY)
    card = await desk.reply(f"open {number}", BO)
    await desk.say(f"{number} hide contested", CY)

    stale = await desk.reply(line_of(card, "approve"), BO)

    assert stale.outcome is Outcome.INFO
    assert "reads like this once it is shown again" in str(stale.blocks)
    fact = await the_fact(desk.store, number)
    assert fact.workflow is Workflow.HIDDEN
    assert str(fact.revision.said.on) == "2026-04-30"
    assert "Under review" in await desk.say(f"#{number}")


async def test_a_change_of_what_is_hidden_can_be_looked_at_and_of_what_is_withdrawn_is_overtaken() -> None:
    desk = Clerk()
    number = await published(desk.store)
    await desk.say(f"{number} hide contested", CY)
    await desk.say(f"{number} said 2026-04-30 -- the caption has it", CY)
    assert f"A change of #{number} waits" in await desk.say(f"open {number}", BO)
    await desk.say(f"{number} withdraw misquoted", CY)
    assert "Nothing waits" in await desk.say(f"{number} approve", BO)


async def test_a_corrected_source_leaves_its_line_in_every_history() -> None:
    desk = Clerk()
    one = await published(desk.store)
    two = await published(desk.store, slug="two", text="on Saturday", kind=Kind.INDIRECT)

    said = await desk.say(f"{one} publisher none -- there is no imprint", CY)

    assert f"Done: #{one} is revision" in said  # its chain has named the publisher, too
    for number in (one, two):
        assert "there is no imprint" in await desk.say(f"history {number}")
    assert "source corrected" in (await desk.say(f"history {two}")).casefold()


async def test_nobody_is_warned_of_words_that_stand_in_the_source() -> None:
    desk = Clerk()
    number = await published(desk.store)
    said = await desk.say(f"{number} unverified a lie -- because", CY)
    assert "no warning is needed" in said
    assert (await the_fact(desk.store, number)).revision.unverified == ""


async def test_the_same_words_of_another_link_are_pointed_out() -> None:
    desk = Clerk()
    number = await published(desk.store)
    passage = "Somewhere else: “We have planted at least 300 trees,” said Ada Muster."
    other = await desk.say(f"!suggest https://elsewhere.example/x {passage}", MIA)
    assert "Found 1 quotation" in other
    await desk.say("!2 words 1", MIA)
    for field in ("speaker Ada Muster", "title Trees", "publisher Elsewhere", "published 2026-05-03"):
        await desk.say(f"!2 {field}", MIA)
    await desk.say("!2 ok", MIA)
    assert f"⚠ The same words are on file: #{number}" in await desk.say("open 2", BO)


@pytest.mark.parametrize(
    "name", ["Аda Muster", "ADA  MUSTER", "Adà Muster", "editor c452", "Member", "onrecord", "Оnrecord"]
)
async def test_nobody_is_called_like_somebody_else(name: str) -> None:
    desk = Clerk()
    await desk.say("settings name Ada Muster", ADA)
    assert "somebody else's" in await desk.say(f"settings name {name}", BO)
    assert "“Ada Mustermann”" in await desk.say("settings name Ada Mustermann", BO)
    assert "“ada muster”" in await desk.say("settings name ada muster", ADA)  # one's own


async def test_history_says_what_each_step_changed() -> None:
    desk = Clerk()
    number = await published(desk.store, said=DATED)
    await desk.say(f"{number} said none -- nobody gives a day", CY)
    history = await desk.say(f"history {number}")
    assert "Day: 1 May 2026, stated by the source → not given" in history
    assert "nobody gives a day" in history


async def test_an_outlets_own_words_get_no_speaker() -> None:
    desk = Clerk()
    number = await published(desk.store, kind=Kind.OUTLET, speaker=None, text="on Saturday", chain=OUTLET)
    said = await desk.say(f"{number} speaker Ada Muster -- she said it", CY)
    assert "have nobody who speaks" in said
    assert (await the_fact(desk.store, number)).revision.chain == OUTLET


async def test_filing_a_speaker_does_not_blank_the_speaker() -> None:
    desk = Clerk()
    speaker = a_speaker(entity=None)
    chain = (Hop(act=Act.SAID, name="Ada Muster", stated=True), Hop(act=Act.QUOTED, name="The Testwick Gazette"))
    number = await published(desk.store, speaker=speaker, chain=chain)
    said = await desk.say(f"{number} tag speaker ada-muster", CY)
    assert "Proposed" in said
    assert (await the_fact(desk.store, number)).revision.speaker == speaker


async def test_a_second_report_of_the_same_kind_adds_its_words() -> None:
    desk = Clerk()
    number = await published(desk.store)
    assert "The moderators see" in await desk.say(f"{number} wrong date It was Friday", MIA)
    assert "already" in await desk.say(f"{number} wrong date The radio says so", MIA)
    async with desk.store.reading() as view:
        (report,) = await view.reports(number)
    assert report.text == "It was Friday / The radio says so"


async def test_whoever_works_alone_is_told_what_that_means() -> None:
    desk = Clerk(terms=replace(TERMS, editors=1))
    number = await published(desk.store)
    assert "until you show it again" in await desk.say(f"{number} hide contested", CY)


async def test_a_replacement_may_be_named_with_or_without_its_sign() -> None:
    desk = Clerk()
    one = await published(desk.store)
    two = await published(desk.store, slug="two", text="on Saturday", kind=Kind.INDIRECT)
    await desk.say(f"{two} withdraw duplicate said before -- {one}", CY)
    fact = await the_fact(desk.store, two)
    assert fact.revision.withdrawal is not None
    assert (fact.revision.withdrawal.note, fact.revision.withdrawal.replaced_by) == ("said before", "muster-300-trees")


async def test_an_editor_who_rewrites_a_suggestion_is_named_on_its_card() -> None:
    desk = Clerk()
    number = await suggested(desk.store, MIA)
    await desk.say(f"{number} kind indirect", CY)
    assert "has changed it since" in await desk.say(f"open {number}", BO)

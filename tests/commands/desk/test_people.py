"""Who people are at the desk: names, accounts that belong together, and everything that is kept about them."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.core.model.change import SaveDraft, StartFollow
from bot.core.model.desk import Form
from bot.core.model.fact import Kind
from bot.core.model.mail import Place
from bot.core.model.news import Subject
from bot.core.model.review import Workflow
from bot.platforms.console.payload import text_of
from tests.builders import NOON
from tests.commands.desk.clerk import Clerk, line_of
from tests.contracts.stores.desk import (
    ADA,
    ADA_ON_MATRIX,
    BO,
    CY,
    DI_ON_MATRIX,
    MIA,
    TERMS,
    names,
    published,
    suggested,
    the_fact,
)


async def code_of(desk: Clerk) -> str:
    reply = await desk.reply("desk settings link", ADA)
    assert reply.secret
    return text_of(reply).split("settings code ")[1].split()[0]


async def test_settings_say_who_i_am_and_what_is_configured() -> None:
    desk = Clerk()
    text = await desk.say("desk settings", ADA)
    assert "Your name: not given; others see “editor …”" in text
    assert "Two people stand behind each fact" in text
    assert "Review cards: Discord review" in text
    assert "[I have no account on Matrix]" in text
    assert "suggest facts and report what is wrong" in await desk.say("settings", MIA)


async def test_a_name_is_chosen_shown_and_taken_back() -> None:
    desk = Clerk()
    form = (await desk.reply("settings name", ADA)).form
    assert form is not None
    assert form.line == "settings name"
    assert "“Ada L”" in await desk.say(form.line, ADA, given={"value": "Ada L"})
    assert (await desk.reply("settings name", ADA)).form.fields[0].value == "Ada L"  # type: ignore[union-attr]
    assert "This name is somebody else's" in await desk.say("settings name Ada L", BO)
    assert "no longer disclosed" in await desk.say("settings name", ADA, given={"value": ""})


async def test_a_code_joins_two_accounts_once() -> None:
    desk = Clerk()
    number = await suggested(desk.store, ADA)
    code = await code_of(desk)
    assert code not in str(desk.store._state)
    assert "is not known, too old, or your own" in await desk.say(f"settings code {code}", ADA)
    sloppy = code.upper().replace("-", " ")
    assert await desk.say(f"settings code {sloppy}", ADA_ON_MATRIX) == "Both accounts are one person from now on."
    assert "somebody else has to agree" in await desk.say(f"{number} approve", ADA_ON_MATRIX)
    assert "is not known" in await desk.say(f"settings code {code}", DI_ON_MATRIX)
    assert "Discord, Matrix" in await desk.say("settings", ADA)


async def test_a_code_is_good_for_a_quarter_of_an_hour() -> None:
    desk = Clerk()
    code = await code_of(desk)
    desk.clock.time = NOON + timedelta(minutes=16)
    assert "too old" in await desk.say(f"settings code {code}", ADA_ON_MATRIX)


async def test_whoever_has_no_account_there_says_so_and_may_agree() -> None:
    desk = Clerk()
    number = await suggested(desk.store, ADA)
    assert "came from Discord" in await desk.say(f"{number} approve", DI_ON_MATRIX)
    assert "discord, matrix, console" in await desk.say("settings none mastodon", DI_ON_MATRIX)
    assert await desk.say("settings none discord", DI_ON_MATRIX) == "On record: you have no account on Discord."
    assert "Published" in await desk.say(f"{number} approve", DI_ON_MATRIX)


async def test_everything_kept_is_shown_to_whom_it_is_about_and_nobody_else() -> None:
    desk = Clerk()
    assert await desk.say("mydata", MIA) == "Nothing is kept about you."
    await desk.do(SaveDraft(by=MIA, terms=TERMS, number=None, form=Form(link="https://x.example", words="so\nthere")))
    number = await published(desk.store)
    await desk.say(f"{number} wrong date Friday", MIA)
    await desk.say("settings name Mia", MIA)
    reply = await desk.reply("mydata", MIA)
    assert reply.secret
    text = await desk.say("mydata", MIA)
    for kept in ("Account on Discord: 999", "link: https://x.example; words: so there", "date: Friday", "Mia"):
        assert kept in text
    assert "Discord: 999" not in await desk.say("mydata", BO)


async def test_what_somebody_had_followed_somewhere_is_kept_about_them() -> None:
    desk = Clerk()
    await names(desk.store)
    place = Place(platform="matrix", id="!room:example.org")
    topic = StartFollow(by=ADA, terms=TERMS, place=place, subject=Subject.TOPIC, target="testwick-trees")
    await desk.do(topic)
    assert "News of Trees in Testwick are posted in the Matrix room !room:example.org" in await desk.say("mydata", ADA)
    assert "Testwick" not in await desk.say("mydata", BO)


async def test_a_long_life_has_pages() -> None:
    desk = Clerk()
    for each in range(40):
        form = Form(passage=f"{each} " + "long " * 60)
        await desk.do(SaveDraft(by=MIA, terms=TERMS, number=None, form=form))
    first, second = await desk.say("mydata", MIA), await desk.say("mydata 2", MIA)
    assert "(1 of " in first
    assert "(2 of " in second
    assert "Form #40" in await desk.say("mydata 99", MIA)


async def test_being_forgotten_takes_a_second_word() -> None:
    desk = Clerk()
    number = await suggested(desk.store, MIA)
    await desk.say("settings name Mia Member", MIA)
    reply = await desk.reply("forgetme", MIA)
    assert [choice.line for choice in reply.choices] == ["forgetme yes"]
    assert (await the_fact(desk.store, number)).workflow is Workflow.PENDING
    assert (await desk.say("forgetme yes", MIA)).startswith("Forgotten.")
    assert (await the_fact(desk.store, number)).workflow is Workflow.REJECTED
    assert "Mia Member" not in await desk.say(f"open {number}", ADA)
    assert await desk.say("mydata", MIA) == "Nothing is kept about you."


async def test_my_suggestions_and_forms_are_listed_and_open() -> None:
    desk = Clerk()
    assert "nothing yet" in await desk.say("mine", MIA)
    number = await suggested(desk.store, MIA)
    await desk.do(SaveDraft(by=MIA, terms=TERMS, number=None, form=Form(words="We are\nhere")))
    text = await desk.say("mine", MIA)
    assert "#2 We are here" in text
    assert f"#{number} waiting for review: At least 300 trees planted, Muster" in text
    assert "nothing yet" in await desk.say("mine", BO)


async def test_many_forms_have_pages_the_newest_first() -> None:
    desk = Clerk()
    for each in range(12):
        await desk.do(SaveDraft(by=MIA, terms=TERMS, number=None, form=Form(words=f"form {each}.")))
    first = await desk.reply("mine", MIA)
    assert "form 11." in text_of(first)
    assert "form 1." not in text_of(first)
    second = await desk.say(line_of(first, "next"), MIA)
    assert "(2 of 2)" in second
    assert "form 1." in second
    assert "form 11." not in second


@pytest.mark.parametrize(
    ("since", "hidden"), [("2026-11-23", 2), ("1h", 1), ("2026-11-23T12:30", 1), ("3d", 2), ("2026-11-23T12:30Z", 1)]
)
async def test_everything_of_one_person_since_then_is_hidden_and_brought_back(since: str, hidden: int) -> None:
    desk = Clerk()
    await published(desk.store, ADA, BO)
    desk.clock.time = NOON + timedelta(minutes=90)
    await published(desk.store, ADA, BO, slug="two", text="on Saturday", kind=Kind.INDIRECT)
    async with desk.store.reading() as view:
        ada = await view.person(ADA)
    assert ada is not None
    said = await desk.say(f"/hideall {ada.id[:4]} {since} forged quotes", CY)
    assert f"Hidden: {hidden} fact" in said
    assert "[Show batch 1 again]" in said
    assert "somebody else brings it back" in await desk.say("bringall 1", CY)
    assert f"Shown again: {hidden} fact" in await desk.say("bringall 1", BO)
    assert "Nothing of batch 1 is hidden" in await desk.say("bringall 1", BO)
    assert await desk.say("bringall 7", BO) == "There is no batch 7."


async def test_whoever_wrote_a_fact_can_be_undone_from_there() -> None:
    desk = Clerk()
    number = await published(desk.store, ADA, BO)
    await desk.say("settings name Ada Muster", ADA)
    opened = await desk.reply(f"open {number}", CY)
    assert opened.choices[-1].label == "Hide everything of Ada Muster …"
    said = await desk.say(f"/{line_of(opened, 'hideall')}", CY, given={"since": "1h", "reason": "forged"})
    assert "Hidden: 1 fact of Ada Muster" in said
    await desk.say("bringall 1", BO)
    await desk.say("settings name Ada", ADA)
    assert "Hidden: 1 fact of Ada" in await desk.say("/hideall ADA 1h forged", CY)


@pytest.mark.parametrize("typed", ["Mia Melnyk", '"mia  melnyk"', "«Mia Melnyk»"])
async def test_a_name_with_a_blank_can_be_typed(typed: str) -> None:
    desk = Clerk()
    await published(desk.store, MIA, BO)
    await published(desk.store, ADA, BO, slug="two", text="on Saturday", kind=Kind.INDIRECT)
    await desk.say("settings name Mia Melnyk", MIA)
    await desk.say("settings name Mia", ADA)
    asked = await desk.reply(f"/hideall {typed} yesterday forged quotes", CY)
    assert asked.form is not None
    assert "1 fact of Mia Melnyk" in await desk.say(f"/{asked.form.line}", CY, given={"since": "3 d", "reason": "x"})
    await desk.say("bringall 1", BO)
    assert "Hidden: 1 fact of Mia Melnyk" in await desk.say(f"/hideall {typed} 1d forged quotes", CY)
    assert "forged quotes" in await desk.say("history 1", CY)
    assert "Hidden: 1 fact of Mia, " in await desk.say("/hideall Mia 1d forged quotes", CY)


async def test_whom_and_since_when_must_be_clear() -> None:
    desk = Clerk()
    await published(desk.store, ADA, BO)
    async with desk.store.reading() as view:
        ada = await view.person(ADA)
    assert ada is not None
    assert "Nobody here is known as “zzzz”" in await desk.say("/hideall zzzz 1h x", CY)
    reply = await desk.reply(f"/hideall {ada.id} yesterday forged", CY)
    assert reply.form is not None
    assert reply.form.line == f"hideall {ada.id}"
    assert "“yesterday” is no day or time." in await desk.say(f"/hideall {ada.id} yesterday forged", CY)
    assert "There is nothing to do" in await desk.say(f"/hideall {ada.id} 2030-01-01 forged", CY)

"""Forms that begin from a message, a link or an article on file, and what of it nobody is given."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.commands.reply import Outcome
from bot.core.model.desk import By
from tests.commands.desk.clerk import Clerk
from tests.contracts.stores.desk import (
    BO,
    MIA,
    PASSAGE,
    dossier,
    names,
    pasted,
    published,
    suggested,
)

NIL = By(platform="discord", account="1000", editor=False)


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


async def test_words_that_are_guessed_open_nobody_elses_passage() -> None:
    desk = Clerk()
    await published(desk.store)
    for by, sees in ((NIL, False), (BO, True)):
        begun = await desk.reply("!suggest https://gazette.example/trees", by, given={"title": "Trees for Testwick"})
        number = next(int(choice.line.split()[-1]) for choice in begun.choices if choice.short == "drop")
        said = await desk.say(f"words {number} at least 300 trees", by)
        said += await desk.say(f"open {number}", by)
        assert ("The mayor spoke" in said) is sees

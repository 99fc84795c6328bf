"""What could not be read again is not kept: it is told by the name of its field."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.commands.reply import Outcome
from bot.core.desk.refusals import Unreadable
from bot.core.model.change import Revise, SaveItem
from bot.core.model.desk import Origin
from bot.core.model.names import Entity, EntityType
from tests.commands.desk.clerk import Clerk
from tests.commands.desk.test_bad_input import a_form, drafts
from tests.contracts.stores.desk import ADA, CY, MIA, PASSAGE, TERMS, do, published, the_fact


@pytest.mark.parametrize("given", ["german", "klingon", "en german"])
async def test_a_language_that_is_none_is_told_and_not_proposed(given: str) -> None:
    desk = Clerk()
    number = await published(desk.store)

    said = await desk.say(f"{number} language {given} -- it is in that language", CY)

    assert f"Language: “{given}” is no language tag" in said
    async with desk.store.reading() as view:
        assert await view.proposal(number, Origin.DESK) is None


async def test_a_language_that_is_none_is_told_of_a_form() -> None:
    desk = Clerk()
    number = await a_form(desk)

    assert "is no language tag" in await desk.say(f"{number} language german", MIA)
    assert "is no language tag" in await desk.say(f"{number} ok", MIA)
    assert (await desk.reply(f"{number} language none", MIA)).outcome is Outcome.FOUND  # seen from the words


async def test_no_language_is_the_one_that_is_seen_from_the_words() -> None:
    desk = Clerk()
    number = await published(desk.store, language="de")

    await desk.say(f"{number} language none -- it is not German", CY)

    async with desk.store.reading() as view:
        proposal = await view.proposal(number, Origin.DESK)
    assert proposal is not None
    assert proposal.revision is not None
    assert proposal.revision.language == "en"


@pytest.mark.parametrize("sign", ["\x00", "\x02", "\x07", "\x7f", "\ud800"])
async def test_control_characters_in_what_is_pasted_are_no_part_of_it(sign: str) -> None:
    desk = Clerk()
    number = await published(desk.store)

    await desk.say(f"{number} venue inter{sign}view with radio -- it says so", CY)
    form = await a_form(desk, passage=PASSAGE.replace("planted", f"plan{sign}ted"))

    async with desk.store.reading() as view:
        proposal = await view.proposal(number, Origin.DESK)
    assert proposal is not None
    assert proposal.revision is not None
    assert proposal.revision.venue.text == "interview with radio"
    assert next(each.form.passage for each in await drafts(desk) if each.number == form) == PASSAGE


async def test_what_could_not_be_read_again_is_written_by_no_way() -> None:
    desk = Clerk()
    number = await published(desk.store)

    german = replace((await the_fact(desk.store, number)).revision, language="german")
    with pytest.raises(Unreadable) as refused:
        await do(desk.store, Revise(by=CY, terms=TERMS, number=number, revision=german, reason="it is"))
    assert refused.value.name == "language"
    item = Entity(id="radio", type=EntityType.ORGANISATION, name="Ra\x02dio")
    with pytest.raises(Unreadable):
        await do(desk.store, SaveItem(by=ADA, terms=TERMS, item=item))

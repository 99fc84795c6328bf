"""Forms under way: kept from the first step, of one person, forgotten in the end."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.core.desk.refusals import (
    NoSuchFact,
    NotNow,
)
from bot.core.model.change import (
    ChangeRefused,
    DropDraft,
    SaveDraft,
    Suggest,
)
from bot.core.model.desk import Form
from tests.builders import NOON, StoppedClock, a_record, an_import
from tests.contracts.stores.conftest import Store
from tests.contracts.stores.desk import (
    BO,
    MIA,
    PASSAGE,
    TERMS,
    a_pasted_source,
    a_suggested_revision,
    do,
    suggested,
    the_fact,
)


async def test_a_form_is_kept_from_the_first_step_and_reserves_its_number(store: Store) -> None:
    saved = await do(
        store, SaveDraft(by=MIA, terms=TERMS, number=None, form=Form(link="https://x.example", passage="“"))
    )
    assert saved.number == 1
    await do(store, SaveDraft(by=MIA, terms=TERMS, number=1, form=Form(link="https://x.example", passage="“ more")))
    await do(store, an_import(a_record()))
    assert (await the_fact(store, 2)).slug == "muster-300-trees"
    async with store.reading() as view:
        person = await view.person(MIA)
        assert person is not None
        draft = await view.draft(1, person.id)
        assert draft is not None
        assert draft.form == Form(link="https://x.example", passage="“ more")
        assert await view.drafts(person.id) == (draft,)


async def test_a_dropped_form_leaves_its_number_unused(store: Store) -> None:
    await do(store, SaveDraft(by=MIA, terms=TERMS, number=None, form=Form()))
    await do(store, DropDraft(by=MIA, terms=TERMS, number=1))
    again = await do(store, SaveDraft(by=MIA, terms=TERMS, number=None, form=Form()))
    assert again.number == 2
    with pytest.raises(NoSuchFact):
        await do(store, DropDraft(by=MIA, terms=TERMS, number=1))


async def test_nobody_reads_or_sends_the_form_of_another(store: Store) -> None:
    await do(store, SaveDraft(by=MIA, terms=TERMS, number=None, form=Form(words="mine")))
    with pytest.raises(NoSuchFact):
        await do(store, SaveDraft(by=BO, terms=TERMS, number=1, form=Form(words="his")))
    with pytest.raises(NoSuchFact):
        await do(store, DropDraft(by=BO, terms=TERMS, number=1))


async def test_a_form_about_a_fact_on_file_is_no_second_suggestion(store: Store) -> None:
    number = await suggested(store)
    await do(store, SaveDraft(by=MIA, terms=TERMS, number=number, form=Form(said="2026-05-01")))
    again = Suggest(
        by=MIA,
        terms=TERMS,
        number=number,
        slug="again",
        revision=a_suggested_revision(),
        source=a_pasted_source(),
        passage=PASSAGE,
    )
    with pytest.raises(NotNow):
        await do(store, again)
    fresh = await do(store, SaveDraft(by=MIA, terms=TERMS, number=None, form=Form(words="w")))
    assert fresh.number is not None
    for taken in ("muster-300-trees", "gazette-2026-05-02", "testwick"):
        with pytest.raises(ChangeRefused):
            await do(store, replace(again, number=fresh.number, slug=taken))
    await do(store, replace(again, number=fresh.number))


async def test_forms_that_nobody_comes_back_to_are_forgotten(store: Store, clock: StoppedClock) -> None:
    await do(store, SaveDraft(by=MIA, terms=TERMS, number=None, form=Form(words="old")))
    clock.time = NOON + timedelta(days=31)
    assert await store.forget(NOON + timedelta(days=1)) >= 1
    async with store.reading() as view:
        person = await view.person(MIA)
        assert person is not None
        assert await view.drafts(person.id) == ()

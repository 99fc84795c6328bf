"""A proposal whose content cannot be read (any more) stands in nobody's way: everything but agreeing to it goes on."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from bot.core.desk.refusals import Unread
from bot.core.model.change import Approve, Change, Decline, ForgetMe, Hide, Revise, Withdraw
from bot.core.model.desk import Origin
from bot.core.model.fact import Venue
from bot.core.model.review import Withdrawal, WithdrawalReason
from bot.system import OrderedIds
from tests.contracts.stores.desk import ADA, BO, CY, TERMS, do, published, the_fact
from tests.store.sqlite.conftest import Open


async def spoiled(path: Path, open_store: Open) -> int:
    """A published fact with a proposal by Cy whose language is none; its number."""
    async with open_store(ids=OrderedIds()) as store:
        number = await published(store)
        venue = replace((await the_fact(store, number)).revision, venue=Venue(text="radio", stated=True))
        await do(store, Revise(by=CY, terms=TERMS, number=number, revision=venue, reason="it says so"))
    database = sqlite3.connect(path)
    with database:
        database.execute("""UPDATE proposal SET revision = json_set(revision, '$.language', 'german')""")
    database.close()
    return number


@pytest.mark.parametrize(
    "change",
    [
        lambda number: Decline(by=BO, terms=TERMS, number=number, reason="no"),
        lambda number: Decline(by=CY, terms=TERMS, number=number, reason=""),
        lambda number: Hide(by=ADA, terms=TERMS, number=number, reason="doubts"),
        lambda number: Withdraw(
            by=ADA, terms=TERMS, number=number, withdrawal=Withdrawal(reason=WithdrawalReason.MISQUOTED)
        ),
        lambda number: ForgetMe(by=CY, terms=TERMS),
    ],
)
async def test_all_that_makes_an_answer_say_less_goes_on(
    path: Path, open_store: Open, change: Callable[[int], Change]
) -> None:
    number = await spoiled(path, open_store)

    async with open_store(ids=OrderedIds()) as store:
        await do(store, change(number))


async def test_nobody_can_agree_to_it_and_it_is_told_why(path: Path, open_store: Open) -> None:
    number = await spoiled(path, open_store)

    async with open_store(ids=OrderedIds()) as store:
        with pytest.raises(Unread):
            await do(store, Approve(by=BO, terms=TERMS, number=number))
        async with store.reading() as view:
            proposal = await view.proposal(number, Origin.DESK)
    assert proposal is not None
    assert "german" in proposal.unreadable
    assert proposal.revision is None

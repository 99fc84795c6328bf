"""Whoever wants to be forgotten is: not a byte of name or account is left in any file, and the record still holds."""

from __future__ import annotations

import hashlib
import shutil
import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.core.dates import parse
from bot.core.desk.own_data import as_data, forget, kept_about
from bot.core.model.change import (
    Approve,
    CloseReport,
    ForgetMe,
    Hide,
    NameMe,
    OfferLink,
    ReportWrong,
    Revise,
    SaveDraft,
    TakeLink,
)
from bot.core.model.desk import By, Form, Wrong
from bot.core.model.fact import Kind, Said
from bot.core.model.mail import MessageRef, Place, Post
from bot.store.sqlite import SqliteStore
from bot.store.sqlite.forgetting import ORDINARY
from bot.store.sqlite.verifying import broken, erased
from tests.builders import StoppedClock
from tests.contracts.stores.desk import (
    ADA,
    ADA_ON_MATRIX,
    BO,
    CY,
    TERMS,
    do,
    published,
    suggested,
    the_fact,
    verbs,
)
from tests.raw import traces
from tests.store.sqlite.conftest import Open

EVE = By(platform="discord", account="774411009922334455", editor=True)
EVE_ON_MATRIX = By(platform="matrix", account="@eve.q:example.org", editor=True)
NAME, EARLIER = "Єва Quillfeather", "Eve Oldenbarnevelt"
WHISPERS = Place(platform="discord", id="person")
CONVERSATION = "886655443322110099"  # the private channel with Eve
NAMING = (EVE.account, EVE_ON_MATRIX.account, "eve.q", NAME, EARLIER, "Quillfeather", CONVERSATION)


async def a_busy_life(store: SqliteStore, clock: StoppedClock) -> dict[str, int]:
    """Everything in which somebody can leave a trace; numbers of the facts."""
    await do(store, NameMe(by=EVE, terms=TERMS, name=EARLIER))
    code = hashlib.sha256(b"code").hexdigest()
    await do(store, OfferLink(by=EVE, terms=TERMS, code_sha256=code))
    await do(store, TakeLink(by=EVE_ON_MATRIX, terms=TERMS, code_sha256=code))
    await do(store, NameMe(by=EVE, terms=TERMS, name=NAME))
    own = await published(store, EVE, BO)
    clock.time += timedelta(minutes=5)
    other = await published(store, ADA, EVE, slug="other", text="planted at least 300 trees", kind=Kind.INDIRECT)
    third = await suggested(store, ADA_ON_MATRIX, slug="third", text="300 trees", kind=Kind.INDIRECT)
    await do(store, Approve(by=EVE_ON_MATRIX, terms=TERMS, number=third))
    fact = await the_fact(store, other)
    dated = replace(fact.revision, said=Said(on=parse("2026-05-01"), stated=True))
    await do(store, Revise(by=EVE, terms=TERMS, number=other, revision=dated, reason=f"{NAME} heard it herself"))
    asked = await do(store, SaveDraft(by=EVE, terms=TERMS, number=None, form=Form(note=f"by {NAME}"), place=WHISPERS))
    assert asked.number is not None
    waiting = await suggested(store, EVE_ON_MATRIX, slug="fourth", text="at least 300 trees", kind=Kind.INDIRECT)
    await do(
        store,
        ReportWrong(
            by=EVE, terms=TERMS, number=third, wrong=Wrong.DATE, text=f"I am {NAME}", place=WHISPERS, reply_to="1"
        ),
    )
    await do(store, CloseReport(by=BO, terms=TERMS, number=third, report=1, outcome=f"Thank you, {NAME}"))
    await do(store, ReportWrong(by=CY, terms=TERMS, number=own, wrong=Wrong.FAKE, text=f"Ask {EARLIER}"))
    await do(store, Hide(by=BO, terms=TERMS, number=third, reason=f"<@{EVE.account}> has asked for it"))
    await do(store, Hide(by=CY, terms=TERMS, number=own, reason="It was Friday"))
    for _ in range(3):
        await store.missed(f"who is {EARLIER.lower()}")
    await store.keep_line(f"name {NAME} " + "x" * 90)
    await _mail(store)
    return {"own": own, "other": other, "third": third, "waiting": waiting}


async def _mail(store: SqliteStore) -> None:
    """Told in private, with the receipt that Discord gave; and an answer on Matrix that named her."""
    room = Place(platform="matrix", id="!room:example.org")
    await store.handled(
        "matrix",
        posts=[Post(place=room, key="answer", payload=f'{{"body": "Published by {NAME}"}}')],
        notes={f"direct/{EVE_ON_MATRIX.account}": "!room:example.org", "cursor": "s1"},
    )
    for platform in ("discord", "matrix"):
        while jobs := await store.lease(platform, limit=100, ttl=60):
            for job in jobs:
                lane = job.lane.partition(":")[2]
                place = Place(platform=platform, id=CONVERSATION if lane.startswith("person:") else lane)
                await store.done(job, MessageRef(place=place, message=f"m{job.id}"))


async def test_not_a_byte_of_name_or_account_is_left(open_store: Open, path: Path, clock: StoppedClock) -> None:
    async with open_store() as store:
        numbers = await a_busy_life(store, clock)
        before = {trace.split(" in ")[0] for trace in traces(path.parent, NAMING)}
        assert before == set(NAMING), "what was never there cannot be seen to go"
        done = await forget(store, EVE_ON_MATRIX, TERMS, key="forget me")
        assert done is not None
        assert done.erased
        assert traces(path.parent, NAMING) == []
        await do(store, NameMe(by=ADA, terms=TERMS, name="Ada A."))  # life goes on
        assert traces(path.parent, NAMING) == []

        assert await store.check() == ()
        assert await verbs(store, numbers["own"]) == ["suggested", "published", "reported", "hidden"]
        assert (await verbs(store, numbers["waiting"]))[-1] == "taken-back"
        assert (await verbs(store, numbers["other"]))[-2:] == ["proposed", "taken-back"]
        async with store.reading() as reading:
            history = await reading.history(numbers["own"])
            assert await reading.person(EVE) is None
            assert (await reading.dossiers((numbers["third"],)))[0].fact.publication is not None
        assert history[-1].reason == "It was Friday"
        assert await store.note("matrix", "cursor") == "s1"
        assert await forget(store, EVE, TERMS, key="again") is None
    assert traces(path.parent, NAMING) == []
    with closing(sqlite3.connect(path)) as connection:
        assert broken(connection) is None
        assert erased(connection).names >= 1
        assert erased(connection).notes >= 3


async def test_asking_what_is_kept_keeps_nothing(store: SqliteStore, path: Path) -> None:
    assert await kept_about(store, EVE) is None
    assert await forget(store, EVE, TERMS, key="forget me") is None
    assert traces(path.parent, (EVE.account,)) == []


async def test_what_is_kept_can_be_taken_along(store: SqliteStore, clock: StoppedClock) -> None:
    numbers = await a_busy_life(store, clock)
    kept = await kept_about(store, EVE)
    assert kept is not None
    data = as_data(kept)
    assert data["name"] == NAME
    assert data["earlier_names"] == [EARLIER]
    assert data["accounts"] == {"discord": [EVE.account], "matrix": [EVE_ON_MATRIX.account]}
    assert [draft["typed"] for draft in data["forms_under_way"]] == [{"note": f"by {NAME}"}]
    assert [(report["fact"], report["text"]) for report in data["reports"]] == [(numbers["third"], f"I am {NAME}")]
    assert {"what": "published", "about": "other"}.items() <= next(
        line for line in data["done"] if line["about"] == "other" and line["what"] == "published"
    ).items()
    assert not [line for line in data["done"] if line["about"].startswith("proposal:")]
    assert data["follows_set_up"] == []


async def test_a_reader_may_hold_the_log_and_the_next_try_empties_it(
    store: SqliteStore, path: Path, clock: StoppedClock
) -> None:
    await a_busy_life(store, clock)
    async with store.reading() as reading:
        await reading.head()  # a view from before, held open
        done = await forget(store, EVE, TERMS, key="forget me")
        assert done is not None
        assert not done.erased
        assert traces(path.parent, NAMING) != []
    assert await store.scrub()
    assert traces(path.parent, NAMING) == []


async def test_a_bot_that_was_killed_in_between_erases_when_it_runs_again(
    open_store: Open, path: Path, clock: StoppedClock
) -> None:
    killed = path.parent.with_name("killed") / path.name
    async with open_store() as store:
        await a_busy_life(store, clock)
        await do(store, ForgetMe(by=EVE, terms=TERMS))
        shutil.copytree(path.parent, killed.parent)  # as a killed process leaves its files
    assert traces(killed.parent, NAMING) != []
    async with open_store(path=killed) as store:
        assert await store.scrub()
        assert traces(killed.parent, NAMING) == []


async def test_nothing_is_rewritten_where_nothing_was_erased(store: SqliteStore, path: Path) -> None:
    await suggested(store)
    assert await store.scrub()  # whatever SQLite would do is done
    before = path.with_name(f"{path.name}-wal").stat().st_size
    assert before > 0
    assert await store.scrub()
    assert path.with_name(f"{path.name}-wal").stat().st_size == before


@pytest.mark.parametrize(("reasons", "kept"), [(ORDINARY, 0), (ORDINARY + 1, ORDINARY + 1)])
async def test_nobody_erases_the_reasons_of_others_by_calling_themselves_a_common_word(
    store: SqliteStore, path: Path, reasons: int, kept: int
) -> None:
    number = await published(store)
    await do(store, NameMe(by=EVE, terms=TERMS, name="typo"))
    for turn in range(reasons):
        fact = await the_fact(store, number)
        change = replace(fact.revision, label=f"Label {turn}")
        await do(store, Revise(by=ADA, terms=TERMS, number=number, revision=change, reason="A typo, mended"))
    await do(
        store, Revise(by=ADA, terms=TERMS, number=number, revision=replace(change, label="T"), reason="Typography")
    )
    await do(store, ForgetMe(by=EVE, terms=TERMS))
    async with store.reading() as reading:
        found = [entry.reason for entry in await reading.history(number)]
    assert found.count("A typo, mended") == kept
    assert found[-1] == "Typography"

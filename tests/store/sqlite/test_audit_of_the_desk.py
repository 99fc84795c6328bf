"""Whoever alters what the desk keeps past the program is found out, in every table that decides anything."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.core.dates import parse
from bot.core.model.change import (
    Approve,
    CloseReport,
    DeclareNone,
    Decline,
    ForgetMe,
    HideAll,
    NameMe,
    OfferLink,
    ReportWrong,
    Revise,
    SaveDraft,
    TakeLink,
)
from bot.core.model.desk import Form, Wrong
from bot.core.model.fact import Kind, Said
from bot.core.model.review import Relation, RelationKind
from bot.store.sqlite.verifying import broken
from tests.builders import NOON, StoppedClock
from tests.contracts.stores.desk import (
    ADA,
    ADA_ON_MATRIX,
    BO,
    CY,
    DI_ON_MATRIX,
    MIA,
    TERMS,
    do,
    published,
    suggested,
    the_fact,
)
from tests.store.sqlite.conftest import Open

TRIGGERS = ("audit_kept_update", "audit_kept_delete", "proposal_kept_delete")
THE_FIRST, THE_SECOND = "WHERE id = 1", "WHERE id = 2"


@pytest.fixture
async def desk(open_store: Open, path: Path, clock: StoppedClock) -> Path:
    """A file in which something of every kind has been done, its guards removed."""
    async with open_store() as store:
        await do(store, NameMe(by=ADA, terms=TERMS, name="Ada A."))
        number = await published(store, ADA, BO)
        other = await published(store, CY, BO, slug="other", text="planted at least 300 trees", kind=Kind.INDIRECT)
        fact = await the_fact(store, number)
        dated = replace(fact.revision, said=Said(on=parse("2026-05-01"), stated=True))
        await do(store, Revise(by=ADA, terms=TERMS, number=number, revision=dated, reason="dated"))
        await do(store, Approve(by=BO, terms=TERMS, number=number))  # proposal 1
        moved = replace(dated, said=Said(on=parse("2026-04-30"), stated=True))
        await do(store, Revise(by=ADA, terms=TERMS, number=number, revision=moved, reason="a day before"))
        await do(store, Decline(by=BO, terms=TERMS, number=number, reason="No"))  # proposal 2
        await do(store, Revise(by=BO, terms=TERMS, number=number, revision=moved, reason="she did"))  # 3, open
        denying = replace(
            (await the_fact(store, other)).revision,
            relations=(Relation(kind=RelationKind.DENIES, fact="muster-300-trees"),),
        )
        await do(store, Revise(by=CY, terms=TERMS, number=other, revision=denying, reason="He denies it"))
        await do(store, Approve(by=BO, terms=TERMS, number=other))  # proposal 4
        for wrong in (Wrong.DATE, Wrong.WORDS):
            await do(store, ReportWrong(by=MIA, terms=TERMS, number=number, wrong=wrong, text="It was Friday"))
        await do(store, CloseReport(by=CY, terms=TERMS, number=number, report=1, outcome="It was not"))
        code = hashlib.sha256(b"code").hexdigest()
        await do(store, OfferLink(by=ADA, terms=TERMS, code_sha256=code))
        await do(store, TakeLink(by=ADA_ON_MATRIX, terms=TERMS, code_sha256=code))
        await do(store, DeclareNone(by=DI_ON_MATRIX, terms=TERMS, platform="discord"))
        clock.time = NOON + timedelta(hours=1)
        async with store.reading() as reading:
            cy = await reading.person(CY)
        assert cy is not None
        await do(store, HideAll(by=BO, terms=TERMS, person=cy.id, since=NOON, reason="forged"))
        eve = replace(MIA, account="555")
        await do(store, NameMe(by=eve, terms=TERMS, name="Eve E."))
        await suggested(store, eve, slug="eve", text="on Saturday", kind=Kind.INDIRECT)
        await do(store, ForgetMe(by=eve, terms=TERMS))
        await do(store, SaveDraft(by=MIA, terms=TERMS, number=None, form=Form(words="w")))
    with closing(sqlite3.connect(path)) as connection:
        for trigger in TRIGGERS:
            connection.execute(f"DROP TRIGGER {trigger}")
        connection.commit()
    return path


@pytest.fixture
def connection(desk: Path) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(desk, isolation_level=None)) as opened:
        yield opened


@pytest.mark.parametrize(
    ("statement", "hint"),
    [
        # whose an account is
        (
            "UPDATE account SET actor = (SELECT actor FROM account WHERE account = '222') WHERE account = '111'",
            "account",
        ),
        ("UPDATE account SET account = '777' WHERE account = '111'", "account"),
        ("UPDATE account SET platform = 'console' WHERE account = '111'", "account"),
        ("UPDATE account SET seq = NULL WHERE account = '111'", "account"),
        ("DELETE FROM account WHERE account = '111'", "missing"),
        (
            "INSERT INTO account SELECT 'console', 'mallory', actor, salt, seq FROM account WHERE account = '222'",
            "account",
        ),
        # who is whom, and who said to have no account elsewhere
        ("UPDATE actor SET joined = NULL WHERE joined IS NOT NULL", "one person"),
        ("UPDATE actor SET joined = (SELECT actor FROM account WHERE account = '333') WHERE joined IS NOT NULL", "one"),
        (
            "UPDATE actor SET joined = (SELECT actor FROM account WHERE account = '222') "
            "WHERE id = (SELECT actor FROM account WHERE account = '333')",
            "one person",
        ),
        ("UPDATE actor SET nowhere = '[]' WHERE nowhere <> '[]'", "no account on discord"),
        ("UPDATE actor SET nowhere = '[\"matrix\"]' WHERE name = 'Ada A.'", "no account on matrix"),
        ("UPDATE actor SET nowhere = 'matrix' WHERE name = 'Ada A.'", "cannot be read"),
        ("UPDATE proposal SET revision = '{}}' WHERE id = 1", "proposal 1"),
        # names
        ("UPDATE actor SET name = 'Mallory' WHERE name = 'Ada A.'", "the name of whoever"),
        ("UPDATE actor SET name = '', salt = NULL WHERE name = 'Ada A.'", "nobody was forgotten"),
        (
            "UPDATE actor SET name = 'Eve E.', salt = 'x' WHERE id = (SELECT substr(object, 8) FROM audit "
            "WHERE verb = 'forgotten')",
            "is not the one that was written",
        ),
        (
            "INSERT INTO offer SELECT hex(randomblob(32)), substr(object, 8), at FROM audit WHERE verb = 'forgotten'",
            "was forgotten",
        ),
        # what waits for a second person, and what became of it
        (f"UPDATE proposal SET revision = replace(revision, '2026-05-01', '2025-05-01') {THE_FIRST}", "proposal 1"),
        ("UPDATE proposal SET revision = replace(revision, '2026-04-30', '2025-04-30') WHERE id = 3", "proposal 3"),
        ("UPDATE proposal SET actor = NULL WHERE id = 3", "proposal 3"),
        ("UPDATE proposal SET base = base - 1 WHERE id = 3", "proposal 3"),
        (f"UPDATE proposal SET settled = 'accepted' {THE_SECOND}", "proposal 2"),
        (f"UPDATE proposal SET settled_at = '2020' {THE_SECOND}", "proposal 2"),
        ("UPDATE proposal SET settled = 'declined', settled_at = at WHERE id = 3", "proposal 3"),
        ("DELETE FROM proposal WHERE id = 3", "proposal 3 is missing"),
        (
            "INSERT INTO proposal SELECT 9, fact, 'files', base, revision, source, workflow, verb, actor, at, reason, "
            "settled, settled_at FROM proposal WHERE id = 3",
            "proposal 9",
        ),
        # reports of readers
        ("DELETE FROM report WHERE number = 2", "reports of readers"),
        ("UPDATE report SET actor = (SELECT actor FROM account WHERE account = '222')", "reports of readers"),
        ("UPDATE report SET outcome = 'nothing' WHERE number = 2", "closed"),
        ("UPDATE report SET outcome = NULL WHERE number = 1", "closed"),
        # hidden in one go
        ("UPDATE batch SET hidden_by = (SELECT actor FROM account WHERE account = '111')", "in one go"),
        ("UPDATE batch SET actor = hidden_by", "in one go"),
        ("INSERT INTO batch_fact SELECT number, 1 FROM batch", "not hidden with batch 1"),
        # what was compared, and what is said of other facts
        ("UPDATE passage SET text = replace(text, '300', '3000')", "a text of gazette-2026-05-02"),
        ("DELETE FROM passage", "a text of gazette-2026-05-02 is missing"),
        ("DELETE FROM fact_relation", "of other facts"),
        ("UPDATE fact_relation SET kind = 'restates'", "of other facts"),
        # and the lines themselves
        ("UPDATE audit SET actor = NULL, named = NULL WHERE verb = 'published'", "audit row"),
        ("DELETE FROM audit WHERE verb = 'report-closed'", "audit row"),
    ],
)
def test_tampering_is_found(connection: sqlite3.Connection, statement: str, hint: str) -> None:
    assert broken(connection) is None
    assert connection.execute(statement).rowcount > 0
    assert hint in (broken(connection) or "")


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE draft SET form = '{}'",
        "DELETE FROM draft",
        "UPDATE report SET text = ''",
        "UPDATE proposal SET reason = ''",
        "DELETE FROM audit_note",
    ],
)
def test_what_may_be_erased_at_any_time_breaks_nothing(connection: sqlite3.Connection, statement: str) -> None:
    assert connection.execute(statement).rowcount > 0
    assert broken(connection) is None


def test_no_line_names_an_account(connection: sqlite3.Connection) -> None:
    hashed = " ".join(str(row) for row in connection.execute("SELECT * FROM audit"))
    for account in ("'111'", ADA_ON_MATRIX.account, "Ada A.", "Eve E."):
        assert account not in hashed

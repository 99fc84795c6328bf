"""How the desk's part of a decision is written: people, forms, proposals, reports, and what is to be posted."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from bot.core.decision import Closing, Decision, Deed
from bot.core.model.desk import Batch, Draft, Listener, Proposal, Report
from bot.core.payloads import post_of
from bot.core.ports import Ids
from bot.store.sqlite import forgetting, mail, news, people
from bot.store.sqlite.audit import PERSON, PROPOSAL, Chain, Line
from bot.store.sqlite.desk_rows import PROPOSAL_COLUMNS, columns_of, form_data, proposal_digest, proposal_row
from bot.store.sqlite.rows import in_list, written

KEPT_FROM = 3  # times that a question is asked before its words are kept
NOTHING = hashlib.sha256(b"").hexdigest()  # the content of a line that is about a person


def line_of(deed: Deed) -> Line:
    """The audit line of a deed."""
    return Line(verb=deed.verb, object=f"{PERSON}{deed.person}", revision=1, content=NOTHING)


def people_first(connection: sqlite3.Connection, decision: Decision, now: datetime) -> None:
    """What changes who somebody is, before that person stands in the audit."""
    for person in decision.people:
        people.rename(connection, person)
    for code, person_id in decision.offers:
        people.offer(connection, code, person_id, now)


def write(connection: sqlite3.Connection, decision: Decision, now: datetime, ids: Ids, chain: Chain) -> None:
    """Everything else, once the facts and their audit lines stand."""
    for draft in decision.drafts:
        _keep_draft(connection, draft)
    for number, person in decision.dropped:
        connection.execute(
            "DELETE FROM draft WHERE number = ? AND actor IN (SELECT value FROM json_each(?))",
            (number, in_list(people.aliases(connection, person))),
        )
    for closing in decision.closed:
        _settle(connection, closing, now, chain)
    for proposal in decision.opened:
        _open(connection, proposal, chain)
    for report in decision.reports:
        _keep_report(connection, report)
    for listener in decision.listeners:
        _keep_listener(connection, listener)
    for batch in decision.batches:
        _keep_batch(connection, batch)
    for number in decision.unfollowed:
        news.drop(connection, number)
    for follow in decision.follows:
        news.keep(connection, follow)
    mail.post(connection, [(ids.new(), post_of(notice)) for notice in decision.notices], now)
    connection.executemany("DELETE FROM listener WHERE fact = ?", [(number,) for number in decision.told])
    for person, into in decision.joined:
        people.join(connection, person, into)
    for person in decision.forgotten:
        forgetting.forget(connection, person)


def missed(connection: sqlite3.Connection, query: str, day: str, *, wanted: bool) -> None:
    """Count a question; its words are kept from the third time on, or at once where somebody wants them passed on.

    Whoever passes a question on has asked it before, so that it is not one more.
    """
    digest = hashlib.sha256(query.encode("utf-8", "surrogatepass")).hexdigest()
    connection.execute(
        """
        INSERT INTO unanswered (digest, query, times, day) VALUES (?1, CASE WHEN ?5 THEN ?2 END, 1, ?3)
        ON CONFLICT (digest) DO UPDATE SET times = times + 1 - ?5, day = excluded.day,
            query = CASE WHEN ?5 OR times + 1 >= ?4 THEN ?2 ELSE query END
        """,
        (digest, query, day, KEPT_FROM, int(wanted)),
    )


def forget_old(connection: sqlite3.Connection, before: datetime) -> int:
    """Drop forms and questions that nobody has come back to."""
    day = before.date().isoformat()
    return sum(
        connection.execute(statement, (value,)).rowcount
        for statement, value in (
            ("DELETE FROM draft WHERE at < ?", written(before)),
            ("DELETE FROM unanswered WHERE day < ?", day),
            ("DELETE FROM offer WHERE at < ?", written(before + timedelta(days=1))),
        )
    )


def _open(connection: sqlite3.Connection, proposal: Proposal, chain: Chain) -> None:
    row = proposal_row(proposal)
    cursor = connection.execute(
        """
        INSERT INTO proposal (fact, origin, base, revision, source, workflow, verb, actor, at, reason)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """,
        row,
    )
    chain.add(_about_proposal(cursor.lastrowid, "proposed", row[:-1]))


def _settle(connection: sqlite3.Connection, closing: Closing, now: datetime, chain: Chain) -> None:
    rows = connection.execute(
        f"SELECT id, {PROPOSAL_COLUMNS} FROM proposal WHERE fact = ? AND origin = ? AND settled IS NULL",  # noqa: S608 -- names of ours
        (closing.fact, closing.origin.value),
    ).fetchall()
    for number, *row in rows:
        connection.execute(
            "UPDATE proposal SET settled = ?, settled_at = ? WHERE id = ?",
            (closing.settled.value, written(now), number),
        )
        chain.add(_about_proposal(number, closing.settled.value, row))


def _about_proposal(number: int | None, verb: str, row: Sequence[Any]) -> Line:
    return Line(verb=verb, object=f"{PROPOSAL}{number}", revision=1, content=proposal_digest(row))


def _keep_draft(connection: sqlite3.Connection, draft: Draft) -> None:
    connection.execute("UPDATE state SET reserved = max(reserved, ?)", (draft.number,))
    connection.execute(
        """
        INSERT INTO draft (number, actor, form, platform, place, guild, reply_to, at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT (number, actor) DO UPDATE SET form = excluded.form, platform = excluded.platform,
            place = excluded.place, guild = excluded.guild, reply_to = excluded.reply_to, at = excluded.at
        """,
        (
            draft.number,
            draft.person,
            form_data(draft.form),
            *columns_of(draft.place),
            draft.reply_to,
            written(draft.at),
        ),
    )


def _keep_report(connection: sqlite3.Connection, report: Report) -> None:
    connection.execute(
        """
        INSERT INTO report (fact, number, revision, wrong, text, actor, at, outcome, platform, place, guild, reply_to)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT (fact, number) DO UPDATE SET outcome = excluded.outcome
        """,
        (
            report.fact,
            report.number,
            report.revision,
            report.wrong.value,
            report.text,
            report.person,
            written(report.at),
            report.outcome,
            *columns_of(report.place),
            report.reply_to,
        ),
    )


def _keep_listener(connection: sqlite3.Connection, listener: Listener) -> None:
    connection.execute(
        """
        INSERT INTO listener (fact, actor, platform, place, guild, reply_to) VALUES (?, ?, ?, ?, ?, ?)
        ON CONFLICT (fact, actor) DO NOTHING
        """,
        (listener.fact, listener.person, *columns_of(listener.place), listener.reply_to),
    )


def _keep_batch(connection: sqlite3.Connection, batch: Batch) -> None:
    connection.execute(
        "INSERT INTO batch (number, actor, since, hidden_by, at) VALUES (?, ?, ?, ?, ?)",
        (batch.number, batch.person, written(batch.since), batch.by, written(batch.at)),
    )
    connection.executemany(
        "INSERT INTO batch_fact (batch, fact) VALUES (?, ?)", [(batch.number, fact) for fact in batch.facts]
    )

"""Between the desk's rows and its model: plain functions over a connection, for decisions and for readings alike."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Sequence
from dataclasses import asdict, fields, replace
from datetime import datetime
from typing import Any

from bot.core.model.desk import Batch, Doing, Draft, Form, Listener, Origin, Proposal, Report, Wrong
from bot.core.model.mail import Place
from bot.core.model.review import Workflow
from bot.core.records import read_revision, read_source, to_data
from bot.store.sqlite.errors import UnreadableRow
from bot.store.sqlite.rows import packed, written

DRAFT_OF = """
    SELECT number, actor, form, platform, place, guild, reply_to, at FROM draft
    WHERE number = ? AND actor IN (SELECT value FROM json_each(?)) LIMIT 1
"""
DRAFTS_OF = """
    SELECT number, actor, form, platform, place, guild, reply_to, at FROM draft
    WHERE actor IN (SELECT value FROM json_each(?)) ORDER BY number
"""
PROPOSAL_COLUMNS = "fact, origin, base, revision, source, workflow, verb, actor, at"  # those that never change
PROPOSAL = f"SELECT {PROPOSAL_COLUMNS}, reason FROM proposal WHERE settled IS NULL"  # noqa: S608 -- names of ours
REPORTS_ON = """
    SELECT fact, number, revision, wrong, text, actor, at, outcome, platform, place, guild, reply_to FROM report
    WHERE fact = ? ORDER BY number
"""
REPORTS_OF = """
    SELECT fact, number, revision, wrong, text, actor, at, outcome, platform, place, guild, reply_to FROM report
    WHERE actor IN (SELECT value FROM json_each(?)) ORDER BY at
"""
LISTENERS_OF = "SELECT fact, actor, platform, place, guild, reply_to FROM listener WHERE fact = ? ORDER BY actor"
LISTENING = """
    SELECT fact, actor, platform, place, guild, reply_to FROM listener
    WHERE actor IN (SELECT value FROM json_each(?)) ORDER BY fact
"""
DOINGS = """
    SELECT audit.verb, audit.revision, audit.actor, audit.at
    FROM fact JOIN audit ON audit.object = fact.slug WHERE fact.number = ? ORDER BY audit.seq
"""

_FORM = tuple(field.name for field in fields(Form))


def place_of(platform: str | None, place: str | None, guild: str | None) -> Place | None:
    """A place from its columns."""
    return Place(platform=platform, id=place, guild=guild) if platform is not None and place is not None else None


def columns_of(place: Place | None) -> tuple[str | None, str | None, str | None]:
    """The columns of a place."""
    return (place.platform, place.id, place.guild) if place is not None else (None, None, None)


def form_data(form: Form) -> str:
    """A form as it is stored: what was typed, as it was typed."""
    return packed({name: value for name, value in asdict(form).items() if value})


def read_draft(row: Sequence[Any]) -> Draft:
    """A row of DRAFT_OF. Fields that this version does not know are left out."""
    number, actor, form, platform, place, guild, reply_to, at = row
    known = {name: str(value) for name, value in json.loads(form).items() if name in _FORM}
    return Draft(
        number=number,
        person=actor,
        form=Form(**known),
        place=place_of(platform, place, guild),
        reply_to=reply_to,
        at=datetime.fromisoformat(at),
    )


def proposal_row(proposal: Proposal) -> tuple[Any, ...]:
    """The columns of PROPOSAL."""
    return (
        proposal.fact,
        proposal.origin.value,
        proposal.base,
        packed(to_data(proposal.revision)) if proposal.revision is not None else None,
        packed(to_data(proposal.source)) if proposal.source is not None else None,
        proposal.workflow.value,
        proposal.verb,
        proposal.person or None,
        written(proposal.at),
        proposal.reason,
    )


def proposal_digest(row: Sequence[Any]) -> str:
    """What the audit has of a proposal: SHA-256 over PROPOSAL_COLUMNS; its reason may be erased."""
    return hashlib.sha256(packed(list(row)).encode("ascii")).hexdigest()


def read_proposal(row: Sequence[Any]) -> Proposal:
    """A row of PROPOSAL. Where its content cannot be read, the rest is enough to turn it down."""
    fact, origin, base, revision, source, workflow, verb, actor, at, reason = row
    try:
        proposal = Proposal(
            fact=fact,
            origin=Origin(origin),
            base=base,
            revision=None,
            source=None,
            workflow=Workflow(workflow),
            verb=verb,
            person=actor or "",
            at=datetime.fromisoformat(at),
            reason=reason,
        )
    except ValueError as error:
        raise UnreadableRow("proposal", f"#{fact}", str(error)) from error
    try:
        return replace(
            proposal,
            revision=read_revision(json.loads(revision), f"#{fact}") if revision is not None else None,
            source=read_source(json.loads(source), f"#{fact}") if source is not None else None,
        )
    except ValueError as error:  # RecordError is one
        return replace(proposal, unreadable=str(error))


def read_report(row: Sequence[Any]) -> Report:
    """A row of REPORTS_ON."""
    fact, number, revision, wrong, text, actor, at, outcome, platform, place, guild, reply_to = row
    try:
        return Report(
            fact=fact,
            number=number,
            revision=revision,
            wrong=Wrong(wrong),
            text=text,
            person=actor,
            at=datetime.fromisoformat(at),
            outcome=outcome,
            place=place_of(platform, place, guild),
            reply_to=reply_to,
        )
    except ValueError as error:
        raise UnreadableRow("report", f"#{fact}", str(error)) from error


def read_doing(row: Sequence[Any]) -> Doing:
    """A row of DOINGS."""
    verb, revision, actor, at = row
    return Doing(verb=verb, revision=revision, person=actor, at=datetime.fromisoformat(at))


def listeners(connection: sqlite3.Connection, number: int) -> tuple[Listener, ...]:
    """Who is to be told what becomes of a fact."""
    rows = connection.execute(LISTENERS_OF, (number,)).fetchall()
    return tuple(map(_listener, rows))


def listening(connection: sqlite3.Connection, actors: Sequence[str]) -> tuple[Listener, ...]:
    """Everything that these actors are to be told."""
    rows = connection.execute(LISTENING, (packed(list(actors)),)).fetchall()
    return tuple(map(_listener, rows))


def _listener(row: Sequence[Any]) -> Listener:
    fact, actor, platform, place, guild, reply_to = row
    return Listener(fact=fact, person=actor, place=Place(platform=platform, id=place, guild=guild), reply_to=reply_to)


def draft(connection: sqlite3.Connection, number: int, actors: Sequence[str]) -> Draft | None:
    """The form of this number that one of these actors is filling in."""
    row = connection.execute(DRAFT_OF, (number, packed(list(actors)))).fetchone()
    return read_draft(row) if row else None


def drafts(connection: sqlite3.Connection, actors: Sequence[str]) -> tuple[Draft, ...]:
    """All forms of these actors."""
    rows = connection.execute(DRAFTS_OF, (packed(list(actors)),))
    return tuple(map(read_draft, rows.fetchall()))


def proposal(connection: sqlite3.Connection, number: int, origin: Origin) -> Proposal | None:
    """What waits on a fact."""
    row = connection.execute(PROPOSAL + " AND fact = ? AND origin = ?", (number, origin.value)).fetchone()
    return read_proposal(row) if row else None


def reports(connection: sqlite3.Connection, number: int) -> tuple[Report, ...]:
    """All reports on a fact."""
    return tuple(map(read_report, connection.execute(REPORTS_ON, (number,)).fetchall()))


def doings(connection: sqlite3.Connection, number: int) -> tuple[Doing, ...]:
    """Every line of the audit about a fact."""
    return tuple(map(read_doing, connection.execute(DOINGS, (number,)).fetchall()))


def passages(connection: sqlite3.Connection, source: str) -> tuple[str, ...]:
    """The private pieces of a source."""
    rows = connection.execute("SELECT text FROM passage WHERE source = ? ORDER BY id", (source,))
    return tuple(text for (text,) in rows)


def batch(connection: sqlite3.Connection, number: int) -> Batch | None:
    """What was hidden in one go."""
    row = connection.execute("SELECT actor, since, hidden_by, at FROM batch WHERE number = ?", (number,)).fetchone()
    if row is None:
        return None
    facts = connection.execute("SELECT fact FROM batch_fact WHERE batch = ? ORDER BY fact", (number,)).fetchall()
    person, since, by, at = row
    return Batch(
        number=number,
        person=person,
        since=datetime.fromisoformat(since),
        by=by,
        at=datetime.fromisoformat(at),
        facts=tuple(fact for (fact,) in facts),
    )

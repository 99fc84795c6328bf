"""People: who has which account, under which name somebody is disclosed, and being forgotten."""

from __future__ import annotations

import json
import secrets
import sqlite3
from collections.abc import Iterable
from datetime import datetime

from bot.core.model.desk import By, Person
from bot.store.sqlite.audit import ACCOUNT, NAMELESS, PERSON, Actor, Chain, Line, salted
from bot.store.sqlite.rows import packed, storable, written

# Follows `joined` to the person whom an actor turned out to be.
ROOT = """
    WITH RECURSIVE above (id, joined) AS (
        SELECT id, joined FROM actor WHERE id = ?
        UNION ALL SELECT actor.id, actor.joined FROM actor JOIN above ON actor.id = above.joined
    )
    SELECT id FROM above WHERE joined IS NULL
"""
# All actors that turned out to be one person, the person among them.
SAME = """
    WITH RECURSIVE same (id) AS (SELECT ?1 UNION SELECT actor.id FROM actor JOIN same ON actor.joined = same.id)
    SELECT id FROM same
"""


def find(connection: sqlite3.Connection, by: By) -> Person | None:
    """Whoever has this account."""
    if not storable(by.account):
        return None
    row = connection.execute(
        "SELECT actor FROM account WHERE platform = ? AND account = ?", (by.platform, by.account)
    ).fetchone()
    return somebody(connection, row[0]) if row else None


def find_or_make(connection: sqlite3.Connection, by: By) -> Person:
    """Whoever has this account; somebody new where nobody has."""
    found = find(connection, by)
    if found is not None:
        return found
    actor = secrets.token_hex(16)
    connection.execute("INSERT INTO actor (id, name, salt) VALUES (?, '', NULL)", (actor,))
    connection.execute(
        "INSERT INTO account (platform, account, actor, salt) VALUES (?, ?, ?, ?)",
        (by.platform, by.account, actor, secrets.token_hex(16)),
    )
    return Person(id=actor, accounts={by.platform: frozenset({by.account})})


def account_digest(salt: str, platform: str, account: str) -> str:
    """What the audit has of an account; without the salt, which is erased with it, nobody can tell whose it was."""
    return salted(salt, packed([platform, account]))


def witness(connection: sqlite3.Connection, now: datetime) -> None:
    """Put on record whose the new accounts are."""
    rows = connection.execute("SELECT platform, account, actor, salt FROM account WHERE seq IS NULL").fetchall()
    chain = Chain(connection, at=now, actor=None) if rows else None
    for platform, account, actor, salt in rows:
        if chain is not None:
            digest = account_digest(salt, platform, account)
            seq = chain.add(Line(verb=ACCOUNT, object=f"{PERSON}{actor}", revision=1, content=digest))
            connection.execute(
                "UPDATE account SET seq = ? WHERE platform = ? AND account = ?", (seq, platform, account)
            )


def root(connection: sqlite3.Connection, actor: str) -> str:
    """The id of the person behind an actor."""
    row = connection.execute(ROOT, (actor,)).fetchone()
    return str(row[0]) if row else actor


def aliases(connection: sqlite3.Connection, person: str) -> tuple[str, ...]:
    """The ids of all actors that are this person."""
    return tuple(actor for (actor,) in connection.execute(SAME, (person,)))


def somebody(connection: sqlite3.Connection, actor: str) -> Person:
    """The person of this id, or whom that one has joined."""
    person = root(connection, actor)
    row = connection.execute("SELECT name, nowhere FROM actor WHERE id = ?", (person,)).fetchone()
    accounts: dict[str, set[str]] = {}
    for platform, account in connection.execute(
        "SELECT platform, account FROM account WHERE actor IN (SELECT value FROM json_each(?))",
        (packed(aliases(connection, person)),),
    ):
        accounts.setdefault(platform, set()).add(account)
    return Person(
        id=person,
        name=row[0] if row else "",
        accounts={platform: frozenset(ids) for platform, ids in accounts.items()},
        nowhere_else=frozenset(json.loads(row[1])) if row else frozenset(),
    )


def beginning_with(connection: sqlite3.Connection, start: str) -> str | None:
    """The one actor whose id begins so; None where there is none, or more than one."""
    if not start.isalnum() or not start.isascii():
        return None
    rows = connection.execute("SELECT id FROM actor WHERE id GLOB ? LIMIT 2", (f"{start.lower()}*",)).fetchall()
    return rows[0][0] if len(rows) == 1 else None


def named(connection: sqlite3.Connection, name: str) -> str | None:
    """The one actor of this name, in any case; None where there is none, or more than one."""
    wanted = name.casefold()
    rows = connection.execute("SELECT id, name FROM actor WHERE name <> ''").fetchall()
    found = {root(connection, actor) for actor, known in rows if known.casefold() == wanted}
    return found.pop() if len(found) == 1 else None


def signed(connection: sqlite3.Connection, person: str) -> Actor:
    """How this person stands in rows of the audit that are written now."""
    name, salt = connection.execute("SELECT name, salt FROM actor WHERE id = ?", (person,)).fetchone()
    return Actor(id=person, named=salted(salt, name) if salt is not None else NAMELESS)


def rename(connection: sqlite3.Connection, person: Person) -> None:
    """Write name and declarations; the name before is kept beside the audit rows that were made under it."""
    name, salt = connection.execute("SELECT name, salt FROM actor WHERE id = ?", (person.id,)).fetchone()
    if name != person.name:
        if salt is not None:
            connection.execute("INSERT INTO former_name (actor, name, salt) VALUES (?, ?, ?)", (person.id, name, salt))
        fresh = secrets.token_hex(16) if person.name else None
        connection.execute("UPDATE actor SET name = ?, salt = ? WHERE id = ?", (person.name, fresh, person.id))
    connection.execute("UPDATE actor SET nowhere = ? WHERE id = ?", (packed(sorted(person.nowhere_else)), person.id))


def offer(connection: sqlite3.Connection, code: str, person: str, now: datetime) -> None:
    """Leave a code; an earlier one of the same person no longer counts."""
    connection.execute("DELETE FROM offer WHERE actor = ?", (person,))
    connection.execute("INSERT INTO offer (code, actor, at) VALUES (?, ?, ?)", (code, person, written(now)))


def offered(connection: sqlite3.Connection, code: str, since: datetime) -> str | None:
    """Who left this code since then."""
    row = connection.execute("SELECT actor FROM offer WHERE code = ? AND at >= ?", (code, written(since))).fetchone()
    return row[0] if row else None


def join(connection: sqlite3.Connection, person: str, into: str) -> None:
    """Two turn out to be one; the code that said so is used up. Forms and listeners move over."""
    connection.execute("DELETE FROM offer WHERE actor IN (?, ?)", (person, into))
    connection.execute("UPDATE OR IGNORE draft SET actor = ? WHERE actor = ?", (into, person))
    connection.execute("UPDATE OR IGNORE listener SET actor = ? WHERE actor = ?", (into, person))
    connection.execute("UPDATE actor SET joined = ? WHERE id = ?", (into, person))


def names_of(connection: sqlite3.Connection, people: Iterable[str]) -> tuple[str, ...]:
    """Former names, for those who ask what is kept about them."""
    rows = connection.execute(
        "SELECT name FROM former_name WHERE actor IN (SELECT value FROM json_each(?)) ORDER BY name",
        (packed(list(people)),),
    )
    return tuple(dict.fromkeys(name for (name,) in rows))

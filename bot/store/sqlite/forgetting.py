"""Being forgotten: whatever tells who somebody was goes, and what the person typed without it becoming a fact."""

from __future__ import annotations

import json
import sqlite3

from bot.core.desk.naming import naming
from bot.core.desk.notices import THEMSELVES
from bot.store.sqlite.people import aliases
from bot.store.sqlite.rows import in_list

ORDINARY = 50  # a name that stands in more reasons of others is a word that many use, not this person's alone

ACCOUNTS = "SELECT account FROM account WHERE actor IN (SELECT value FROM json_each(?))"
NAMES = """
    SELECT name FROM former_name WHERE actor IN (SELECT value FROM json_each(?1))
    UNION SELECT name FROM actor WHERE id IN (SELECT value FROM json_each(?1)) AND name <> ''
"""
REASONS = """
    SELECT audit_note.text, audit_note.seq, coalesce(actor IN (SELECT value FROM json_each(?)), 0)
    FROM audit_note JOIN audit USING (seq)
"""
ERASING = (
    "DELETE FROM account WHERE actor IN (SELECT value FROM json_each(?))",
    "DELETE FROM former_name WHERE actor IN (SELECT value FROM json_each(?))",
    "DELETE FROM offer WHERE actor IN (SELECT value FROM json_each(?))",
    "DELETE FROM draft WHERE actor IN (SELECT value FROM json_each(?))",
    "DELETE FROM listener WHERE actor IN (SELECT value FROM json_each(?))",
    "UPDATE actor SET name = '', salt = NULL WHERE id IN (SELECT value FROM json_each(?))",
    """
    UPDATE report SET text = '', platform = NULL, place = NULL, guild = NULL, reply_to = NULL
    WHERE actor IN (SELECT value FROM json_each(?))
    """,
)
# What somebody may be named in besides: each text with its key, and what becomes of it.
BESIDES = (
    ("SELECT reason, id FROM proposal WHERE reason <> ''", "UPDATE proposal SET reason = '' WHERE id = ?"),
    (
        "SELECT text, fact, number FROM report WHERE text <> ''",
        "UPDATE report SET text = '' WHERE fact = ? AND number = ?",
    ),
    (
        "SELECT outcome, fact, number FROM report WHERE outcome <> ''",
        "UPDATE report SET outcome = '' WHERE fact = ? AND number = ?",
    ),
    ("SELECT query, digest FROM unanswered WHERE query IS NOT NULL", "DELETE FROM unanswered WHERE digest = ?"),
    ("SELECT line, key FROM kept_line", "DELETE FROM kept_line WHERE key = ?"),
    ("SELECT payload, id FROM outbox WHERE finished_at IS NOT NULL", "DELETE FROM outbox WHERE id = ?"),
    ("SELECT name, platform, name FROM note", "DELETE FROM note WHERE platform = ? AND name = ?"),
)


def forget(connection: sqlite3.Connection, person: str) -> None:
    """Erase; `scrubbing` sees to the files. Reasons that were given stay where none of these names stands in them."""
    actors = aliases(connection, person)
    same = in_list(actors)
    accounts = [account for (account,) in connection.execute(ACCOUNTS, (same,))]
    names = [name for (name,) in connection.execute(NAMES, (same,))]
    _reasons(connection, same, accounts, names)
    named = naming((*accounts, *names))
    for select, erase in BESIDES:
        rows = connection.execute(select).fetchall()
        connection.executemany(erase, [key for text, *key in rows if named(_plain(text))])
    for statement in ERASING:
        connection.execute(statement, (same,))
    connection.executemany(
        "DELETE FROM outbox WHERE place = ?", [(f"{THEMSELVES}:{actor}",) for actor in actors]
    )  # the receipts name the private conversation
    connection.execute("UPDATE state SET unscrubbed = 1")


def _reasons(connection: sqlite3.Connection, same: str, accounts: list[str], names: list[str]) -> None:
    rows = connection.execute(REASONS, (same,)).fetchall()
    has_account, has_name = naming(accounts), naming(names)
    gone = {seq for text, seq, own in rows if has_account(text) or (own and has_name(text))}
    of_others = {seq for text, seq, own in rows if not own and has_name(text)}
    if len(of_others) <= ORDINARY:
        gone |= of_others
    connection.executemany("DELETE FROM audit_note WHERE seq = ?", [(seq,) for seq in sorted(gone)])


def _plain(text: str | bytes) -> str:
    """As somebody reads it; JSON escapes whatever is not ASCII."""
    plain = text.decode("utf-8", "surrogatepass") if isinstance(text, bytes) else text
    if plain.startswith("{"):
        try:
            return json.dumps(json.loads(plain), ensure_ascii=False)
        except ValueError:
            return plain
    return plain

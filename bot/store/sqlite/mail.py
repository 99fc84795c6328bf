"""Inbox, outbox, kept lines and notes: plain functions over a connection."""

from __future__ import annotations

import secrets
import sqlite3
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from bot.core.model.mail import Job, MessageRef, Place, Post, Sent
from bot.core.news import held_from
from bot.store.sqlite import news
from bot.store.sqlite.rows import in_list, storable, written

READY = """
    SELECT id, place, payload, attempts, unsure_since FROM outbox
    WHERE id IN (
        SELECT id FROM (
            SELECT id, min(rank || id), sum(coalesce(leased_until, '') > ?2) AS busy FROM outbox
            WHERE platform = ?1 AND finished_at IS NULL AND coalesce(not_before, '') <= ?2 GROUP BY place)
        WHERE NOT busy)
      AND due_at <= ?2
    ORDER BY rank, id LIMIT ?3
"""


def claim(connection: sqlite3.Connection, platform: str, event: str, now: datetime) -> bool:
    """Enter an event; False when it was there."""
    cursor = connection.execute(
        "INSERT INTO inbox (platform, event, at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
        (platform, event, written(now)),
    )
    return cursor.rowcount == 1


def post(connection: sqlite3.Connection, posts: Sequence[tuple[str, Post]], now: datetime) -> None:
    """Put posts, each behind its new id, at the ends of their lanes; a key that is known stays as it is."""
    connection.executemany(
        """
        INSERT INTO outbox (id, platform, place, key, payload, due_at, rank, not_before) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT (platform, key) DO NOTHING
        """,
        [
            (
                new,
                each.place.platform,
                each.place.id,
                each.key,
                each.payload,
                written(now),
                each.rank,
                written(each.not_before) if each.not_before else None,
            )
            for new, each in posts
        ],
    )


def lease(connection: sqlite3.Connection, platform: str, limit: int, ttl: float, now: datetime) -> tuple[Job, ...]:
    """Lease the heads of lanes that are due."""
    until = written(now + timedelta(seconds=ttl))
    jobs = []
    rows = connection.execute(READY, (platform, written(now), limit)).fetchall()
    for post_id, place, payload, attempts, unsure_since in rows:
        job = Job(
            id=post_id,
            lane=f"{platform}:{place}",
            payload=payload,
            attempts=attempts + 1,
            token=secrets.token_hex(16),
            unsure_since=datetime.fromisoformat(unsure_since) if unsure_since else None,
        )
        connection.execute(
            """
            UPDATE outbox SET attempts = ?, token = ?, leased_until = ?, unsure_since = coalesce(unsure_since, ?)
            WHERE id = ?
            """,
            (job.attempts, job.token, until, written(now), job.id),
        )
        jobs.append(job)
    return tuple(jobs)


def finish(
    connection: sqlite3.Connection,
    job: Job,
    *,
    outcome: str,
    receipt: MessageRef | None,
    why: str | None,
    now: datetime,
    keep: str = "",
) -> bool:
    """Close a job whose lease still holds; `outcome` is sent or dead. What it said is erased but for `keep`."""
    place = receipt.place if receipt else None
    cursor = connection.execute(
        """
        UPDATE outbox SET finished_at = ?, outcome = ?, payload = ?, receipt_place = ?, receipt_guild = ?,
            receipt_message = ?, why = coalesce(?, why), token = NULL, leased_until = NULL
        WHERE id = ? AND token = ?
        """,
        (
            written(now),
            outcome,
            keep,
            place.id if place else None,
            place.guild if place else None,
            receipt.message if receipt else None,
            why,
            job.id,
            job.token,
        ),
    )
    if cursor.rowcount == 1:
        news.arrived(connection, job.id)
        return True
    return False


def later(connection: sqlite3.Connection, job: Job, at: datetime, why: str, *, sure: bool) -> bool:
    """Put a job off."""
    cursor = connection.execute(
        """
        UPDATE outbox SET due_at = ?, why = ?, token = NULL, leased_until = NULL,
            unsure_since = CASE WHEN ? THEN NULL ELSE unsure_since END
        WHERE id = ? AND token = ?
        """,
        (written(at), why, sure, job.id, job.token),
    )
    return cursor.rowcount == 1


def forget(connection: sqlite3.Connection, before: datetime) -> int:
    """Drop what is older."""
    return sum(
        connection.execute(statement, (written(before),)).rowcount
        for statement in (
            "DELETE FROM delivery WHERE at < ?",
            "DELETE FROM outbox WHERE finished_at < ?",
            "DELETE FROM inbox WHERE at < ?",
            "DELETE FROM applied_key WHERE at < ?",
            "DELETE FROM kept_line WHERE at < ?",
            "DELETE FROM private_answer WHERE day < substr(?, 1, 10)",
        )
    )


def keep_line(connection: sqlite3.Connection, line: str, now: datetime) -> str:
    """Keep a line under a random key."""
    key = secrets.token_hex(16)
    connection.execute(
        "INSERT INTO kept_line (key, line, at) VALUES (?, ?, ?)",
        (key, line.encode("utf-8", "surrogatepass"), written(now)),
    )
    return key


def kept_line(connection: sqlite3.Connection, key: str) -> str | None:
    """The line behind a key."""
    if not storable(key):
        return None
    row = connection.execute("SELECT line FROM kept_line WHERE key = ?", (key,)).fetchone()
    return row[0].decode("utf-8", "surrogatepass") if row else None


def unhandled(connection: sqlite3.Connection, platform: str, events: Sequence[str]) -> frozenset[str]:
    """Events that the inbox does not know."""
    known = connection.execute(
        "SELECT event FROM inbox WHERE platform = ? AND event IN (SELECT value FROM json_each(?))",
        (platform, in_list(events)),
    )
    return frozenset(events) - {event for (event,) in known}


def recall(connection: sqlite3.Connection, platform: str, keys: Sequence[str]) -> None:
    """Drop queued posts that nobody has ever leased."""
    connection.execute(
        """
        DELETE FROM outbox WHERE platform = ? AND key IN (SELECT value FROM json_each(?)) AND finished_at IS NULL
            AND attempts = 0
        """,
        (platform, in_list(keys)),
    )


def release(connection: sqlite3.Connection, platform: str, now: datetime) -> None:
    """End all leases and pauses of a platform."""
    connection.execute(
        "UPDATE outbox SET token = NULL, leased_until = NULL WHERE platform = ? AND finished_at IS NULL", (platform,)
    )
    catch_up(connection, platform, now)


def catch_up(connection: sqlite3.Connection, platform: str, now: datetime) -> None:
    """What is due later is due now, and what was put there under a clock that was ahead is held from now on instead."""
    rows = connection.execute(
        """
        SELECT id, due_at, not_before FROM outbox
        WHERE platform = ? AND finished_at IS NULL AND token IS NULL AND due_at > ?
        """,
        (platform, written(now)),
    ).fetchall()
    for number, due, held in rows:
        until = written(held_from(datetime.fromisoformat(held), datetime.fromisoformat(due), now)) if held else None
        connection.execute("UPDATE outbox SET due_at = ?, not_before = ? WHERE id = ?", (written(now), until, number))


def keep_notes(connection: sqlite3.Connection, platform: str, notes: Mapping[str, str | None]) -> None:
    """Write notes; None removes one."""
    for name, value in notes.items():
        if value is None:
            connection.execute("DELETE FROM note WHERE platform = ? AND name = ?", (platform, name))
        else:
            connection.execute(
                """
                INSERT INTO note (platform, name, value) VALUES (?, ?, ?)
                ON CONFLICT (platform, name) DO UPDATE SET value = excluded.value
                """,
                (platform, name, value),
            )


def note(connection: sqlite3.Connection, platform: str, name: str) -> str | None:
    """One note."""
    row = connection.execute("SELECT value FROM note WHERE platform = ? AND name = ?", (platform, name)).fetchone()
    return row[0] if row else None


def sent(connection: sqlite3.Connection, platform: str, keys: Sequence[str]) -> tuple[Sent, ...]:
    """The posts of these keys that were sent and have a receipt."""
    rows = connection.execute(
        """
        SELECT key, payload, platform, receipt_place, receipt_guild, receipt_message FROM outbox
        WHERE platform = ? AND key IN (SELECT value FROM json_each(?)) AND receipt_message IS NOT NULL
        """,
        (platform, in_list(keys)),
    ).fetchall()
    found = {row[0]: _sent(row) for row in rows}
    return tuple(found[key] for key in dict.fromkeys(keys) if key in found)


def stand(
    connection: sqlite3.Connection, platform: str, sent: Sequence[tuple[str, Sent]], gone: Sequence[str], now: datetime
) -> None:
    """Forget where the posts of some keys stood, and write down where others do, each behind an id it may need."""
    connection.execute(
        """
        DELETE FROM delivery WHERE (platform, place, message) IN (
            SELECT platform, receipt_place, receipt_message FROM outbox
            WHERE platform = ? AND key IN (SELECT value FROM json_each(?)) AND receipt_message IS NOT NULL)
        """,
        (platform, in_list(gone)),
    )
    connection.execute(
        """
        UPDATE outbox SET payload = '', receipt_place = NULL, receipt_guild = NULL, receipt_message = NULL
        WHERE platform = ? AND key IN (SELECT value FROM json_each(?)) AND receipt_message IS NOT NULL
        """,
        (platform, in_list(gone)),
    )
    connection.executemany(
        """
        INSERT INTO outbox (id, platform, place, key, payload, due_at, finished_at, outcome, receipt_place,
            receipt_guild, receipt_message)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?6, 'sent', ?3, ?7, ?8)
        ON CONFLICT (platform, key) DO UPDATE SET payload = excluded.payload, receipt_place = excluded.receipt_place,
            receipt_guild = excluded.receipt_guild, receipt_message = excluded.receipt_message
        WHERE finished_at IS NOT NULL
        """,
        [
            (
                new,
                platform,
                each.ref.place.id,
                each.key,
                each.payload,
                written(now),
                each.ref.place.guild,
                each.ref.message,
            )
            for new, each in sent
        ],
    )


def sent_as(connection: sqlite3.Connection, ref: MessageRef) -> Sent | None:
    """The newest post with this receipt."""
    row = connection.execute(
        """
        SELECT key, payload, platform, receipt_place, receipt_guild, receipt_message FROM outbox
        WHERE platform = ? AND receipt_place = ? AND receipt_message = ? ORDER BY id DESC LIMIT 1
        """,
        (ref.place.platform, ref.place.id, ref.message),
    ).fetchone()
    return _sent(row) if row else None


def _sent(row: tuple[str, str, str, str, str | None, str]) -> Sent:
    key, payload, platform, place, guild, message = row
    return Sent(
        key=key,
        payload=payload,
        ref=MessageRef(place=Place(platform=platform, id=place, guild=guild), message=message),
    )

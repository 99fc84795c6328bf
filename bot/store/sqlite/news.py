"""Who follows what where, what news there have been, and how far a correction has come: functions over a connection."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection
from datetime import UTC, datetime

from bot.core.desk.port import Travelled
from bot.core.model.mail import Place
from bot.core.model.news import Follow, Pace, Subject, Told
from bot.core.news import SHIFTING, news_of, travelling
from bot.store.sqlite.rows import in_list, written

FOLLOWS = """
    SELECT number, platform, place, guild, subject, target, pace, locale, actor, at, failures, paused FROM follow
    ORDER BY number
"""
KEEP = """
    INSERT INTO follow (number, platform, place, guild, subject, target, pace, locale, actor, at, failures, paused)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (number) DO UPDATE SET platform = excluded.platform, place = excluded.place, guild = excluded.guild,
        pace = excluded.pace, locale = excluded.locale, actor = excluded.actor, at = excluded.at,
        failures = excluded.failures, paused = excluded.paused
"""
_NEVER = datetime.min.replace(tzinfo=UTC)
STIRRED = """
    SELECT fact.number FROM audit JOIN fact ON fact.slug = audit.object
    WHERE audit.verb IN (SELECT value FROM json_each(?)) ORDER BY audit.seq DESC LIMIT ?
"""
TOLD = """
    SELECT platform, place, at FROM (
        SELECT platform, place, finished_at AS at, max(id) FROM outbox
        WHERE key >= ?1 AND key < ?2 AND (finished_at IS NULL OR receipt_message IS NOT NULL) GROUP BY platform, place)
    UNION ALL
    SELECT platform, place, at FROM delivery WHERE listed AND id IN (SELECT delivery FROM delivery_fact WHERE fact = ?3)
"""
NEWS_TIMES = """
    SELECT CASE WHEN finished_at IS NULL THEN max(due_at, coalesce(not_before, due_at)) ELSE min(finished_at, ?3) END
    FROM outbox WHERE platform = ?1 AND place = ?2 AND rank = 2 AND key GLOB 'news/*' ORDER BY id DESC LIMIT ?4
"""
SHIFTED = """
    SELECT fact.number, audit.verb FROM audit JOIN fact ON fact.slug = audit.object
    WHERE audit.verb IN (SELECT value FROM json_each(?)) AND audit.at >= ? AND audit.at < ?
    ORDER BY audit.seq LIMIT ?
"""
TRAVELLED = """
    SELECT count(*) FILTER (WHERE outcome = 'sent'), count(*) FILTER (WHERE outcome = 'dead'),
        count(*) FILTER (WHERE finished_at IS NULL)
    FROM outbox WHERE key >= ? AND key < ?
"""


def follows(connection: sqlite3.Connection) -> tuple[Follow, ...]:
    """All of them, by number."""
    return tuple(
        Follow(
            number=number,
            place=Place(platform=platform, id=place, guild=guild),
            subject=Subject(subject),
            target=target,
            pace=Pace(pace),
            locale=locale,
            person=actor,
            at=datetime.fromisoformat(at),
            failures=failures,
            paused=bool(paused),
        )
        for number, platform, place, guild, subject, target, pace, locale, actor, at, failures, paused in (
            connection.execute(FOLLOWS)
        )
    )


def keep(connection: sqlite3.Connection, follow: Follow) -> None:
    """A new one gets the next number."""
    number = follow.number or connection.execute("SELECT coalesce(max(number), 0) + 1 FROM follow").fetchone()[0]
    place = follow.place
    connection.execute(
        KEEP,
        (
            number,
            place.platform,
            place.id,
            place.guild,
            follow.subject.value,
            follow.target,
            follow.pace.value,
            follow.locale,
            follow.person,
            written(follow.at),
            follow.failures,
            int(follow.paused),
        ),
    )


def drop(connection: sqlite3.Connection, number: int) -> None:
    """One less."""
    connection.execute("DELETE FROM follow WHERE number = ?", (number,))


def told(connection: sqlite3.Connection, number: int) -> tuple[Told, ...]:
    """The newest news of a fact in each place: a post that stands or waits, or a list that names it."""
    newest: dict[tuple[str, str], datetime | None] = {}
    for platform, place, at in connection.execute(TOLD, (*_beginning_with(news_of(number)), number)):
        known = newest.get((platform, place), _NEVER)
        newest[platform, place] = max(known, datetime.fromisoformat(at)) if known and at else None
    return tuple(Told(place=Place(platform=platform, id=place), at=at) for (platform, place), at in newest.items())


def news_times(connection: sqlite3.Connection, place: Place, limit: int, now: datetime) -> tuple[datetime, ...]:
    """When the newest posts of news went or will go, oldest first; none went later than now, whatever a clock said."""
    rows = connection.execute(NEWS_TIMES, (place.platform, place.id, written(now), limit)).fetchall()
    return tuple(sorted(datetime.fromisoformat(at) for (at,) in rows))


def shifted(
    connection: sqlite3.Connection, since: datetime, until: datetime, limit: int
) -> tuple[tuple[int, str], ...]:
    """Fact and verb, in order."""
    return tuple(connection.execute(SHIFTED, (in_list(SHIFTING), written(since), written(until), limit)).fetchall())


def stirred(connection: sqlite3.Connection, limit: int, verbs: Collection[str]) -> tuple[int, ...]:
    """Facts by the newest lines first."""
    return tuple(number for (number,) in connection.execute(STIRRED, (in_list(tuple(verbs)), limit)))


def travelled(connection: sqlite3.Connection, number: int, at: datetime) -> Travelled:
    """How far the edits of a correction have come."""
    row = connection.execute(TRAVELLED, _beginning_with(travelling(number, at))).fetchone()
    changed, lost, waiting = row
    return Travelled(changed=changed, lost=lost, waiting=waiting)


def arrived(connection: sqlite3.Connection, job: str) -> None:
    """A job is done; where it was the last edit of a correction, the count of them is held no longer."""
    (key,) = connection.execute("SELECT key FROM outbox WHERE id = ?", (job,)).fetchone()
    kind, _, rest = key.partition("/")
    if kind != "correct":
        return
    correction = "/".join(rest.split("/")[:2])
    left = connection.execute(
        "SELECT 1 FROM outbox WHERE key >= ? AND key < ? AND finished_at IS NULL LIMIT 1",
        _beginning_with(f"correct/{correction}/"),
    ).fetchone()
    if left is None:
        connection.execute(
            "UPDATE outbox SET not_before = NULL WHERE key >= ? AND key < ? AND finished_at IS NULL",
            _beginning_with(f"travelled/{correction}/"),
        )


def count_private(connection: sqlite3.Connection, facts: list[int], day: str) -> None:
    """One more answer that one person alone sees."""
    connection.executemany(
        """
        INSERT INTO private_answer (fact, day, answers) VALUES (?, ?, 1)
        ON CONFLICT (fact, day) DO UPDATE SET answers = answers + 1
        """,
        [(fact, day) for fact in facts],
    )


def private_answers(connection: sqlite3.Connection, number: int) -> int:
    """How many there were."""
    row = connection.execute("SELECT coalesce(sum(answers), 0) FROM private_answer WHERE fact = ?", (number,))
    return int(row.fetchone()[0])


def _beginning_with(prefix: str) -> tuple[str, str]:
    """The bounds of the keys with a prefix that ends with "/"."""
    return prefix, prefix.removesuffix("/") + "0"  # "0" follows "/"

"""Which message shows which revisions: plain functions over a connection."""

from __future__ import annotations

import json
import sqlite3
from datetime import datetime
from typing import Any

from bot.core.model.mail import Delivery, InstallType, MessageRef, Place, Visibility
from bot.store.sqlite import news
from bot.store.sqlite.rows import in_list, packed, written

SHOWN = """
    SELECT delivery, fact, revision FROM delivery_fact
    WHERE delivery IN (SELECT value FROM json_each(?)) ORDER BY delivery, position
"""
SHOWING = """
    SELECT id, platform, place, guild, message, locale, install, visibility, at, more, listed FROM delivery
    WHERE id IN (SELECT delivery FROM delivery_fact WHERE fact = ?) AND at < ? ORDER BY at DESC, message DESC
"""
OF = """
    SELECT id, platform, place, guild, message, locale, install, visibility, at, more, listed FROM delivery
    WHERE platform = ? AND place = ? AND message = ?
"""
_EVER = "~"  # after every instant


def record(connection: sqlite3.Connection, delivery: Delivery) -> None:
    """Remember what a message shows, in place of what it showed. Of one for one person alone a count is kept."""
    if delivery.visibility is Visibility.PRIVATE:
        news.count_private(connection, [fact for fact, _ in delivery.shown], delivery.at.date().isoformat())
        return
    place = delivery.ref.place
    (number,) = connection.execute(
        """
        INSERT INTO delivery (platform, place, message, guild, locale, install, visibility, at, more, listed)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT (platform, place, message) DO UPDATE SET guild = excluded.guild, locale = excluded.locale,
            install = excluded.install, visibility = excluded.visibility, at = excluded.at, more = excluded.more,
            listed = excluded.listed
        RETURNING id
        """,
        (
            place.platform,
            place.id,
            delivery.ref.message,
            place.guild,
            delivery.locale,
            delivery.install.value,
            delivery.visibility.value,
            written(delivery.at),
            packed(list(delivery.more)),
            delivery.listed,
        ),
    ).fetchone()
    connection.execute("DELETE FROM delivery_fact WHERE delivery = ?", (number,))
    connection.executemany(
        "INSERT INTO delivery_fact (delivery, position, fact, revision) VALUES (?, ?, ?, ?)",
        [(number, position, fact, revision) for position, (fact, revision) in enumerate(delivery.shown)],
    )


def showing(connection: sqlite3.Connection, number: int, before: datetime | None = None) -> tuple[Delivery, ...]:
    """Messages that show a fact, newest first."""
    return _read(connection, connection.execute(SHOWING, (number, written(before) if before else _EVER)).fetchall())


def of(connection: sqlite3.Connection, ref: MessageRef) -> Delivery | None:
    """What a message shows."""
    rows = connection.execute(OF, (ref.place.platform, ref.place.id, ref.message)).fetchall()
    return next(iter(_read(connection, rows)), None)


def drop(connection: sqlite3.Connection, ref: MessageRef) -> None:
    """Forget a message."""
    connection.execute(
        "DELETE FROM delivery WHERE platform = ? AND place = ? AND message = ?",
        (ref.place.platform, ref.place.id, ref.message),
    )


def _read(connection: sqlite3.Connection, rows: list[tuple[Any, ...]]) -> tuple[Delivery, ...]:
    shown: dict[int, list[tuple[int, int]]] = {row[0]: [] for row in rows}
    for delivery, fact, revision in connection.execute(SHOWN, (in_list(list(shown)),)):
        shown[delivery].append((fact, revision))
    return tuple(
        Delivery(
            ref=MessageRef(place=Place(platform=platform, id=place, guild=guild), message=message),
            shown=tuple(shown[row_id]),
            locale=locale,
            install=InstallType(install),
            visibility=Visibility(visibility),
            at=datetime.fromisoformat(at),
            more=tuple(json.loads(more)),
            listed=bool(listed),
        )
        for row_id, platform, place, guild, message, locale, install, visibility, at, more, listed in rows
    )

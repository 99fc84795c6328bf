"""Which message shows which revisions: plain functions over a connection."""

from __future__ import annotations

import sqlite3
from datetime import datetime

from bot.core.model.mail import Delivery, InstallType, MessageRef, Place, Visibility
from bot.store.sqlite.rows import in_list, written


def record(connection: sqlite3.Connection, delivery: Delivery) -> None:
    """Remember what a message shows, in place of what it showed."""
    place = delivery.ref.place
    (number,) = connection.execute(
        """
        INSERT INTO delivery (platform, place, message, guild, locale, install, visibility, at)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT (platform, place, message) DO UPDATE SET guild = excluded.guild, locale = excluded.locale,
            install = excluded.install, visibility = excluded.visibility, at = excluded.at
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
        ),
    ).fetchone()
    connection.execute("DELETE FROM delivery_fact WHERE delivery = ?", (number,))
    connection.executemany(
        "INSERT INTO delivery_fact (delivery, position, fact, revision) VALUES (?, ?, ?, ?)",
        [(number, position, fact, revision) for position, (fact, revision) in enumerate(delivery.shown)],
    )


def showing(connection: sqlite3.Connection, number: int, before: datetime, limit: int) -> tuple[Delivery, ...]:
    """Messages that show a fact, newest first."""
    rows = connection.execute(
        """
        SELECT id, platform, place, guild, message, locale, install, visibility, at FROM delivery
        WHERE id IN (SELECT delivery FROM delivery_fact WHERE fact = ?) AND at < ?
        ORDER BY at DESC, message DESC LIMIT ?
        """,
        (number, written(before), limit),
    ).fetchall()
    shown: dict[int, list[tuple[int, int]]] = {row[0]: [] for row in rows}
    for delivery, fact, revision in connection.execute(
        """
        SELECT delivery, fact, revision FROM delivery_fact
        WHERE delivery IN (SELECT value FROM json_each(?)) ORDER BY delivery, position
        """,
        (in_list(list(shown)),),
    ):
        shown[delivery].append((fact, revision))
    return tuple(
        Delivery(
            ref=MessageRef(place=Place(platform=platform, id=place, guild=guild), message=message),
            shown=tuple(shown[row_id]),
            locale=locale,
            install=InstallType(install),
            visibility=Visibility(visibility),
            at=datetime.fromisoformat(at),
        )
        for row_id, platform, place, guild, message, locale, install, visibility, at in rows
    )

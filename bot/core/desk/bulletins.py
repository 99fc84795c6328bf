"""What the bot tells its reviewers by itself: the audit's head, the month in figures, and faults of its own running."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from bot.core.decision import Decision, OnFile
from bot.core.desk import notices
from bot.core.desk.port import Counts
from bot.core.model.change import Tell
from bot.core.model.desk import Notice, NoticeKind, Terms


class Incident(StrEnum):
    """A fault of the running bot that its reviewers hear of at once; `what` of an alert."""

    BACKUP = "backup"  # the nightly copy failed
    DISK = "disk"  # nearly full
    DATABASE = "database"  # damaged


def tell(change: Tell, on_file: OnFile, *, now: datetime) -> Decision:
    """Nothing is to be decided: whoever may post by itself has composed it."""
    del on_file, now
    return Decision(notices=change.notices)


def day(seq: int, digest: str, on: date, terms: Terms) -> tuple[Notice, ...]:
    """The end of the audit's chain, where nobody who can write to the database can take it back."""
    data = {"day": on.isoformat(), "seq": str(seq), "hash": digest}
    return tuple(
        Notice(kind=NoticeKind.DAY, place=place, key=f"day/{on}/{place.id}", data=data) for place in terms.review
    )


def month(counts: Counts, since: date, *, newest: date | None, size: int, terms: Terms) -> tuple[Notice, ...]:
    """How much there is and how much came since the first of a month; `newest` is the day of the newest backup."""
    data = {
        "month": f"{since:%Y-%m}",
        "published": str(counts.published),
        "new": str(counts.published_since),
        "withdrawn": str(counts.withdrawn_since),
        "waiting": str(counts.waiting),
        "proposals": str(counts.proposals),
        "conflicts": str(counts.conflicts),
        "reports": str(counts.reports),
        "unanswered": str(counts.unanswered),
        "backup": newest.isoformat() if newest else "",
        "bytes": str(size),
    }
    return tuple(
        Notice(kind=NoticeKind.MONTH, place=place, key=f"month/{data['month']}/{place.id}", data=data)
        for place in terms.review
    )


def began(what: Incident, at: datetime, terms: Terms, *, free: int | None = None) -> tuple[Notice, ...]:
    """Something is wrong since then; `free` is how many bytes a disk has left."""
    left = "" if free is None else str(free)
    return notices.alert(what.value, f"{notices.stamp(at)}/began", terms, state="began", free=left)


def over(what: Incident, at: datetime, terms: Terms) -> tuple[Notice, ...]:
    """It is well again; `at` is when it began."""
    return notices.alert(what.value, f"{notices.stamp(at)}/over", terms, state="over", since=at.isoformat())

"""When the next daily work is due. Pure: the time comes in, the time goes out."""

from __future__ import annotations

from datetime import datetime, timedelta

OVERDUE = timedelta(hours=26)  # older than this, the newest copy is not last night's
CATCH_UP = timedelta(minutes=2)  # a missed one is made soon after the start, when answering has settled


def next_at(now: datetime, at: str) -> datetime:
    """The next moment at which the machine's clock shows `at` (HH:MM), in the zone of `now`'s machine.

    A day with 23 or 25 hours is that of the machine's zone: what is asked for is the clock on the wall.
    """
    hour, minute = (int(part) for part in at.split(":"))
    local = now.astimezone().replace(tzinfo=None)
    wanted = local.replace(hour=hour, minute=minute, second=0, microsecond=0)
    if wanted <= local:
        wanted += timedelta(days=1)
    moment = wanted.astimezone()
    if moment.replace(tzinfo=None) != wanted:  # that night the clocks jump over this time
        moment += timedelta(hours=1)
    return moment.astimezone(now.tzinfo)


def backup_due(now: datetime, at: str, newest: datetime | None) -> datetime:
    """When the next copy is to be made, `newest` being the instant of the last good one."""
    soon = now + CATCH_UP
    if newest is None or now - newest > OVERDUE:
        return min(soon, next_at(now, at))
    return next_at(now, at)

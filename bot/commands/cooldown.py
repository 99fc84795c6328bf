"""How often one account, and one place, may suggest and report. Kept in memory alone: nothing of it is ever on disk."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from math import ceil

from bot.commands.arguments import told
from bot.commands.reply import Outcome, Reply
from bot.commands.request import Request, Right
from bot.wording import wording

MOST = 4_096  # buckets in memory; those that are full again are dropped


class Doing(StrEnum):
    """What takes the reviewers' time."""

    SUGGEST = "suggest"
    REPORT = "report"


@dataclass(frozen=True, slots=True)
class Limit:
    """So many at once, and from then on one in a while."""

    burst: int
    every: timedelta


#: An article may give many quotations, so that an account may send a dozen; a place is a whole community.
ACCOUNT = {
    Doing.SUGGEST: Limit(12, timedelta(minutes=3)),
    Doing.REPORT: Limit(5, timedelta(minutes=5)),
}
PLACE = {
    Doing.SUGGEST: Limit(60, timedelta(seconds=20)),
    Doing.REPORT: Limit(30, timedelta(seconds=30)),
}


@dataclass(frozen=True, slots=True)
class Bucket:
    """What was left at an instant."""

    left: float
    at: datetime


def filled(bucket: Bucket | None, limit: Limit, now: datetime) -> float:
    """What is left now. A clock that went back gives nothing and takes nothing."""
    if bucket is None:
        return float(limit.burst)
    return min(limit.burst, bucket.left + max(0.0, (now - bucket.at) / limit.every))


def missing(left: float, limit: Limit) -> timedelta:
    """How long until there is one; nothing where there is."""
    return max(timedelta(0), (1.0 - left) * limit.every)


class Cooldowns:
    """The buckets of this process. Whoever edits is never made to wait."""

    def __init__(self) -> None:
        self._buckets: dict[tuple[str, ...], tuple[Bucket, Limit]] = {}

    def wait(self, doing: Doing, request: Request, now: datetime) -> timedelta:
        """Take one of the account's and one of the place's; or how long to wait, and then nothing was taken."""
        if Right.EDIT in request.caller.rights:
            return timedelta(0)
        place = request.place
        keys = (
            (("account", doing, place.platform, request.caller.account), ACCOUNT[doing]),
            (("place", doing, place.platform, place.id), PLACE[doing]),
        )
        left = {key: filled(self._buckets[key][0] if key in self._buckets else None, limit, now) for key, limit in keys}
        longest = max(missing(left[key], limit) for key, limit in keys)
        if not longest:
            for key, limit in keys:
                self._buckets[key] = (Bucket(left[key] - 1, now), limit)
            self._drop_full(now)
        return longest

    def refusal(self, doing: Doing, request: Request, now: datetime) -> Reply | None:
        """The same as an answer; None where it may go on."""
        wait = self.wait(doing, request, now)
        if not wait:
            return None
        minutes = max(1, ceil(wait / timedelta(minutes=1)))
        return told(wording(request.locale).count("refused.cooldown", minutes), Outcome.REFUSED)

    def _drop_full(self, now: datetime) -> None:
        if len(self._buckets) <= MOST:
            return
        waiting = {key: kept for key, kept in self._buckets.items() if filled(*kept, now) < kept[1].burst}
        newest = sorted(waiting, key=lambda key: waiting[key][0].at)[-MOST // 2 :]
        self._buckets = {key: waiting[key] for key in newest}

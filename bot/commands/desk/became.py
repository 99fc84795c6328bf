"""What became of a fact, a change or a report: one line for stale cards and for whoever comes too late."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from bot.commands.arguments import one_line
from bot.commands.desk.who import doer
from bot.core.desk.notices import stamp
from bot.core.model.fact import PastRevision
from bot.wording import Wording, dates

OF_FACT = frozenset({"published", "rejected", "taken-back"})
OF_CHANGE = frozenset({"changed", "unhidden", "restored", "declined", "taken-back", "withdrawn", "overtaken"})
_ASIDE = frozenset({"reported", "report-closed"})  # about a fact, but nothing done to it


def done(entry: PastRevision, words: Wording) -> str:
    """ "Published by Ada, 23 Nov 2026, 12:03 UTC"; with the reason where one was given."""
    key = f"desk.did.{entry.verb}"
    what = words.say(key) if words.has(key) else entry.verb
    said = words.say("desk.done", what=what, who=doer(entry, words), when=dates.instant(entry.at, words))
    return words.say("desk.done.reason", done=said, reason=one_line(entry.reason)) if entry.reason else said


def last(history: Iterable[PastRevision], words: Wording) -> str:
    """The last thing that was done to the fact; "" for a fact without a history."""
    entries = [entry for entry in history if entry.verb not in _ASIDE]
    return done(entries[-1], words) if entries else ""


def settled(history: Iterable[PastRevision], mark: str, verbs: Collection[str], words: Wording) -> str:
    """How it ended, whatever waited since the instant `mark` (a stamp); "" where it has not."""
    after = (entry for entry in history if stamp(entry.at) >= mark and entry.verb in verbs)
    ended = next(after, None)
    return done(ended, words) if ended else ""

"""From a change to what a store writes: the one place in which every kind of change meets its rules."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from bot.core import importing, news
from bot.core.decision import Decision, OnFile
from bot.core.desk import agreeing, batches, bulletins, drafting, following, moving, names, people, reporting, revising
from bot.core.desk.refusals import Unreadable
from bot.core.model import change as changes
from bot.core.model.change import Applied, Change, Item, RevisionConflict
from bot.core.model.desk import Terms
from bot.core.model.fact import Revision
from bot.core.records import ITEM_READERS, RecordError, read_revision, to_data

Decide = Callable[..., Decision]

DECIDES: Mapping[type[Any], Decide] = {
    changes.FileImport: importing.decide,
    changes.Tell: bulletins.tell,
    changes.SaveDraft: drafting.save,
    changes.DropDraft: drafting.drop,
    changes.Suggest: drafting.suggest,
    changes.Revise: revising.revise,
    changes.Approve: agreeing.approve,
    changes.Decline: agreeing.decline,
    changes.Hide: moving.hide,
    changes.Withdraw: moving.withdraw,
    changes.BringBack: moving.bring_back,
    changes.ReportWrong: reporting.report,
    changes.CloseReport: reporting.close,
    changes.HideAll: batches.hide_all,
    changes.BringAllBack: batches.bring_all_back,
    changes.SaveItem: names.save,
    changes.MergeTopic: names.merge,
    changes.NameMe: people.name_me,
    changes.OfferLink: people.offer,
    changes.TakeLink: people.take,
    changes.DeclareNone: people.declare_none,
    changes.ForgetMe: people.forget,
    changes.StartFollow: following.start,
    changes.StopFollow: following.stop,
    changes.Reached: following.reached,
    changes.MovePlace: following.move,
}
_READERS: Mapping[type[Any], Callable[[object, str], object]] = {**ITEM_READERS, Revision: read_revision}
SHOWING = frozenset({"published", "changed", "unhidden", "restored"})  # verbs after which readers see something new


def decide(change: Change, on_file: OnFile, *, now: datetime) -> Decision:
    """What a change comes to, with what is to be posted because of it. Raises ChangeRefused."""
    decision = DECIDES[type(change)](change, on_file, now=now)
    if not isinstance(change, changes.FileImport):  # whose records have just been read
        _readable(decision)
    terms = Terms() if isinstance(change, changes.Tell | changes.MovePlace) else change.terms
    return news.announced(decision, on_file, terms, now=now)


def _readable(decision: Decision) -> None:
    """Raise Unreadable unless everything that would be written could be read again."""
    written: list[Item | Revision | None] = [*decision.items]
    written += [each.revision for each in decision.steps]
    written += [value for each in decision.opened for value in (each.revision, each.source)]
    for value in written:
        if value is None:
            continue
        try:
            _READERS[type(value)](to_data(value), "")
        except RecordError as error:
            problem = error.problems[0]
            raise Unreadable(re.split(r"[.\[]", problem.path.lstrip("."))[0], str(problem)) from None


def expected(expect: Mapping[str, int], on_file: OnFile) -> None:
    """Raise RevisionConflict unless each slug's newest revision is the one the caller saw; 0 means "no such fact"."""
    for slug, seen in expect.items():
        fact = on_file.fact(slug)
        found = fact.revision.number if fact else 0
        if found != seen:
            raise RevisionConflict(slug, seen, found)


def outcome(decision: Decision, position: int) -> Applied:
    """What the caller is told."""
    vouched = [step.number for step in decision.steps if step.verb == "vouched"]
    return Applied(
        position=position,
        created=tuple(step.slug for step in decision.steps if step.new),
        revised=tuple(step.slug for step in decision.steps if not step.new and step.revision is not None),
        unchanged=decision.unchanged,
        published=tuple(step.slug for step in decision.steps if step.verb in SHOWING),
        number=decision.number,
        waits=(*(proposal.fact for proposal in decision.opened), *vouched),
        conflicts=decision.conflicts,
    )

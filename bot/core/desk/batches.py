"""Everything of one person since an instant, hidden in one go; and brought back in one go by two people."""

from __future__ import annotations

from datetime import datetime

from bot.core.decision import Decision, Deed, OnFile, Step
from bot.core.desk import notices
from bot.core.desk.authorship import different
from bot.core.desk.refusals import BatchRefused, NoReason, NotAnEditor, NothingWaits, OwnWork, Unlinked
from bot.core.model.change import BringAllBack, HideAll
from bot.core.model.desk import Batch
from bot.core.model.review import Workflow
from bot.core.review import MOVES, Act


def hide_all(change: HideAll, on_file: OnFile, *, now: datetime) -> Decision:
    """Hide what this person has put before readers since then."""
    if not change.by.editor:
        raise NotAnEditor("this takes an editor")
    if not change.reason.strip():
        raise NoReason("say why")
    person = on_file.person(change.by)
    target = on_file.somebody(change.person)
    move = MOVES[Workflow.PUBLISHED, Act.HIDE]
    facts = [fact for number in on_file.changed_by(target.id, change.since) if (fact := on_file.numbered(number))]
    if not facts:
        raise NothingWaits(0)
    number = on_file.batches() + 1
    steps = tuple(Step.on(fact, move.verb, workflow=move.after, reason=change.reason) for fact in facts)
    batch = Batch(
        number=number,
        person=target.id,
        since=change.since,
        by=person.id,
        at=now,
        facts=tuple(fact.number for fact in facts),
    )
    told = notices.alert(
        "batch", str(number), change.terms, person=target.id, batch=str(number), since=change.since.isoformat()
    )
    deed = Deed(person=target.id, verb="all-hidden")
    return Decision(person=person.id, number=number, steps=steps, batches=(batch,), deeds=(deed,), notices=told)


def bring_all_back(change: BringAllBack, on_file: OnFile, *, now: datetime) -> Decision:
    """Show again what is still hidden as the batch left it: by somebody else than the person who hid it or whose it is.

    The person who hid it was one pair of eyes, and looked; whoever brings it back is the second.
    """
    del now
    if not change.by.editor:
        raise NotAnEditor("this takes an editor")
    batch = on_file.batch(change.batch)
    if batch is None:
        raise BatchRefused(change.batch, "unknown")
    person = on_file.person(change.by)
    if change.terms.editors != 1:
        try:
            different(person, change.by, (batch.person, batch.by), change.batch, on_file)
        except OwnWork as error:
            raise BatchRefused(change.batch, "own") from error
        except Unlinked as error:
            raise BatchRefused(change.batch, "unlinked") from error
    move = MOVES[Workflow.HIDDEN, Act.BRING_BACK]
    steps = []
    for number in batch.facts:
        fact = on_file.numbered(number)
        last = on_file.doings(number)[-1]
        if fact is not None and fact.workflow is Workflow.HIDDEN and last.verb == "hidden" and last.at == batch.at:
            steps.append(Step.on(fact, move.verb, workflow=move.after))
    if not steps:
        raise BatchRefused(change.batch, "nothing")
    return Decision(person=person.id, number=batch.number, steps=tuple(steps))

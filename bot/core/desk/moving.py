"""Hiding, withdrawing and bringing back: less at once, more with a second person."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from bot.core.decision import Closing, Decision, OnFile, Step, numbered
from bot.core.desk import notices
from bot.core.desk.evidence import examined
from bot.core.desk.refusals import AlreadyWaits, NoReason, NoSuchFact, NotAnEditor, NotNow
from bot.core.model.change import BringBack, ChangeRefused, DeskChange, Hide, Withdraw
from bot.core.model.desk import Notice, Origin, Proposal, Settled, Terms
from bot.core.model.fact import Fact, Revision
from bot.core.model.review import Checking, Publication
from bot.core.review import MOVES, Act, Move


def hide(change: Hide, on_file: OnFile, *, now: datetime) -> Decision:
    """Answer "under review" from now on."""
    fact, move = _allowed(change, change.number, Act.HIDE, on_file)
    reason = _reason(change.reason, fact)
    person = on_file.person(change.by)
    return Decision(
        person=person.id,
        number=fact.number,
        steps=(Step.on(fact, move.verb, workflow=move.after, reason=reason),),
        notices=_renewed_proposal(fact, on_file, change.terms, now),
    )


def withdraw(change: Withdraw, on_file: OnFile, *, now: datetime) -> Decision:
    """Answer with a tombstone from now on. What waited on the fact is overtaken."""
    fact, move = _allowed(change, change.number, Act.WITHDRAW, on_file)
    revision = numbered(replace(fact.revision, withdrawal=change.withdrawal), fact.revision.number + 1)
    if change.withdrawal.replaced_by == fact.slug:
        raise ChangeRefused(f"#{fact.number} cannot replace itself")
    examined(fact.number, fact.slug, revision, None, on_file)
    person = on_file.person(change.by)
    proposal = on_file.proposal(fact.number, Origin.DESK)
    return Decision(
        person=person.id,
        number=fact.number,
        steps=(Step.on(fact, move.verb, workflow=move.after, revision=revision, reason=change.withdrawal.note),),
        closed=(Closing(fact=fact.number, origin=Origin.DESK, settled=Settled.OVERTAKEN),) if proposal else (),
        notices=_renewed_proposal(fact, on_file, change.terms, now),
    )


def bring_back(change: BringBack, on_file: OnFile, *, now: datetime) -> Decision:
    """Let a rejected fact wait again; propose to show a hidden or withdrawn one again."""
    fact, move = _allowed(change, change.number, Act.BRING_BACK, on_file)
    reason = _reason(change.reason, fact)
    person = on_file.person(change.by)
    revision: Revision | None = None
    if fact.revision.withdrawal is not None:
        revision = numbered(replace(fact.revision, withdrawal=None), fact.revision.number + 1)
    if move.people == 1:
        return Decision(
            person=person.id,
            number=fact.number,
            steps=(Step.on(fact, move.verb, workflow=move.after, revision=revision, reason=reason),),
            notices=notices.cards(fact.number, notices.fact_card(now), change.terms),
        )
    if on_file.proposal(fact.number, Origin.DESK) is not None:
        raise AlreadyWaits(fact.number)
    if change.terms.editors == 1:
        publication = Publication(checking=Checking.ONE_EDITOR, by=person.name, at=now)
        step = Step.on(fact, move.verb, workflow=move.after, revision=revision, publication=publication, reason=reason)
        return Decision(person=person.id, number=fact.number, steps=(step,))
    proposal = Proposal(
        fact=fact.number,
        origin=Origin.DESK,
        base=fact.revision.number,
        revision=revision,
        source=None,
        workflow=move.after,
        verb=move.verb,
        person=person.id,
        at=now,
        reason=reason,
    )
    return Decision(
        person=person.id,
        number=fact.number,
        steps=(Step.on(fact, "proposed", reason=reason),),
        opened=(proposal,),
        notices=notices.cards(fact.number, notices.proposal_card(proposal), change.terms),
    )


def _allowed(change: DeskChange, number: int, act: Act, on_file: OnFile) -> tuple[Fact, Move]:
    fact = on_file.numbered(number)
    if fact is None:
        raise NoSuchFact(number)
    if not change.by.editor:
        raise NotAnEditor(f"#{number}: this takes an editor")
    move = MOVES.get((fact.workflow, act))
    if move is None:
        raise NotNow(number, fact.workflow, act)
    return fact, move


def _reason(given: str, fact: Fact) -> str:
    if not given.strip():
        raise NoReason(f"#{fact.number}: say why")
    return given.strip()


def _renewed_proposal(fact: Fact, on_file: OnFile, terms: Terms, now: datetime) -> tuple[Notice, ...]:
    proposal = on_file.proposal(fact.number, Origin.DESK)
    return notices.renewed(fact.number, notices.proposal_card(proposal), terms, now) if proposal else ()

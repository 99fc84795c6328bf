"""The second pair of eyes: agreeing to what waits, and turning it down."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from bot.core.decision import Closing, Decision, OnFile, Step, numbered
from bot.core.desk import notices
from bot.core.desk.alerts import alerts
from bot.core.desk.authorship import authors, different, put_before, waits_since
from bot.core.desk.evidence import examined, shown_or_refused
from bot.core.desk.refusals import NoReason, NoSuchFact, NotAnEditor, NothingWaits, NotNow, Overtaken, Unread
from bot.core.desk.sourcing import named_by, source_moved, sourced
from bot.core.model.change import Approve, Decline, Item
from bot.core.model.desk import Origin, Person, Proposal, Settled
from bot.core.model.fact import Fact, Revision
from bot.core.model.review import Checking, Publication, Workflow
from bot.core.model.source import Source
from bot.core.review import MOVES, WAITING, Act, rebased, source_effects


def approve(change: Approve, on_file: OnFile, *, now: datetime) -> Decision:
    """Agree: with one other person behind it, it is shown from now on.

    A fact from files has nobody behind it, so that the first who agrees vouches for it and the second publishes it.
    Raises NotAnEditor, NothingWaits, OwnWork, Unlinked, Overtaken, Unread, NotFoundInPassage, Flawed.
    """
    person = on_file.person(change.by)
    fact = _fact(change.number, on_file)
    if not change.by.editor:
        raise NotAnEditor(f"#{fact.number}: this takes an editor")
    proposal = on_file.proposal(fact.number, change.origin)
    _still(change, fact, proposal, on_file)
    if proposal is not None:
        if proposal.unreadable:
            raise Unread(fact.number)
        return _accept(change, fact, proposal, person, on_file, now)
    if fact.workflow not in WAITING:
        raise NothingWaits(fact.number)
    return _publish(change, fact, person, on_file, now)


def _publish(change: Approve, fact: Fact, person: Person, on_file: OnFile, now: datetime) -> Decision:
    move = MOVES[fact.workflow, Act.APPROVE]
    shown_or_refused(fact, fact.revision, on_file)
    first = authors(fact, on_file)
    alone = change.terms.editors == 1
    if not alone:
        different(person, change.by, first, fact.number, on_file)
    doings = on_file.doings(fact.number)
    since = waits_since(doings)
    put = put_before(doings)
    renewed = notices.renewed(fact.number, notices.fact_card(put.at), change.terms, now) if put else ()
    if not first and not alone:
        step = Step.on(fact, "vouched", workflow=Workflow.PENDING)
        return Decision(person=person.id, number=fact.number, steps=(step,), notices=renewed)
    two = not alone and bool(first - {person.id})
    publication = Publication(checking=Checking.TWO_EDITORS if two else Checking.ONE_EDITOR, by=person.name, at=now)
    step = Step.on(fact, move.verb, workflow=move.after, publication=publication)
    return Decision(
        person=person.id,
        number=fact.number,
        steps=(step,),
        told=(fact.number,),
        notices=(
            *renewed,
            *notices.told(on_file.listeners(fact.number), "published", now),
            *alerts(fact, person, first, since.at if since else None, on_file, change.terms, now),
        ),
    )


def _accept(
    change: Approve, fact: Fact, proposal: Proposal, person: Person, on_file: OnFile, now: datetime
) -> Decision:
    if change.terms.editors != 1:
        different(person, change.by, _behind(proposal), fact.number, on_file)
    revision = _content(fact, proposal, on_file)
    source = _source(fact, proposal, on_file)
    if source is not None:
        base = revision or fact.revision
        named = named_by(base, source, on_file)
        revision = revision if named == base else numbered(named, fact.revision.number + 1)
    after = revision or fact.revision
    state = proposal.workflow if proposal.moves else fact.workflow  # what was hidden meanwhile stays so
    if state is Workflow.PUBLISHED:
        shown_or_refused(fact, after, on_file, source)
    examined(fact.number, fact.slug, after, source, on_file)
    publication = fact.publication
    if state not in WAITING and (publication is None or proposal.verb == "restored"):
        others = any(on_file.somebody(each).id != person.id for each in _behind(proposal))
        two = change.terms.editors != 1 and others
        publication = Publication(checking=Checking.TWO_EDITORS if two else Checking.ONE_EDITOR, by=person.name, at=now)
    step = Step.on(
        fact,
        proposal.verb,
        reason=proposal.reason,
        revision=revision,
        workflow=state,
        publication=publication,
    )
    items: tuple[Item, ...] = (source,) if source is not None else ()
    return Decision(
        person=person.id,
        number=fact.number,
        items=items,
        steps=(step, *sourced(source, on_file, proposal.reason, besides=fact if revision else None)),
        closed=(Closing(fact=fact.number, origin=proposal.origin, settled=Settled.ACCEPTED),),
        notices=(
            *notices.renewed(fact.number, notices.proposal_card(proposal), change.terms, now),
            *alerts(fact, person, frozenset(_behind(proposal)), proposal.at, on_file, change.terms, now),
        ),
    )


def _behind(proposal: Proposal) -> tuple[str, ...]:
    """Whoever proposes it; nobody where it came from files."""
    return (proposal.person,) if proposal.person else ()


def decline(change: Decline, on_file: OnFile, *, now: datetime) -> Decision:
    """Turn down what waits, with a reason; whoever brought it may take it back without being an editor."""
    person = on_file.person(change.by)
    fact = _fact(change.number, on_file)
    proposal = on_file.proposal(fact.number, change.origin)
    _still(change, fact, proposal, on_file)
    if proposal is not None:
        own = any(on_file.somebody(each).id == person.id for each in _behind(proposal))
        reason = _why(change, own=own)
        settled = Settled.TAKEN_BACK if own else Settled.DECLINED
        return Decision(
            person=person.id,
            number=fact.number,
            steps=(Step.on(fact, settled.value, reason=reason),),
            closed=(Closing(fact=fact.number, origin=proposal.origin, settled=settled),),
            notices=notices.renewed(fact.number, notices.proposal_card(proposal), change.terms, now),
        )
    if fact.workflow not in WAITING:
        raise NothingWaits(fact.number)
    own = person.id in authors(fact, on_file)
    reason = _why(change, own=own)
    since = put_before(on_file.doings(fact.number))
    verb = "taken-back" if own else MOVES[fact.workflow, Act.REJECT].verb
    listeners = () if own else on_file.listeners(fact.number)
    return Decision(
        person=person.id,
        number=fact.number,
        steps=(Step.on(fact, verb, workflow=Workflow.REJECTED, reason=reason),),
        told=(fact.number,),
        notices=(
            *(notices.renewed(fact.number, notices.fact_card(since.at), change.terms, now) if since else ()),
            *notices.told(listeners, "rejected", now),
        ),
    )


def _still(change: Approve | Decline, fact: Fact, proposal: Proposal | None, on_file: OnFile) -> None:
    """Raise NothingWaits unless what waits is what the caller saw: a decision is never about something else."""
    if not change.seen:
        return
    since = put_before(on_file.doings(fact.number)) if fact.workflow in WAITING else None
    what = notices.fact_card(since.at) if since else ""
    if proposal is not None:
        what = notices.proposal_card(proposal)
    if change.seen != what:
        raise NothingWaits(fact.number)


def _why(change: Decline, *, own: bool) -> str:
    """The reason; whoever takes back what is their own need not give one."""
    if own:
        return change.reason.strip()
    if not change.by.editor:
        raise NotAnEditor(f"#{change.number}: this takes an editor")
    if not change.reason.strip():
        raise NoReason(f"#{change.number}: say why")
    return change.reason.strip()


def _fact(number: int, on_file: OnFile) -> Fact:
    fact = on_file.numbered(number)
    if fact is None:
        raise NoSuchFact(number)
    return fact


def _content(fact: Fact, proposal: Proposal, on_file: OnFile) -> Revision | None:
    """What the proposal makes of the newest revision; None where the content stays."""
    if proposal.revision is None:
        return None
    changeable = (Workflow.PUBLISHED, Workflow.HIDDEN) if not proposal.moves else (Workflow.HIDDEN, Workflow.WITHDRAWN)
    waits = fact.workflow in WAITING and proposal.origin is Origin.FILES
    if not waits and fact.workflow not in changeable:
        raise NotNow(fact.number, fact.workflow, "change")
    if proposal.origin is Origin.FILES or proposal.base == fact.revision.number:
        return numbered(proposal.revision, fact.revision.number + 1)
    base = next((each for each in on_file.earlier(fact.number) if each.number == proposal.base), None)
    fresh = rebased(base, proposal.revision, fact.revision) if base else None
    if fresh is None:
        raise Overtaken(fact.number, proposal.base, fact.revision.number)
    return numbered(fresh, fact.revision.number + 1)


def _source(fact: Fact, proposal: Proposal, on_file: OnFile) -> Source | None:
    """The source as it is to read; what was seen of it meanwhile stays."""
    if proposal.source is None:
        return None
    stored = on_file.item(proposal.source.id)
    if not isinstance(stored, Source):
        return proposal.source
    if source_moved(proposal, stored, on_file.doings(fact.number)):
        raise Overtaken(fact.number, proposal.base, fact.revision.number)
    wanted = replace(proposal.source, passages=stored.passages, snapshot=stored.snapshot)
    return wanted if source_effects(stored, wanted) else None

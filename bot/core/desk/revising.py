"""Changing what a fact says: at once what says less, after a second look what says more."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from bot.core.decision import Decision, OnFile, Step, numbered
from bot.core.desk import notices
from bot.core.desk.authorship import put_before
from bot.core.desk.evidence import added, examined, refuse_needless_warning, shown_or_refused
from bot.core.desk.refusals import AlreadyWaits, NoReason, NoSuchFact, NotAnEditor, NothingChanges, NotNow
from bot.core.desk.sourcing import named_by, sourced
from bot.core.model.change import Item, Revise
from bot.core.model.desk import Origin, Person, Proposal
from bot.core.model.fact import Fact, Revision
from bot.core.model.review import Checking, Publication, Workflow
from bot.core.model.source import Source
from bot.core.review import WAITING, at_once, source_at_once


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What the caller asks for, complete and judged by the rules."""

    revision: Revision
    source: Source | None  # None: it stays
    items: tuple[Item, ...]  # what the passage brings along
    passages: tuple[tuple[str, str], ...]


def revise(change: Revise, on_file: OnFile, *, now: datetime) -> Decision:
    """One's own words for a fact that waits, a correction of one that is shown.

    Raises NotAnEditor, NotNow, NothingChanges, AlreadyWaits, NoReason, Flawed, NotFoundInPassage.
    """
    person = on_file.person(change.by)
    fact = on_file.numbered(change.number)
    if fact is None:
        raise NoSuchFact(change.number)
    if not change.by.editor:
        raise NotAnEditor(f"#{fact.number}: this takes an editor")
    wanted = _wanted(change, fact, on_file)
    if fact.workflow in WAITING:
        return _of_waiting(change, fact, wanted, person, on_file, now)
    if fact.workflow not in (Workflow.PUBLISHED, Workflow.HIDDEN):
        raise NotNow(fact.number, fact.workflow, "revise")
    if not change.reason.strip():
        raise NoReason(f"#{fact.number}: say why")
    return _of_shown(change, fact, wanted, person, on_file, now)


def _wanted(change: Revise, fact: Fact, on_file: OnFile) -> _Wanted:
    revision = numbered(change.revision, fact.revision.number + 1)
    stored = on_file.item(change.source.id) if change.source is not None else None
    source = change.source if change.source != stored else None
    if isinstance(stored, Source) and source is not None:
        source = replace(source, passages=stored.passages, snapshot=stored.snapshot)
        source = None if source == stored else source
    items, passages = added(change.source, change.passage, on_file) if change.source is not None else ((), ())
    if _same(revision, fact.revision) and source is None and not items:
        raise NothingChanges(fact.number)
    examined(fact.number, fact.slug, revision, change.source, on_file)
    if revision.unverified != fact.revision.unverified:
        refuse_needless_warning(fact.number, fact.slug, revision, on_file, change.source)
    return _Wanted(revision, source if stored is not None else None, items, passages)


def _of_waiting(
    change: Revise, fact: Fact, wanted: _Wanted, person: Person, on_file: OnFile, now: datetime
) -> Decision:
    """The next revision of what nobody is shown yet."""
    since = put_before(on_file.doings(fact.number))
    step = Step.on(fact, "revised", revision=wanted.revision, reason=change.reason)
    items = wanted.items
    if wanted.source is not None:
        if on_file.shown_with(wanted.source.id) is not None:
            raise NotNow(fact.number, fact.workflow, "revise-source")
        items = _with(wanted.source, items)
    steps: tuple[Step, ...] = () if _same(wanted.revision, fact.revision) else (step,)
    if wanted.source is not None:
        steps += sourced(wanted.source, on_file, change.reason, besides=fact)
    return Decision(
        person=person.id,
        number=fact.number,
        items=items,
        passages=wanted.passages,
        steps=steps,
        notices=notices.renewed(fact.number, notices.fact_card(since.at), change.terms, now) if since else (),
    )


def _of_shown(change: Revise, fact: Fact, wanted: _Wanted, person: Person, on_file: OnFile, now: datetime) -> Decision:
    stored = on_file.item(wanted.source.id) if wanted.source is not None else None
    revision, more = at_once(fact.revision, wanted.revision)
    source, source_more = wanted.source, False
    if wanted.source is not None and isinstance(stored, Source):
        source, source_more = source_at_once(stored, wanted.source)
        source = None if source == stored else source
    waits = more or source_more
    if waits and on_file.proposal(fact.number, Origin.DESK) is not None:
        raise AlreadyWaits(fact.number)
    if waits and change.terms.editors == 1:
        return _alone(change, fact, wanted, person, on_file, now)
    items = _with(source, wanted.items)
    if source is not None:
        revision = named_by(revision, source, on_file)
    revision = numbered(revision, fact.revision.number + 1)
    changed = not _same(revision, fact.revision)
    steps: tuple[Step, ...] = ()
    if changed:
        steps = (Step.on(fact, "revised", revision=revision, reason=change.reason),)
    steps += sourced(source, on_file, change.reason, besides=fact if changed else None)
    opened: tuple[Proposal, ...] = ()
    if waits:
        base = revision.number if changed else fact.revision.number
        opened = (
            Proposal(
                fact=fact.number,
                origin=Origin.DESK,
                base=base,
                revision=numbered(wanted.revision, base + 1) if more else None,
                source=wanted.source if source_more else None,
                workflow=Workflow.PUBLISHED,
                verb="changed",
                person=person.id,
                at=now,
                reason=change.reason,
            ),
        )
        steps = (*steps, Step.on(fact, "proposed", reason=change.reason))
    return Decision(
        person=person.id,
        number=fact.number,
        items=items,
        passages=wanted.passages,
        steps=steps,
        opened=opened,
        notices=notices.cards(fact.number, notices.proposal_card(opened[0]), change.terms) if opened else (),
    )


def _alone(change: Revise, fact: Fact, wanted: _Wanted, person: Person, on_file: OnFile, now: datetime) -> Decision:
    """Where one editor is enough, everything at once, and the answers disclose it."""
    shown = fact.workflow is Workflow.PUBLISHED
    if shown:
        shown_or_refused(fact, wanted.revision, on_file, wanted.source)
    same = _same(wanted.revision, fact.revision)
    others = sourced(wanted.source, on_file, change.reason, besides=None if same else fact)
    step = Step.on(
        fact,
        "changed",
        reason=change.reason,
        revision=None if same else wanted.revision,
        publication=Publication(checking=Checking.ONE_EDITOR, by=person.name, at=now) if shown else None,
    )
    return Decision(
        person=person.id,
        number=fact.number,
        items=_with(wanted.source, wanted.items),
        passages=wanted.passages,
        steps=(step, *others),
    )


def _same(one: Revision, other: Revision) -> bool:
    return replace(one, number=0, content_hash="") == replace(other, number=0, content_hash="")


def _with(source: Source | None, items: tuple[Item, ...]) -> tuple[Item, ...]:
    """The source as it is to read now, together with a passage that comes along."""
    if source is None:
        return items
    gained = next((item for item in items if isinstance(item, Source) and item.id == source.id), None)
    if gained is not None:
        source = replace(source, passages=gained.passages)
    return (source, *(item for item in items if item.id != source.id))

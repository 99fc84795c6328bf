"""Forms under way, kept from the first step on, and sending one to review."""

from __future__ import annotations

from datetime import datetime

from bot.core.decision import Decision, OnFile, Step, numbered
from bot.core.desk import notices
from bot.core.desk.evidence import added, examined
from bot.core.desk.refusals import NoSuchFact, NotNow
from bot.core.model.change import ChangeRefused, DropDraft, SaveDraft, Suggest
from bot.core.model.desk import Draft, Listener
from bot.core.model.review import Workflow


def save(change: SaveDraft, on_file: OnFile, *, now: datetime) -> Decision:
    """Keep what was typed. A new draft reserves the number of its fact; one of a fact on file is a change of it."""
    person = on_file.person(change.by)
    number = change.number if change.number is not None else on_file.highest() + 1
    before = on_file.draft(number, person.id)
    if change.number is not None and before is None and on_file.numbered(number) is None:
        raise NoSuchFact(number)
    draft = Draft(
        number=number,
        person=person.id,
        form=change.form,
        place=notices.own_place(change.place, person.id) or (before.place if before else None),
        reply_to=change.reply_to or (before.reply_to if before else None),
        at=now,
    )
    return Decision(person=person.id, number=number, drafts=(draft,))


def drop(change: DropDraft, on_file: OnFile, *, now: datetime) -> Decision:
    """Give a form up; its number stays unused."""
    del now
    person = on_file.person(change.by)
    if on_file.draft(change.number, person.id) is None:
        raise NoSuchFact(change.number)
    return Decision(person=person.id, number=change.number, dropped=((change.number, person.id),))


def suggest(change: Suggest, on_file: OnFile, *, now: datetime) -> Decision:
    """The draft becomes a fact that waits for review. Raises Flawed where rules forbid it, NotNow where it has been."""
    person = on_file.person(change.by)
    draft = on_file.draft(change.number, person.id)
    if draft is None:
        raise NoSuchFact(change.number)
    if (fact := on_file.numbered(change.number)) is not None:  # the form is about a change of it
        raise NotNow(fact.number, fact.workflow, "suggest")
    if on_file.fact(change.slug) is not None or on_file.item(change.slug) is not None:
        raise ChangeRefused(f"{change.slug}: the id is taken")
    revision = numbered(change.revision, 1)
    examined(change.number, change.slug, revision, change.source, on_file)
    items, passages = added(change.source, change.passage, on_file)
    step = Step(
        slug=change.slug,
        number=change.number,
        new=True,
        revision=revision,
        workflow=Workflow.PENDING,
        publication=None,
        verb="suggested",
    )
    listeners = (
        (Listener(fact=change.number, person=person.id, place=draft.place, reply_to=draft.reply_to),)
        if draft.place is not None
        else ()
    )
    return Decision(
        person=person.id,
        number=change.number,
        items=items,
        passages=passages,
        steps=(step,),
        dropped=((change.number, person.id),),
        listeners=listeners,
        notices=notices.cards(change.number, notices.fact_card(now), change.terms),
    )

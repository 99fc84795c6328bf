"""What an import comes to: files bring records in, and never make an answer say more without a name that answers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime

from bot.core.decision import Closing, Decision, OnFile, Step
from bot.core.desk import notices
from bot.core.desk.sourcing import resting
from bot.core.keeping import refuse_other_words, remembered
from bot.core.model.change import ChangeRefused, FactRecord, FileImport, Item
from bot.core.model.desk import Notice, Origin, Proposal, Settled, Terms
from bot.core.model.fact import Fact, Revision
from bot.core.model.names import Entity, Topic
from bot.core.model.quantity import ClaimSeries
from bot.core.model.review import Checking, Publication, Workflow
from bot.core.model.source import Source
from bot.core.normalisation import normalise
from bot.core.records import content_hash
from bot.core.references import references
from bot.core.review import BY_FILE, VERBS

BROUGHT = ("imported", "published")  # first verbs of revisions that files brought


def decide(change: FileImport, on_file: OnFile, *, now: datetime) -> Decision:
    """What an import comes to.

    New slugs get the number their file gives, if free, else the next one. File, store and what both came from are
    compared: where only the file changed, its content becomes the next revision; where only the store changed, that
    stays; where both did, the file's content waits at the desk as a conflict. Without `publish_as` nothing that readers
    see may change, so a change to a published fact, or to what one rests on, is refused as a whole.

    Checks that are on file are kept for words that did not change, and words are compared with every text that is kept.

    Raises ChangeRefused.
    """
    if change.publish_as is not None and not change.publish_as.strip():
        raise ChangeRefused("publishing needs the name of who answers for it")
    records = remembered(change.records, fact=on_file.fact, item=on_file.item)
    incoming: tuple[Item, ...] = (*records.sources, *records.entities, *records.topics, *records.series)
    _unique([item.id for item in incoming], [record.slug for record in records.facts], on_file)
    items = tuple(item for item in incoming if _differs(item, on_file))
    given = {source: normalise(text).text for source, text in change.texts.items()}
    texts = {source: text for source, text in given.items() if on_file.text(source) != text}
    known = {item.id: item for item in incoming}
    for source in texts:
        _known(source, Source, known, on_file, "the text")
    if change.publish_as is None:
        _nothing_shown_changes(items, texts, on_file)
    numbers = _numbers(records.facts, on_file)
    steps = []
    conflicts = []
    for record in records.facts:
        _refers_to_known(record, known, on_file)
        refuse_other_words(record, lambda source: given.get(source) or on_file.text(source))
        fact = on_file.fact(record.slug)
        wanted = _wanted(record, change.publish_as)
        state, revision = _new(record, wanted) if fact is None else _revised(record, fact, on_file, wanted)
        if fact is not None and revision is not None and _both_changed(record, fact, on_file):
            conflicts.append(_conflict(record, fact, now))
            continue
        if fact is not None and revision is None and state is fact.workflow:
            continue
        publication = (
            Publication(checking=Checking.FILE_IMPORT, by=change.publish_as, at=now)
            if state is Workflow.PUBLISHED and change.publish_as is not None
            else None
        )
        steps.append(
            Step(
                slug=record.slug,
                number=numbers[record.slug] if fact is None else fact.number,
                new=fact is None,
                revision=revision,
                workflow=state,
                publication=publication or (fact.publication if fact else None),
                verb=VERBS[state],
            )
        )
    told = {step.number for step in steps}
    for item in items:
        if isinstance(item, Source):
            steps += (step for step in resting(item, on_file) if step.number not in told)
    done = {step.slug for step in steps} | {slug for slug, _ in conflicts}
    opened, closed, cards = _opened([proposal for _, proposal in conflicts], on_file, change.terms, now)
    return Decision(
        actor=change.publish_as,
        items=items,
        texts=texts,
        steps=tuple(steps),
        unchanged=tuple(record.slug for record in records.facts if record.slug not in done),
        conflicts=tuple(slug for slug, _ in conflicts),
        opened=opened,
        closed=closed,
        notices=cards,
    )


def _both_changed(record: FactRecord, fact: Fact, on_file: OnFile) -> bool:
    """Whether the store has changed, too, since the revision that the file was made from."""
    if record.base_revision is not None:
        return record.base_revision != fact.revision.number
    first = {doing.revision: doing.verb for doing in reversed(on_file.doings(fact.number))}
    return first.get(fact.revision.number) not in BROUGHT


def _conflict(record: FactRecord, fact: Fact, now: datetime) -> tuple[str, Proposal]:
    return record.slug, Proposal(
        fact=fact.number,
        origin=Origin.FILES,
        base=fact.revision.number,
        revision=replace(record.revision, number=fact.revision.number, content_hash=content_hash(record.revision)),
        source=None,
        workflow=fact.workflow,
        verb="changed",
        person="",
        at=now,
    )


def _opened(
    proposals: Iterable[Proposal], on_file: OnFile, terms: Terms, now: datetime
) -> tuple[tuple[Proposal, ...], tuple[Closing, ...], tuple[Notice, ...]]:
    """The conflicts that are new, those that they take the place of, and their cards."""
    opened: list[Proposal] = []
    closed: list[Closing] = []
    cards: list[Notice] = []
    for proposal in proposals:
        waiting = on_file.proposal(proposal.fact, Origin.FILES)
        if waiting is not None:
            if waiting.revision and proposal.revision and _same(waiting.revision, proposal.revision):
                continue
            closed.append(Closing(fact=proposal.fact, origin=Origin.FILES, settled=Settled.OVERTAKEN))
            cards += notices.renewed(proposal.fact, notices.proposal_card(waiting), terms, now)
        opened.append(proposal)
        cards += notices.cards(proposal.fact, notices.proposal_card(proposal), terms)
    return tuple(opened), tuple(closed), tuple(cards)


def _wanted(record: FactRecord, publish_as: str | None) -> Workflow:
    """The state that the file asks for. An exported record says its state itself; a new one waits to be published."""
    waits = record.workflow is Workflow.PENDING and record.base_revision is None
    if record.workflow is Workflow.PUBLISHED or waits:
        return Workflow.PENDING if publish_as is None else Workflow.PUBLISHED
    return record.workflow


def _new(record: FactRecord, wanted: Workflow) -> tuple[Workflow, Revision]:
    content = content_hash(record.revision)
    number = 1
    if record.base_revision is not None:  # exported elsewhere: its numbers go on, so that nobody counts twice
        number = record.base_revision if record.base_hash in {None, content} else record.base_revision + 1
    return wanted, replace(record.revision, number=number, content_hash=content)


def _revised(record: FactRecord, fact: Fact, on_file: OnFile, wanted: Workflow) -> tuple[Workflow, Revision | None]:
    slug, newest = record.slug, fact.revision
    state = BY_FILE.get((fact.workflow, wanted), fact.workflow)
    if _same(record.revision, newest):
        return state, None
    made_from_newest = record.base_revision == newest.number
    if not made_from_newest and any(_same(record.revision, old) for old in on_file.earlier(fact.number)):
        return fact.workflow, None  # the file is older than what is here; it has nothing to add
    if fact.workflow is Workflow.REJECTED:
        return fact.workflow, None  # what was not taken does not come back by a file
    if made_from_newest and record.base_hash not in {None, newest.content_hash}:
        raise ChangeRefused(f"{slug}: the file was exported from another revision {newest.number} than the one here")
    if state is Workflow.PUBLISHED and wanted is not Workflow.PUBLISHED:
        raise ChangeRefused(f"{slug} is published; changing it takes a name that answers for publishing the file")
    return state, replace(record.revision, number=newest.number + 1, content_hash=content_hash(record.revision))


def _same(one: Revision, other: Revision) -> bool:
    return replace(one, number=0, content_hash="") == replace(other, number=0, content_hash="")


def _numbers(records: Iterable[FactRecord], on_file: OnFile) -> dict[str, int]:
    """Numbers for the new slugs: first those that files ask for, then the next ones."""
    new = [record for record in records if on_file.fact(record.slug) is None]
    given: dict[int, str] = {}
    for record in new:
        if record.number is not None and record.number not in given and not on_file.taken(record.number):
            given[record.number] = record.slug
    numbers = {slug: number for number, slug in given.items()}
    last = max([on_file.highest(), *given])
    for record in new:
        if record.slug not in numbers:
            last += 1
            numbers[record.slug] = last
    return numbers


def _unique(items: list[str], slugs: list[str], on_file: OnFile) -> None:
    """Ids are unique over facts and all that they refer to."""
    seen: set[str] = set()
    for each in (*items, *slugs):
        if each in seen:
            raise ChangeRefused(f"{each}: the id stands twice in these records")
        seen.add(each)
    for item in items:
        if on_file.fact(item) is not None:
            raise ChangeRefused(f"{item}: the id belongs to a fact on file")
    for slug in slugs:
        if on_file.item(slug) is not None:
            raise ChangeRefused(f"{slug}: the id belongs to something else on file")


def _differs(item: Item, on_file: OnFile) -> bool:
    stored = on_file.item(item.id)
    if stored is not None and type(stored) is not type(item):
        raise ChangeRefused(f"{item.id}: on file as {_called(type(stored))}, not as {_called(type(item))}")
    return stored != item and all(earlier != item for earlier in on_file.earlier_items(item.id))


def _nothing_shown_changes(items: Iterable[Item], texts: Mapping[str, str], on_file: OnFile) -> None:
    touched = [item.id for item in items if on_file.item(item.id) is not None]
    touched += [source for source in texts if on_file.text(source) is not None]
    for item_id in touched:
        if (slug := on_file.shown_with(item_id)) is not None:
            raise ChangeRefused(
                f"{item_id}: the published fact {slug} rests on it; "
                "a changed record needs somebody who answers for publishing it"
            )


def _refers_to_known(record: FactRecord, known: Mapping[str, Item], on_file: OnFile) -> None:
    named = references(record.revision)
    wanted: tuple[tuple[type[Item], tuple[str, ...]], ...] = (
        (Source, named.sources),
        (Entity, named.entities),
        (Topic, named.topics),
        (ClaimSeries, named.series),
    )
    for kind, ids in wanted:
        for item_id in ids:
            _known(item_id, kind, known, on_file, record.slug)


def _known(item_id: str, kind: type[Item], known: Mapping[str, Item], on_file: OnFile, who: str) -> None:
    if not isinstance(known.get(item_id) or on_file.item(item_id), kind):
        raise ChangeRefused(f"{who}: no {_called(kind)} {item_id!r} on file")


def _called(kind: type[Item]) -> str:
    return {Source: "source", Entity: "entity", Topic: "topic", ClaimSeries: "series"}[kind]

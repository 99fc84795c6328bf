"""What the memory store holds, and how a decided change is written into it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, fields, replace
from datetime import datetime
from typing import Any, TypeVar

from bot.core.decision import Decision, Step
from bot.core.desk.naming import naming
from bot.core.model.change import Item
from bot.core.model.desk import Notice, Report
from bot.core.model.fact import Dossier, Fact, PastRevision, Related, Revision
from bot.core.model.mail import Delivery, Place
from bot.core.model.names import Entity, Topic
from bot.core.model.news import Told
from bot.core.model.quantity import ClaimSeries
from bot.core.model.review import RelationKind, Workflow
from bot.core.model.source import Source
from bot.core.references import references, with_broader
from bot.core.search.document import SearchDocument
from bot.store.memory_desk import DeskState
from bot.store.memory_mail import MemoryMail

T = TypeVar("T", Source, Entity, Topic, ClaimSeries)


@dataclass(slots=True, kw_only=True)
class State(DeskState):
    """One consistent state; the store swaps a written copy for it."""

    mail: MemoryMail
    position: int = 0
    facts: dict[str, Fact] = field(default_factory=dict)
    slugs: dict[int, str] = field(default_factory=dict)
    revisions: dict[int, tuple[Revision, ...]] = field(default_factory=dict)
    past: dict[int, tuple[PastRevision, ...]] = field(default_factory=dict)
    items: dict[str, Item] = field(default_factory=dict)
    earlier_of: dict[str, tuple[Item, ...]] = field(
        default_factory=dict
    )  # what items were before, the later ones first
    texts: dict[str, str] = field(default_factory=dict)
    documents: dict[int, SearchDocument] = field(default_factory=dict)  # published and answerable only

    def copied(self) -> State:
        """A copy to write into; the values themselves are never altered."""
        values = {item.name: getattr(self, item.name) for item in fields(self)}
        own: dict[str, Any] = {
            name: dict(value) if isinstance(value, dict) else value for name, value in values.items()
        }
        return State(**own)

    # What `decision.OnFile` asks.

    def fact(self, slug: str) -> Fact | None:
        return self.facts.get(slug)

    def numbered(self, number: int) -> Fact | None:
        slug = self.slugs.get(number)
        return self.facts[slug] if slug is not None else None

    def earlier(self, number: int) -> Iterable[Revision]:
        return reversed(self.revisions[number][:-1])

    def taken(self, number: int) -> bool:
        return number in self.slugs or any(key[0] == number for key in self.drafts_kept)

    def highest(self) -> int:
        return max(self.reserved, *self.slugs, 0)

    def item(self, item_id: str) -> Item | None:
        return self.items.get(item_id)

    def earlier_items(self, item_id: str) -> Iterable[Item]:
        return self.earlier_of.get(item_id, ())

    def text(self, source: str) -> str | None:
        return self.texts.get(source)

    def facts_of(self, source: str) -> Iterable[Fact]:
        return sorted(self._resting_on({source}), key=lambda fact: fact.number)

    def waiting_of(self, person: str) -> tuple[int, ...]:
        same = self.same(person)
        found = {each.fact for each, settled in self.proposals if settled is None and each.person in same}
        found |= {
            fact
            for fact, _, doing in self.lines
            if fact is not None
            and doing.person in same
            and doing.verb in ("suggested", "revised")
            and self.facts[self.slugs[fact]].workflow in (Workflow.DRAFT, Workflow.PENDING)
        }
        return tuple(sorted(found))

    def reported_by(self, person: str) -> tuple[Report, ...]:
        same = self.same(person)
        return tuple(each for _, kept in sorted(self.reports_kept.items()) for each in kept if each.person in same)

    def changed_by(self, person: str, since: datetime) -> tuple[int, ...]:
        same = self.same(person)
        passing = ("reported", "report-closed", "proposed", "declined", "taken-back", "hidden")
        found = {
            fact
            for fact, _, doing in self.lines
            if fact is not None
            and doing.person in same
            and doing.at >= since
            and doing.verb not in passing
            and self.facts[self.slugs[fact]].workflow is Workflow.PUBLISHED
        }
        return tuple(sorted(found))

    def showing(self, number: int) -> tuple[Delivery, ...]:
        return self.mail.messages_showing(number)

    def private_answers(self, number: int) -> int:
        return self.mail.private_answers(number)

    def told(self, number: int) -> tuple[Told, ...]:
        return self.mail.told(number)

    def news_times(self, place: Place, limit: int, now: datetime) -> tuple[datetime, ...]:
        return self.mail.news_times(place, limit, now)

    def shown_with(self, item_id: str) -> str | None:
        return next((fact.slug for fact in self._resting_on({item_id}) if fact.workflow is Workflow.PUBLISHED), None)

    # What readings ask.

    def ordered(self, kind: type[T]) -> list[T]:
        """All items of a kind by id."""
        return [item for _, item in sorted(self.items.items()) if isinstance(item, kind)]

    def dossier(self, fact: Fact) -> Dossier:
        """The fact with everything that it refers to."""
        named = references(fact.revision)
        return Dossier(
            fact=fact,
            sources={each: self._one(Source, each) for each in named.sources},
            entities={each: self._one(Entity, each) for each in named.entities},
            topics={topic.id: topic for topic in with_broader(named.topics, self._topic)},
            series={each: self._one(ClaimSeries, each) for each in named.series},
            related=self._related(fact),
        )

    def _related(self, fact: Fact) -> tuple[Related, ...]:
        found = []
        for other in self.facts.values():
            found += [_as_related(kind, other, outgoing=False) for kind, slug in _relations(other) if slug == fact.slug]
        for kind, slug in _relations(fact):
            if (other_end := self.facts.get(slug)) is not None:
                found.append(_as_related(kind, other_end, outgoing=True))
        return tuple(sorted(found, key=lambda item: (item.number, item.outgoing, item.kind or "")))

    # How a change is written.

    def write(
        self, decision: Decision, now: datetime, index: Callable[[Dossier], SearchDocument]
    ) -> tuple[Notice, ...]:
        """Write a decided change; only a copy may be written into. What is to be posted."""
        if decision.idle:
            return ()
        if decision.moves:
            self.position += 1
        for item in decision.items:
            if item.id in self.items:
                self.earlier_of[item.id] = (self.items[item.id], *self.earlier_of.get(item.id, ()))
            self.items[item.id] = item
        self.texts |= decision.texts
        for source, text in decision.passages:
            self.passages_kept[source] = (*self.passages(source), text)
        for item in decision.items:
            self.line(None, item.id, "imported", 1, decision.person, now)
        for step in decision.steps:
            self._take(step, now, decision)
        touched = {fact.slug for fact in self._resting_on({item.id for item in decision.items})}
        for slug in touched | {step.slug for step in decision.steps}:
            fact = self.facts[slug]
            self.documents.pop(fact.number, None)
            if fact.workflow is Workflow.PUBLISHED and fact.revision.answerable:
                self.documents[fact.number] = index(self.dossier(fact))
        for person in decision.forgotten:
            self._forget_reasons(naming(self.called(person)))
        return self.write_desk(decision, now)

    def _take(self, step: Step, now: datetime, decision: Decision) -> None:
        before = self.facts.get(step.slug)
        revision = step.revision or self.facts[step.slug].revision
        self.facts[step.slug] = Fact(
            number=step.number,
            slug=step.slug,
            workflow=step.workflow,
            revision=revision,
            publication=step.publication,
            created_at=before.created_at if before else now,
        )
        self.slugs[step.number] = step.slug
        if step.revision is not None:
            self.revisions[step.number] = (*self.revisions.get(step.number, ()), revision)
        self.line(step.number, step.slug, step.verb, revision.number, decision.person, now)
        line = PastRevision(
            revision=revision,
            at=now,
            verb=step.verb,
            actor_name=decision.actor or "",
            reason=step.reason,
            actor=decision.person or "",
        )
        self.past[step.number] = (*self.past.get(step.number, ()), line)

    def _forget_reasons(self, named: Callable[[str], bool]) -> None:
        self.past = {
            fact: tuple(replace(line, reason="") if named(line.reason) else line for line in lines)
            for fact, lines in self.past.items()
        }

    def _resting_on(self, ids: set[str]) -> list[Fact]:
        if not ids:
            return []
        found = []
        for fact in self.facts.values():
            dossier = self.dossier(fact)
            if not ids.isdisjoint((*dossier.sources, *dossier.entities, *dossier.topics, *dossier.series)):
                found.append(fact)
        return found

    def _topic(self, item_id: str) -> Topic | None:
        item = self.items.get(item_id)
        return item if isinstance(item, Topic) else None

    def _one(self, kind: type[T], item_id: str) -> T:
        item = self.items[item_id]
        if not isinstance(item, kind):
            raise TypeError(f"{item_id} is on file as {type(item).__name__}, not as {kind.__name__}")
        return item


def _relations(fact: Fact) -> list[tuple[RelationKind | None, str]]:
    """Kind and slug of every fact that this one speaks of; None for the one that replaces it."""
    revision = fact.revision
    found: list[tuple[RelationKind | None, str]] = [(each.kind, each.fact) for each in revision.relations]
    if revision.withdrawal is not None and revision.withdrawal.replaced_by is not None:
        found.append((None, revision.withdrawal.replaced_by))
    return found


def _as_related(kind: RelationKind | None, other: Fact, *, outgoing: bool) -> Related:
    return Related(
        kind=kind, outgoing=outgoing, number=other.number, label=other.revision.label, workflow=other.workflow
    )

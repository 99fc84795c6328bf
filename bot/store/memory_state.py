"""What the memory store holds, and how a decided change is written into it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TypeVar

from bot.core.model.fact import Dossier, Fact, PastRevision, Revision
from bot.core.model.names import Entity, Topic
from bot.core.model.quantity import ClaimSeries
from bot.core.model.review import Workflow
from bot.core.model.source import Source
from bot.core.references import references, with_broader
from bot.core.review import Decision, Item, Step
from bot.core.search.document import SearchDocument

T = TypeVar("T", Source, Entity, Topic, ClaimSeries)


@dataclass(slots=True)
class State:
    """One consistent state; the store swaps a written copy for it."""

    position: int = 0
    facts: dict[str, Fact] = field(default_factory=dict)
    slugs: dict[int, str] = field(default_factory=dict)
    revisions: dict[int, tuple[Revision, ...]] = field(default_factory=dict)
    past: dict[int, tuple[PastRevision, ...]] = field(default_factory=dict)
    items: dict[str, Item] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)
    documents: dict[int, SearchDocument] = field(default_factory=dict)  # published and answerable only

    def copied(self) -> State:
        """A copy to write into; the values themselves are never altered."""
        return replace(
            self,
            facts=dict(self.facts),
            slugs=dict(self.slugs),
            revisions=dict(self.revisions),
            past=dict(self.past),
            items=dict(self.items),
            texts=dict(self.texts),
            documents=dict(self.documents),
        )

    # What `review.OnFile` asks.

    def fact(self, slug: str) -> Fact | None:
        return self.facts.get(slug)

    def earlier(self, number: int) -> Iterable[Revision]:
        return self.revisions[number][:-1]

    def taken(self, number: int) -> bool:
        return number in self.slugs

    def highest(self) -> int:
        return max(self.slugs, default=0)

    def item(self, item_id: str) -> Item | None:
        return self.items.get(item_id)

    def text(self, source: str) -> str | None:
        return self.texts.get(source)

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
        )

    # How a change is written.

    def write(self, decision: Decision, now: datetime, index: Callable[[Dossier], SearchDocument]) -> None:
        """Write a decided change; only a copy may be written into."""
        if decision.idle:
            return
        self.position += 1
        self.items |= {item.id: item for item in decision.items}
        self.texts |= decision.texts
        for step in decision.steps:
            self._take(step, now, decision.actor or "")
        touched = {fact.slug for fact in self._resting_on({item.id for item in decision.items})}
        for slug in touched | {step.slug for step in decision.steps}:
            fact = self.facts[slug]
            self.documents.pop(fact.number, None)
            if fact.workflow is Workflow.PUBLISHED and fact.revision.answerable:
                self.documents[fact.number] = index(self.dossier(fact))

    def _take(self, step: Step, now: datetime, actor: str) -> None:
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
        line = PastRevision(revision=revision, at=now, verb=step.verb, actor_name=actor, reason="")
        self.past[step.number] = (*self.past.get(step.number, ()), line)

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

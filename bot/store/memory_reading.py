"""One consistent view of the memory store."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from bot.core.model.change import FactRecord, Records
from bot.core.model.fact import Dossier, PastRevision
from bot.core.model.finding import Listed
from bot.core.model.names import Entity, Topic
from bot.core.model.quantity import ClaimSeries
from bot.core.model.source import Source
from bot.core.ports import Vocabulary
from bot.core.search.document import SearchDocument
from bot.core.search.plan import Candidate, Candidates, Frequencies, Plan, Pool
from bot.store.matching import bounded, findable, has_word, holds, terms_of
from bot.store.memory_state import State


class MemoryReading:
    """One consistent view."""

    def __init__(self, state: State) -> None:
        self._state = state

    async def candidates(self, plan: Plan, *, limit: int) -> Candidates:
        return self._candidates(plan, limit)

    async def pool(self, plans: Sequence[Plan], *, limit: int, most: int) -> Pool:
        return Pool.of((self._candidates(plan, limit) for plan in plans), limit=limit, most=most)

    def _candidates(self, plan: Plan, limit: int) -> Candidates:
        asked, whole = bounded(plan)
        rows = []
        if asked is not None:
            wanted = terms_of(asked)
            for _, document in sorted(self._state.documents.items(), reverse=True):
                terms = frozenset(document.terms)
                if holds(asked, terms):
                    rows.append(Candidate(document=document, matched=wanted & terms))
        return Candidates(rows=tuple(rows[: max(limit, 0)]), complete=whole, as_of=self._state.position)

    async def frequencies(self, terms: Sequence[str]) -> Frequencies:
        documents = self._state.documents.values()
        counts = {term: sum(term in document.terms for document in documents) for term in terms}
        total = sum(document.length for document in documents)
        return Frequencies(
            documents=len(documents),
            mean_length=total / len(documents) if documents else 0.0,
            of={term: count for term, count in counts.items() if count},
        )

    async def vocabulary(self) -> Vocabulary:
        state = self._state
        return Vocabulary(
            entities=tuple(state.ordered(Entity)),
            topics=tuple(state.ordered(Topic)),
            series=tuple(state.ordered(ClaimSeries)),
        )

    async def dossiers(self, numbers: Sequence[int]) -> tuple[Dossier, ...]:
        slugs = self._state.slugs
        return tuple(
            self._state.dossier(self._state.facts[slugs[number]])
            for number in dict.fromkeys(numbers)
            if number in slugs
        )

    async def number_of(self, slug: str) -> int | None:
        fact = self._state.facts.get(slug)
        return fact.number if fact else None

    async def history(self, number: int) -> tuple[PastRevision, ...]:
        return self._state.past.get(number, ())

    async def listed(self, *, topic: str | None = None, series: str | None = None, limit: int) -> tuple[Listed, ...]:
        return self._labels(
            limit,
            lambda dossier, _: (
                (topic is None or topic in dossier.topics) and (series is None or series in dossier.series)
            ),
        )

    async def labels(self, prefix: str, *, limit: int) -> tuple[Listed, ...]:
        return self._labels(limit, lambda _, document: findable(prefix) and has_word(document.terms, prefix))

    async def text_of(self, source: str) -> str | None:
        return self._state.texts.get(source)

    async def passages_of(self, source: str) -> tuple[str, ...]:
        return self._state.passages(source)

    async def records(self) -> Records:
        state = self._state
        return Records(
            sources=tuple(state.ordered(Source)),
            entities=tuple(state.ordered(Entity)),
            topics=tuple(state.ordered(Topic)),
            series=tuple(state.ordered(ClaimSeries)),
            facts=tuple(map(FactRecord.of, sorted(state.facts.values(), key=lambda fact: fact.number))),
        )

    def _labels(self, limit: int, wanted: Callable[[Dossier, SearchDocument], bool]) -> tuple[Listed, ...]:
        state = self._state
        found = []
        for number, document in sorted(state.documents.items(), reverse=True):
            dossier = state.dossier(state.facts[state.slugs[number]])
            if wanted(dossier, document):
                found.append(Listed(number=number, label=dossier.fact.revision.label))
        return tuple(found[: max(limit, 0)])

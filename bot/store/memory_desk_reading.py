"""The memory store's view for the desk."""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from datetime import datetime
from itertools import islice

from bot.core.desk.port import Counts, Remembered, Travelled, Unanswered, Waiting
from bot.core.links import canonical, host_of
from bot.core.model.desk import Batch, By, Doing, Draft, Origin, Person, Proposal, Report
from bot.core.model.fact import Dossier
from bot.core.model.news import Follow, Told
from bot.core.model.review import Workflow
from bot.core.model.source import Source
from bot.core.news import SHIFTING
from bot.store.memory_reading import MemoryReading

KEPT_FROM = 3  # times that a question is asked before its words are shown
_BEGINNING = ("imported", "suggested", "revised", "reopened")


class MemoryDeskReading(MemoryReading):
    """The port DeskReading."""

    async def person(self, by: By) -> Person | None:
        return self._state.find(by)

    async def somebody(self, person: str) -> Person | None:
        found = [each for each in self._state.people if each.startswith(person)] if person else []
        return self._state.somebody(found[0]) if len(found) == 1 else None

    async def named(self, name: str) -> Person | None:
        wanted = name.casefold()
        people = self._state.people
        found = {self._state.somebody(each).id for each in people if wanted and people[each].name.casefold() == wanted}
        return self._state.somebody(found.pop()) if len(found) == 1 else None

    async def remembered(self, person: str) -> Remembered:
        state, same = self._state, self._state.same(person)
        return Remembered(
            person=state.somebody(person),
            former_names=tuple(sorted({name for each in same for name in state.earlier_names.get(each, ())})),
            drafts=state.drafts(person),
            reports=tuple(each for kept in state.reports_kept.values() for each in kept if each.person in same),
            listening=tuple(each for _, each in sorted(state.listeners_kept.items()) if each.person in same),
            follows=tuple(each for each in state.follows() if each.person in same),
            doings=tuple((what, doing) for _, what, doing in reversed(state.lines) if doing.person in same),
        )

    async def draft(self, number: int, person: str) -> Draft | None:
        return self._state.draft(number, person)

    async def drafts(self, person: str) -> tuple[Draft, ...]:
        return self._state.drafts(person)

    async def waiting(self, *, limit: int, offset: int = 0) -> tuple[Waiting, ...]:
        state = self._state
        reports = [each for kept in state.reports_kept.values() for each in kept if each.outcome is None]
        rows = [
            self._row(each.fact, each.at, each.person, report=each.number)
            for each in sorted(reports, key=lambda each: (each.at, each.fact))
        ]
        for origin in Origin:
            rows += [
                self._row(each.fact, each.at, each.person, origin=each.origin)
                for each, settled in state.proposals
                if settled is None and each.origin is origin
            ]
        for number in sorted(state.slugs):
            if state.facts[state.slugs[number]].workflow in (Workflow.DRAFT, Workflow.PENDING):
                doings = [each for each in state.doings(number) if each.verb not in ("reported", "report-closed")]
                began = next(each for each in reversed(doings) if each.verb in _BEGINNING)
                rows.append(self._row(number, began.at, began.person, vouched=doings[-1].verb == "vouched"))
        return tuple(rows[max(offset, 0) :][: max(limit, 0)])

    def _row(
        self,
        number: int,
        since: datetime,
        person: str | None,
        *,
        origin: Origin | None = None,
        report: int | None = None,
        vouched: bool = False,
    ) -> Waiting:
        return Waiting(
            number=number,
            label=self._state.facts[self._state.slugs[number]].revision.label,
            since=since,
            person=self._state.somebody(person).id if person else None,
            origin=origin,
            report=report,
            vouched=vouched,
        )

    async def counts(self, since: datetime | None = None) -> Counts:
        state = self._state
        states = [fact.workflow for fact in state.facts.values()]
        origins = [each.origin for each, settled in state.proposals if settled is None]
        fresh = [doing.verb for _, _, doing in state.lines if since is not None and doing.at >= since]
        first = {what: doing.at for _, what, doing in reversed(state.lines) if doing.verb == "published"}
        return Counts(
            published=states.count(Workflow.PUBLISHED),
            waiting=states.count(Workflow.PENDING) + states.count(Workflow.DRAFT),
            proposals=origins.count(Origin.DESK),
            conflicts=origins.count(Origin.FILES),
            reports=sum(each.outcome is None for kept in state.reports_kept.values() for each in kept),
            unanswered=sum(kept for _, _, kept in state.missed.values()),
            published_since=sum(since is not None and at >= since for at in first.values()),
            withdrawn_since=sum(verb == "withdrawn" for verb in fresh),
        )

    async def proposal(self, number: int, origin: Origin) -> Proposal | None:
        return self._state.proposal(number, origin)

    async def reports(self, number: int) -> tuple[Report, ...]:
        return self._state.reports(number)

    async def doings(self, number: int) -> tuple[Doing, ...]:
        return self._state.doings(number)

    async def mine(self, person: str, *, limit: int) -> tuple[tuple[int, str, Workflow], ...]:
        state, same = self._state, self._state.same(person)
        numbers = {fact for fact, _, doing in state.lines if doing.verb == "suggested" and doing.person in same}
        found = [
            state.facts[state.slugs[number]] for number in sorted(numbers - {None}, key=lambda n: -(n or 0)) if number
        ]
        return tuple((fact.number, fact.revision.label, fact.workflow) for fact in found[: max(limit, 0)])

    async def batch(self, number: int) -> Batch | None:
        return self._state.batch(number)

    async def unanswered(self, *, limit: int) -> tuple[Unanswered, ...]:
        found = [
            Unanswered(query=query, times=times, day=day)
            for query, (times, day, kept) in self._state.missed.items()
            if kept
        ]
        return tuple(sorted(found, key=lambda each: (-each.times, each.query))[: max(limit, 0)])

    async def source_at(self, url: str) -> Source | None:
        return next((item for item in self._at(url) if self._state.shown_with(item.id)), None)

    async def unseen_at(self, url: str, *, limit: int) -> tuple[Source, ...]:
        return tuple(item for item in self._at(url) if not self._state.shown_with(item.id))[: max(limit, 0)]

    def _at(self, url: str) -> list[Source]:
        return [item for item in self._state.ordered(Source) if item.url and canonical(item.url) == url]

    async def source(self, source_id: str) -> Source | None:
        found = self._state.item(source_id)
        return found if isinstance(found, Source) else None

    async def earlier_sources(self, source_id: str) -> tuple[Source, ...]:
        return tuple(each for each in self._state.earlier_items(source_id) if isinstance(each, Source))

    async def known_host(self, host: str, *, besides: str = "") -> bool:
        seen = (item for item in self._state.ordered(Source) if item.id != besides and self._state.shown_with(item.id))
        return any(host_of(item.url) == host for item in seen if item.url)

    async def hosts(self, *, limit: int) -> tuple[str, ...]:
        return tuple(sorted(self._hosts())[: max(limit, 0)])

    def _hosts(self) -> set[str]:
        return {host for item in self._state.ordered(Source) if item.url and (host := host_of(item.url))}

    async def publishers(self, *, limit: int) -> tuple[str, ...]:
        names = {item.publisher.casefold() for item in self._state.ordered(Source) if item.publisher}
        return tuple(sorted(names)[: max(limit, 0)])

    async def known_publisher(self, name: str, *, besides: str = "") -> bool:
        seen = (item for item in self._state.ordered(Source) if item.id != besides and self._state.shown_with(item.id))
        return any((item.publisher or "").casefold() == name.casefold() for item in seen)

    async def facts_of(self, source: str, *, limit: int) -> tuple[Dossier, ...]:
        facts = sorted(self._state.facts_of(source), key=lambda fact: -fact.number)
        return tuple(self._state.dossier(fact) for fact in facts[: max(limit, 0)])

    async def follows(self) -> tuple[Follow, ...]:
        return self._state.follows()

    async def told(self, number: int) -> tuple[Told, ...]:
        return self._state.told(number)

    async def stirred(self, *, limit: int, verbs: Collection[str]) -> tuple[int, ...]:
        found = (fact for fact, _, doing in reversed(self._state.lines) if fact is not None and doing.verb in verbs)
        return tuple(islice(found, max(limit, 0)))

    async def shifted(self, since: datetime, until: datetime, *, limit: int) -> tuple[tuple[int, str], ...]:
        found = [
            (fact, doing.verb)
            for fact, _, doing in self._state.lines
            if fact is not None and doing.verb in SHIFTING and since <= doing.at < until
        ]
        return tuple(found[: max(limit, 0)])

    async def travelled(self, number: int, at: datetime) -> Travelled:
        return self._state.mail.travelled(number, at)

    async def head(self) -> tuple[int, str]:
        lines = self._state.lines
        return len(lines), hashlib.sha256(repr(lines).encode()).hexdigest()

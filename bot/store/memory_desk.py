"""What the memory store holds of the desk: people, forms, proposals, reports, and the lines of the audit."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime

from bot.core.deciding import SHOWING
from bot.core.decision import Decision
from bot.core.desk.naming import naming
from bot.core.model.desk import (
    Batch,
    By,
    Doing,
    Draft,
    Listener,
    Notice,
    Origin,
    Person,
    Proposal,
    Report,
    Settled,
)
from bot.core.model.news import Follow


@dataclass(slots=True, kw_only=True)
class DeskState:
    """The desk's part of one consistent state."""

    people: dict[str, Person] = field(default_factory=dict)  # by own id; accounts stay where they were made
    joined: dict[str, str] = field(default_factory=dict)
    earlier_names: dict[str, tuple[str, ...]] = field(default_factory=dict)
    offers: dict[str, tuple[str, datetime]] = field(default_factory=dict)
    drafts_kept: dict[tuple[int, str], Draft] = field(default_factory=dict)
    reserved: int = 0
    proposals: tuple[tuple[Proposal, Settled | None], ...] = ()
    reports_kept: dict[int, tuple[Report, ...]] = field(default_factory=dict)
    listeners_kept: dict[tuple[int, str], Listener] = field(default_factory=dict)
    batches_kept: tuple[Batch, ...] = ()
    lines: tuple[tuple[int | None, str, Doing], ...] = ()  # (fact or None, what the line is about, the line)
    passages_kept: dict[str, tuple[str, ...]] = field(default_factory=dict)
    missed: dict[str, tuple[int, str, bool]] = field(default_factory=dict)  # query -> (times, day, its words are kept)
    follows_kept: dict[int, Follow] = field(default_factory=dict)

    # What `decision.OnFile` asks.

    def find(self, by: By) -> Person | None:
        """Whoever has this account."""
        own = next((one for one in self.people.values() if by.account in one.accounts.get(by.platform, ())), None)
        return self.somebody(own.id) if own else None

    def person(self, by: By) -> Person:
        found = self.find(by)
        if found is None:
            found = Person(id=secrets.token_hex(16), accounts={by.platform: frozenset({by.account})})
            self.people[found.id] = found
        return found

    def somebody(self, person: str) -> Person:
        root = person
        while root in self.joined:
            root = self.joined[root]
        accounts: dict[str, frozenset[str]] = {}
        for each in self.same(root):
            own = self.people.get(each)
            for platform, ids in own.accounts.items() if own else ():
                accounts[platform] = accounts.get(platform, frozenset()) | ids
        known = self.people.get(root) or Person(id=root)
        return replace(known, accounts=accounts)

    def same(self, person: str) -> frozenset[str]:
        """The ids of all who turned out to be this person."""
        found = {person}
        while more := {child for child, parent in self.joined.items() if parent in found} - found:
            found |= more
        return frozenset(found)

    def called(self, person: str) -> tuple[str, ...]:
        """Accounts and names of a person, the earlier ones too."""
        same = sorted(self.same(person) & set(self.people))
        accounts = [each for ids in self.somebody(person).accounts.values() for each in sorted(ids)]
        names = [name for each in same for name in (self.people[each].name, *self.earlier_names.get(each, ()))]
        return (*accounts, *filter(None, names))

    def names(self, *, besides: str) -> tuple[str, ...]:
        return tuple(one.name for one in self.people.values() if one.name and self.somebody(one.id).id != besides)

    def offered(self, code_sha256: str, since: datetime) -> str | None:
        person, at = self.offers.get(code_sha256, ("", since))
        return person if person and at >= since else None

    def draft(self, number: int, person: str) -> Draft | None:
        return next((kept for each in self.same(person) if (kept := self.drafts_kept.get((number, each)))), None)

    def drafts(self, person: str) -> tuple[Draft, ...]:
        same = self.same(person)
        return tuple(draft for _, draft in sorted(self.drafts_kept.items()) if draft.person in same)

    def proposal(self, number: int, origin: Origin) -> Proposal | None:
        return next(
            (
                each
                for each, settled in self.proposals
                if settled is None and each.fact == number and each.origin is origin
            ),
            None,
        )

    def doings(self, number: int) -> tuple[Doing, ...]:
        return tuple(doing for fact, _, doing in self.lines if fact == number)

    def approvals(self, since: datetime) -> tuple[tuple[int, Doing], ...]:
        return tuple(
            (fact, doing)
            for fact, _, doing in self.lines
            if fact is not None and doing.verb in SHOWING and doing.at >= since and doing.person is not None
        )

    def report(self, number: int, report: int) -> Report | None:
        return next((each for each in self.reports(number) if each.number == report), None)

    def reports(self, number: int) -> tuple[Report, ...]:
        return self.reports_kept.get(number, ())

    def listeners(self, number: int) -> tuple[Listener, ...]:
        return tuple(each for (fact, _), each in sorted(self.listeners_kept.items()) if fact == number)

    def batch(self, number: int) -> Batch | None:
        return next((each for each in self.batches_kept if each.number == number), None)

    def batches(self) -> int:
        return len(self.batches_kept)

    def follows(self) -> tuple[Follow, ...]:
        return tuple(each for _, each in sorted(self.follows_kept.items()))

    def passages(self, source: str) -> tuple[str, ...]:
        return self.passages_kept.get(source, ())

    # How the desk's part of a decision is written.

    def write_desk(self, decision: Decision, now: datetime) -> tuple[Notice, ...]:
        """Write it; what is to be posted."""
        for deed in decision.deeds:
            self.line(None, f"person:{deed.person}", deed.verb, 1, decision.person, now)
        for person in decision.people:
            self._rename(person)
        for code, owner in decision.offers:
            self.offers = {key: kept for key, kept in self.offers.items() if kept[0] != owner} | {code: (owner, now)}
        self._keep_drafts(decision)
        for closing in decision.closed:
            self.proposals = tuple(
                (each, closing.settled)
                if settled is None and (each.fact, each.origin) == (closing.fact, closing.origin)
                else (each, settled)
                for each, settled in self.proposals
            )
        self.proposals += tuple((each, None) for each in decision.opened)
        for report in decision.reports:
            others = [each for each in self.reports(report.fact) if each.number != report.number]
            self.reports_kept[report.fact] = tuple(sorted((*others, report), key=lambda each: each.number))
        for listener in decision.listeners:
            self.listeners_kept.setdefault((listener.fact, listener.person), listener)
        self.batches_kept += decision.batches
        self._dismiss(decision.told)
        for owner, into in decision.joined:
            self._join(owner, into)
        for owner in decision.forgotten:
            self._forget(owner)
        self._follow(decision)
        return decision.notices

    def _follow(self, decision: Decision) -> None:
        for number in decision.unfollowed:
            self.follows_kept.pop(number, None)
        for follow in decision.follows:
            number = follow.number or max(self.follows_kept, default=0) + 1
            self.follows_kept[number] = replace(follow, number=number)

    def _keep_drafts(self, decision: Decision) -> None:
        for draft in decision.drafts:
            self.reserved = max(self.reserved, draft.number)
            self.drafts_kept[draft.number, draft.person] = draft
        for number, owner in decision.dropped:
            for each in self.same(owner):
                self.drafts_kept.pop((number, each), None)

    def line(self, fact: int | None, what: str, verb: str, revision: int, person: str | None, now: datetime) -> None:
        """One more line of the audit."""
        self.lines += ((fact, what, Doing(verb=verb, revision=revision, person=person, at=now)),)

    def forget_old(self, before: datetime) -> int:
        """Drop forms and questions that nobody has come back to; how many."""
        drafts = {key: kept for key, kept in self.drafts_kept.items() if kept.at >= before}
        missed = {query: kept for query, kept in self.missed.items() if kept[1] >= before.date().isoformat()}
        gone = len(self.drafts_kept) - len(drafts) + len(self.missed) - len(missed)
        self.drafts_kept, self.missed = drafts, missed
        return gone

    def _rename(self, person: Person) -> None:
        before = self.people[person.id]
        if before.name and before.name != person.name:
            self.earlier_names[person.id] = (*self.earlier_names.get(person.id, ()), before.name)
        self.people[person.id] = replace(before, name=person.name, nowhere_else=person.nowhere_else)

    def _dismiss(self, facts: Iterable[int]) -> None:
        for key in [key for key in self.listeners_kept if key[0] in facts]:
            del self.listeners_kept[key]

    def _join(self, owner: str, into: str) -> None:
        self.offers = {code: kept for code, kept in self.offers.items() if kept[0] not in (owner, into)}
        self.joined[owner] = into

    def _forget(self, owner: str) -> None:
        same = self.same(owner)
        named = naming(self.called(owner))
        for each in same:
            if each in self.people:
                self.people[each] = Person(id=each)
            self.earlier_names.pop(each, None)
        self.offers = {code: kept for code, kept in self.offers.items() if kept[0] not in same}
        self.drafts_kept = {key: kept for key, kept in self.drafts_kept.items() if key[1] not in same}
        self.listeners_kept = {key: kept for key, kept in self.listeners_kept.items() if key[1] not in same}
        self.reports_kept = {
            fact: tuple(
                replace(each, text="", place=None, reply_to=None)
                if each.person in same
                else replace(each, text="" if named(each.text) else each.text)
                for each in reports
            )
            for fact, reports in self.reports_kept.items()
        }
        self.proposals = tuple(
            (replace(each, reason="" if named(each.reason) else each.reason), settled)
            for each, settled in self.proposals
        )
        self.missed = {query: kept for query, kept in self.missed.items() if not named(query)}

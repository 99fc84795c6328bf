"""Whose a fact's content is, value by value, and whether somebody else is really somebody else."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from bot.core.decision import OnFile
from bot.core.desk.refusals import OwnWork, Unlinked
from bot.core.model.desk import By, Doing, Person
from bot.core.model.fact import Fact, Revision
from bot.core.review import REVISION_SAYS, VOUCHING, WRITING, Effect


def authors(fact: Fact, on_file: OnFile) -> frozenset[str]:
    """Ids of the people who answer for what the fact says now: they wrote it, or vouched for it.

    Whoever mended metadata or made it say less is not among them; empty for a fact from files.
    """
    doings = on_file.doings(fact.number)
    writers = writers_of(doings)
    revisions = (*reversed(tuple(on_file.earlier(fact.number))), fact.revision)
    written = {
        person for name in REVISION_SAYS for person in (_author(name, revisions, writers),) if person is not None
    }
    vouching = {doing.person for doing in _since_it_waits(doings) if doing.verb in VOUCHING and doing.person}
    return frozenset(on_file.somebody(person).id for person in written | vouching)


def everybody(fact: Fact, on_file: OnFile) -> frozenset[str]:
    """Ids of all who ever wrote a revision of the fact."""
    return frozenset(on_file.somebody(person).id for person in writers_of(on_file.doings(fact.number)).values())


def writers_of(doings: Iterable[Doing]) -> dict[int, str]:
    """Revision number -> who wrote it. An accepted proposal is its proposer's."""
    found: dict[int, str] = {}
    proposer: str | None = None
    for doing in doings:
        if doing.verb == "proposed":
            proposer = doing.person
        elif doing.verb == "changed":
            if proposer is not None:
                found.setdefault(doing.revision, proposer)
        elif doing.verb in WRITING and doing.person is not None and doing.verb != "published":
            found.setdefault(doing.revision, doing.person)
    return found


def waits_since(doings: Iterable[Doing]) -> Doing | None:
    """The line that put the fact, in its present content, before the reviewers."""
    return next((doing for doing in reversed(tuple(doings)) if doing.verb in WRITING | {"reopened"}), None)


def put_before(doings: Iterable[Doing]) -> Doing | None:
    """The line with which the fact came before the reviewers; its card goes by it, however often it is mended there."""
    return next(
        (doing for doing in reversed(tuple(doings)) if doing.verb in ("imported", "suggested", "reopened")), None
    )


def _since_it_waits(doings: Sequence[Doing]) -> tuple[Doing, ...]:
    """The lines since the fact was last shown or turned away."""
    ends = [place for place, doing in enumerate(doings) if doing.verb in ("published", "rejected", "taken-back")]
    return tuple(doings[ends[-1] + 1 if ends else 0 :])


def _author(name: str, revisions: Sequence[Revision], writers: dict[int, str]) -> str | None:
    """Who first gave this field the value that counts; a value that says less is nobody's."""
    judge = REVISION_SAYS[name]
    seen: list[tuple[object, str | None]] = []
    author: str | None = None
    before: Revision | None = None
    for revision in revisions:
        value = getattr(revision, name)
        if before is None:
            author = writers.get(revision.number)
        elif value != (old := getattr(before, name)) and judge(old, value) is Effect.MORE:
            earlier = next((who for known, who in seen if known == value), None)
            author = earlier or writers.get(revision.number)
        seen.append((value, author))
        before = revision
    return author


def different(second: Person, by: By, first: Iterable[str], number: int, on_file: OnFile) -> None:
    """Raise OwnWork or Unlinked unless `second` is known to be nobody of `first`.

    Two people who share a network are told apart by their accounts there; on different networks, somebody must have
    linked the accounts or declared to have none.
    """
    for each in first:
        other = on_file.somebody(each)
        if other.id == second.id:
            raise OwnWork(number)
        shared = set(other.accounts) & set(second.accounts)
        declared = set(other.accounts) <= second.nowhere_else or by.platform in other.nowhere_else
        if other.accounts and not shared and not declared:
            raise Unlinked(number, set(other.accounts) - set(second.accounts))

"""Who people are to the desk: the name that is disclosed, accounts that belong together, and being forgotten."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from bot.core.decision import Closing, Decision, Deed, OnFile, Step
from bot.core.desk import notices
from bot.core.desk.authorship import authors, put_before
from bot.core.desk.refusals import BadCode, NameTaken
from bot.core.hosts import skeleton
from bot.core.model.change import ChangeRefused, DeclareNone, ForgetMe, NameMe, OfferLink, TakeLink
from bot.core.model.desk import Notice, Origin, Settled
from bot.core.model.review import Workflow
from bot.core.review import WAITING
from bot.core.search.wordlist import words

CODE_LASTS = timedelta(minutes=15)
LONGEST_NAME = 60  # characters
_ROLES = words("editor member moderator admin administrator nobody somebody onrecord редактор учасник модератор ніхто")
NONE_ON = "none-on-"  # begins the verb of a line with which somebody declares to have no account on a platform


def name_me(change: NameMe, on_file: OnFile, *, now: datetime) -> Decision:
    """From now on decisions of this person, the earlier ones too, are disclosed under the name."""
    del now
    person = on_file.person(change.by)
    name = " ".join(change.name.split())
    if len(name) > LONGEST_NAME or not all(sign.isprintable() for sign in name):
        raise ChangeRefused(f"a name has at most {LONGEST_NAME} visible characters")
    if name and (_is_a_role(name) or any(_looks_like(name, each) for each in on_file.names(besides=person.id))):
        raise NameTaken(name)
    deed = Deed(person=person.id, verb="named")
    return Decision(person=person.id, people=(replace(person, name=name),), deeds=(deed,))


def _looks_like(name: str, other: str) -> bool:
    return skeleton(name) == skeleton(other)


def _is_a_role(name: str) -> bool:
    """Whether it begins with what others are called who have not chosen a name, or as the program calls itself."""
    return bool({name.casefold().split()[0], skeleton(name.split(maxsplit=1)[0])} & _ROLES)


def offer(change: OfferLink, on_file: OnFile, *, now: datetime) -> Decision:
    """Leave a code; whoever types it on another platform within a quarter of an hour is the same person."""
    del now
    person = on_file.person(change.by)
    return Decision(person=person.id, offers=((change.code_sha256, person.id),))


def take(change: TakeLink, on_file: OnFile, *, now: datetime) -> Decision:
    """Become one person with whoever left the code. What either did or has waiting is that person's."""
    offered = on_file.offered(change.code_sha256, now - CODE_LASTS)
    person = on_file.person(change.by)
    if offered is None or on_file.somebody(offered).id == person.id:
        raise BadCode("the code is not known, too old, or your own")
    other = on_file.somebody(offered)
    deeds = (Deed(person=person.id, verb="joined"), Deed(person=other.id, verb="joined"))
    return Decision(person=person.id, joined=((person.id, other.id),), deeds=deeds)


def declare_none(change: DeclareNone, on_file: OnFile, *, now: datetime) -> Decision:
    """Put on record: no account of mine over there."""
    del now
    person = on_file.person(change.by)
    if change.platform in person.accounts:
        raise ChangeRefused(f"this person has an account on {change.platform}")
    declared = replace(person, nowhere_else=person.nowhere_else | {change.platform})
    return Decision(
        person=person.id, people=(declared,), deeds=(Deed(person=person.id, verb=f"{NONE_ON}{change.platform}"),)
    )


def forget(change: ForgetMe, on_file: OnFile, *, now: datetime) -> Decision:
    """Erase accounts, name, forms and what was typed in reports; what waits because of this person is taken back."""
    person = on_file.person(change.by)
    steps: list[Step] = []
    closed: list[Closing] = []
    renewed: list[Notice] = []
    for number in on_file.waiting_of(person.id):
        fact = on_file.numbered(number)
        if fact is None:
            continue
        proposal = on_file.proposal(number, Origin.DESK)
        waiting = fact.workflow in WAITING and person.id in authors(fact, on_file)
        if not waiting and (proposal is None or on_file.somebody(proposal.person).id != person.id):
            continue
        if proposal is not None:
            closed.append(Closing(fact=number, origin=Origin.DESK, settled=Settled.TAKEN_BACK))
            renewed.extend(notices.renewed(number, notices.proposal_card(proposal), change.terms, now))
        if waiting and (put := put_before(on_file.doings(number))) is not None:
            renewed.extend(notices.renewed(number, notices.fact_card(put.at), change.terms, now))
        steps.append(Step.on(fact, "taken-back", workflow=Workflow.REJECTED if waiting else None))
    for report in on_file.reported_by(person.id):  # its card shows the words and the name until it is made anew
        if report.outcome is None:
            renewed.extend(notices.renewed(report.fact, notices.report_card(report), change.terms, now))
    drafts = tuple((draft.number, person.id) for draft in on_file.drafts(person.id))
    return Decision(
        person=person.id,
        steps=tuple(steps),
        dropped=drafts,
        closed=tuple(closed),
        forgotten=(person.id,),
        deeds=(Deed(person=person.id, verb="forgotten"),),
        notices=tuple(renewed),
    )

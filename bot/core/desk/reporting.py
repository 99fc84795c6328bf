"""What readers report about an answer, and what an editor makes of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from bot.core.decision import Decision, OnFile, Step
from bot.core.desk import notices
from bot.core.desk.authorship import everybody
from bot.core.desk.refusals import NoReason, NoSuchFact, NotAnEditor, NothingWaits, OwnWork
from bot.core.model.change import CloseReport, ReportWrong
from bot.core.model.desk import Report
from bot.core.model.review import Workflow

LONGEST = 4000  # characters of what one reader says of one thing
_KNOWN = (Workflow.PUBLISHED, Workflow.HIDDEN, Workflow.WITHDRAWN)  # states in which readers know of a fact


def report(change: ReportWrong, on_file: OnFile, *, now: datetime) -> Decision:
    """Take a report in; every reviewer sees it. The same report by the same reader again is still one."""
    person = on_file.person(change.by)
    fact = on_file.numbered(change.number)
    if fact is None or fact.workflow not in _KNOWN:
        raise NoSuchFact(change.number)
    known = on_file.reports(fact.number)
    mine = (old for old in known if old.person == person.id and old.wrong is change.wrong and old.outcome is None)
    if (old := next(mine, None)) is not None:
        return _once_more(change, old, now=now)
    fresh = Report(
        fact=fact.number,
        number=len(known) + 1,
        revision=fact.revision.number,
        wrong=change.wrong,
        text=change.text.strip(),
        person=person.id,
        at=now,
        place=notices.own_place(change.place, person.id),
        reply_to=change.reply_to,
    )
    return Decision(
        person=person.id,
        number=fact.number,
        steps=(Step.on(fact, "reported"),),
        reports=(fresh,),
        notices=notices.cards(fact.number, notices.report_card(fresh), change.terms),
    )


def _once_more(change: ReportWrong, old: Report, *, now: datetime) -> Decision:
    """The same report by the same reader: one report, with what was said the second time, too."""
    text = change.text.strip()
    if not text or text in old.text:
        return Decision(person=old.person, number=old.fact)
    longer = replace(old, text=f"{old.text} / {text}".removeprefix(" / ")[:LONGEST])
    renewed = notices.renewed(old.fact, notices.report_card(old), change.terms, now)
    return Decision(person=old.person, number=old.fact, reports=(longer,), notices=renewed)


def close(change: CloseReport, on_file: OnFile, *, now: datetime) -> Decision:
    """An editor who did not write the fact says what came of a report."""
    person = on_file.person(change.by)
    fact = on_file.numbered(change.number)
    found = on_file.report(change.number, change.report)
    if fact is None or found is None:
        raise NoSuchFact(change.number)
    if not change.by.editor:
        raise NotAnEditor(f"#{fact.number}: this takes an editor")
    if found.outcome is not None:
        raise NothingWaits(fact.number)
    if person.id in everybody(fact, on_file) and change.terms.editors != 1:
        raise OwnWork(fact.number)
    if not change.outcome.strip():
        raise NoReason(f"#{fact.number}: say what came of it")
    closed = replace(found, outcome=change.outcome.strip())
    return Decision(
        person=person.id,
        number=fact.number,
        steps=(Step.on(fact, "report-closed", reason=closed.outcome or ""),),
        reports=(closed,),
        notices=(
            *notices.renewed(fact.number, notices.report_card(found), change.terms, now),
            *notices.reporter_told(closed, now),
        ),
    )

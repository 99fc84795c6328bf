"""What the desk says by itself: cards for reviewers, word for suggesters. A notice names things, never their words."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from bot.core.model.desk import Listener, Notice, NoticeKind, Proposal, Report, Terms
from bot.core.model.mail import Place

THEMSELVES = "person"  # id of a place that stands for the private conversation with whoever is meant


def own_place(place: Place | None, person: str) -> Place | None:
    """The place with the person's random id where it stands for a private conversation: no account is kept in it."""
    if place is None or place.id != THEMSELVES:
        return place
    return Place(platform=place.platform, id=f"{THEMSELVES}:{person}")


def stamp(at: datetime) -> str:
    """An instant as a part of keys."""
    return at.strftime("%Y%m%dT%H%M%S%f")


def card_key(number: int, what: str, place: Place) -> str:
    """The key of the first post of a card; `what` tells apart what may wait on one fact."""
    return f"card/{number}/{what}/{place.id}"


def fact_card(since: datetime) -> str:
    """What a card is about: the fact itself, waiting since then."""
    return f"fact-{stamp(since)}"


def proposal_card(proposal: Proposal) -> str:
    """What a card is about: a change that somebody proposes."""
    return f"{proposal.origin}-{stamp(proposal.at)}"


def report_card(report: Report) -> str:
    """What a card is about: what a reader reports."""
    return f"report-{report.number}"


def cards(number: int, what: str, terms: Terms) -> tuple[Notice, ...]:
    """A card in every place where reviewers look."""
    return tuple(
        Notice(
            kind=NoticeKind.CARD,
            place=place,
            key=card_key(number, what, place),
            fact=number,
            data={"what": _kind(what)},
        )
        for place in terms.review
    )


def renewed(number: int, what: str, terms: Terms, now: datetime) -> tuple[Notice, ...]:
    """The same cards as they read from now on: changed, decided, or overtaken."""
    return tuple(
        Notice(
            kind=NoticeKind.CARD,
            place=place,
            key=f"{card_key(number, what, place)}/{stamp(now)}",
            fact=number,
            data={"what": _kind(what)},
            replaces=card_key(number, what, place),
        )
        for place in terms.review
    )


def told(listeners: Iterable[Listener], outcome: str, now: datetime) -> tuple[Notice, ...]:
    """Word to everybody who waits to hear what becomes of a fact."""
    return tuple(
        Notice(
            kind=NoticeKind.TOLD,
            place=listener.place,
            key=f"told/{listener.fact}/{listener.person}/{outcome}/{stamp(now)}",
            fact=listener.fact,
            data={"outcome": outcome},
            reply_to=listener.reply_to,
            person=listener.person,
        )
        for listener in listeners
    )


def reporter_told(report: Report, now: datetime) -> tuple[Notice, ...]:
    """Word to a reader who asked to hear what came of a report."""
    if report.place is None:
        return ()
    return (
        Notice(
            kind=NoticeKind.TOLD,
            place=report.place,
            key=f"told/{report.fact}/{report.number}/{report.person}/{stamp(now)}",
            fact=report.fact,
            data={"outcome": "report", "report": str(report.number)},
            reply_to=report.reply_to,
            person=report.person,
        ),
    )


def alert(
    what: str, key: str, terms: Terms, *, fact: int | None = None, where: Place | None = None, **data: str
) -> tuple[Notice, ...]:
    """Something that every reviewer is to see; the same key is told once."""
    named = {"place": where.id, "on": where.platform} if where else {}
    return tuple(
        Notice(
            kind=NoticeKind.ALERT,
            place=place,
            key=f"alert/{what}/{key}/{place.id}",
            fact=fact,
            data={"what": what, **named, **data},
        )
        for place in terms.review
    )


def _kind(what: str) -> str:
    return what.replace("-", " ", 1)

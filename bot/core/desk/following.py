"""Following: a place gets the news of a topic, a speaker, a claim series or everything, until it takes them no more."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from bot.core.decision import Decision, OnFile
from bot.core.desk import notices
from bot.core.desk.refusals import NotFollowed, TooManyFollows, UnknownSubject
from bot.core.model.change import MovePlace, Reached, StartFollow, StopFollow
from bot.core.model.mail import Place
from bot.core.model.names import Entity, Topic
from bot.core.model.news import Follow, Subject
from bot.core.model.quantity import ClaimSeries

MOST_OF_PLACE = 25
MOST_OF_PERSON = 100
FAILURES = 3  # in a row, until a place is left alone
_KINDS = {Subject.TOPIC: Topic, Subject.SPEAKER: Entity, Subject.SERIES: ClaimSeries}


def start(change: StartFollow, on_file: OnFile, *, now: datetime) -> Decision:
    """Follow; what is followed already is followed in this way from now on, and is paused no longer."""
    if change.subject is not Subject.EVERYTHING and not isinstance(on_file.item(change.target), _KINDS[change.subject]):
        raise UnknownSubject(change.target)
    person = on_file.person(change.by)
    follows = on_file.follows()
    here = [each for each in follows if each.place == change.place]
    same = next((each for each in here if (each.subject, each.target) == (change.subject, change.target)), None)
    if same is None and len(here) >= MOST_OF_PLACE:
        raise TooManyFollows(MOST_OF_PLACE)
    goes_on = same is not None and not same.paused
    if not goes_on and sum(each.person == person.id and not each.paused for each in follows) >= MOST_OF_PERSON:
        raise TooManyFollows(MOST_OF_PERSON)
    follow = Follow(
        number=same.number if same else 0,
        place=change.place,
        subject=change.subject,
        target=change.target,
        pace=change.pace,
        locale=change.locale,
        person=person.id,
        at=same.at if same is not None and goes_on else now,
    )
    return Decision(person=person.id, follows=(follow,))


def stop(change: StopFollow, on_file: OnFile, *, now: datetime) -> Decision:
    """Follow no longer; posts that still wait are not taken back, but find nothing to say."""
    del now
    found = next((each for each in _at(change.place, on_file) if each.number == change.number), None)
    if found is None:
        raise NotFollowed(change.number)
    return Decision(person=on_file.person(change.by).id, unfollowed=(found.number,))


def reached(change: Reached, on_file: OnFile, *, now: datetime) -> Decision:
    """Count failures in a row; the third pauses what is followed there, and the desk is told."""
    here = [each for each in _at(change.place, on_file) if not each.paused]
    if change.taken:
        return Decision(follows=tuple(replace(each, failures=0) for each in here if each.failures))
    counted = tuple(replace(each, failures=each.failures + 1, paused=each.failures + 1 >= FAILURES) for each in here)
    told = (
        notices.alert("paused", f"{change.place.id}/{notices.stamp(now)}", change.terms, where=change.place)
        if any(each.paused for each in counted)
        else ()
    )
    return Decision(follows=counted, notices=told)


def move(change: MovePlace, on_file: OnFile, *, now: datetime) -> Decision:
    """Take over what the old place follows, unless the new one follows it already."""
    del now
    known = {(each.subject, each.target) for each in _at(change.new, on_file)}
    old = _at(change.old, on_file)
    return Decision(
        follows=tuple(
            replace(each, place=change.new, failures=0) for each in old if (each.subject, each.target) not in known
        ),
        unfollowed=tuple(each.number for each in old if (each.subject, each.target) in known),
    )


def _at(place: Place, on_file: OnFile) -> list[Follow]:
    return [each for each in on_file.follows() if (each.place.platform, each.place.id) == (place.platform, place.id)]

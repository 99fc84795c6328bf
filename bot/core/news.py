"""What readers see change, and what is posted of it: corrections where the earlier state stands, news to followers."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from bot.core.decision import Decision, OnFile, Step
from bot.core.desk.notices import stamp
from bot.core.desk.sourcing import SHOWN_OF_SOURCE
from bot.core.model.change import Item
from bot.core.model.desk import Notice, NoticeKind, Terms
from bot.core.model.fact import Fact, Revision
from bot.core.model.mail import Delivery, InstallType, Place, Visibility
from bot.core.model.names import Topic
from bot.core.model.news import Became, Follow, Pace, Shift
from bot.core.model.review import Workflow
from bot.core.model.source import Source, Supports
from bot.core.references import references, with_broader
from bot.core.review import effects, source_effects

HOUR = timedelta(hours=1)
RECENT = timedelta(days=1)  # how long a corrected post is found without a note
SINGLY = 5  # corrections of one change that are posted one by one
MOMENT = timedelta(seconds=1)
HELD = datetime(9999, 1, 1, tzinfo=UTC)  # until something lets it go
STONE = 0  # in place of a revision: the message shows that the words are not shown
#: Verbs of audit lines after which readers may see something else.
SHIFTING = ("published", "changed", "revised", "source-changed", "hidden", "withdrawn", "unhidden", "restored")
_OUT_OF_SIGHT = (Workflow.HIDDEN, Workflow.WITHDRAWN)
#: What an answer shows of a revision.
_SHOWN = frozenset(
    {"kind", "text", "quoted_spans", "speaker", "said", "chain", "attribution", "unverified", "citations"}
)


def announced(decision: Decision, on_file: OnFile, terms: Terms, *, now: datetime) -> Decision:
    """The decision with what is to be posted because of it; nothing of it is written yet."""
    found = shifts(decision, on_file)
    posts = list(_relabelled(decision, on_file, {shift.fact for shift in found}, now))
    posts += [notice for together in _together(found) for notice in _corrections(together, on_file, terms, now)]
    posts += _news(found, on_file, terms, now)
    return replace(decision, notices=(*decision.notices, *posts)) if posts else decision


def shifts(decision: Decision, on_file: OnFile) -> tuple[Shift, ...]:
    """What readers see change, a fact once."""
    items = {item.id: item for item in decision.items}

    def find(topic: str) -> Topic | None:
        item = items.get(topic) or on_file.item(topic)
        return item if isinstance(item, Topic) else None

    found = {}
    for step in decision.steps:
        before = on_file.fact(step.slug)
        became = _became(before, step)
        revision = step.revision or (before.revision if before else None)
        if became is not None and revision is not None:
            former = (before.revision,) if before and became is not Became.PUBLISHED else ()
            found[step.number] = shift_of(step.number, became, (revision, *former), find)
    for fact in _resting(decision.items, on_file):
        if fact.number not in found:
            found[fact.number] = shift_of(fact.number, Became.CORRECTED, (fact.revision,), find)
    return tuple(shift for _, shift in sorted(found.items()))


def looks_other(before: Revision, after: Revision) -> bool:
    """Whether an answer shows something else of one revision than of the other."""
    return not _SHOWN.isdisjoint(effects(_shown(before), _shown(after)))


def outdated(delivery: Delivery, on_file: OnFile, *, now: datetime) -> tuple[Notice, ...]:
    """The corrections of a message that was under way while what it shows has changed."""
    if delivery.visibility is Visibility.PRIVATE or delivery.install is InstallType.USER:
        return ()
    return tuple(
        _correction(number, Became.CORRECTED, delivery, now, lead=number)
        for number, shown in delivery.shown
        if (fact := on_file.numbered(number)) is not None and _is_outdated(fact, shown, on_file)
    )


def _is_outdated(fact: Fact, shown: int, on_file: OnFile) -> bool:
    if fact.workflow is not Workflow.PUBLISHED:
        return shown != STONE
    if shown == fact.revision.number:
        return False
    seen = next((revision for revision in on_file.earlier(fact.number) if revision.number == shown), None)
    return seen is None or looks_other(seen, fact.revision)


def _became(before: Fact | None, step: Step) -> Became | None:
    was = before.workflow if before else None
    if step.workflow is Workflow.PUBLISHED:
        if was in _OUT_OF_SIGHT:
            return Became.SHOWN_AGAIN
        if was is not Workflow.PUBLISHED or before is None:
            return Became.PUBLISHED
        changed = step.revision is not None and looks_other(before.revision, step.revision)
        return Became.CORRECTED if changed else None
    if was in (Workflow.PUBLISHED, Workflow.HIDDEN) and step.workflow is Workflow.WITHDRAWN:
        return Became.WITHDRAWN
    return Became.HIDDEN if was is Workflow.PUBLISHED and step.workflow is Workflow.HIDDEN else None


def _shown(revision: Revision) -> Revision:
    """The revision with of its citations only which source has the words."""
    cited = tuple(
        replace(each, selector=None, checks=()) for each in revision.citations if each.supports is Supports.TEXT
    )
    return replace(revision, citations=cited[:1], said=replace(revision.said, basis=""))


def _resting(items: Iterable[Item], on_file: OnFile) -> Iterator[Fact]:
    """The published facts of sources that are shown otherwise from now on."""
    for item in items:
        before = on_file.item(item.id)
        if not isinstance(item, Source) or not isinstance(before, Source):
            continue
        if not set(SHOWN_OF_SOURCE).isdisjoint(source_effects(before, item)):
            yield from (fact for fact in on_file.facts_of(item.id) if fact.workflow is Workflow.PUBLISHED)


def shift_of(number: int, became: Became, revisions: Sequence[Revision], find: Callable[[str], Topic | None]) -> Shift:
    """A change of what these revisions of a fact are filed under."""
    named = [references(revision) for revision in revisions]
    return Shift(
        fact=number,
        became=became,
        topics=frozenset(topic.id for each in named for topic in with_broader(each.topics, find)),
        speakers=frozenset(each.speaker.entity for each in revisions if each.speaker and each.speaker.entity),
        series=frozenset(series for each in named for series in each.series),
    )


def _together(found: Sequence[Shift]) -> Iterator[Sequence[Shift]]:
    """What has gone round is told of each fact, of many corrections at once only together."""
    if many := _many(found):
        yield many
    yield from ((shift,) for shift in _others(found, many) if shift.became is not Became.PUBLISHED)


def _relabelled(decision: Decision, on_file: OnFile, told: Collection[int], now: datetime) -> Iterator[Notice]:
    """Edits of lists that name a fact by a label which has been mended; no answer shows it."""
    for step in decision.steps:
        before = on_file.fact(step.slug)
        shown = step.workflow is Workflow.PUBLISHED and step.number not in told
        if shown and before and step.revision and step.revision.label != before.revision.label:
            for each in on_file.showing(step.number):
                if each.listed:
                    yield _correction(step.number, Became.CORRECTED, each, now, lead=step.number)


def _many(found: Sequence[Shift]) -> Sequence[Shift]:
    """The corrections, where a source was corrected or a file brought many of them."""
    corrected = [shift for shift in found if shift.became is Became.CORRECTED]
    return corrected if len(corrected) > SINGLY else ()


def _others(found: Sequence[Shift], many: Sequence[Shift]) -> Sequence[Shift]:
    return [shift for shift in found if not (many and shift.became is Became.CORRECTED)]


def _corrections(together: Sequence[Shift], on_file: OnFile, terms: Terms, now: datetime) -> list[Notice]:
    """An edit of every message that shows the facts and can be reached, and the count that follows them."""
    lead, edits, beyond = together[0], [], 0
    for shift in together:
        showing = on_file.showing(shift.fact)
        within_reach = [each for each in showing if each.install is InstallType.MEMBER]
        beyond += len(showing) - len(within_reach) + on_file.private_answers(shift.fact)
        edits += [_correction(shift.fact, shift.became, each, now, lead=lead.fact) for each in within_reach]
    if not edits and not beyond:
        return []
    data = {"became": lead.became, "at": now.isoformat(), "beyond": str(beyond), "others": str(len(together) - 1)}
    counts = [
        Notice(
            kind=NoticeKind.TRAVELLED,
            place=place,
            key=f"{travelled(lead.fact, now)}{place.platform}/{place.id}",
            fact=lead.fact,
            data=data,
            not_before=HELD if edits else None,
        )
        for place in terms.review
    ]
    return edits + counts


def _correction(number: int, became: Became, delivery: Delivery, now: datetime, *, lead: int) -> Notice:
    """`lead`: the fact under which it is counted; a list is edited once for all of its facts."""
    ref = delivery.ref
    key = f"{travelling(lead, now)}{ref.place.platform}/{ref.message}"
    return Notice(
        kind=NoticeKind.CORRECTION,
        place=ref.place,
        key=key if delivery.listed or number == lead else f"{key}/{number}",
        fact=number,
        data={"message": ref.message, "became": became, "at": now.isoformat()},
    )


def travelling(number: int, at: datetime) -> str:
    """What the keys of all edits of one correction begin with."""
    return f"correct/{number}/{stamp(at)}/"


def travelled(number: int, at: datetime) -> str:
    """What the keys of the counts begin with that follow them."""
    return f"travelled/{number}/{stamp(at)}/"


def _news(found: Sequence[Shift], on_file: OnFile, terms: Terms, now: datetime) -> list[Notice]:
    """One post a place and fact; where a place wants both, those that come at once count."""
    follows = [each for each in on_file.follows() if not each.paused]
    if not follows:
        return []
    many = _many(found)
    posts = (*_one_by_one(_others(found, many), follows, on_file, terms, now), *_at_once(many, follows, terms, now))
    return list({notice.key: notice for notice in posts}.values())


def _one_by_one(
    found: Sequence[Shift], follows: Sequence[Follow], on_file: OnFile, terms: Terms, now: datetime
) -> Iterator[Notice]:
    """As many an hour as a place may have."""
    times: dict[Place, list[datetime]] = {}
    for shift in found:
        told = {_address(each.place): each.at for each in on_file.told(shift.fact)}
        for place, pace, locale in _wanted(shift, follows):
            if pace is Pace.DAILY:
                yield _digest(place, locale, terms, now)
            elif not _is_fresh(told, place, shift, now):
                if place not in times:
                    times[place] = list(on_file.news_times(place, terms.hourly, now))
                due = next_time(times[place], terms.hourly, now)
                times[place].append(due)
                yield _piece(shift, place, locale, now, due)


def _at_once(many: Sequence[Shift], follows: Sequence[Follow], terms: Terms, now: datetime) -> Iterator[Notice]:
    """One list instead of hours of posts."""
    for shift in many:
        for place, pace, locale in _wanted(shift, follows):
            daily = pace is Pace.DAILY
            yield _digest(place, locale, terms, now) if daily else _list_of_now(place, locale, now)


def _list_of_now(place: Place, locale: str, now: datetime) -> Notice:
    """What has just been changed, as one list."""
    return Notice(
        kind=NoticeKind.DIGEST,
        place=place,
        key=f"list/{stamp(now)}/{place.platform}/{place.id}",
        data={"since": now.isoformat(), "until": (now + MOMENT).isoformat(), "locale": locale, "change": "1"},
    )


def _wanted(shift: Shift, follows: Iterable[Follow]) -> Iterator[tuple[Place, Pace, str]]:
    places: dict[Place, tuple[Pace, str]] = {}
    for follow in follows:
        if follow.wants(shift) and places.get(follow.place, (Pace.DAILY, ""))[0] is Pace.DAILY:
            places[follow.place] = (follow.pace, follow.locale)
    yield from ((place, pace, locale) for place, (pace, locale) in places.items())


def _address(place: Place) -> tuple[str, str]:
    return place.platform, place.id


def _is_fresh(told: Mapping[tuple[str, str], datetime | None], place: Place, shift: Shift, now: datetime) -> bool:
    """Whether a place has or will have a post of this fact that tells it all by itself: it is edited, or waits."""
    if shift.became is Became.PUBLISHED or _address(place) not in told:
        return False
    at = told[_address(place)]
    return at is None or now - at < RECENT


def held_from(until: datetime, made: datetime, now: datetime) -> datetime:
    """Until when something is held that was made under a clock that was ahead: as long as it was meant to be."""
    return until if until == HELD else now + (until - made)


def next_time(times: Sequence[datetime], hourly: int, now: datetime) -> datetime:
    """When the next post may go to a place that has or will have posts at these times, in order."""
    latest = times[-hourly:]
    waits = latest[0] + HOUR if len(latest) == hourly else now
    return max(waits, now)


def _piece(shift: Shift, place: Place, locale: str, now: datetime, due: datetime) -> Notice:
    return Notice(
        kind=NoticeKind.NEWS,
        place=place,
        key=f"{news_of(shift.fact)}{stamp(now)}/{place.platform}/{place.id}",
        fact=shift.fact,
        data={"became": shift.became, "locale": locale, "at": now.isoformat()},
        not_before=due if due > now else None,
    )


def news_of(number: int) -> str:
    """What the keys of all news of one fact begin with."""
    return f"news/{number}/"


def _digest(place: Place, locale: str, terms: Terms, now: datetime) -> Notice:
    """The next daily list; it looks up what to list when it is posted."""
    due = datetime.combine(now.date(), terms.digest_at, tzinfo=UTC)
    if due <= now:
        due += timedelta(days=1)
    since = due - timedelta(days=1)
    return Notice(
        kind=NoticeKind.DIGEST,
        place=place,
        key=f"digest/{due.isoformat()}/{place.platform}/{place.id}",
        data={"since": since.isoformat(), "until": due.isoformat(), "locale": locale},
        not_before=due,
    )

"""What is posted of a change: messages that show what no longer holds, news to followers, and how far it has come."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import UTC, datetime

from bot.commands.arguments import one_line
from bot.commands.card import blocks_of, choices_of, number_choice, shows_words
from bot.commands.corrections import label
from bot.commands.kept import kept_texts
from bot.commands.reply import Block, Choice, Choices, FactList, Outcome, Reply, Text
from bot.commands.services import Office
from bot.core.desk.port import DeskReading
from bot.core.model.desk import Notice
from bot.core.model.fact import Dossier, PastRevision, Revision
from bot.core.model.mail import Delivery, Place
from bot.core.model.news import Became, Follow
from bot.core.model.review import Workflow
from bot.core.news import SHIFTING, STONE, looks_other, shift_of
from bot.wording import Wording, dates, wording

_MOST = 50  # facts in a daily list
_LOOKED_AT = 2_000  # audit lines behind one
#: The state in which news of this kind still hold when they are posted.
_HOLDS = {
    Became.PUBLISHED: Workflow.PUBLISHED,
    Became.CORRECTED: Workflow.PUBLISHED,
    Became.SHOWN_AGAIN: Workflow.PUBLISHED,
    Became.HIDDEN: Workflow.HIDDEN,
    Became.WITHDRAWN: Workflow.WITHDRAWN,
}


async def corrected(
    delivery: Delivery, notice: Notice, office: Office
) -> tuple[Reply, tuple[tuple[int, int], ...]] | None:
    """What a message is to show instead, and what that is; None where it shows what holds."""
    at = datetime.fromisoformat(notice.data["at"])
    words = wording(delivery.locale)
    if delivery.listed:
        return await _listed_again(delivery, at, office, words)
    blocks: list[Block] = []
    choices: list[Choice] = []
    now: list[tuple[int, int]] = []
    differs = False
    async with office.desk.reading() as view:
        for dossier, shown in zip(
            await view.dossiers([number for number, _ in delivery.shown]),
            (revision for _, revision in delivery.shown),
            strict=True,
        ):
            history = await view.history(dossier.fact.number)
            kept = await kept_texts(view, dossier)
            about = notice.fact == dossier.fact.number and notice.data["became"] == Became.CORRECTED
            changed = _differs(dossier, shown, history) or (about and _shows(dossier) == shown != STONE)
            differs = differs or changed
            note = _note(dossier, shown, history, at, words) if changed else ""
            blocks += [Text(note)] if note else []
            blocks += blocks_of(dossier, history, words, kept=kept)
            choices += choices_of(dossier, words)
            if shows_words(dossier):
                further = ("history", "wrong") if note else ("wrong",)
                choices += [number_choice(name, dossier.fact.number, words) for name in further]
            now.append((dossier.fact.number, _shows(dossier)))
    if not differs:
        return None
    return Reply(blocks=(*blocks, Choices(tuple(choices))), outcome=Outcome.FOUND), tuple(now)


def _shows(dossier: Dossier) -> int:
    return dossier.fact.revision.number if shows_words(dossier) else STONE


def _differs(dossier: Dossier, shown: int, history: Sequence[PastRevision]) -> bool:
    now = _shows(dossier)
    if STONE in (now, shown):
        return now != shown
    seen = next((entry.revision for entry in history if entry.revision.number == shown), None)
    return seen is None or looks_other(seen, dossier.fact.revision)


def _note(dossier: Dossier, shown: int, history: Sequence[PastRevision], at: datetime, words: Wording) -> str:
    """ "Corrected 3 Dec 2026: the caption has the day"; nothing above a tombstone, which says it all.

    The source behind the words may be what changed: then the fact itself has no line of that moment.
    """
    if not shows_words(dossier):
        return ""
    after = [entry for entry in history if entry.verb in SHIFTING and (entry.at >= at or entry.revision.number > shown)]
    when = dates.day((after[-1].at if after else at).date(), words)
    if shown == STONE:
        return words.say("news.again", when=when)
    reason = one_line(after[-1].reason) if after else ""
    return words.say("news.corrected", when=when, why=reason) if reason else words.say("news.corrected.bare", when=when)


async def piece(notice: Notice, office: Office) -> Reply | None:
    """News of one fact, as far as they still hold."""
    words, became = wording(notice.data["locale"]), Became(notice.data["became"])
    async with office.desk.reading() as view:
        found = await view.dossiers((notice.fact,)) if notice.fact is not None else ()
        if not found or found[0].fact.workflow is not _HOLDS[became]:
            return None
        dossier = found[0]
        history = await view.history(dossier.fact.number)
        if not await _wanting(dossier, _before(history, datetime.fromisoformat(notice.data["at"])), notice.place, view):
            return None
        kept = await kept_texts(view, dossier)
    number = dossier.fact.number
    if became is Became.PUBLISHED and shows_words(dossier):
        blocks: tuple[Block, ...] = (Text(words.say("news.new")), *blocks_of(dossier, history, words, kept=kept))
        choices = (*choices_of(dossier, words), number_choice("wrong", number, words))
        return Reply(blocks=(*blocks, Choices(choices)), outcome=Outcome.FOUND)
    when = dates.day(datetime.fromisoformat(notice.data["at"]).date(), words)
    key = "news.corrected.fact" if became is Became.CORRECTED else f"news.{became}"
    lines = [words.say(key, number=number, label=label(dossier, words), when=when)]
    if history and history[-1].reason:
        lines.append(words.say("history.reason", reason=one_line(history[-1].reason)))
    show = Choice(label=words.say("button.show", number=number), line=f"fact #{number}", short="show")
    return Reply(
        blocks=(Text("\n".join(lines)), Choices((show, number_choice("history", number, words)))),
        outcome=Outcome.INFO,
        listed=((number, _shows(dossier)),),
    )


async def digest(notice: Notice, office: Office) -> Reply | None:
    """The daily list of a place; None where nothing of it is left."""
    words = wording(notice.data["locale"])
    since, until = (datetime.fromisoformat(notice.data[name]) for name in ("since", "until"))
    groups: dict[Became, list[Dossier]] = {}
    reasons: set[str] = set()
    async with office.desk.reading() as view:
        shifted = await view.shifted(since, until, limit=_LOOKED_AT)
        for dossier in await view.dossiers(tuple(dict.fromkeys(number for number, _ in shifted))):
            history = await view.history(dossier.fact.number)
            if wanting := await _wanting(dossier, _before(history, since), notice.place, view):
                begun = max(since, min(_begun(each, office.clock.now()) for each in wanting))
                became = _since(dossier, history, begun)
                if became is not None and not await _is_told(dossier, history, notice.place, until, view):
                    reasons.update(each.reason for each in history if since <= each.at < until)
                    groups.setdefault(became, []).append(dossier)
    listed = [(became, dossier) for became in Became for dossier in groups.get(became, ())]
    if not listed:
        return None
    return _list(listed, words, above=_of_one_moment(since, reasons, words) if "change" in notice.data else "")


def _list(listed: Sequence[tuple[Became | None, Dossier]], words: Wording, *, above: str = "") -> Reply:
    """What became of facts, by their labels; those of None are on record."""
    blocks: list[Block] = [Text(above)] if above else []
    shown = listed[:_MOST]
    for kind in dict.fromkeys((*Became, None)):
        items = tuple((dossier.fact.number, label(dossier, words)) for became, dossier in shown if became is kind)
        if items:
            blocks.append(FactList(title=words.say(f"digest.{kind or 'standing'}"), items=items))
    if len(listed) > _MOST:
        blocks.append(Text(words.count("digest.more", len(listed) - _MOST)))
    return Reply(
        blocks=tuple(blocks),
        outcome=Outcome.INFO,
        listed=tuple((dossier.fact.number, _shows(dossier)) for _, dossier in listed),
    )


def _of_one_moment(at: datetime, reasons: Collection[str], words: Wording) -> str:
    """Above the facts that one change has corrected: when, and why."""
    said = words.say("digest.moment", when=dates.day(at.date(), words))
    shortest = min(reasons, key=len, default="")
    whole = max(reasons, key=len, default="") if all(each.startswith(shortest) for each in reasons) else ""
    reason = one_line(whole)  # with what was changed, where one of them says it
    return f"{said}\n{words.say('history.reason', reason=reason)}" if reason else said


async def _listed_again(
    delivery: Delivery, at: datetime, office: Office, words: Wording
) -> tuple[Reply, tuple[tuple[int, int], ...]] | None:
    """A list as it would read now; None where it would read the same."""
    shown, differs = dict(delivery.shown), False
    listed = []
    async with office.desk.reading() as view:
        for dossier in await view.dossiers(tuple(shown)):
            before = shown[dossier.fact.number]
            history = await view.history(dossier.fact.number)
            changed = _differs(dossier, before, history) or _has_another_label(dossier, before, history)
            differs = differs or changed
            listed.append((_stands(dossier, before, changed=changed), dossier))
    if not differs:
        return None
    reply = _list(listed, words, above=words.say("digest.updated", when=dates.day(at.date(), words)))
    return reply, reply.listed


def _has_another_label(dossier: Dossier, before: int, history: Sequence[PastRevision]) -> bool:
    then = next((entry.revision.label for entry in history if entry.revision.number == before), None)
    return shows_words(dossier) and then is not None and then != dossier.fact.revision.label


def _stands(dossier: Dossier, before: int, *, changed: bool) -> Became | None:
    """How a fact stands that was listed before; None: on record."""
    match dossier.fact.workflow:
        case Workflow.HIDDEN:
            return Became.HIDDEN
        case Workflow.WITHDRAWN:
            return Became.WITHDRAWN
        case _ if changed:
            return Became.SHOWN_AGAIN if before == STONE else Became.CORRECTED
        case _:
            return None


def _since(dossier: Dossier, history: Sequence[PastRevision], since: datetime) -> Became | None:
    """What readers see of a fact now against what they saw at an instant."""
    earlier = [entry for entry in history if entry.at < since and entry.verb in SHIFTING]
    was = earlier[-1] if earlier else None
    seen = was is not None and was.verb not in ("hidden", "withdrawn")
    match dossier.fact.workflow:
        case Workflow.PUBLISHED if was is None:
            return Became.PUBLISHED
        case Workflow.PUBLISHED if not seen:
            return Became.SHOWN_AGAIN
        case Workflow.PUBLISHED if was is not None and _reads_other(was.revision, dossier, history, since):
            return Became.CORRECTED
        case Workflow.HIDDEN if seen:
            return Became.HIDDEN
        case Workflow.WITHDRAWN if was is not None:
            return Became.WITHDRAWN
        case _:
            return None


def _reads_other(before: Revision, dossier: Dossier, history: Sequence[PastRevision], since: datetime) -> bool:
    sourced = any(entry.verb == "source-changed" and entry.at >= since for entry in history)
    return sourced or looks_other(before, dossier.fact.revision)


def _before(history: Sequence[PastRevision], at: datetime) -> Revision | None:
    """What readers had before an instant."""
    earlier = [entry.revision for entry in history if entry.at < at and entry.verb in SHIFTING]
    return earlier[-1] if earlier else None


def _begun(follow: Follow, now: datetime) -> datetime:
    """Since when something is followed: nobody is told what was there before. A clock that was ahead is not asked."""
    return follow.at if follow.at <= now else datetime.min.replace(tzinfo=UTC)


async def _is_told(
    dossier: Dossier, history: Sequence[PastRevision], place: Place, until: datetime, view: DeskReading
) -> bool:
    """Whether a post, or an earlier list, tells the place how a fact stands, or will."""
    last = max((entry.at for entry in history if entry.verb in SHIFTING), default=until)
    news = [each.at for each in await view.told(dossier.fact.number) if _are_one(each.place, place)]
    return any(at is None or last <= at < until for at in news)


def _are_one(place: Place, other: Place) -> bool:
    return (place.platform, place.id) == (other.platform, other.id)


async def _wanting(dossier: Dossier, before: Revision | None, place: Place, view: DeskReading) -> list[Follow]:
    """By what the place follows this now, or followed what it was before."""
    follows = [each for each in await view.follows() if _are_one(each.place, place) and not each.paused]
    if not follows:
        return []
    former = before is not None and not set(before.topics) <= set(dossier.topics)
    topics = {topic.id: topic for topic in (await view.vocabulary()).topics} if former else {}
    revisions = (dossier.fact.revision, *((before,) if before else ()))
    shift = shift_of(dossier.fact.number, Became.PUBLISHED, revisions, topics.get)
    shift = replace(shift, topics=shift.topics | set(dossier.topics))
    return [each for each in follows if each.wants(shift)]


async def travelled(notice: Notice, view: DeskReading, words: Wording) -> tuple[Block, ...]:
    """How many messages a correction has reached, for the moderators."""
    if notice.fact is None:
        return ()
    found = await view.travelled(notice.fact, datetime.fromisoformat(notice.data["at"]))
    lines = [words.say(f"travelled.{notice.data['became']}", number=notice.fact)]
    if others := int(notice.data.get("others", "0")):
        lines.append(words.count("travelled.others", others))
    counted = {"changed": found.changed, "lost": found.lost, "beyond": int(notice.data["beyond"])}
    lines += [words.count(f"travelled.{name}", count) for name, count in counted.items() if count or name == "changed"]
    return (Text("\n".join(lines)),)

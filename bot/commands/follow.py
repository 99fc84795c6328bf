"""follow: a channel or room gets the news of something; one command to begin, to list and to stop."""

from __future__ import annotations

from dataclasses import replace

from bot.commands.arguments import echo, flag, one_line, told
from bot.commands.desk.acting import apply
from bot.commands.desk.refusing import sentence
from bot.commands.reply import Choice, Choices, Fields, Outcome, Reply, Text
from bot.commands.request import Request
from bot.commands.services import Office, by
from bot.commands.subjects import Target, called, meant
from bot.commands.table import Parameter
from bot.core.model.change import ChangeRefused, StartFollow, StopFollow
from bot.core.model.mail import Visibility
from bot.core.model.news import Follow, Pace, Subject
from bot.core.ports import Vocabulary
from bot.wording import Wording, wording

PARAMETERS = (
    Parameter(name="what", required=False),
    Parameter(name="daily", required=False, flag=True),
    Parameter(name="stop", required=False, flag=True),
)
_MOST = 8  # that are offered


async def follow(request: Request, *, office: Office | None = None) -> Reply:
    """Begin, list or stop; only for whoever manages the place."""
    words = wording(request.locale)
    if office is None or not office.open:
        return told(words.say("desk.closed"), Outcome.REFUSED)
    try:
        return await _done(request, office, words)
    except ChangeRefused as error:
        return told(sentence(error, words), Outcome.REFUSED)


async def _done(request: Request, office: Office, words: Wording) -> Reply:
    async with office.desk.reading() as view:
        known = await view.vocabulary()
        here = [each for each in await view.follows() if each.place == request.place]
    asked = " ".join(request.arguments.get("what", "").split())
    if not asked:
        return _listed(here, known, words)
    found = meant(asked, known)
    if flag(request, "stop"):
        mine = [(each.subject, each.target) for each in here]
        found = [each for each in found if each in mine] or found
    stray = flag(request, "stop") and not any((each.subject, each.target) in found for each in here)
    if not found or stray:
        if flag(request, "stop") and here:
            listed = _listed(here, known, words)
            said = Text(words.say("follow.not_here", what=echo(asked)))
            return replace(listed, blocks=(said, *listed.blocks), outcome=Outcome.NOTHING)
        return told(_unknown(asked, known, words), Outcome.NOTHING)
    if len(found) > 1:
        return _which(found[:_MOST], request, known, words)
    subject, target = found[0]
    if flag(request, "stop"):
        return await _stop(here, subject, target, request, office, known, words)
    return await _start(subject, target, request, office, known, words)


async def _start(
    subject: Subject, target: str, request: Request, office: Office, known: Vocabulary, words: Wording
) -> Reply:
    if not request.may_post:
        return told(words.say("follow.place"), Outcome.REFUSED)
    pace = Pace.DAILY if flag(request, "daily") else Pace.EACH
    change = StartFollow(
        by=by(request),
        terms=office.terms,
        place=request.place,
        subject=subject,
        target=target,
        pace=pace,
        locale=request.locale,
    )
    await apply(change, request, office)
    key = "follow.started.daily" if pace is Pace.DAILY else "follow.started"
    what = called(subject, target, known, words)
    said = words.say(key, what=what, most=office.terms.hourly)
    return Reply(
        blocks=(Text(said), Choices((_stopping(subject, target, what, words),))),
        outcome=Outcome.INFO,
        visibility=Visibility.PRIVATE,
    )


async def _stop(
    here: list[Follow],
    subject: Subject,
    target: str,
    request: Request,
    office: Office,
    known: Vocabulary,
    words: Wording,
) -> Reply:
    number = next((each.number for each in here if (each.subject, each.target) == (subject, target)), 0)
    change = StopFollow(by=by(request), terms=office.terms, place=request.place, number=number)
    await apply(change, request, office)
    return told(words.say("follow.stopped", what=called(subject, target, known, words)), Outcome.INFO)


def _listed(here: list[Follow], known: Vocabulary, words: Wording) -> Reply:
    if not here:
        return told(words.say("follow.none"), Outcome.INFO)
    rows, choices = [], []
    for each in here:
        what = called(each.subject, each.target, known, words)
        rows.append((what, words.say("follow.paused" if each.paused else f"follow.pace.{each.pace}")))
        choices.append(_stopping(each.subject, each.target, what, words))
    blocks = (Fields(title=words.say("follow.list"), rows=tuple(rows)), Choices(tuple(choices)))
    return Reply(blocks=blocks, outcome=Outcome.INFO, visibility=Visibility.PRIVATE)


def _which(found: list[Target], request: Request, known: Vocabulary, words: Wording) -> Reply:
    flags = "".join(f"--{name} " for name in ("daily", "stop") if flag(request, name))
    choices = tuple(
        Choice(
            label=words.say(
                "follow.option",
                subject=words.say(f"follow.subject.{subject}"),
                name=called(subject, target, known, words),
            ),
            line=f"follow {flags}{subject}:{target}",
        )
        for subject, target in found
    )
    blocks = (Text(words.say("follow.which")), Choices(choices))
    return Reply(blocks=blocks, outcome=Outcome.CHOOSE, visibility=Visibility.PRIVATE)


def _unknown(asked: str, known: Vocabulary, words: Wording) -> str:
    topics = "; ".join(one_line(topic.label) for topic in known.topics[:_MOST])
    key = "follow.unknown" if topics else "follow.unknown.bare"
    return words.say(key, what=echo(asked), topics=topics)


def _stopping(subject: Subject, target: str, what: str, words: Wording) -> Choice:
    name = f"{subject}:{target}" if target else subject.value
    return Choice(label=words.say("button.stop", what=what), line=f"follow --stop {name}", short="stop")

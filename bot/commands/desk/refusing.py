"""Why a change was not made, in one clear sentence that says what to do; and what happened meanwhile."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from bot.commands.arguments import echo, one_line, told
from bot.commands.desk.acting import NotANumber
from bot.commands.desk.became import last
from bot.commands.desk.buttons import account_choices, choice
from bot.commands.desk.drafts import NoDraft
from bot.commands.desk.flaws import flaws
from bot.commands.reply import Choices, Outcome, Reply, Text
from bot.commands.request import Request
from bot.commands.services import Office
from bot.core.desk import refusals
from bot.core.model.change import ChangeRefused, RevisionConflict
from bot.core.model.mail import Visibility
from bot.wording import Wording, wording

#: Refusals after which it matters what has happened to the fact since it was seen.
_OVERTAKEN = (refusals.NothingWaits, refusals.NotNow, refusals.Overtaken, RevisionConflict)


async def refused(error: ChangeRefused | NotANumber, request: Request, office: Office) -> Reply:
    """The reply to a change that a rule speaks against."""
    words = wording(request.locale)
    if isinstance(error, NotANumber):
        example = request.mark + words.say(f"example.{request.command}")
        return told(words.say("refused.not_a_number", value=echo(error.given), example=example), Outcome.REFUSED)
    said = sentence(error, words)
    if isinstance(error, refusals.Unlinked):
        choices = Choices(account_choices(error.platforms, words))
        return Reply(blocks=(Text(said), choices), outcome=Outcome.REFUSED, visibility=Visibility.PRIVATE)
    if not isinstance(error, _OVERTAKEN):
        return told(said, Outcome.REFUSED)
    number = await _number(error, office)
    if number is None:
        return told(said, Outcome.REFUSED)
    async with office.desk.reading() as view:
        became = last(await view.history(number), words)
    lines = (said, words.say("refusal.since", done=became)) if became else (said,)
    return Reply(
        blocks=(Text("\n".join(lines)), Choices((choice("open", number, words),))),
        outcome=Outcome.REFUSED,
        visibility=Visibility.PRIVATE,
    )


def sentence(error: ChangeRefused, words: Wording) -> str:
    """What speaks against the change, and what to do."""
    if (say := _SAYS.get(type(error))) is not None:
        return say(error, words)
    if (key := _KEYS.get(type(error))) is not None:
        return words.say(f"refusal.{key}", number=getattr(error, "number", ""))
    if isinstance(error, refusals.BatchRefused):
        return words.say(f"refusal.batch.{error.why}", batch=error.batch)
    if isinstance(error, refusals.TooManyFollows):
        return words.say("refusal.follows", most=error.most)
    if isinstance(error, refusals.UnknownSubject):
        return words.say("refusal.subject", what=echo(error.target))
    return words.say("refusal.other", why=one_line(str(error))[:200])


def _unreadable(error: refusals.Unreadable, words: Wording) -> str:
    key = f"desk.field.{error.name}"
    return words.say("refusal.unreadable", field=words.say(key) if words.has(key) else echo(error.name))


def _not_now(error: refusals.NotNow, words: Wording) -> str:
    return words.say("refusal.not_now", number=error.number, state=words.say(f"desk.state.{error.workflow}"))


def _unlinked(error: refusals.Unlinked, words: Wording) -> str:
    platforms = ", ".join(map(str.capitalize, error.platforms))
    return words.say("refusal.unlinked", number=error.number, platforms=platforms)


def _flawed(error: refusals.Flawed, words: Wording) -> str:
    return words.say("refusal.flawed", number=error.number, flaws=" ".join(flaws(error.remarks, words)))


def _changed(error: RevisionConflict, words: Wording) -> str:
    return words.say("refusal.changed", seen=error.expected, now=error.found)


def _nothing_waits(error: refusals.NothingWaits, words: Wording) -> str:
    if not error.number:
        return words.say("refusal.nothing_there")
    return words.say("refusal.nothing_waits", number=error.number)


_SAYS: Mapping[type[ChangeRefused], Callable[[Any, Wording], str]] = {
    refusals.NotNow: _not_now,
    refusals.Unreadable: _unreadable,
    refusals.Unlinked: _unlinked,
    refusals.Flawed: _flawed,
    refusals.NothingWaits: _nothing_waits,
    RevisionConflict: _changed,
}
_KEYS: Mapping[type[ChangeRefused], str] = {
    refusals.NoSuchFact: "unknown",
    refusals.NotFollowed: "not_followed",
    NoDraft: "no_draft",
    refusals.NotAnEditor: "not_an_editor",
    refusals.OwnWork: "own_work",
    refusals.AlreadyWaits: "already_waits",
    refusals.NothingChanges: "nothing_changes",
    refusals.Overtaken: "overtaken",
    refusals.Unread: "unread",
    refusals.NotFoundInPassage: "not_found",
    refusals.NoReason: "no_reason",
    refusals.BadCode: "bad_code",
    refusals.NameTaken: "name_taken",
}


async def _number(error: ChangeRefused, office: Office) -> int | None:
    if isinstance(error, RevisionConflict):
        async with office.desk.reading() as view:
            return await view.number_of(error.slug)
    number: int | None = getattr(error, "number", None)
    return number or None

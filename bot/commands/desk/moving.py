"""Hide, withdraw and bring back: one person makes an answer say less at once, two make it show again."""

from __future__ import annotations

import re
from dataclasses import replace

from bot.commands.arguments import echo, fact_number, told
from bot.commands.desk.acting import LONG, NUMBER, SEEN, apply, expected, known, number_in, seen_in
from bot.commands.desk.asking import asked, field, reason_field
from bot.commands.desk.buttons import choice
from bot.commands.reply import Choices, FormField, Outcome, Reply, Text
from bot.commands.request import Request
from bot.commands.services import Office, by
from bot.commands.table import Parameter
from bot.core.desk.port import DeskReading
from bot.core.desk.refusals import NotNow
from bot.core.model.change import BringBack, Hide
from bot.core.model.change import Withdraw as Withdrawing
from bot.core.model.fact import Fact
from bot.core.model.mail import Visibility
from bot.core.model.review import Withdrawal, WithdrawalReason, Workflow
from bot.core.review import MOVES, Act
from bot.wording import Wording, wording

_NAMED = 30
REASON = Parameter(name="reason", required=False, limit=LONG)
HIDE = (NUMBER, SEEN, REASON)
BACK = (NUMBER, REASON)
WITHDRAW = (
    NUMBER,
    SEEN,
    Parameter(name="why", required=False, options=tuple(WithdrawalReason)),
    Parameter(name="note", required=False, limit=LONG + _NAMED),  # with what stands behind it
)


_INSTEAD = re.compile(r"\s*-- *(?:#?(\d{1,9})|#(\S{1,20}))\s*$", re.ASCII)


async def hide(request: Request, *, office: Office) -> Reply:
    """Answer "under review" from now on."""
    words = wording(request.locale)
    number, reason = number_in(request), request.arguments.get("reason", "").strip()
    async with office.desk.reading() as view:
        dossier = await known(view, number)
    _movable(dossier.fact, Act.HIDE)
    if not reason:
        return asked(request, words, (reason_field(words),), title=words.say("form.hide", number=number))
    change = Hide(by=by(request), terms=office.terms, number=number, reason=reason)
    await apply(change, request, office, expect=expected(dossier, seen_in(request)))
    key = "done.hidden.alone" if office.terms.editors == 1 else "done.hidden"
    return _now(words.say(key, number=number), ("back.hidden", "fix", "withdraw"), number, words)


async def back(request: Request, *, office: Office) -> Reply:
    """Show a hidden or withdrawn fact again, or let a rejected one wait again."""
    words = wording(request.locale)
    number, reason = number_in(request), request.arguments.get("reason", "").strip()
    async with office.desk.reading() as view:
        fact = (await known(view, number)).fact
    _movable(fact, Act.BRING_BACK)
    if not reason:
        title = words.say(f"button.back.{fact.workflow}", number=number)
        return asked(request, words, (reason_field(words),), title=title)
    await apply(BringBack(by=by(request), terms=office.terms, number=number, reason=reason), request, office)
    async with office.desk.reading() as view:
        after = (await known(view, number)).fact.workflow
    key = {Workflow.PUBLISHED: "shown_again", Workflow.PENDING: "reopened"}.get(after, "waits_again")
    return told(words.say(f"done.{key}", number=number), Outcome.INFO)


async def withdraw(request: Request, *, office: Office) -> Reply:
    """Answer with a tombstone from now on: a class of reasons, a note for everybody, the fact to read instead."""
    words = wording(request.locale)
    number, given = number_in(request), request.arguments
    why = given.get("why", "").strip().lower()
    async with office.desk.reading() as view:
        dossier = await known(view, number)
        _movable(dossier.fact, Act.WITHDRAW)
        if why not in tuple(WithdrawalReason):
            said = words.say("withdraw.which", given=why, classes=", ".join(WithdrawalReason)) if why else ""
            return _asks_why(request, number, said, words)
        note, instead = _parted(given.get("note", ""))
        instead = given.get("replacement", "").strip() or instead
        other = await _instead(view, instead) if instead else None
    if wrong := _no_replacement(number, instead, other, words):
        return _asks_instead(request, why, note.strip(), instead, wrong, words)
    slug = other.slug if other is not None else None
    withdrawal = Withdrawal(reason=WithdrawalReason(why), note=note.strip(), replaced_by=slug)
    change = Withdrawing(by=by(request), terms=office.terms, number=number, withdrawal=withdrawal)
    await apply(change, request, office, expect=expected(dossier, seen_in(request)))
    return _now(words.say("done.withdrawn", number=number), ("back.withdrawn", "history"), number, words)


def _asks_why(request: Request, number: int, said: str, words: Wording) -> Reply:
    given = request.arguments
    note = " ".join(part for part in (given.get("why", ""), given.get("note", "")) if part)
    fields = _fields("", note, given.get("replacement", ""), words)
    return asked(request, words, fields, title=words.say("form.withdraw", number=number), said=said)


def _fields(why: str, note: str, replacement: str, words: Wording) -> tuple[FormField, ...]:
    options = tuple((each.value, words.say(f"desk.why.{each}")) for each in WithdrawalReason)
    return (
        field("why", words, value=why, required=True, options=options),
        field("note", words, key="withdraw.note", value=note, long=True),
        field("replacement", words, value=replacement, limit=10),
    )


def _asks_instead(request: Request, why: str, note: str, instead: str, said: str, words: Wording) -> Reply:
    """The form again, filled in; its line has everything, for where it cannot be opened at once."""
    behind = f"-- #{'-'.join(instead.removeprefix('#').split())[:20]}"
    arguments = {**request.arguments, "why": why, "note": f"{note} {behind}".strip()}
    title = words.say("form.withdraw", number=request.arguments["number"].strip().removeprefix("#"))
    fixed = ("number", "seen", "why", "note")
    asking = replace(request, arguments=arguments)
    reply = asked(asking, words, _fields(why, note, instead[:10], words), title=title, fixed=fixed, said=said)
    return replace(reply, outcome=Outcome.REFUSED)


async def _instead(view: DeskReading, given: str) -> Fact | None:
    """The fact that is named as the one to read instead; None where that is no number on file."""
    number = fact_number(given)
    found = await view.dossiers((number,)) if number is not None else ()
    return found[0].fact if found else None


def _no_replacement(number: int, given: str, other: Fact | None, words: Wording) -> str:
    """Why what was given is nothing to read instead; "" where it is, or nothing was given."""
    if not given:
        return ""
    if other is None or other.number == number:
        return words.say("withdraw.instead", given=echo(given))
    if other.workflow in (Workflow.HIDDEN, Workflow.WITHDRAWN, Workflow.REJECTED):
        return words.say("withdraw.instead.gone", number=other.number, state=words.say(f"desk.state.{other.workflow}"))
    return ""


def _parted(note: str) -> tuple[str, str]:
    """The note, and the number of the fact to read instead: "he said 14 -- #31"."""
    found = _INSTEAD.search(note)
    return (note[: found.start()], found[1] or found[2]) if found else (note, "")


def _movable(fact: Fact, act: Act) -> None:
    """Raise NotNow before anything is asked for that could not be done."""
    if (fact.workflow, act) not in MOVES:
        raise NotNow(fact.number, fact.workflow, act)


def _now(said: str, names: tuple[str, ...], number: int, words: Wording) -> Reply:
    buttons = tuple(choice(name.partition(".")[0], number, words, label=name) for name in names)
    return Reply(blocks=(Text(said), Choices(buttons)), outcome=Outcome.INFO, visibility=Visibility.PRIVATE)

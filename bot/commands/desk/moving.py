"""Hide, withdraw and bring back: one person makes an answer say less at once, two make it show again."""

from __future__ import annotations

import re

from bot.commands.arguments import fact_number, told
from bot.commands.desk.acting import LONG, NUMBER, SEEN, apply, expected, known, number_in, seen_in
from bot.commands.desk.asking import asked, field, reason_field
from bot.commands.desk.buttons import choice
from bot.commands.reply import Choices, Outcome, Reply, Text
from bot.commands.request import Request
from bot.commands.services import Office, by
from bot.commands.table import Parameter
from bot.core.desk.port import DeskReading
from bot.core.desk.refusals import NoSuchFact, NotNow
from bot.core.model.change import BringBack, Hide
from bot.core.model.change import Withdraw as Withdrawing
from bot.core.model.fact import Fact
from bot.core.model.mail import Visibility
from bot.core.model.review import Withdrawal, WithdrawalReason, Workflow
from bot.core.review import MOVES, Act
from bot.wording import Wording, wording

REASON = Parameter(name="reason", required=False, limit=LONG)
HIDE = (NUMBER, SEEN, REASON)
BACK = (NUMBER, REASON)
WITHDRAW = (
    NUMBER,
    SEEN,
    Parameter(name="why", required=False, options=tuple(WithdrawalReason)),
    Parameter(name="note", required=False, limit=LONG),
)


_INSTEAD = re.compile(r"\s*-- *#?(\d{1,9})\s*$", re.ASCII)


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
        instead = given.get("replacement", "").strip() or instead.strip()
        slug = await _slug(view, instead) if instead else None
    withdrawal = Withdrawal(reason=WithdrawalReason(why), note=note.strip(), replaced_by=slug)
    change = Withdrawing(by=by(request), terms=office.terms, number=number, withdrawal=withdrawal)
    await apply(change, request, office, expect=expected(dossier, seen_in(request)))
    return _now(words.say("done.withdrawn", number=number), ("back.withdrawn", "history"), number, words)


def _asks_why(request: Request, number: int, said: str, words: Wording) -> Reply:
    options = tuple((each.value, words.say(f"desk.why.{each}")) for each in WithdrawalReason)
    given = request.arguments
    note = " ".join(part for part in (given.get("why", ""), given.get("note", "")) if part)
    fields = (
        field("why", words, required=True, options=options),
        field("note", words, key="withdraw.note", value=note, long=True),
        field("replacement", words, value=given.get("replacement", ""), limit=10),
    )
    return asked(request, words, fields, title=words.say("form.withdraw", number=number), said=said)


def _parted(note: str) -> tuple[str, str]:
    """The note, and the number of the fact to read instead: "he said 14 -- #31"."""
    found = _INSTEAD.search(note)
    return (note[: found.start()], found[1]) if found else (note, "")


def _movable(fact: Fact, act: Act) -> None:
    """Raise NotNow before anything is asked for that could not be done."""
    if (fact.workflow, act) not in MOVES:
        raise NotNow(fact.number, fact.workflow, act)


async def _slug(view: DeskReading, given: str) -> str:
    number = fact_number(given)
    if number is None:
        raise NoSuchFact(0)
    return (await known(view, number)).fact.slug


def _now(said: str, names: tuple[str, ...], number: int, words: Wording) -> Reply:
    buttons = tuple(choice(name.partition(".")[0], number, words, label=name) for name in names)
    return Reply(blocks=(Text(said), Choices(buttons)), outcome=Outcome.INFO, visibility=Visibility.PRIVATE)

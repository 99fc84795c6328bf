"""The desk's part of the table of commands: what each takes, who may use it, where it is offered."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from functools import partial

from bot.commands.arguments import told
from bot.commands.desk import (
    batches,
    deciding,
    drafting,
    filing,
    fixing,
    forms,
    lists,
    mine,
    moving,
    my_data,
    naming,
    opening,
    queue,
    relating,
    reporting,
    restoring,
    settings,
    wanting,
)
from bot.commands.desk.acting import NotANumber
from bot.commands.desk.refusing import refused
from bot.commands.reply import Outcome, Reply
from bot.commands.request import Request, Right
from bot.commands.services import Office
from bot.commands.table import Command, Parameter
from bot.core.model.change import ChangeRefused
from bot.wording import wording

GROUP = "desk"
Act = Callable[..., Awaitable[Reply]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One command of the desk, before it is given what it works with."""

    act: Act
    parameters: tuple[Parameter, ...] = ()
    right: Right = Right.EDIT
    slash: bool = False
    form: bool = False  # asks for what it lacks
    message: bool = False  # offered on a message
    reads: bool = False  # changes nothing, so that it works where the database is open for reading only


ROWS: Mapping[str, Row] = {
    "suggest": Row(act=drafting.begin, parameters=drafting.BEGIN, right=Right.SUGGEST, slash=True, form=True),
    "clip": Row(act=drafting.clip, parameters=drafting.CLIP, right=Right.SUGGEST, form=True, message=True),
    "add": Row(act=drafting.begin, parameters=drafting.BEGIN, right=Right.SUGGEST, slash=True, form=True),
    "sheet": Row(act=drafting.sheet, parameters=drafting.SHEET, right=Right.SUGGEST, form=True),
    "source": Row(act=drafting.source, parameters=drafting.SOURCE, right=Right.SUGGEST, form=True),
    "words": Row(act=fixing.words, parameters=drafting.CHOOSE, right=Right.SUGGEST, form=True),
    "confirm": Row(act=drafting.confirm, parameters=drafting.STEP, right=Right.SUGGEST, form=True),
    "details": Row(act=drafting.details, parameters=drafting.STEP, right=Right.SUGGEST, form=True),
    "set": Row(act=fixing.set_, parameters=fixing.SET, right=Right.SUGGEST, form=True),
    "ok": Row(act=drafting.send, parameters=drafting.STEP, right=Right.SUGGEST),
    "drop": Row(act=drafting.drop, parameters=drafting.STEP, right=Right.SUGGEST),
    "another": Row(act=drafting.another, parameters=drafting.STEP, right=Right.SUGGEST),
    "fix": Row(act=fixing.fix, parameters=fixing.FIX, form=True),
    "queue": Row(act=queue.queue, parameters=queue.PARAMETERS, slash=True, reads=True),
    "open": Row(act=opening.open_, parameters=opening.PARAMETERS, right=Right.SUGGEST, slash=True, reads=True),
    "settings": Row(act=settings.settings, parameters=settings.PARAMETERS, right=Right.SUGGEST, slash=True, form=True),
    "approve": Row(act=deciding.approve, parameters=deciding.APPROVE),
    "reject": Row(act=deciding.reject, parameters=deciding.REJECT, right=Right.SUGGEST, form=True),
    "hide": Row(act=moving.hide, parameters=moving.HIDE, form=True),
    "back": Row(act=moving.back, parameters=moving.BACK, form=True),
    "withdraw": Row(act=moving.withdraw, parameters=moving.WITHDRAW, form=True),
    "restore": Row(act=restoring.restore, parameters=restoring.PARAMETERS, form=True),
    "relate": Row(act=relating.relate, parameters=relating.PARAMETERS, form=True),
    "names": Row(act=filing.names, parameters=filing.NAMES, right=Right.SUGGEST, reads=True),
    "tag": Row(act=filing.tag, parameters=filing.TAG, right=Right.SUGGEST),
    "entity": Row(act=naming.entity, parameters=naming.ENTITY, form=True),
    "newtopic": Row(act=naming.topic, parameters=naming.TOPIC, form=True),
    "alias": Row(act=naming.alias, parameters=naming.ALIAS, form=True),
    "merge": Row(act=naming.merge, parameters=naming.MERGE),
    "wrong": Row(act=reporting.wrong, parameters=reporting.WRONG, right=Right.SUGGEST, form=True),
    "close": Row(act=reporting.close, parameters=reporting.CLOSE, form=True),
    "unanswered": Row(act=lists.unanswered, parameters=lists.PARAMETERS, reads=True),
    "conflicts": Row(act=lists.conflicts, parameters=lists.PARAMETERS, reads=True),
    "hideall": Row(act=batches.hide_all, parameters=batches.HIDE_ALL, form=True),
    "bringall": Row(act=batches.bring_all, parameters=batches.BRING_ALL),
    "mine": Row(act=mine.mine, parameters=mine.PARAMETERS, right=Right.SUGGEST, reads=True),
    "ask": Row(act=wanting.ask, parameters=wanting.PARAMETERS, right=Right.SUGGEST),
    "mydata": Row(act=my_data.my_data, parameters=my_data.MY_DATA, right=Right.READ, reads=True),
    "forgetme": Row(act=my_data.forget_me, parameters=my_data.FORGET_ME, right=Right.READ),
}
PARAMETERS: Mapping[str, tuple[Parameter, ...]] = {name: row.parameters for name, row in ROWS.items()}
FIELDS = tuple(name for name in forms.NAMES if name != "words")  # those that are set by their name; words are chosen
READING = frozenset(name for name, row in ROWS.items() if row.reads)
#: Commands of everybody who reads: they do not stand under /desk.
_EVERYBODYS = frozenset({"suggest", "clip", "wrong", "ask", "mine", "mydata", "forgetme"})


def commands(office: Office | None) -> tuple[Command, ...]:
    """Every command of the desk, ready to run. Without an office each says that there is none here."""
    return tuple(
        Command(
            name=name,
            parameters=row.parameters,
            group="" if name in _EVERYBODYS else GROUP,
            slash=row.slash,
            form=row.form,
            message=row.message,
            right=row.right,
            private=True,
            run=partial(_run, row=row, office=office),
        )
        for name, row in ROWS.items()
    )


async def _run(request: Request, *, row: Row, office: Office | None) -> Reply:
    """Run a command; a rule that speaks against it becomes a sentence."""
    if office is None or not (office.open or row.reads):
        return told(wording(request.locale).say("desk.closed"), Outcome.REFUSED)
    try:
        return await row.act(request, office=office)
    except (ChangeRefused, NotANumber) as error:
        return await refused(error, request, office)

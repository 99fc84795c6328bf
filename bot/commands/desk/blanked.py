"""What stays blank of an answer once a contested value is turned down, and buttons that propose the earlier one."""

from __future__ import annotations

from dataclasses import fields

from bot.commands.arguments import echo
from bot.commands.desk.acting import known
from bot.commands.reply import Block, Choice, Choices, Text
from bot.core.desk.forming import form_of, given
from bot.core.desk.port import DeskReading
from bot.core.matching import main_source
from bot.core.model.desk import Form, Proposal
from bot.core.model.fact import Dossier
from bot.core.model.source import Source
from bot.wording import Wording


async def blanked(view: DeskReading, proposal: Proposal, words: Wording) -> tuple[Block, ...]:
    """Of a proposal that is no longer to come: which fields are blank because of it, and how to fill them again."""
    dossier = await known(view, proposal.fact)
    source = main_source(dossier)
    now = form_of(dossier.fact.revision, source)
    before = await _before(view, proposal, dossier, source)
    wanted = form_of(proposal.revision or dossier.fact.revision, proposal.source or source)
    if proposal.unreadable:
        wanted = before  # nobody knows, so all that is blank now may be because of it
    names = [
        each.name
        for each in fields(Form)
        if not given(getattr(now, each.name))
        and given(getattr(wanted, each.name))
        and given(getattr(before, each.name))
    ]
    if not names:
        return ()
    labels = ", ".join(words.say(f"form.{name}") for name in names)
    buttons = [
        Choice(
            label=words.say("button.again", field=words.say(f"form.{name}"), value=echo(getattr(before, name))),
            line=f"set {proposal.fact} {name} {getattr(before, name)}",
            short=name,
        )
        for name in names
    ]
    return Text(words.say("done.blank", fields=labels)), Choices(tuple(buttons))


async def _before(view: DeskReading, proposal: Proposal, dossier: Dossier, source: Source | None) -> Form:
    """What the form said before the proposal blanked anything."""
    past = await view.history(proposal.fact)
    made = any(each.revision.number == proposal.base and each.at == proposal.at for each in past)
    number = proposal.base - 1 if made else proposal.base
    revision = next((each.revision for each in past if each.revision.number == number), dossier.fact.revision)
    if source is None or proposal.source is None:
        return form_of(revision, source)
    earlier = await view.earlier_sources(source.id)
    differing = (each for each in earlier if form_of(revision, each) != form_of(revision, source))
    return form_of(revision, next(differing, source))

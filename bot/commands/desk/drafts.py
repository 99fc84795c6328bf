"""What is shown of a form under way: the fact as readers will see it, or what is still wrong with it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.commands.desk.acting import myself
from bot.commands.desk.buttons import choice
from bot.commands.desk.checks import checks, of_speaker
from bot.commands.desk.flaws import flaws
from bot.commands.desk.making import Troubles, sentences
from bot.commands.desk.preview import in_place, preview
from bot.commands.reply import Block, Choice, Choices, Outcome, Reply, Text
from bot.commands.request import Request
from bot.commands.services import Office
from bot.core.desk.port import DeskReading
from bot.core.desk.refusals import NoSuchFact
from bot.core.model.desk import Form
from bot.core.model.fact import Dossier
from bot.core.model.mail import Visibility
from bot.core.rules.remark import Remark
from bot.wording import Wording

_OF_SOURCE = frozenset({"link", "passage", "title", "publisher", "author", "published", "language"})


class NoDraft(NoSuchFact):
    """Nobody is filling in a form of this number, or it was somebody else's, or it is too old."""


async def drafted(view: DeskReading, request: Request, number: int) -> Form:
    """The form of this number that the person who asks is filling in. Raises NoDraft."""
    me = await myself(view, request)
    draft = await view.draft(number, me.id) if me else None
    if draft is None:
        raise NoDraft(number)
    return draft.form


@dataclass(frozen=True, slots=True)
class Manner:
    """How somebody is answered about a form."""

    brief: bool = False  # the card, and as whom the speaker is filed
    reviews: bool = False  # may read the texts that are kept of sources
    sheet: bool = False  # all fields are edited together, in an editor


async def preview_reply(
    view: DeskReading,
    dossier: Dossier,
    form: Form,
    office: Office,
    words: Wording,
    manner: Manner,
    *,
    unused: Sequence[str] = (),
) -> Reply:
    """How it will read, what the checks found, and what can be done; `unused` fields are told."""
    number = dossier.fact.number
    blocks: list[Block] = [Text(words.say("draft.preview", number=number))]
    blocks += await preview(view, dossier, office, words)
    if unused:
        fields = ", ".join(words.say(f"form.{name}") for name in unused)
        blocks.append(Text(words.say("draft.unused", fields=fields)))
    if manner.brief and (filed := await of_speaker(view, dossier, words, form.passage)):
        blocks.append(Text("\n".join(filed)))
    if not manner.brief:
        blocks.append(Text("\n".join(await checks(view, dossier, words, form.passage))))
        around = await in_place(view, dossier, words, form.passage, private=manner.reviews)
        blocks += (around,) if around else ()
    blocks.append(Choices(_buttons(number, words, manner)))
    return Reply(blocks=tuple(blocks), outcome=Outcome.FOUND, visibility=Visibility.PRIVATE)


def problems_reply(number: int, error: Troubles, words: Wording, manner: Manner) -> Reply:
    """What cannot be read, a sentence each; everything typed is kept, and the form opens filled in."""
    names = {each.name for each in error.troubles}
    commands = [command for command, own in (("source", names & _OF_SOURCE), ("confirm", names - _OF_SOURCE)) if own]
    return _wrong(number, sentences(error.troubles, words), ("sheet",) if manner.sheet else commands, words)


def flawed_reply(number: int, remarks: Sequence[Remark], words: Wording, manner: Manner) -> Reply:
    """The same for what the rules forbid."""
    commands = ["source"] if any(remark.section == "sources" for remark in remarks) else []
    commands += ["confirm"] if any(remark.section != "sources" for remark in remarks) else []
    return _wrong(number, flaws(remarks, words), ("sheet",) if manner.sheet else commands, words)


def _wrong(number: int, said: Sequence[str], commands: Sequence[str], words: Wording) -> Reply:
    buttons = tuple(choice(command, number, words) for command in (*commands, "drop"))
    text = Text("\n".join((words.say("draft.kept", number=number), *said)))
    return Reply(blocks=(text, Choices(buttons)), outcome=Outcome.REFUSED, visibility=Visibility.PRIVATE)


def _buttons(number: int, words: Wording, manner: Manner) -> tuple[Choice, ...]:
    edits = ("sheet",) if manner.sheet else ("confirm", "details", "source")
    another = Choice(label=words.say("button.another"), line=f"another {number}", short="another")
    return (
        choice("ok", number, words),
        *(choice(command, number, words) for command in edits),
        choice("names", number, words),
        another,
        choice("drop", number, words),
    )

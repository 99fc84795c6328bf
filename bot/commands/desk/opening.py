"""desk open: one thing of the desk, whatever it is: a form under way, what waits, or a fact with what can be done."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from bot.commands.card import is_public
from bot.commands.desk.acting import NUMBER, is_own, known, myself, number_in
from bot.commands.desk.became import last
from bot.commands.desk.buttons import choice, hide_all_choice
from bot.commands.desk.cards import change_card, fact_card, report_card
from bot.commands.desk.drafting import following, manner_of
from bot.commands.desk.preview import preview
from bot.commands.desk.who import called
from bot.commands.reply import Block, Choice, Choices, Outcome, Reply, Text
from bot.commands.request import Request, Right
from bot.commands.services import Office
from bot.commands.table import Parameter
from bot.core.desk.authorship import writers_of
from bot.core.desk.port import DeskReading
from bot.core.desk.refusals import NoSuchFact
from bot.core.model.desk import Origin, Person, Proposal, Report
from bot.core.model.fact import Dossier
from bot.core.model.mail import Visibility
from bot.core.model.review import Workflow
from bot.core.review import WAITING
from bot.wording import Wording, wording

_MOST_WRITERS = 2  # who have a button of their own
PARAMETERS = (NUMBER, Parameter(name="what", required=False))


async def open_(request: Request, *, office: Office) -> Reply:
    """Show it, as far as the person who asks may see it."""
    words = wording(request.locale)
    number = number_in(request)
    async with office.desk.reading() as view:
        me = await myself(view, request)
        draft = await view.draft(number, me.id) if me else None
        form = draft.form if draft is not None and not await view.dossiers((number,)) else None
    if form is not None:
        return await following(number, form, office, words, manner_of(request))
    async with office.desk.reading() as view:
        dossier = await known(view, number)
        if Right.EDIT in request.caller.rights:
            blocks = await _for_editors(view, dossier, request.arguments.get("what", ""), office, words)
        else:
            blocks = await _for_members(view, dossier, me, office, words)
    if draft is not None:
        blocks = _with((Text(words.say("fix.under_way", number=number)), *blocks), (choice("drop", number, words),))
    return Reply(blocks=blocks, outcome=Outcome.INFO, visibility=Visibility.PRIVATE)


async def _for_editors(
    view: DeskReading, dossier: Dossier, what: str, office: Office, words: Wording
) -> tuple[Block, ...]:
    """What is asked for of what waits on the fact, else the most urgent of it; the rest is a button away."""
    number = dossier.fact.number
    if dossier.fact.workflow in WAITING:
        return await fact_card(view, dossier, office, words)
    open_reports = [each for each in await view.reports(number) if each.outcome is None]
    found: dict[str, Proposal | Report] = {}
    for origin in Origin:
        if (proposal := await view.proposal(number, origin)) is not None:
            found[origin.value] = proposal
    found |= {f"report-{each.number}": each for each in open_reports}
    if what != "fact" and found:
        name = what if what in found else next(iter(found))
        blocks = await _waiting(view, dossier, found[name], office, words)
    else:
        name, blocks = "fact", await shown(view, dossier, office, words)
    others = tuple(_other(each, number, words) for each in (*found, "fact") if each != name and found)
    return _with(blocks, others)


async def _waiting(
    view: DeskReading, dossier: Dossier, thing: Proposal | Report, office: Office, words: Wording
) -> tuple[Block, ...]:
    if isinstance(thing, Report):
        return await report_card(view, dossier, thing, office, words)
    return await change_card(view, dossier, thing, office, words)


#: What an editor can do to a fact that has been decided.
_ACTS: Mapping[Workflow, tuple[str, ...]] = {
    Workflow.PUBLISHED: ("fix", "hide", "withdraw", "relate", "names", "history"),
    Workflow.HIDDEN: ("back", "fix", "withdraw", "history"),
    Workflow.WITHDRAWN: ("back", "history"),
}


async def shown(view: DeskReading, dossier: Dossier, office: Office, words: Wording) -> tuple[Block, ...]:
    """A fact that has been decided, as readers see or saw it, and what an editor can do to it."""
    fact = dossier.fact
    number, seen = fact.number, f"@{fact.revision.number}"
    state = words.say(f"desk.state.{fact.workflow}")
    head = words.say("desk.fact", number=number, revision=fact.revision.number, state=state)
    became = last(await view.history(number), words)
    names = _ACTS.get(fact.workflow, ("back",))
    tails = {"hide": seen, "withdraw": seen}
    labels = {"back": f"back.{fact.workflow}"} if "back" in names else {}
    buttons = tuple(choice(name, number, words, tail=tails.get(name, ""), label=labels.get(name, "")) for name in names)
    text = Text("\n".join(part for part in (head, became) if part))
    if fact.workflow is Workflow.PUBLISHED:
        buttons += tuple([await _hide_all(view, person, words) for person in await _writers(view, number)])
    return (text, *await preview(view, dossier, office, words), Choices(buttons))


async def _writers(view: DeskReading, number: int) -> tuple[str, ...]:
    """Ids of the people who wrote what the fact says, one each."""
    found = [await view.somebody(person) for person in writers_of(await view.doings(number)).values()]
    return tuple(dict.fromkeys(each.id for each in found if each is not None))[:_MOST_WRITERS]


async def _hide_all(view: DeskReading, person: str, words: Wording) -> Choice:
    return hide_all_choice(person, await called(view, person, words), words)


async def _for_members(
    view: DeskReading, dossier: Dossier, me: Person | None, office: Office, words: Wording
) -> tuple[Block, ...]:
    """One's own suggestion, and what readers may know anyway."""
    fact = dossier.fact
    own = await is_own(view, fact.number, me)
    if not own and not is_public(dossier):
        raise NoSuchFact(fact.number)
    state = words.say(f"desk.state.{fact.workflow}")
    head = words.say("desk.fact", number=fact.number, revision=fact.revision.number, state=state)
    lines = [head]
    if fact.workflow is Workflow.REJECTED:
        lines.append(last(await view.history(fact.number), words))
    buttons = []
    if is_public(dossier):
        buttons = [choice("wrong", fact.number, words), choice("history", fact.number, words)]
    elif fact.workflow in WAITING:
        buttons = [choice("reject", fact.number, words, label="take_back")]
    show: tuple[Block, ...] = ()
    if own or fact.workflow is Workflow.PUBLISHED:
        show = await preview(view, dossier, office, words)
    return (Text("\n".join(lines)), *show, *((Choices(tuple(buttons)),) if buttons else ()))


def _other(name: str, number: int, words: Wording) -> Choice:
    key, _, report = name.partition("-")
    label = words.say(f"button.open.{key}", number=number, report=report)
    return Choice(label=label, line=f"open {number} {name}", short=name)


def _with(blocks: tuple[Block, ...], more: tuple[Choice, ...]) -> tuple[Block, ...]:
    if not more:
        return blocks
    *first, last_ = blocks
    if isinstance(last_, Choices):
        return (*first, replace(last_, items=last_.items + more))
    return (*blocks, Choices(more))

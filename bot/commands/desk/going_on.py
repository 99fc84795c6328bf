"""Which article the next form may begin with: what of a fact's source and passage somebody may be given."""

from __future__ import annotations

from bot.commands.card import is_unspoken, shows_words
from bot.commands.desk.acting import is_own, known, myself
from bot.commands.desk.making import compared
from bot.commands.request import Request, Right
from bot.core.desk.port import DeskReading
from bot.core.desk.refusals import NoSuchFact
from bot.core.matching import main_source
from bot.core.model.desk import Form
from bot.core.model.fact import Dossier
from bot.core.model.review import Workflow
from bot.core.model.source import Source
from bot.core.normalisation import normalise
from bot.core.review import WAITING
from bot.core.verbatim import fingerprint

_BESIDE = 200  # facts of the same source that are looked at


async def same_source(view: DeskReading, request: Request, number: int) -> tuple[Form, Source | None]:
    """The source part of a form, or of the fact that became of it, with its source. Raises NoSuchFact."""
    me = await myself(view, request)
    draft = await view.draft(number, me.id) if me else None
    if draft is not None and not await view.dossiers((number,)):
        return draft.form, None
    dossier = await known(view, number)
    own = await is_own(view, number, me)
    source_of = main_source(dossier)
    if source_of is None or not _may_go_on(dossier, request, own=own):
        raise NoSuchFact(number)
    return Form(link=source_of.url or "none", passage=await _compared(view, dossier, source_of)), source_of


def _may_go_on(dossier: Dossier, request: Request, *, own: bool) -> bool:
    """Whether the source and the passage of this fact may be given to the person who asks."""
    workflow = dossier.fact.workflow
    if workflow is Workflow.REJECTED or is_unspoken(dossier):
        return False
    return shows_words(dossier) or Right.EDIT in request.caller.rights or (own and workflow in WAITING)


async def _compared(view: DeskReading, dossier: Dossier, source_of: Source) -> str:
    """The passage that the words of this fact were compared with: others of the source came with other facts."""
    texts = compared(dossier.fact.revision, source_of.id)
    passages = [each for each in await view.passages_of(source_of.id) if fingerprint(each) in texts]
    beside = await view.facts_of(source_of.id, limit=_BESIDE) if passages else ()
    unspoken = [normalise(each.fact.revision.text).text for each in beside if is_unspoken(each)]
    return next((each for each in passages if not any(words in each for words in unspoken)), "")

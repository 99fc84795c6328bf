"""names and tag: who speaks, whom and what it is about, under which topics; each a button away from being put right."""

from __future__ import annotations

from dataclasses import replace

from bot.commands.arguments import echo, one_line, told
from bot.commands.desk.acting import NUMBER, apply, known, number_in
from bot.commands.desk.changed import changed_reply
from bot.commands.reply import Choice, Choices, Fields, Outcome, Reply
from bot.commands.request import Request
from bot.commands.services import Office, by
from bot.commands.table import Parameter
from bot.core.desk.port import DeskReading
from bot.core.model.change import Revise
from bot.core.model.fact import Act, Dossier, Revision
from bot.core.model.mail import Visibility
from bot.core.model.names import Entity, Topic
from bot.wording import Wording, people, wording

NAMES = (NUMBER,)
KINDS = ("topic", "about", "speaker")
TAG = (
    NUMBER,
    Parameter(name="what", options=KINDS),
    Parameter(name="id"),
)


async def names(request: Request, *, office: Office) -> Reply:
    """What the fact is filed under now, and how to change it."""
    words = wording(request.locale)
    number = number_in(request)
    async with office.desk.reading() as view:
        dossier = await known(view, number)
    rows = _rows(dossier, words)
    fields = Fields(title=words.say("names.title", number=number), rows=rows)
    buttons = Choices((*_removals(dossier, words), *_new(words)))
    return Reply(blocks=(fields, buttons), outcome=Outcome.INFO, visibility=Visibility.PRIVATE)


async def tag(request: Request, *, office: Office) -> Reply:
    """Put a topic or a name on a fact, or with "-" before it take it off; name the speaker's entry."""
    words, given = wording(request.locale), request.arguments
    number, what, wanted = number_in(request), given["what"].strip().lower(), given["id"].strip()
    off = wanted.startswith("-")
    if what not in KINDS:
        return told(words.say("tag.which", kinds=", ".join(KINDS)), Outcome.REFUSED)
    async with office.desk.reading() as view:
        dossier = await known(view, number)
        item = await _item(view, what, wanted.removeprefix("-"))
    if item is None:
        return told(words.say("names.unknown", given=echo(wanted.removeprefix("-"))), Outcome.REFUSED)
    revision = tagged(dossier.fact.revision, what, item.id, off=off)
    change = Revise(by=by(request), terms=office.terms, number=number, revision=revision, reason=f"{what} {wanted}")
    expect = {dossier.fact.slug: dossier.fact.revision.number}
    applied = await apply(change, request, office, expect=expect)
    return await changed_reply(applied, number, office, words)


def tagged(revision: Revision, what: str, own: str, *, off: bool) -> Revision:
    """The revision with this id among its topics or names, or without it; the chain begins with the speaker."""
    if what == "topic":
        return replace(revision, topics=_with(revision.topics, own, off=off))
    if what == "about":
        return replace(revision, about=_with(revision.about, own, off=off))
    if revision.speaker is None:
        return revision
    entity = None if off else own
    chain = revision.chain
    if chain and chain[0].act is Act.SAID:
        name = "" if entity else revision.speaker.name_in_source
        chain = (replace(chain[0], actor=entity, name=name), *chain[1:])
    return replace(revision, speaker=replace(revision.speaker, entity=entity), chain=chain)


def _with(ids: tuple[str, ...], own: str, *, off: bool) -> tuple[str, ...]:
    rest = tuple(each for each in ids if each != own)
    return rest if off else (*rest, own)


async def _item(view: DeskReading, what: str, wanted: str) -> Entity | Topic | None:
    vocabulary = await view.vocabulary()
    if what == "topic":
        return next((each for each in vocabulary.topics if each.id == wanted), None)
    return next((each for each in vocabulary.entities if each.id == wanted), None)


def _rows(dossier: Dossier, words: Wording) -> tuple[tuple[str, str], ...]:
    revision = dossier.fact.revision
    none = words.say("desk.none")
    speaker = words.say("evidence.speaker.none")
    if revision.speaker is not None:
        speaker = one_line(revision.speaker.name_in_source)
        entity = dossier.entities.get(revision.speaker.entity or "")
        filed = one_line(entity.name) if entity else words.say("names.not_filed")
        speaker = words.say("names.filed_as", name=speaker, filed=filed)
    about = "; ".join(one_line(people.name_of(each, dossier, words)) for each in revision.about)
    topics = "; ".join(one_line(dossier.topics[each].label) for each in revision.topics if each in dossier.topics)
    return (
        (words.say("desk.field.speaker"), speaker),
        (words.say("desk.field.about"), about or none),
        (words.say("desk.field.topics"), topics or none),
    )


def _removals(dossier: Dossier, words: Wording) -> tuple[Choice, ...]:
    number, revision = dossier.fact.number, dossier.fact.revision
    named = [("topic", each, dossier.topics[each].label) for each in revision.topics if each in dossier.topics]
    named += [("about", each, people.name_of(each, dossier, words)) for each in revision.about]
    return tuple(
        Choice(label=words.say("button.untag", name=one_line(name)), line=f"tag {number} {what} -{own}")
        for what, own, name in named
    )


def _new(words: Wording) -> tuple[Choice, ...]:
    return (
        Choice(label=words.say("button.newtopic"), line="newtopic", short="newtopic"),
        Choice(label=words.say("button.entity"), line="entity", short="entity"),
    )

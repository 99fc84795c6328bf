"""names and tag: who speaks, whom and what it is about, under which topics; each a button away from being put right."""

from __future__ import annotations

from dataclasses import replace

from bot.commands.arguments import echo, one_line, told
from bot.commands.desk.acting import NUMBER, apply, known, myself, number_in
from bot.commands.desk.changed import changed_reply
from bot.commands.desk.drafting import save
from bot.commands.desk.making import Troubles, dossier_of, made
from bot.commands.reply import Choice, Choices, Fields, Outcome, Reply, Text
from bot.commands.request import Request, Right
from bot.commands.services import Office, Reader, by
from bot.commands.table import Parameter
from bot.core.desk.port import DeskReading
from bot.core.desk.proposing import MOST, Proposed, Sort, missing_name, proposals
from bot.core.desk.refusals import NotAnEditor
from bot.core.model.change import Revise
from bot.core.model.desk import Form
from bot.core.model.fact import Act, Dossier, Revision
from bot.core.model.finding import Found
from bot.core.model.mail import Visibility
from bot.core.model.names import Entity, Topic
from bot.core.ports import Vocabulary
from bot.wording import Wording, people, wording

NAMES = (NUMBER,)
TAG = (NUMBER, Parameter(name="what", options=tuple(Sort)), Parameter(name="id"))


async def names(request: Request, *, office: Office) -> Reply:
    """What the fact or the form is filed under now, what may belong to it and why, and how to change it."""
    words = wording(request.locale)
    number = number_in(request)
    async with office.desk.reading() as view:
        form = await _form(view, request, number)
        if form is None and Right.EDIT not in request.caller.rights:
            raise NotAnEditor(f"#{number}: this takes an editor")
        dossier = await _dossier(view, number, form, office)
        vocabulary = await view.vocabulary()
    if dossier is None:
        return told(words.say("names.unclear", number=number), Outcome.REFUSED)
    passage = form.passage if form else ""
    found, additions = await _proposed(dossier, passage, vocabulary, office, words)
    if form is not None:  # a form has the speaker as the article names them; whose name that is, moderators say
        found = tuple(each for each in found if each.sort is not Sort.SPEAKER)
    reasons = [_reason(each, words) for each in found]
    buttons = [*_additions(number, found, words)]
    if Right.EDIT in request.caller.rights:
        reasons += [reason for reason, _ in additions]
        buttons += [button for _, button in additions]
    fields = Fields(title=words.say("names.title", number=number), rows=_rows(dossier, words))
    choices = Choices((*buttons, *_removals(dossier, words), *_new(words)))
    blocks = (fields, Text("\n".join(reasons)), choices) if reasons else (fields, choices)
    return Reply(blocks=blocks, outcome=Outcome.INFO, visibility=Visibility.PRIVATE)


async def _proposed(
    dossier: Dossier, passage: str, vocabulary: Vocabulary, office: Office, words: Wording
) -> tuple[tuple[Proposed, ...], list[tuple[str, Choice]]]:
    """What is on file and may belong to the fact; what is not on file and may be wanted there, with the reasons."""
    if office.reader is None:
        return (), []
    revision = dossier.fact.revision
    around = " ".join((revision.text, revision.label, passage))
    read = await office.reader.named(around)
    near = await _near(dossier, office.reader, office)
    additions = [
        (
            words.say("names.proposed.country", name=one_line(each.name), because=one_line(each.surface)),
            Choice(label=words.say("button.entity.add", name=each.name), line=f"entity country {each.name}"),
        )
        for each in read
        if not each.id
    ][:MOST]
    if revision.speaker is not None:
        name = one_line(revision.speaker.name_in_source)
        entity = missing_name(revision, await office.reader.named(name), vocabulary)
        if entity is not None:
            said = words.say("names.proposed.alias", name=one_line(entity.name), because=name)
            button = Choice(
                label=words.say("button.alias", name=name), line=f"alias {entity.id} {name}@{revision.language}"
            )
            additions.append((said, button))
    return proposals(revision, read, near, vocabulary), additions


async def _near(dossier: Dossier, reader: Reader, office: Office) -> tuple[Dossier, ...]:
    """Published facts of which this one holds the most, and which speak of somebody of whom it speaks."""
    finding = await reader.find(dossier.fact.revision.text, message=True)
    if not isinstance(finding, Found):
        return ()
    async with office.desk.reading() as view:
        further = await view.dossiers(finding.more[: MOST - 1])
    return tuple(
        each
        for each in (finding.dossier, *further)
        if each.fact.number != dossier.fact.number and not each.entities.keys().isdisjoint(dossier.entities)
    )


async def tag(request: Request, *, office: Office) -> Reply:
    """Put a topic or a name on it, or with "-" before it take it off; name the speaker's entry."""
    words, given = wording(request.locale), request.arguments
    number, what, wanted = number_in(request), given["what"].strip().lower(), given["id"].strip()
    off, own = wanted.startswith("-"), wanted.removeprefix("-")
    async with office.desk.reading() as view:
        form = await _form(view, request, number)
    kinds = [each for each in Sort if form is None or each is not Sort.SPEAKER]
    if what not in kinds:
        return told(words.say("tag.which", kinds=", ".join(kinds)), Outcome.REFUSED)
    async with office.desk.reading() as view:
        dossier = await known(view, number) if form is None else None
        item = await _item(view, what, own)
    if item is None:
        return told(words.say("names.unknown", given=echo(own)), Outcome.REFUSED)
    if form is not None:
        return await save(request, number, _tagged_form(form, what, item, off=off), office, words, brief=True)
    if dossier is None:
        raise AssertionError("neither form nor fact")
    revision = tagged(dossier.fact.revision, what, item.id, off=off)
    change = Revise(by=by(request), terms=office.terms, number=number, revision=revision, reason=f"{what} {wanted}")
    expect = {dossier.fact.slug: dossier.fact.revision.number}
    applied = await apply(change, request, office, expect=expect)
    return await changed_reply(applied, dossier, office, words)


def tagged(revision: Revision, what: str, own: str, *, off: bool) -> Revision:
    """The revision with this id among its topics or names, or without it; the chain begins with the speaker."""
    if what == Sort.TOPIC:
        return replace(revision, topics=_with(revision.topics, own, off=off))
    if what == Sort.ABOUT:
        return replace(revision, about=_with(revision.about, own, off=off))
    if revision.speaker is None:
        return revision
    entity = None if off else own
    chain = revision.chain
    if chain and chain[0].act is Act.SAID:
        name = "" if entity else revision.speaker.name_in_source
        chain = (replace(chain[0], actor=entity, name=name), *chain[1:])
    return replace(revision, speaker=replace(revision.speaker, entity=entity), chain=chain)


def _tagged_form(form: Form, what: str, item: Entity | Topic, *, off: bool) -> dict[str, str]:
    name = "topics" if what == Sort.TOPIC else "about"
    ids = tuple(part.strip() for part in getattr(form, name).split(",") if part.strip())
    return {name: ", ".join(_with(ids, item.id, off=off))}


def _with(ids: tuple[str, ...], own: str, *, off: bool) -> tuple[str, ...]:
    rest = tuple(each for each in ids if each != own)
    return rest if off else (*rest, own)


async def _form(view: DeskReading, request: Request, number: int) -> Form | None:
    """The form of this number that is being filled in, where no fact has the number yet."""
    me = await myself(view, request)
    draft = await view.draft(number, me.id) if me else None
    return draft.form if draft is not None and not await view.dossiers((number,)) else None


async def _dossier(view: DeskReading, number: int, form: Form | None, office: Office) -> Dossier | None:
    if form is None:
        return await known(view, number)
    try:
        return await dossier_of(view, await made(view, form, number, office), number, office)
    except Troubles:
        return None


async def _item(view: DeskReading, what: str, wanted: str) -> Entity | Topic | None:
    vocabulary = await view.vocabulary()
    if what == Sort.TOPIC:
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


def _reason(found: Proposed, words: Wording) -> str:
    if found.near:
        return words.say("names.proposed.near", name=one_line(found.name), number=found.because)
    return words.say(f"names.proposed.{found.sort}", name=one_line(found.name), because=one_line(found.because))


def _additions(number: int, found: tuple[Proposed, ...], words: Wording) -> tuple[Choice, ...]:
    return tuple(
        Choice(
            label=words.say(f"button.tag.{each.sort}", name=one_line(each.name)),
            line=f"tag {number} {each.sort} {each.id}",
        )
        for each in found
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

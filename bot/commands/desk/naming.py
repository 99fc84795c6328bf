"""New people, things and topics, and the names by which people ask for them."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace

from bot.commands.arguments import echo, one_line, told
from bot.commands.desk.acting import LONG, apply
from bot.commands.desk.asking import asked, field
from bot.commands.reply import Outcome, Reply
from bot.commands.request import Request
from bot.commands.services import Office, by
from bot.commands.table import Parameter
from bot.core.model.change import ChangeRefused, MergeTopic, SaveItem
from bot.core.model.names import Entity, EntityType, Name, Topic
from bot.wording import wording

_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_LONGEST_ID = 60  # characters of an id that is made from a name
_LANGUAGE = re.compile(r"(?P<text>.*\S)\s*@(?P<language>[a-z]{2,3})")
_NEVER = re.compile("(?!)")  # such a line needs a mark: ordinary sentences begin with these words

ENTITY = (
    Parameter(name="type", required=False, options=tuple(EntityType)),
    Parameter(name="name", required=False, limit=200),
)
TOPIC = (Parameter(name="label", required=False, limit=200, plain=_NEVER),)
ALIAS = (
    Parameter(name="id", plain=_NEVER),
    Parameter(name="names", required=False, limit=LONG),
)

MERGE = (Parameter(name="id", plain=_NEVER), Parameter(name="into", limit=200))


async def entity(request: Request, *, office: Office) -> Reply:
    """Somebody or something new that facts may speak of."""
    words, given = wording(request.locale), request.arguments
    name, kind = given.get("name", "").strip(), given.get("type", "").strip().lower()
    own = given.get("id", "").strip() or made_id(name)
    if not name or kind not in tuple(EntityType) or not _ID.fullmatch(own):
        options = tuple((each.value, words.say(f"entity.{each}")) for each in EntityType)
        fields = (
            field("name", words, key="entity.name", value=name, required=True, limit=200),
            field("type", words, key="entity.type", value=kind, required=True, options=options),
            field("names", words, value=given.get("names", ""), long=True),
            field("alone", words, value=given.get("alone", ""), limit=200),
            field("id", words, value=own, limit=_LONGEST_ID),
        )
        said = words.say("names.id", id=echo(own)) if name and not _ID.fullmatch(own) else ""
        return asked(request, words, fields, title=words.say("form.entity"), fixed=(), said=said)
    if (taken := await _taken(own, office)) is not None:
        return told(words.say("names.taken", id=own, name=one_line(taken)), Outcome.REFUSED)
    item = Entity(
        id=own,
        type=EntityType(kind),
        name=name,
        aliases=names_in(given.get("names", ""), words.language),
        ambiguous=tuple(each.text for each in names_in(given.get("alone", ""), words.language)),
    )
    await apply(SaveItem(by=by(request), terms=office.terms, item=item), request, office)
    return told(words.say("names.added", name=one_line(name), id=own), Outcome.INFO)


async def topic(request: Request, *, office: Office) -> Reply:
    """A new topic that facts may be filed under."""
    words, given = wording(request.locale), request.arguments
    label = given.get("label", "").strip()
    own = given.get("id", "").strip() or made_id(label)
    if not label or not _ID.fullmatch(own):
        fields = (
            field("label", words, key="topic.label", value=label, required=True, limit=100),
            field("names", words, value=given.get("names", ""), long=True),
            field("broader", words, value=given.get("broader", ""), limit=200),
            field("id", words, value=own, limit=_LONGEST_ID),
        )
        said = words.say("names.id", id=echo(own)) if label and not _ID.fullmatch(own) else ""
        return asked(request, words, fields, title=words.say("form.newtopic"), fixed=(), said=said)
    if (taken := await _taken(own, office)) is not None:
        return told(words.say("names.taken", id=own, name=one_line(taken)), Outcome.REFUSED)
    broader = tuple(each.strip() for each in given.get("broader", "").split(",") if each.strip())
    item = Topic(id=own, label=label, aliases=names_in(given.get("names", ""), words.language), broader=broader)
    await apply(SaveItem(by=by(request), terms=office.terms, item=item), request, office)
    return told(words.say("names.added", name=one_line(label), id=own), Outcome.INFO)


async def alias(request: Request, *, office: Office) -> Reply:
    """More names of somebody, something or a topic on file: how people ask for it."""
    words, given = wording(request.locale), request.arguments
    wanted = given["id"].strip().casefold()
    item = await _item(wanted, office)
    if item is None:
        return told(words.say("names.unknown", given=echo(given["id"])), Outcome.REFUSED)
    named = item.name if isinstance(item, Entity) else item.label
    new = names_in(given.get("names", ""), words.language)
    if not new:
        fields = (field("names", words, required=True, long=True),)
        return asked(request, words, fields, title=words.say("form.alias", name=one_line(named)), fixed=("id",))
    known = {each.text.casefold() for each in item.aliases}
    fresh = tuple(each for each in new if each.text.casefold() not in known)
    if not fresh:
        return told(words.say("names.known", name=one_line(named)), Outcome.REFUSED)
    more = replace(item, aliases=(*item.aliases, *fresh))
    await apply(SaveItem(by=by(request), terms=office.terms, item=more), request, office)
    said = ", ".join(one_line(each.text) for each in fresh)
    return told(words.say("names.more", name=one_line(named), names=said), Outcome.INFO)


async def merge(request: Request, *, office: Office) -> Reply:
    """A topic goes on as another one."""
    words, given = wording(request.locale), request.arguments
    found: list[Topic] = []
    for name in ("id", "into"):
        item = await _item(given[name].strip().casefold(), office)
        if not isinstance(item, Topic):
            return told(words.say("names.unknown", given=echo(given[name])), Outcome.REFUSED)
        found.append(item)
    old, into = found
    change = MergeTopic(by=by(request), terms=office.terms, old=old.id, into=into.id, language=words.language)
    try:
        await apply(change, request, office)
    except ChangeRefused:
        return told(words.say("names.within", old=one_line(old.label), into=one_line(into.label)), Outcome.REFUSED)
    return told(words.say("names.merged", old=one_line(old.label), into=one_line(into.label)), Outcome.INFO)


def names_in(text: str, language: str) -> tuple[Name, ...]:
    """ "Zelensky, Зеленський@uk": names parted by commas or lines, with a language where it is not the asker's."""
    found: dict[str, Name] = {}
    for part in re.split(r"[,\n]", text):
        name = " ".join(part.split())
        match = _LANGUAGE.fullmatch(name)
        if match:
            found.setdefault(match["text"].casefold(), Name(text=match["text"], language=match["language"]))
        elif name:
            found.setdefault(name.casefold(), Name(text=name, language=language))
    return tuple(found.values())


def made_id(name: str) -> str:
    """An id from a name in Latin letters; "" where the name has none."""
    plain = unicodedata.normalize("NFKD", name.casefold()).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain)[:_LONGEST_ID].strip("-")


async def _item(wanted: str, office: Office) -> Entity | Topic | None:
    """By id, or by the name that answers show."""
    async with office.desk.reading() as view:
        vocabulary = await view.vocabulary()
    people = next((each for each in vocabulary.entities if wanted in (each.id, each.name.casefold())), None)
    return people or next((each for each in vocabulary.topics if wanted in (each.id, each.label.casefold())), None)


async def _taken(own: str, office: Office) -> str | None:
    """What has this id already; ids are never given to something else."""
    async with office.desk.reading() as view:
        vocabulary = await view.vocabulary()
        if await view.number_of(own) is not None or await view.source(own) is not None:
            return own
    named = {each.id: each.name for each in vocabulary.entities}
    named |= {each.id: each.label for each in vocabulary.topics}
    named |= {each.id: each.label for each in vocabulary.series}
    return named.get(own)

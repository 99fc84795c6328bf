"""Who spoke and through whose hands the words came to us."""

from __future__ import annotations

from bot.core.matching import main_source
from bot.core.model.fact import Act, Dossier, Hop, Kind, Revision
from bot.core.model.names import Entity
from bot.core.model.review import Attribution
from bot.wording.catalogue import Wording

_VIA = {Act.RELAYED: "relayed", Act.INTERVIEWED: "interviewed", Act.TRANSLATED: "translated"}


def speaker_name(dossier: Dossier) -> str | None:
    """The speaker's name in the house spelling, else as in the source; None where nobody is quoted."""
    speaker = dossier.fact.revision.speaker
    if speaker is None:
        return None
    entity = dossier.entities.get(speaker.entity or "")
    return entity.name if entity else speaker.name_in_source


def unnamed(revision: Revision, words: Wording) -> str:
    """In place of a speaker: nobody is quoted, or the name is not given."""
    nobody = revision.kind in (Kind.OUTLET, Kind.CAPTION)
    return words.say("evidence.speaker.none" if nobody else "who.speaker.unnamed")


def entity_name(entity: Entity, words: Wording) -> str:
    """The house spelling; an actor that the source does not name is described in the asker's language."""
    if entity.placeholder:
        for alias in entity.aliases:
            if alias.language == words.language:
                return alias.text
    return entity.name


def name_of(entity: str, dossier: Dossier, words: Wording) -> str:
    """An entity by id; the id itself where it is not on file."""
    found = dossier.entities.get(entity)
    return entity_name(found, words) if found else entity


def hop_name(hop: Hop, dossier: Dossier, words: Wording) -> str:
    """Who a link of the chain is, with the role; somebody unnamed is called that."""
    on_file = name_of(hop.actor, dossier, words) if hop.actor else ""
    name = on_file or hop.name or words.say("who.unnamed")
    return words.say("who.role.brackets", name=name, role=hop.role) if hop.role else name


def is_second_hand(revision: Revision) -> bool:
    """Somebody stands between the speaker and the outlet."""
    between = revision.chain[1:-1]
    return revision.attribution is Attribution.SECOND_HAND or any(hop.act is Act.RELAYED for hop in between)


def byline(dossier: Dossier, words: Wording) -> str:
    """The line below exact words; "" where the lead above them has the name."""
    revision = dossier.fact.revision
    if revision.kind is not Kind.DIRECT or is_second_hand(revision):
        return ""
    who = _who(dossier, words)
    if revision.venue.text:
        return words.say("byline.venue", who=who, venue=revision.venue.text)
    return words.say("byline", who=who)


def lead(dossier: Dossier, words: Wording) -> str:
    """What has to be known before the words are read; "" above plain exact words."""
    revision = dossier.fact.revision
    source = main_source(dossier)
    match revision.kind:
        case Kind.OUTLET | Kind.CAPTION:
            if source is None or source.publisher is None:
                return words.say(f"lead.{revision.kind}.unnamed")
            return words.say(f"lead.{revision.kind}", outlet=source.publisher)
        case _ if is_second_hand(revision):
            return _second_hand(dossier, words)
        case Kind.DIRECT:
            return ""
        case _:
            return words.say(f"lead.{revision.kind}", who=_who(dossier, words))


def _second_hand(dossier: Dossier, words: Wording) -> str:
    who = speaker_name(dossier) or words.say("who.speaker.unnamed")
    between = dossier.fact.revision.chain[1:-1]
    chain = [words.say(f"lead.by.{_VIA.get(hop.act, 'other')}", who=hop_name(hop, dossier, words)) for hop in between]
    if not chain:
        return words.say("lead.second_hand.unknown", who=who)
    return words.say("lead.second_hand", who=who, chain=words.say("lead.and").join(chain))


def _who(dossier: Dossier, words: Wording) -> str:
    name = speaker_name(dossier)
    speaker = dossier.fact.revision.speaker
    if name is None or speaker is None:
        return words.say("who.speaker.unnamed")
    return words.say("who.role", name=name, role=speaker.role_in_source) if speaker.role_in_source else name

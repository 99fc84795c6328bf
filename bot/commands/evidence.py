"""evidence: everything known about a fact, so that anybody can judge and check it."""

from __future__ import annotations

from collections.abc import Iterator

from bot.commands.arguments import one_line
from bot.commands.card import choices_of, number_choice, shows_words, tombstone
from bot.commands.numbered import NUMBER, Filed, filed
from bot.commands.pages import PAGE, Row, paged
from bot.commands.parts import is_long
from bot.commands.reply import Choices, Link, Outcome, Reply, Text
from bot.commands.request import Request
from bot.commands.source_rows import source_rows
from bot.core.model.fact import Dossier, Kind, Revision
from bot.core.model.mail import Visibility
from bot.core.model.quantity import Quantity
from bot.core.model.review import Attribution, Checking
from bot.core.ports import Facts
from bot.wording import Wording, dates, people, sources, wording

PARAMETERS = (NUMBER, PAGE)


async def evidence(request: Request, *, facts: Facts) -> Reply:
    """List what a fact rests on. A fact whose words may not be shown answers with its tombstone."""
    words = wording(request.locale)
    found = await filed(request, facts, words)
    if isinstance(found, Reply):
        return found
    number = found.dossier.fact.number
    if not shows_words(found.dossier):
        stone = Text(tombstone(found.dossier, found.history, words))
        choices = Choices(choices_of(found.dossier, words))
        return Reply(blocks=(stone, choices), outcome=Outcome.INFO, visibility=Visibility.PRIVATE)
    rows = (
        *_spoken_rows(found, words),
        *_day_rows(found.dossier, words),
        *source_rows(found, words),
        *_record_rows(found, words),
    )
    lines = ((name, value if isinstance(value, Link) else one_line(value)) for name, value in rows)
    fields, further = paged(lines, request, number, words)
    other = (number_choice("context", number, words), number_choice("history", number, words))
    return Reply(blocks=(fields, Choices(further + other)), outcome=Outcome.INFO, visibility=Visibility.PRIVATE)


def _spoken_rows(found: Filed, words: Wording) -> Iterator[Row]:
    dossier = found.dossier
    revision = dossier.fact.revision
    yield words.say("evidence.label"), revision.label
    if is_long(revision.text):
        yield words.say("evidence.text"), revision.text
    yield words.say("evidence.words"), sources.checking_line(dossier, words, found.texts)
    if revision.unverified:
        yield words.say("evidence.unverified"), revision.unverified
    yield words.say("evidence.speaker"), _speaker(dossier, words)
    if revision.addressee:
        yield words.say("evidence.addressee"), people.name_of(revision.addressee, dossier, words)
    yield words.say("evidence.attribution"), _attribution(revision, words)
    for place, hop in enumerate(revision.chain, 1):
        key = "evidence.hop.value" if hop.stated else "evidence.hop.value.unstated"
        value = words.say(key, who=people.hop_name(hop, dossier, words), act=words.say(f"act.{hop.act}"))
        yield words.say("evidence.hop", number=place), value
    for quantity in revision.quantities:
        yield words.say("evidence.quantity"), _quantity(quantity, dossier, words)


def _day_rows(dossier: Dossier, words: Wording) -> Iterator[Row]:
    said, venue = dossier.fact.revision.said, dossier.fact.revision.venue
    if said.on is None:
        value = words.say("evidence.said.none")
    else:
        key = "evidence.said.stated" if said.stated else "evidence.said.unstated"
        value = words.say(key, date=dates.plain(said.on, words))
    yield words.say("evidence.said"), value
    if limits := dates.bounds(said, words):
        yield words.say("evidence.bounds"), limits
    if said.basis:
        yield words.say("evidence.basis"), said.basis
    if not venue.text:
        place = words.say("evidence.venue.none")
    else:
        place = venue.text if venue.stated else words.say("evidence.venue.unstated", venue=venue.text)
    yield words.say("evidence.venue"), place
    if venue.conflict:
        yield words.say("evidence.conflict"), venue.conflict


def _record_rows(found: Filed, words: Wording) -> Iterator[Row]:
    fact = found.dossier.fact
    if fact.revision.restates:
        number = found.numbers.get(fact.revision.restates)
        named = f"#{number}" if number else fact.revision.restates
        yield words.say("evidence.restates"), words.say("evidence.restates.value", slug=named)
    if fact.publication:
        by = fact.publication.by
        nameless = "" if by or fact.publication.checking is Checking.TWO_EDITORS else ".nameless"
        key = f"evidence.checked.{fact.publication.checking}{nameless}"
        yield words.say("evidence.checked"), words.say(key, when=dates.instant(fact.publication.at, words), name=by)
    digest = fact.revision.content_hash
    yield (
        words.say("evidence.revision"),
        words.say("evidence.revision.value", number=fact.revision.number, digest=digest),
    )
    for note in fact.revision.notes:
        yield words.say("evidence.note"), note


def _attribution(revision: Revision, words: Wording) -> str:
    own = revision.attribution is Attribution.ATTRIBUTED and revision.kind in (Kind.OUTLET, Kind.CAPTION)
    return words.say("attribution.attributed.nobody" if own else f"attribution.{revision.attribution}")


def _speaker(dossier: Dossier, words: Wording) -> str:
    speaker, name = dossier.fact.revision.speaker, people.speaker_name(dossier)
    if speaker is None or name is None:
        return people.unnamed(dossier.fact.revision, words)
    key = "evidence.speaker.as.role" if speaker.role_in_source else "evidence.speaker.as"
    return words.say(key, name=name, source_name=speaker.name_in_source, role=speaker.role_in_source)


def _quantity(quantity: Quantity, dossier: Dossier, words: Wording) -> str:
    series = dossier.series.get(quantity.series or "")
    if series is None:
        return quantity.surface
    return words.say("evidence.quantity.series", surface=quantity.surface, series=series.label)

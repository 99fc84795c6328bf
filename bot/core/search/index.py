"""What the index keeps of a fact, as terms.

The words come from the fact alone: its text, its label, the names, roles and venue as the source has them. Names in
other spellings and scripts are no part of it; they expand the query. The title of the source and the notes stay out:
a headline's number is not what the speaker said.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache

from bot.core.model.fact import Act, Dossier, Kind, Revision
from bot.core.model.names import Entity
from bot.core.ports import Vocabulary
from bot.core.search import acting, changes, comparing, days, lexicon, numbers, units
from bot.core.search.document import Facets, SearchDocument
from bot.core.search.meaning import CAPTION
from bot.core.search.parsing import parse
from bot.core.search.relations import Cue, Direction, cue, is_adjective
from bot.core.search.stopwords import STOP_WORDS
from bot.core.search.terms import Analysis, Script, Token, slot

VERSION = "7"  # of what this module and the analysis make of a fact; a store with another one indexes anew

REMEMBERED = 32  # vocabularies of facts: those of one article share them

_SPEAKS = frozenset({Act.SAID, Act.RELAYED})


def document(dossier: Dossier, analysis: Analysis) -> SearchDocument:
    """The search document of a fact's newest revision. Pure: the same dossier gives the same document."""
    revision = dossier.fact.revision
    words = analysis.tokens(revision.text)
    topics = _with_broader(dossier, revision)
    known = frozenset(quantity.value for quantity in revision.quantities)
    terms = [
        *_terms(words, analysis, known),
        *(term for text in _names(revision) for term in _terms(analysis.tokens(text), analysis, known)),
        *(f"r:{analysis.forms(token.text)[-1]}" for text in _roles(revision) for token in analysis.tokens(text)),
        *(slot("e", entity) for entity in _entities(revision)),
        *(slot("s", entity) for entity in _speakers(revision)),
        *(slot("t", topic) for topic in topics),
        *(slot("c", series) for series in _series(revision)),
        *(f"n:{quantity.value}" for quantity in revision.quantities),
        *_measures(revision, words, analysis),
        *((CAPTION,) if revision.kind is Kind.CAPTION else ()),
        *_counted(dossier, analysis),
        *_bounds(revision),
        *_owners(dossier, topics, analysis),
        *_sides(dossier, words, analysis),
        *_acts(dossier, words, analysis),
        *dict.fromkeys(comparing.terms(comparing.comparisons(words, analysis))),
        *sorted(changes.changes(words) | changes.changes(analysis.tokens(revision.label))),
        *(_german(words, analysis) if revision.language.startswith("de") else ()),
        *_dates(dossier, words),
    ]
    return SearchDocument(
        fact=dossier.fact.number,
        terms=tuple(terms),
        length=sum(token.text not in STOP_WORDS for token in words),
        facets=Facets(
            kind=revision.kind,
            label=revision.label,
            speaker=revision.speaker.entity if revision.speaker else None,
            entities=_entities(revision),
            topics=topics,
            series=_series(revision),
            numbers=tuple(dict.fromkeys(each.value for each in revision.quantities)),
            directions=_directions(dossier, words, analysis),
            latest_day=_latest_day(dossier),
        ),
    )


def _terms(tokens: tuple[Token, ...], analysis: Analysis, known: frozenset[str]) -> Iterator[str]:
    """Words with their stems, pairs of neighbouring ideographs, numbers by value.

    Of two readings of a separator the `known` one counts: the "1,250 metres" of a quantity are not 1.25 metres.
    """
    at = 0
    while at < len(tokens):
        number = numbers.read(tokens, at)
        if number:
            yield from (f"n:{value}" for value in known.intersection(number.values) or number.values)
            at += number.size
            continue
        word = tokens[at]
        if word.script is Script.IDEOGRAPHIC:
            yield word.text
            yield from analysis.pieces(word.text)
        elif word.text not in STOP_WORDS:
            yield from analysis.forms(word.text)
            if value := numbers.small(word.text):
                yield f"n:{value}"
        at += 1


def _names(revision: Revision) -> Iterator[str]:
    yield revision.label
    yield revision.venue.text
    if revision.speaker:
        yield revision.speaker.name_in_source
    yield from (hop.name for hop in revision.chain)


def _roles(revision: Revision) -> Iterator[str]:
    if revision.speaker:
        yield revision.speaker.role_in_source
    yield from (hop.role for hop in revision.chain)


def _entities(revision: Revision) -> tuple[str, ...]:
    ids = (
        revision.speaker.entity if revision.speaker else None,
        revision.addressee,
        *revision.about,
        *(end for quantity in revision.quantities for end in (quantity.origin, quantity.destination)),
        *(hop.actor for hop in revision.chain),
    )
    return tuple(dict.fromkeys(entity for entity in ids if entity))


def _series(revision: Revision) -> tuple[str, ...]:
    return tuple(dict.fromkeys(each.series for each in revision.quantities if each.series))


def _measures(revision: Revision, words: tuple[Token, ...], analysis: Analysis) -> Iterator[str]:
    """The units that quantities have and that words name, and what the quantities measure."""
    named = (*words, *analysis.tokens(revision.label))
    found = [unit for token in named if token.script is not Script.NUMBER and (unit := units.unit_of(token.text))]
    found += [term for quantity in revision.quantities for term in units.terms_of(quantity.unit)]
    if "m:length" in found:
        rows = ([token.text for token in row] for row in (words, analysis.tokens(revision.label)))
        told = sorted((units.dimensions(row) for row in rows), key=len)
        found = [term for term in found if term != "m:length"] + sorted(told[0])
    found += [f"a:{amount}" for each in revision.quantities if (amount := units.amount(each.value, each.unit))]
    yield from dict.fromkeys(found)


def _german(words: tuple[Token, ...], analysis: Analysis) -> Iterator[str]:
    for token in words:
        if token.script is Script.WORD and token.text not in STOP_WORDS and (term := analysis.german(token.text)):
            yield term


def _speakers(revision: Revision) -> tuple[str, ...]:
    """Whoever said the words or passed them on."""
    ids = (
        revision.speaker.entity if revision.speaker else None,
        *(hop.actor for hop in revision.chain if hop.act in _SPEAKS),
    )
    return tuple(dict.fromkeys(entity for entity in ids if entity))


def _with_broader(dossier: Dossier, revision: Revision) -> tuple[str, ...]:
    found = dict.fromkeys(revision.topics)
    waiting = list(found)
    while waiting:
        topic = dossier.topics.get(waiting.pop())
        for broader in topic.broader if topic else ():
            if broader not in found:
                found[broader] = None
                waiting.append(broader)
    return tuple(found)


def _counted(dossier: Dossier, analysis: Analysis) -> Iterator[str]:
    """What a quantity counts: its own words, and those topics of the fact that have a name inside them."""
    for quantity in dossier.fact.revision.quantities:
        surface = _stems(f"{quantity.surface} {quantity.unit}", analysis)
        yield from (slot("w", f"{quantity.value}:{word}") for word in sorted(surface))
        for topic in (dossier.topics[each] for each in dossier.fact.revision.topics if each in dossier.topics):
            names = (_stems(text, analysis) for text in (topic.label, *(alias.text for alias in topic.aliases)))
            if any(name and name <= surface for name in names):
                yield slot("q", f"{quantity.value}:{topic.id}")


def _bounds(revision: Revision) -> Iterator[str]:
    """Which numbers are said to be the least or the most."""
    for quantity in revision.quantities:
        if quantity.comparator.value[0] in "<>":
            values = (quantity.value, units.amount(quantity.value, quantity.unit))
            yield from (f"b:{quantity.comparator.value[0]}:{value}" for value in values if value)


def _owners(dossier: Dossier, topics: tuple[str, ...], analysis: Analysis) -> Iterator[str]:
    """Whose thing a topic is, and for whom, as its label says: "North Korean ammunition for Russia"."""
    names: lexicon.Lexicon | None = None
    for topic in (dossier.topics[each] for each in topics if each in dossier.topics):
        if not any(is_adjective(token.text) for token in analysis.tokens(topic.label)):
            continue
        names = names or _own_names(dossier, analysis)
        relations = parse(topic.label, names, analysis).relations
        if relations.whose:
            ends = [end for end in sorted(relations.destination) if end] or [""]
            yield from (f"o:{topic.id}:{relations.whose}:{end}" for end in ends)


def _sides(dossier: Dossier, words: tuple[Token, ...], analysis: Analysis) -> Iterator[str]:
    """Who has something with whom, as the text says: "cooperation between Russia and North Korea"."""
    if any(cue(token.text) is Cue.MUTUAL for token in words):
        text = dossier.fact.revision.text
        sides = parse(text, _own_names(dossier, analysis), analysis, message=True).relations.sides
        for one, other in (sides,) if sides else ():
            yield from (f"p:{a}:{b}" for x in one for y in other for a, b in ((x, y), (y, x)) if x and y)


def _acts(dossier: Dossier, words: tuple[Token, ...], analysis: Analysis) -> Iterator[str]:
    """Who does what to whom, as text and label say.

    "We" are whoever speaks, and those for whom their role speaks; what one of these does, the others do.
    """
    revision = dossier.fact.revision
    label = analysis.tokens(revision.label)
    if not acting.has_verbs((*words, *label), analysis):
        return
    names = _own_names(dossier, analysis)
    myself: frozenset[str] = frozenset()
    if revision.speaker is not None:
        role = parse(revision.speaker.role_in_source, names, analysis, message=True)
        ways = (way for unit in role.units for way in unit.alternatives[: unit.sure])
        house = {term[2:] for (term, *_) in ways if term.startswith("e:")}
        ours = (dossier.entities.get(each) for each in {revision.speaker.entity or "", *house})
        myself = frozenset(acting.named(each.type, each.id) for each in ours if each)
    found = (
        *acting.acts(words, names, analysis, myself=myself),
        *acting.acts(label, names, analysis),
    )
    own = [replace(act, subject=act.subject | myself) if act.subject & myself else act for act in found]
    yield from dict.fromkeys(acting.terms(own))


def _own_names(dossier: Dossier, analysis: Analysis) -> lexicon.Lexicon:
    return _lexicon(tuple(dossier.entities.values()), analysis)


@lru_cache(REMEMBERED)
def _lexicon(entities: tuple[Entity, ...], analysis: Analysis) -> lexicon.Lexicon:
    return lexicon.build(Vocabulary(entities=entities, topics=(), series=()), analysis)


def _stems(text: str, analysis: Analysis) -> frozenset[str]:
    return frozenset(analysis.forms(token.text)[-1] for token in analysis.tokens(text))


def _directions(dossier: Dossier, words: tuple[Token, ...], analysis: Analysis) -> tuple[Direction, ...]:
    """From whom to whom: as the quantities have it, else as the text or the label says who gives."""
    revision = dossier.fact.revision
    known = tuple(
        dict.fromkeys(
            (each.origin, each.destination) for each in revision.quantities if each.origin or each.destination
        )
    )
    if known:
        return known
    names: lexicon.Lexicon | None = None
    for text, tokens in ((revision.text, words), (revision.label, analysis.tokens(revision.label))):
        if any(cue(token.text) in {Cue.GIVING, Cue.TAKING} for token in tokens):
            names = names or _own_names(dossier, analysis)
            relations = parse(text, names, analysis, message=True).relations
            if relations.giving and relations.origin:
                ends: list[str | None] = [*sorted(relations.destination)] or [None]
                return tuple((origin, end) for origin in sorted(relations.origin) for end in ends)
    return ()


def _dates(dossier: Dossier, words: tuple[Token, ...]) -> Iterator[str]:
    """When it was said and published, and the dates that the words themselves name."""
    revision = dossier.fact.revision
    dates = [revision.said.on]
    dates += [source.published for citation in revision.citations if (source := dossier.sources.get(citation.source))]
    terms = [term for date in dates for term in days.terms_of(date)]
    for at in range(len(words)):
        day = days.read(words, at)
        terms += [wider for term in day.terms for wider in days.widened(term)] if day else []
    yield from dict.fromkeys(terms)


def _latest_day(dossier: Dossier) -> int | None:
    """The last day on which the words can have been said, as a proleptic Gregorian ordinal."""
    said = dossier.fact.revision.said
    ends = [said.not_after, said.on.latest if said.on else None]
    known = [end for end in ends if end]
    if known:
        return min(known).toordinal()
    published = [
        source.published.latest
        for citation in dossier.fact.revision.citations
        if (source := dossier.sources.get(citation.source)) and source.published
    ]
    return min(published).toordinal() if published else None

"""Before and after: what a change does to a fact and to the source behind its words, a row a field."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from bot.commands.arguments import one_line
from bot.core.model.fact import Dossier, Hop, Revision, Said, Speaker, Venue
from bot.core.model.review import Relation, Withdrawal
from bot.core.model.source import Citation, Source
from bot.core.review import effects, source_effects
from bot.wording import Wording, dates, people, sources

Say = Callable[[Any, Dossier, Wording], str]
Row = tuple[str, str]


def changed(before: Revision, after: Revision, dossier: Dossier, words: Wording) -> tuple[Row, ...]:
    """The rows of a revision's fields that differ."""
    rows = tuple(_rows(effects(before, after), before, after, dossier, words))
    old, new = before.speaker, after.speaker
    if old is None or new is None or old.entity == new.entity or any(row[0] == _name(words) for row in rows):
        return rows
    filed = words.say("desk.from_to", before=_filed(old, dossier, words), after=_filed(new, dossier, words))
    return ((_name(words), filed), *rows)


def _name(words: Wording) -> str:
    return words.say("desk.field.speaker")


def _filed(speaker: Speaker, dossier: Dossier, words: Wording) -> str:
    """As whom a name is on file, where it reads the same otherwise."""
    on_file = dossier.entities.get(speaker.entity or "")
    filed = on_file.name if on_file else speaker.entity or words.say("names.not_filed")
    return words.say("names.filed_as", name=one_line(speaker.name_in_source), filed=one_line(filed))


def changed_source(before: Source, after: Source, dossier: Dossier, words: Wording) -> tuple[Row, ...]:
    """The rows of a source's fields that differ; what was seen of it is not among them."""
    shown = {name: effect for name, effect in source_effects(before, after).items() if name not in _SEEN}
    return tuple(_rows(shown, before, after, dossier, words))


_SEEN = ("snapshot", "passages")


def _rows(
    fields: Mapping[str, object], before: object, after: object, dossier: Dossier, words: Wording
) -> Iterator[Row]:
    for name in fields:
        old, new = (_said(name, getattr(each, name), dossier, words) for each in (before, after))
        if old != new:  # a difference that no reader would see is none to look at
            yield words.say(f"desk.field.{name}"), words.say("desk.from_to", before=old, after=new)


def _said(name: str, value: Any, dossier: Dossier, words: Wording) -> str:
    if value is None or value in ("", ()):
        return words.say("desk.none")
    return one_line(_SAYS.get(name, _plain)(value, dossier, words)) or words.say("desk.none")


def _plain(value: Any, dossier: Dossier, words: Wording) -> str:
    del dossier, words
    return "; ".join(map(str, value)) if isinstance(value, tuple) else str(value)


def _speaker(value: Speaker, dossier: Dossier, words: Wording) -> str:
    name = value.name_in_source
    on_file = dossier.entities.get(value.entity or "")
    if on_file is not None and on_file.name != name:
        name = words.say("who.role.brackets", name=on_file.name, role=name)
    return words.say("who.role", name=name, role=value.role_in_source) if value.role_in_source else name


def _day(value: Said, dossier: Dossier, words: Wording) -> str:
    del dossier
    if value.on is None:
        return "; ".join(part for part in (words.say("evidence.said.none"), dates.bounds(value, words)) if part)
    key = "evidence.said.stated" if value.stated else "evidence.said.unstated"
    return words.say(key, date=dates.plain(value.on, words))


def _venue(value: Venue, dossier: Dossier, words: Wording) -> str:
    del dossier
    if not value.text:
        return words.say("evidence.venue.none")
    return value.text if value.stated else words.say("evidence.venue.unstated", venue=value.text)


def _chain(value: tuple[Hop, ...], dossier: Dossier, words: Wording) -> str:
    return "; ".join(
        words.say("evidence.hop.value", who=people.hop_name(hop, dossier, words), act=words.say(f"act.{hop.act}"))
        for hop in value
    )


def _topics(value: tuple[str, ...], dossier: Dossier, words: Wording) -> str:
    del words
    return "; ".join(dossier.topics[each].label if each in dossier.topics else each for each in value)


def _relations(value: tuple[Relation, ...], dossier: Dossier, words: Wording) -> str:
    del dossier
    return "; ".join(
        words.say("desk.relation", kind=words.say(f"desk.related.{each.kind}"), fact=each.fact) for each in value
    )


def _withdrawal(value: Withdrawal, dossier: Dossier, words: Wording) -> str:
    del dossier
    return words.say(f"desk.why.{value.reason}")


def _citations(value: tuple[Citation, ...], dossier: Dossier, words: Wording) -> str:
    named = (dossier.sources.get(each.source) for each in value)
    return "; ".join(
        sources.source_name(source, words) if source else each.source for each, source in zip(value, named, strict=True)
    )


#: How the value of a field is said where that is not the value itself.
_SAYS: Mapping[str, Say] = {
    "kind": lambda value, dossier, words: words.say(f"history.kind.{value}"),
    "speaker": _speaker,
    "addressee": people.name_of,
    "said": _day,
    "venue": _venue,
    "quantities": lambda value, dossier, words: "; ".join(each.surface for each in value),
    "topics": _topics,
    "about": lambda value, dossier, words: "; ".join(people.name_of(each, dossier, words) for each in value),
    "chain": _chain,
    "attribution": lambda value, dossier, words: words.say(f"attribution.{value}"),
    "answerable": lambda value, dossier, words: words.say("desk.yes" if value else "desk.no"),
    "relations": _relations,
    "withdrawal": _withdrawal,
    "citations": _citations,
    "published": lambda value, dossier, words: dates.plain(value, words),
    "independence": lambda value, dossier, words: words.say(f"evidence.independence.{value}"),
}

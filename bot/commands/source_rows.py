"""The part of the evidence that is about sources: what was seen, where the words stand in it, who compared them."""

from __future__ import annotations

from collections.abc import Iterator

from bot.commands.beside import beside
from bot.commands.numbered import Filed
from bot.commands.pages import Row
from bot.commands.reply import Link
from bot.core.matching import counts, match
from bot.core.model.source import Citation, Snapshot, Source, Supports
from bot.wording import Wording, dates, sources


def source_rows(found: Filed, words: Wording) -> Iterator[Row]:
    """Every citation with its source, place and checks, then the notes of the sources."""
    seen: list[str] = []
    for place, citation in enumerate(found.dossier.fact.revision.citations, 1):
        source = found.dossier.sources.get(citation.source)
        yield _name(place, citation, words), _described(source, citation, words)
        if source is not None and source.url:
            yield words.say("evidence.link"), Link(source.url)
        yield from _place_rows(citation, source, words)
        yield from _match_rows(citation, source, found, words)
        if source is not None and source.id not in seen:
            seen.append(source.id)
            yield from _document_rows(source, citation, found, words)


def _name(place: int, citation: Citation, words: Wording) -> str:
    if citation.supports is Supports.TEXT:
        return words.say("evidence.source", number=place)
    what = words.say(f"evidence.supports.{citation.supports}")
    return words.say("evidence.source.for", number=place, what=what)


def _described(source: Source | None, citation: Citation, words: Wording) -> str:
    if source is None:
        return words.say("evidence.unknown_source", id=citation.source)
    published = words.say("day.published.unknown")
    if source.published:
        published = words.say("evidence.published", when=dates.when(source.published, words))
    parts = [
        sources.source_name(source, words),
        published,
        "" if source.publisher else words.say("source.publisher"),
        "" if source.url else words.say("source.link"),
        words.say(f"evidence.independence.{source.independence}"),
    ]
    return "; ".join(part for part in parts if part)


def _place_rows(citation: Citation, source: Source | None, words: Wording) -> Iterator[Row]:
    place = citation.selector
    if place is not None:
        prefix, suffix = (" ".join(part.split()) for part in beside(place, source))
        value = words.say("evidence.place.value", start=place.start, end=place.end, prefix=prefix, suffix=suffix)
        yield words.say("evidence.place"), value


def _match_rows(citation: Citation, source: Source | None, found: Filed, words: Wording) -> Iterator[Row]:
    """What the kept text says now, then every comparison on file; one that is about something else is called void."""
    revision, kept = found.dossier.fact.revision, found.texts.get(citation.source)
    name = words.say("evidence.matched")
    if kept is not None and citation.selector is not None:
        there = match(citation, revision, source, kept).found
        yield name, words.say("evidence.matched.here" if there else "evidence.matched.lost")
    elif not citation.checks:
        yield name, words.say("evidence.matched.none")
    for check in citation.checks:
        void = check.result.found and not counts(check, citation, revision.text, source)
        value = words.say(
            "evidence.matched.void" if void else "evidence.matched.value",
            result=words.say(f"evidence.result.{check.result}"),
            when=dates.day(check.on, words),
            checker=check.checker,
            digest=check.text_sha256,
        )
        yield name, value


def _document_rows(source: Source, citation: Citation, found: Filed, words: Wording) -> Iterator[Row]:
    matched = match(citation, found.dossier.fact.revision, source, None).found
    gone = "evidence.kept.no" if matched else "evidence.kept.never"
    yield words.say("evidence.kept"), words.say("evidence.kept.yes" if source.id in found.texts else gone)
    if source.snapshot:
        yield words.say("evidence.snapshot"), _snapshot(source.snapshot, words)
        for url in source.snapshot.archive_urls:
            yield words.say("evidence.archive"), Link(url)
    if source.credits:
        yield words.say("evidence.credits"), "; ".join(source.credits)
    for note in source.notes:
        yield words.say("evidence.note.source"), note


def _snapshot(snapshot: Snapshot, words: Wording) -> str:
    if snapshot.captured_at is None:
        when = words.say("evidence.snapshot.undated")
    else:
        when = words.say("evidence.snapshot.at", when=dates.instant(snapshot.captured_at, words))
    return words.say(
        "evidence.snapshot.value",
        how=words.say(f"evidence.obtained.{snapshot.obtained}"),
        when=when,
        length=snapshot.codepoints,
        digest=snapshot.sha256,
    )

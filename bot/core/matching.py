"""What is known about the words of a citation standing in its source, and never more than that.

A check counts only while it is about what the record says now: the words and the place that were compared (its
`passage_sha256`) and a text that the source has a snapshot of (its `text_sha256`). Where the text itself is kept,
the text decides, and no check is needed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum

from bot.core.model.fact import Dossier, Kind, Revision
from bot.core.model.source import Check, CheckResult, Citation, Source, Supports
from bot.core.normalisation import normalise
from bot.core.quotation import is_one_quotation, marks_around
from bot.core.verbatim import passage_hash


class Match(StrEnum):
    """How far the words of a citation are known to stand in its source."""

    HERE = "here"  # they stand there in the text that is kept here
    FILED = "filed"  # a check that counts found them; the text is not kept here
    NOT_FOUND = "not_found"
    UNVERIFIABLE = "unverifiable"  # somebody tried, without a text
    NEVER = "never"  # nobody compared these words at this place

    @property
    def found(self) -> bool:
        """The words were compared with the source's text and stand in it."""
        return self in (Match.HERE, Match.FILED)


def text_citations(revision: Revision) -> tuple[Citation, ...]:
    """The citations that are evidence for the words themselves."""
    return tuple(citation for citation in revision.citations if citation.supports is Supports.TEXT)


def main_source(dossier: Dossier) -> Source | None:
    """The first source of the words that is on file."""
    for citation in (*text_citations(dossier.fact.revision), *dossier.fact.revision.citations):
        if citation.source in dossier.sources:
            return dossier.sources[citation.source]
    return None


def counts(check: Check, citation: Citation, words: str, source: Source | None) -> bool:
    """Did this check compare these words, at the place that the citation names, with a text that the source lists?"""
    place = citation.selector
    return (
        place is not None
        and source is not None
        and any(check.text_sha256 == snapshot.normalised_sha256 for snapshot in source.seen)
        and check.passage_sha256 == passage_hash(place)
        and (citation.supports is not Supports.TEXT or place.exact == normalise(words).text)
    )


def newest(checks: Iterable[Check]) -> Check | None:
    """The check of the latest day; of the same day, the one that was noted last."""
    return max(reversed(tuple(checks)), key=lambda check: check.on, default=None)


def match(citation: Citation, revision: Revision, source: Source | None, kept: str | None) -> Match:
    """What is known of one citation; `kept` is the normalised text of its source, None where it is not kept."""
    if kept is not None:
        return _in_text(citation, revision, kept)
    found = newest(
        check for check in citation.checks if not check.result.found or counts(check, citation, revision.text, source)
    )
    if found is None:
        return Match.NEVER
    if found.result.found:
        return Match.FILED
    return Match.NOT_FOUND if found.result is CheckResult.NOT_FOUND else Match.UNVERIFIABLE


def matches(revision: Revision, sources: Mapping[str, Source], kept: Mapping[str, str]) -> tuple[Match, ...]:
    """The same of every citation that stands for the words; `kept` maps sources to their normalised texts."""
    return tuple(
        match(citation, revision, sources.get(citation.source), kept.get(citation.source))
        for citation in text_citations(revision)
    )


def _in_text(citation: Citation, revision: Revision, text: str) -> Match:
    place = citation.selector
    if place is None:
        return Match.NEVER
    if citation.supports is Supports.TEXT and place.exact != normalise(revision.text).text:
        return Match.NOT_FOUND
    if not 0 <= place.start < place.end or text[place.start : place.end] != place.exact:
        return Match.NOT_FOUND
    if citation.supports is Supports.TEXT and revision.kind is Kind.DIRECT:
        marks = marks_around(text, place.start, place.end)
        if marks is None or not is_one_quotation(revision.text, text[marks.opening]):
            return Match.NOT_FOUND
    return Match.HERE

"""Where the words stand, and how they were checked: the last lines of every answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from bot.core.matching import Match, main_source, matches, text_citations
from bot.core.model.fact import Dossier, Kind, Revision
from bot.core.model.review import Checking, Publication
from bot.core.model.source import Citation, Independence, Obtained, Source
from bot.wording.catalogue import Wording

NOTHING_KEPT: Mapping[str, str] = MappingProxyType({})


def source_name(source: Source, words: Wording) -> str:
    """Title, author and publisher, as far as they are known."""
    title = words.say("source.title", title=source.title) if source.title else words.say("source.untitled")
    return ", ".join(part for part in (title, source.author, source.publisher) if part)


def source_line(source: Source | None, words: Wording) -> str:
    """ "Source: …", with what is missing said openly. The link itself is not part of it."""
    if source is None:
        return words.say("source.none")
    what = source_name(source, words)
    if source.publisher is None and source.url is None:
        missing = "source.publisher_and_link"
    elif source.publisher is None:
        missing = "source.publisher"
    elif source.url is None:
        missing = "source.link"
    else:
        return words.say("source", what=what)
    return words.say("source.missing", what=what, missing=words.say(missing))


def verdict(dossier: Dossier, kept: Mapping[str, str]) -> Match:
    """The best that is known of the words; `kept` maps sources to their normalised texts, where those are kept."""
    found = matches(dossier.fact.revision, dossier.sources, kept)
    return next((match for match in Match if match in found), Match.NEVER)


def checking_line(dossier: Dossier, words: Wording, kept: Mapping[str, str] = NOTHING_KEPT) -> str:
    """Whose words these are, how they were matched, how many sources there are, and the number."""
    revision = dossier.fact.revision
    citations = text_citations(revision)
    source = main_source(dossier)
    match = verdict(dossier, kept)
    parts = [_kind(revision, match, words)]
    if not match.found:
        parts.append(words.say(f"match.{match}"))
    if source and _was_pasted(source, citations):
        parts.append(words.say("match.paste"))
    if source and source.independence in (Independence.SYNDICATED, Independence.AGGREGATOR):
        parts.append(words.say(f"copy.{source.independence}"))
    parts.append(words.count("sources", len({citation.source for citation in citations})))
    parts.append(f"#{dossier.fact.number}")
    return " · ".join(parts)


def _was_pasted(source: Source, citations: Sequence[Citation]) -> bool:
    """Whether somebody typed in the text that has the words; where nobody knows which has them, the first one."""
    compared = {check.text_sha256 for each in citations for check in each.checks if check.result.found}
    had = [each for each in source.seen if each.normalised_sha256 in compared] or source.seen[:1]
    return bool(had) and all(each.obtained is Obtained.MODERATOR_PASTE for each in had)


def last_line(dossier: Dossier, words: Wording, kept: Mapping[str, str] = NOTHING_KEPT) -> str:
    """Who answers for showing a fact where fewer than two people checked it, and where nothing here can repeat a check.

    "" where two people checked it and the text is kept.
    """
    disclosed = disclosure_line(dossier.fact.publication, words)
    if verdict(dossier, kept) is not Match.FILED:
        return disclosed
    return f"{disclosed} · {words.say('match.filed.after')}" if disclosed else words.say("match.filed")


def disclosure_line(publication: Publication | None, words: Wording) -> str:
    """Who answers for showing a fact, where fewer than two people checked it; "" where two did."""
    if publication is None or publication.checking is Checking.TWO_EDITORS:
        return ""
    if publication.checking is Checking.ONE_EDITOR:
        return words.say("checking.one_editor")
    if not publication.by:
        return words.say("checking.file_import.nameless")
    return words.say("checking.file_import", name=publication.by)


def language_name(code: str, words: Wording, *, source: bool = False) -> str:
    """A language behind "in", or with `source` behind "translated from"."""
    prefix = "language.from" if source else "language"
    key = f"{prefix}.{code.partition('-')[0].lower()}"
    return words.say(key) if words.has(key) else words.say(f"{prefix}.other", code=code)


def _kind(revision: Revision, match: Match, words: Wording) -> str:
    exact = revision.kind is not Kind.DIRECT or match.found
    key = f"kind.{revision.kind}" if exact else "kind.direct.unmatched"
    line = words.say(key, language=language_name(revision.language, words))
    original = revision.original_language
    if original is None or original == revision.language:
        return line
    return f"{line}, {words.say('kind.translated', language=language_name(original, words, source=True))}"

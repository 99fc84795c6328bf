"""A fact's words stand in a source, exactly there, and somebody has looked."""

from __future__ import annotations

from collections.abc import Iterator

from bot.core.matching import Match, counts, match
from bot.core.model.change import FactRecord
from bot.core.model.fact import Kind
from bot.core.model.source import Selector, Supports
from bot.core.normalisation import normalise
from bot.core.quotation import is_one_quotation, marks_around
from bot.core.rules.remark import Code, Found, Known, evidence_of_words
from bot.core.verbatim import CONTEXT, stands_whole


def has_a_source(record: FactRecord, known: Known) -> Iterator[Found]:
    """At least one citation is evidence for the words; one alone is worth a remark."""
    sources = {citation.source for citation in record.revision.citations if citation.supports is Supports.TEXT}
    if not sources:
        yield Found(Code.NO_SOURCE, ".citations")
    elif len(sources) == 1:
        yield Found(Code.SINGLE_SOURCE, ".citations")


def selectors_hold(record: FactRecord, known: Known) -> Iterator[Found]:
    """A selector has the words of the fact (for other support: some words), a fitting length and short context."""
    for place, citation in enumerate(record.revision.citations):
        selector = citation.selector
        if selector is None:
            continue
        path = f".citations[{place}].selector"
        if citation.supports is Supports.TEXT and selector.exact != normalise(record.revision.text).text:
            yield Found(Code.SELECTOR_OTHER_WORDS, path)
        source = known.sources.get(citation.source)
        length = max((snapshot.codepoints for snapshot in source.seen), default=None) if source else None
        if selector.end - selector.start != len(selector.exact) or (length is not None and selector.end > length):
            case = {"start": str(selector.start), "end": str(selector.end), "length": str(len(selector.exact))}
            yield Found(Code.SELECTOR_POSITION, path, case)
        if (longest := max(len(selector.prefix), len(selector.suffix))) > CONTEXT:
            yield Found(Code.SELECTOR_CONTEXT, path, {"length": str(longest), "limit": str(CONTEXT)})


def direct_speech_is_quoted(record: FactRecord, known: Known) -> Iterator[Found]:
    """Around direct speech the selector has quotation marks; no text begins or ends inside a word or number."""
    for place, citation in enumerate(record.revision.citations):
        if citation.supports is not Supports.TEXT or citation.selector is None:
            continue
        around, start, end = _in_context(citation.selector)
        path = f".citations[{place}].selector"
        marks = marks_around(around, start, end)
        if record.revision.kind is Kind.DIRECT:
            if marks is None:
                yield Found(Code.NOT_QUOTED, path)
            elif not is_one_quotation(record.revision.text, around[marks.opening]):
                yield Found(Code.NOT_ONE_QUOTATION, ".text")
        if not stands_whole(around, start, end):
            yield Found(Code.CUT_WORD, path)


def checks_are_bound(record: FactRecord, known: Known) -> Iterator[Found]:
    """A check that found the words says where and in which text; it is about the words as they are now."""
    for place, citation in enumerate(record.revision.citations):
        source = known.sources.get(citation.source)
        for number, check in enumerate(citation.checks):
            path = f".citations[{place}].checks[{number}]"
            if not check.result.found or source is None or counts(check, citation, record.revision.text, source):
                continue
            if citation.selector is None or not source.seen:
                yield Found(Code.CHECK_WITHOUT_PLACE, path)
            elif all(check.text_sha256 != snapshot.normalised_sha256 for snapshot in source.seen):
                yield Found(Code.CHECK_OF_OTHER_TEXT, path)
            else:
                yield Found(Code.CHECK_OF_OTHER_WORDS, path)


def words_were_found(record: FactRecord, known: Known) -> Iterator[Found]:
    """The newest comparison with the source found the words; without any, the answer has to say so.

    Somebody may answer for showing words that were not found: then every answer gives the reason.
    """
    citation = evidence_of_words(record.revision.citations)
    if citation is None:
        return
    if record.revision.unverified:
        yield Found(Code.UNVERIFIED, ".unverified", {"given": record.revision.unverified})
        return
    place = record.revision.citations.index(citation)
    known_of_it = match(citation, record.revision, known.sources.get(citation.source), None)
    if known_of_it is Match.NOT_FOUND:
        yield Found(Code.NOT_FOUND, f".citations[{place}].checks")
    elif not known_of_it.found:
        yield Found(Code.UNCHECKED, f".citations[{place}]")


def _in_context(selector: Selector) -> tuple[str, int, int]:
    start = len(selector.prefix)
    return selector.prefix + selector.exact + selector.suffix, start, start + len(selector.exact)

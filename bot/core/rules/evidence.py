"""A fact's words stand in a source, exactly there, and somebody has looked."""

from __future__ import annotations

from collections.abc import Iterator

from bot.core.model.change import FactRecord
from bot.core.model.fact import Kind
from bot.core.model.source import CheckResult, Selector, Supports
from bot.core.normalisation import normalise
from bot.core.rules.remark import Code, Found, Known, evidence_of_words
from bot.core.verbatim import CONTEXT, in_quotation_marks, stands_whole


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
        length = source.snapshot.codepoints if source and source.snapshot else None
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
        if record.revision.kind is Kind.DIRECT and not in_quotation_marks(around, start, end):
            yield Found(Code.NOT_QUOTED, path)
        if not stands_whole(around, start, end):
            yield Found(Code.CUT_WORD, path)


def words_were_found(record: FactRecord, known: Known) -> Iterator[Found]:
    """The newest comparison with the source found the words; without any, the answer has to say so."""
    citation = evidence_of_words(record.revision.citations)
    if citation is None:
        return
    place = record.revision.citations.index(citation)
    newest = citation.newest_check
    if newest is None or newest.result is CheckResult.UNVERIFIABLE:
        yield Found(Code.UNCHECKED, f".citations[{place}]")
    elif newest.result is CheckResult.NOT_FOUND:
        yield Found(Code.NOT_FOUND, f".citations[{place}].checks")


def _in_context(selector: Selector) -> tuple[str, int, int]:
    start = len(selector.prefix)
    return selector.prefix + selector.exact + selector.suffix, start, start + len(selector.exact)

"""Whose words a text is, and which of them may stand in quotation marks."""

from __future__ import annotations

from collections.abc import Iterator

from bot.core.model.change import FactRecord
from bot.core.model.fact import Kind
from bot.core.normalisation import normalise
from bot.core.quotation import in_quotation_marks, is_one_quotation
from bot.core.rules.remark import Code, Found, Known
from bot.core.verbatim import occurrences

LONGEST_LABEL = 100  # characters: a choice on Discord
LONGEST_QUOTE = 400  # characters: what the right of quotation covers without a second thought
LONGEST_TEXT = 2_000  # characters: what an answer can show whole on every platform

SPOKEN = (Kind.DIRECT, Kind.MIXED, Kind.INDIRECT)  # kinds that somebody said; the others nobody did


def text_is_trimmed(record: FactRecord, known: Known) -> Iterator[Found]:
    """The text begins and ends with a visible character."""
    text = normalise(record.revision.text).text
    if text != text.strip() or not text:
        yield Found(Code.UNTRIMMED_TEXT, ".text")


def quotation_marks_only_where_the_source_has_them(record: FactRecord, known: Known) -> Iterator[Found]:
    """MIXED text has quoted fragments, each in quotation marks inside the text; no other kind has any."""
    revision = record.revision
    if revision.kind is not Kind.MIXED:
        if revision.quoted_spans:
            yield Found(Code.SPANS_NOT_ALLOWED, ".quoted_spans", {"kind": revision.kind.value})
        return
    if not revision.quoted_spans:
        yield Found(Code.SPANS_MISSING, ".quoted_spans")
    text = normalise(revision.text)
    for place, span in enumerate(revision.quoted_spans):
        if not is_one_quotation(span):
            yield Found(Code.NOT_ONE_QUOTATION, f".quoted_spans[{place}]")
        if not any(in_quotation_marks(text.text, here.start, here.end) for here in occurrences(text, span)):
            yield Found(Code.SPAN_NOT_QUOTED, f".quoted_spans[{place}]", {"given": span})


def direct_speech_is_one_quotation(record: FactRecord, known: Known) -> Iterator[Found]:
    """Between the marks around direct speech, quotation marks open before they close."""
    if record.revision.kind is Kind.DIRECT and not is_one_quotation(record.revision.text):
        yield Found(Code.NOT_ONE_QUOTATION, ".text")


def somebody_speaks(record: FactRecord, known: Known) -> Iterator[Found]:
    """Spoken kinds have a speaker; the outlet's own words and captions have none, so that nobody "said" them."""
    kind = record.revision.kind
    if kind in SPOKEN and record.revision.speaker is None:
        yield Found(Code.SPEAKER_MISSING, "", {"kind": kind.value})
    if kind not in SPOKEN and record.revision.speaker is not None:
        yield Found(Code.SPEAKER_NOT_ALLOWED, ".speaker", {"kind": kind.value})


def label_fits(record: FactRecord, known: Known) -> Iterator[Found]:
    """A label is shown whole."""
    if (length := len(record.revision.label)) > LONGEST_LABEL:
        yield Found(Code.LABEL_LONG, ".label", {"length": str(length), "limit": str(LONGEST_LABEL)})


def quote_is_short(record: FactRecord, known: Known) -> Iterator[Found]:
    """A quote is no reprint, and no flood of messages."""
    length = len(record.revision.text)
    if length > LONGEST_TEXT:
        yield Found(Code.TEXT_LONG, ".text", {"length": f"{length:,}", "limit": f"{LONGEST_TEXT:,}"})
    elif length > LONGEST_QUOTE:
        yield Found(Code.QUOTE_LONG, ".text", {"length": str(length), "limit": str(LONGEST_QUOTE)})

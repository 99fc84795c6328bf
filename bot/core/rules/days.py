"""When something was said: never more certain than the source, never after it was printed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from bot.core.model.change import FactRecord
from bot.core.rules.remark import Code, Found, Known


def nobody_quotes_the_future(record: FactRecord, known: Known) -> Iterator[Found]:
    """Neither the day nor its last bound lies after the publication of any source of the fact."""
    said = record.revision.said
    for citation in record.revision.citations:
        source = known.sources.get(citation.source)
        if source is None or source.published is None:
            continue
        last = source.published.latest
        case = {"published": str(source.published)}
        if said.not_after is not None and said.not_after > last:
            yield Found(Code.FUTURE_QUOTE, ".said.not_after", case | {"given": said.not_after.isoformat()})
        if said.not_before is not None and said.not_before > last:
            yield Found(Code.FUTURE_QUOTE, ".said.not_before", case | {"given": said.not_before.isoformat()})
        if said.on is not None and said.on.earliest > last:
            yield Found(Code.FUTURE_QUOTE, ".said.date", case | {"given": str(said.on)})


def bounds_hold(record: FactRecord, known: Known) -> Iterator[Found]:
    """The first bound is not after the last, and the date can lie between them."""
    said = record.revision.said
    first, last = said.not_before or date.min, said.not_after or date.max
    if first > last:
        yield Found(Code.BOUNDS_REVERSED, ".said")
    elif said.on is not None and (said.on.latest < first or said.on.earliest > last):
        yield Found(Code.DATE_OUT_OF_BOUNDS, ".said.date", {"given": str(said.on)})


def a_date_has_a_basis(record: FactRecord, known: Known) -> Iterator[Found]:
    """A date that the source does not state itself says in words what it rests on."""
    said = record.revision.said
    if said.on is not None and not said.stated and not said.basis.strip():
        yield Found(Code.BASIS_MISSING, ".said")

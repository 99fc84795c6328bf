"""What must be true of records before they may be shown, as pure functions; each rule is a line in a table here."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from bot.core.model.change import FactRecord, Records
from bot.core.model.source import Source
from bot.core.rules import chain, days, evidence, figures, identity, lines, references, sources, words
from bot.core.rules.remark import Code, Found, Known, Remark

__all__ = ["Code", "Known", "Remark", "examine", "examine_fact"]

FactRule = Callable[[FactRecord, Known], Iterator[Found]]
SourceRule = Callable[[Source, Known], Iterator[Found]]

FACT_RULES: tuple[FactRule, ...] = (
    references.of_fact,
    lines.every_text_is_one_line,
    words.text_is_trimmed,
    words.quotation_marks_only_where_the_source_has_them,
    words.direct_speech_is_one_quotation,
    words.somebody_speaks,
    words.label_fits,
    words.quote_is_short,
    evidence.has_a_source,
    evidence.selectors_hold,
    evidence.direct_speech_is_quoted,
    evidence.checks_are_bound,
    evidence.words_were_found,
    days.nobody_quotes_the_future,
    days.bounds_hold,
    days.a_date_has_a_basis,
    chain.leads_from_the_mouth_to_the_outlet,
    chain.hearsay_is_called_so,
    chain.actors_are_named,
    chain.venue_is_certain,
    figures.quantities_are_in_the_text,
    figures.series_agree,
    figures.hedges_stay,
)
SOURCE_RULES: tuple[SourceRule, ...] = (lines.every_text_is_one_line, sources.link_is_good, sources.little_is_taken)


def examine(records: Records, *, beside: Records | None = None) -> tuple[Remark, ...]:
    """Everything that rules find in the records; `beside` are records already on file that these may refer to."""
    known = Known.of(records, beside or Records())
    return (
        *_each("sources", records.sources, SOURCE_RULES, known),
        *_each("entities", records.entities, (lines.every_text_is_one_line, references.of_entity), known),
        *_each("topics", records.topics, (lines.every_text_is_one_line, references.of_topic), known),
        *_each("series", records.series, (lines.every_text_is_one_line,), known),
        *_each("facts", records.facts, FACT_RULES, known),
        *identity.over_all(records, beside or Records()),
    )


def examine_fact(record: FactRecord, known: Known) -> tuple[Remark, ...]:
    """What rules find in one fact by itself; what takes a comparison with all others is not among it."""
    return tuple(_each("facts", (record,), FACT_RULES, known))


def _each(
    section: str, values: tuple[Any, ...], rules: tuple[Callable[[Any, Known], Iterator[Found]], ...], known: Known
) -> Iterator[Remark]:
    for index, value in enumerate(values):
        own = value.slug if isinstance(value, FactRecord) else value.id
        for rule in rules:
            for found in rule(value, known):
                yield Remark.of(found, section, index, own)

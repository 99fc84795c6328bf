"""An index without linguistics, so that tests of stores say which terms a fact has."""

from __future__ import annotations

from bot.core.model.fact import Dossier
from bot.core.references import references
from bot.core.search.document import Facets, SearchDocument


def simple_index(dossier: Dossier) -> SearchDocument:
    """Terms are the words of the text in small letters, and the topics."""
    revision = dossier.fact.revision
    named = references(revision)
    words = tuple(revision.text.casefold().split())
    return SearchDocument(
        fact=dossier.fact.number,
        terms=(*words, *(f"t:{topic}" for topic in dossier.topics)),
        length=len(words),
        facets=Facets(
            kind=revision.kind,
            label=revision.label,
            speaker=revision.speaker.entity if revision.speaker else None,
            entities=named.entities,
            topics=tuple(dossier.topics),
            series=named.series,
            numbers=tuple(quantity.value for quantity in revision.quantities),
            directions=tuple((quantity.origin, quantity.destination) for quantity in revision.quantities),
            latest_day=revision.said.not_after.toordinal() if revision.said.not_after else None,
        ),
    )

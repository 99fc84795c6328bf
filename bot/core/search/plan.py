"""Which facts are worth ranking: an AND/OR tree of terms, never an engine's query text."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from bot.core.search.document import SearchDocument


@dataclass(frozen=True, slots=True)
class Term:
    """One term of `SearchDocument.terms`."""

    text: str


@dataclass(frozen=True, slots=True)
class AllOf:
    """Every part must match."""

    parts: tuple[Plan, ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """At least one part must match."""

    parts: tuple[Plan, ...]


Plan = Term | AllOf | AnyOf


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A fact that matches the plan."""

    document: SearchDocument
    matched: frozenset[str]  # those of the plan's terms that stand in the document


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidates:
    """What the store found. `complete=False` (time ran out) is "search incomplete", never "nothing on record"."""

    rows: tuple[Candidate, ...]
    complete: bool
    as_of: int  # position of the store when it was read


@dataclass(frozen=True, slots=True, kw_only=True)
class Pool:
    """What several plans found, each fact once, in the order in which it was found."""

    documents: tuple[SearchDocument, ...]
    complete: bool
    cut: bool  # the limit of a plan left some out

    @classmethod
    def of(cls, found: Iterable[Candidates], *, limit: int, most: int) -> Pool:
        """Searched one after the other until there are `most` facts."""
        documents: dict[int, SearchDocument] = {}
        complete, cut = True, False
        for each in found:
            documents.update((row.document.fact, row.document) for row in each.rows)
            complete, cut = complete and each.complete, cut or len(each.rows) >= limit
            if len(documents) >= most:
                break
        return cls(documents=tuple(documents.values()), complete=complete, cut=cut)


@dataclass(frozen=True, slots=True, kw_only=True)
class Frequencies:
    """What bm25 needs to know of the whole index."""

    documents: int  # answerable facts in all
    mean_length: float  # words
    of: dict[str, int]  # term -> documents that hold it; terms that occur nowhere are absent

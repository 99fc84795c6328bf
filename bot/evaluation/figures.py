"""Figures of a set of queries: how often the right fact comes first, and how often a wrong one comes at all.

hit@k: share of the answerable queries with an acceptable fact among the first k. MRR: mean of 1/rank of the first
acceptable fact among the first ten, 0 where there is none (Voorhees 1999). Wrong: share of the unanswerable queries
that were answered with anything but silence; `asked` counts those among them that only listed labels to choose from.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from bot.evaluation.queries import Labelled

DEEPEST = 10  # ranks that count


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What became of one query."""

    query: Labelled
    found: tuple[str, ...]  # slugs in the order of the answer; none for silence
    asked: bool = False  # "Which one?": labels to choose from, no words shown
    complete: bool = True  # False: the search ran out of time

    @property
    def rank(self) -> int | None:
        """The rank of the first acceptable fact, from 1."""
        ranks = (rank for rank, slug in enumerate(self.found[:DEEPEST], 1) if slug in self.query.expect)
        return next(ranks, None)

    @property
    def right(self) -> bool:
        """An acceptable fact came first, or silence where silence was due."""
        return self.rank == 1 if self.query.expect else not self.found


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """Counts and shares of one group of queries; a share is None where there is nothing to divide by."""

    answerable: int
    hit_1: float | None
    hit_3: float | None
    mrr: float | None
    answerable_asked: int  # answered with "Which one?"
    unanswerable: int
    wrong: float | None
    unanswerable_asked: int
    incomplete: int


def figures(results: Iterable[Result]) -> Figures:
    """The figures of these results."""
    every = list(results)
    answerable = [each for each in every if each.query.expect]
    silent = [each for each in every if not each.query.expect]
    ranks = [each.rank for each in answerable]
    return Figures(
        answerable=len(answerable),
        hit_1=_share([rank == 1 for rank in ranks]),
        hit_3=_share([rank is not None and rank <= 3 for rank in ranks]),
        mrr=_share([1 / rank if rank else 0.0 for rank in ranks]),
        answerable_asked=sum(each.asked for each in answerable),
        unanswerable=len(silent),
        wrong=_share([bool(each.found) for each in silent]),
        unanswerable_asked=sum(each.asked for each in silent),
        incomplete=sum(not each.complete for each in every),
    )


def grouped(results: Sequence[Result], by: Callable[[Labelled], str]) -> dict[str, Figures]:
    """The figures of each group, in alphabetical order."""
    names = sorted({by(each.query) for each in results})
    return {name: figures(each for each in results if by(each.query) == name) for name in names}


def _share(values: Sequence[float]) -> float | None:
    return sum(values) / len(values) if values else None

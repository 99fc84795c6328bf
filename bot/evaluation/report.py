"""The figures as a table for people and as plain data for programs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from bot.evaluation.figures import Figures, Result, figures, grouped
from bot.evaluation.reliability import Guess, reliability

_HEAD = ("", "answerable", "hit@1", "hit@3", "MRR", "which one?", "silence due", "wrong", "of it asked")
_PLAIN = "  plain FTS5"


def table(ours: Sequence[Result], plain: Sequence[Result]) -> tuple[str, ...]:
    """Lines: all queries, then each language, then each kind; below each row the plain search's."""
    rows: list[tuple[str, ...]] = [_HEAD]
    mine, floor = _groups(ours), _groups(plain)
    for name, own in mine.items():
        rows += [(name, *_cells(own)), (_PLAIN, *_cells(floor[name]))]
    widths = [max(len(row[at]) for row in rows) for at in range(len(_HEAD))]
    lines = ["  ".join((row[0].ljust(widths[0]), *map(str.rjust, row[1:], widths[1:]))).rstrip() for row in rows]
    incomplete = sum(not each.complete for each in ours)
    if incomplete:
        lines.append(f"{incomplete} searches ran out of time and count as silence.")
    return tuple(lines)


def confidence(guesses: Sequence[Guess]) -> tuple[str, ...]:
    """Lines: how sure the look-up was of its best fact with nothing refused, and how often that was right."""
    found = reliability(guesses)
    rows = [
        f"{band.low:.2f} to {band.high:.2f}{band.queries:9}{band.confidence:9.3f}{band.right:9.3f}"
        for band in found.bands
    ]
    told = f"Brier score {found.brier:.4f}, expected calibration error {found.error:.4f}, AUROC {_decimal(found.auroc)}"
    return ("confidence    queries     mean    right   (the best fact of each query, nothing refused)", *rows, told)


def data(ours: Sequence[Result], plain: Sequence[Result], guesses: Sequence[Guess]) -> dict[str, Any]:
    """The same as JSON values: {"onrecord": {group: figures}, "plain_fts5": {group: figures}, "confidence": {…}}."""
    return {
        "confidence": asdict(reliability(guesses)),
    } | {
        name: {group: asdict(each) for group, each in _groups(results).items()}
        for name, results in (("onrecord", ours), ("plain_fts5", plain))
    }


def misses(results: Sequence[Result]) -> tuple[str, ...]:
    """A line for each query that went wrong, without those of the part that is set aside."""
    return tuple(
        f"{each.query.id} [{each.query.language}, {each.query.kind}] {each.query.q!r}: "
        f"expected {' or '.join(sorted(each.query.expect)) or 'silence'}, "
        f"got {_got(each)}"
        for each in results
        if not each.right and each.query.part == "dev"
    )


def _got(result: Result) -> str:
    if not result.found:
        return "silence"
    more = f" (rank {result.rank})" if result.rank else ""
    return f"{'the choice of ' if result.asked else ''}{', '.join(result.found[:3])}{more}"


def _groups(results: Sequence[Result]) -> dict[str, Figures]:
    return {
        "all": figures(results),
        **grouped(results, lambda query: f"language {query.language}"),
        **grouped(results, lambda query: f"kind {query.kind}"),
    }


def _cells(own: Figures) -> tuple[str, ...]:
    return (
        str(own.answerable),
        _decimal(own.hit_1),
        _decimal(own.hit_3),
        _decimal(own.mrr),
        str(own.answerable_asked),
        str(own.unanswerable),
        "–" if own.wrong is None else f"{own.wrong:.1%}",
        str(own.unanswerable_asked),
    )


def _decimal(share: float | None) -> str:
    return "–" if share is None else f"{share:.3f}"

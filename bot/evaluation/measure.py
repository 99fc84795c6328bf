"""Asks every labelled query: the bot's own look-up, and plain full-text search as the floor beside it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from bot.core.lookup import Lookup
from bot.core.model.finding import Finding, Found, NothingFound, WhichOne
from bot.evaluation.figures import DEEPEST, Result
from bot.evaluation.queries import Labelled
from bot.evaluation.reliability import Guess

Search = Callable[[str], Sequence[str]]  # a query -> slugs, best first


async def measured(queries: Iterable[Labelled], lookup: Lookup, slugs: Mapping[int, str]) -> tuple[Result, ...]:
    """What the look-up makes of each query, as a question. `slugs` has the slug behind each number."""
    return tuple([_result(query, await lookup.find(query.q, limit=DEEPEST), slugs) for query in queries])


async def guessed(queries: Iterable[Labelled], lookup: Lookup, slugs: Mapping[int, str]) -> tuple[Guess, ...]:
    """What would come first with nothing refused, and how sure that is."""
    return tuple([_guess(query, await lookup.find(query.q, limit=1, refuse=False), slugs) for query in queries])


def searched(queries: Iterable[Labelled], search: Search) -> tuple[Result, ...]:
    """What a plain search makes of each query: it always shows its best hit."""
    return tuple(Result(query=query, found=tuple(search(query.q))) for query in queries)


def _result(query: Labelled, finding: Finding, slugs: Mapping[int, str]) -> Result:
    match finding:
        case Found(dossier=dossier, more=more):
            return Result(query=query, found=(dossier.fact.slug, *(slugs[number] for number in more)))
        case WhichOne(options=options):
            return Result(query=query, found=tuple(slugs[option.number] for option in options), asked=True)
        case NothingFound(complete=complete):
            return Result(query=query, found=(), complete=complete)


def _guess(query: Labelled, finding: Finding, slugs: Mapping[int, str]) -> Guess:
    if not isinstance(finding, Found):
        return Guess(confidence=0.0, right=False)
    return Guess(confidence=finding.confidence, right=slugs[finding.dossier.fact.number] in query.expect)

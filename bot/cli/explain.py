"""`onrecord fact --explain`: how a question was read, what its candidates score, and why there is an answer or none."""

from __future__ import annotations

from collections.abc import Iterator

from bot import app
from bot.core.lookup import Pooled
from bot.core.model.finding import Finding, Found, NothingFound, WhichOne
from bot.core.search import planning, refusal
from bot.core.search.query import Query, Unit
from bot.core.search.ranking import Scored
from bot.core.search.weights import APART, QUESTION

CANDIDATES = 5  # shown
WAYS = 6  # of one part shown
SHAPES = {
    refusal.Shape.QUESTION: "a question: a fact must explain every part",
    refusal.Shape.LIST: "nothing but a name: whatever there is, to choose from",
    refusal.Shape.BARE: "nothing but numbers and dates: whatever has them, to choose from",
    refusal.Shape.NOTHING: "nothing that could be answered: no word, or a name that several bear",
}


async def explained(room: app.Room, text: str) -> str:
    """The trace of a question, as lines for whoever wants to know why."""
    pooled = await room.lookup.pooled(text, message=False)
    finding = await room.lookup.find(text)
    return "\n".join([*_reading(pooled), *_candidates(pooled), *_outcome(finding)])


def _reading(pooled: Pooled) -> Iterator[str]:
    query = pooled.query
    yield f"Read as {SHAPES[refusal.shape(query)]}."
    if query.showing:
        yield f"  A slip was mended: {', '.join(query.showing)}"
    for unit in query.units:
        count = planning.documents(unit, pooled.frequencies)
        yield f"  {_meaning(unit)}: {_facts(count)}, by {_ways(unit, pooled)}"
    yield from _relations(query)
    if query.long:
        yield "  Too long for a question: it is answered as a message."


def _meaning(unit: Unit) -> str:
    means = f" = {unit.means}" if unit.means and unit.means.casefold() != unit.surface.casefold() else ""
    return f'{unit.kind} "{unit.surface}"{means}' + (", borne by several" if unit.ambiguous else "")


def _ways(unit: Unit, pooled: Pooled) -> str:
    ways = [" + ".join(way) for way in planning.ways(unit, pooled.frequencies)]
    shown = ", ".join(ways[:WAYS]) or "nothing on record"
    return f"{shown} and {len(ways) - WAYS} more" if len(ways) > WAYS else shown


def _facts(count: int) -> str:
    return "1 fact" if count == 1 else f"about {count} facts"


def _relations(query: Query) -> Iterator[str]:
    relations = query.relations
    if relations.origin:
        yield f"  From: {', '.join(sorted(relations.origin))}"
    if relations.destination:
        yield f"  To: {', '.join(sorted(relations.destination))}"
    for place in sorted(relations.speakers):
        if place < len(query.units):
            yield f"  Said by: {query.units[place].surface}"
    if query.amount:
        yield "  It asks for an amount."


def _candidates(pooled: Pooled) -> Iterator[str]:
    yield f"Candidates: {len(pooled.scored)}"
    best = sorted(pooled.scored, key=lambda each: not refusal.answers(pooled.query, each))
    for each in best[:CANDIDATES]:
        yield f"  #{each.document.fact} {each.document.facets.label}"
        yield f"     {each.score:.2f} = {_sum(each)}"
        yield f"     {_verdict(pooled.query, each)}"


def _sum(scored: Scored) -> str:
    parts = [(name, QUESTION[name] * value) for name, value in scored.features.items()]
    return " ".join(f"{worth:+.2f} {name}" for name, worth in parts if round(worth, 2))


def _verdict(query: Query, scored: Scored) -> str:
    if scored.unexplained:
        parts = ", ".join(f'"{each}"' for each in scored.unexplained)
        return f"no answer: nothing in it explains {parts}"
    if not refusal.fits(query, scored):
        return "no answer: it goes from or to somebody else, or its number counts other things"
    return "explains every part"


def _outcome(finding: Finding) -> Iterator[str]:
    match finding:
        case Found(dossier=dossier, more=more, confidence=confidence):
            further = f", {len(more)} more behind it" if more else ""
            yield f"Answer: #{dossier.fact.number}{further}; confidence {confidence:.2f}"
        case WhichOne(options=options):
            numbers = ", ".join(f"#{option.number}" for option in options)
            yield f"Which one? {numbers}: less than {APART:g} between the first two, or only a name, number or date"
        case NothingFound(complete=False):
            yield "The search ran out of time: nothing can be said."
        case NothingFound(nearby=nearby):
            topics = "; ".join(topic.label for topic in nearby)
            yield f"Nothing on record; nearby: {topics}" if topics else "Nothing on record"

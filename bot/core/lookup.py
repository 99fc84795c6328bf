"""What readers do first: find the fact that a question or a message means, and complete a half-typed question."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import islice

from bot.core.completion import LENGTH, Completion, newest
from bot.core.model.finding import Finding, Found, Listed, Named, NearbyTopic, NothingFound, Suggestion, WhichOne
from bot.core.model.review import Workflow
from bot.core.ports import Facts, Reading
from bot.core.search import numbers, planning, ranking, refusal, retelling, slips, sureness
from bot.core.search.countries import countries
from bot.core.search.lexicon import Lexicon
from bot.core.search.parsing import MOST_CHARACTERS, parse, repaired
from bot.core.search.plan import Frequencies, Plan, Pool
from bot.core.search.query import Query, Unit, UnitKind
from bot.core.search.ranking import Scored
from bot.core.search.refusal import Shape
from bot.core.search.shelf import Shelf
from bot.core.search.terms import Analysis, parted
from bot.core.search.weights import APART

CANDIDATES = 40  # rows that one plan fetches: each is decoded, and the newest come first
WIDE = 120  # rows after which a widening search stops
LISTED = 10  # facts named in one answer
CHOICES = 5  # of "Which one?"
MENDED = 3  # words of one question in which slips are looked for
NEARBY = 3  # topics offered with silence

# The newest facts come first, so what was found in time is not what fits best: it answers nothing.
UNFINISHED = NothingFound(nearby=(), complete=False)


@dataclass(frozen=True, slots=True)
class Pooled:
    """How a query was understood and what its candidates score: for explaining and measuring."""

    query: Query
    frequencies: Frequencies
    scored: tuple[Scored, ...]  # best first


class Lookup:
    """Finds facts. One view of the store serves a whole answer."""

    def __init__(self, facts: Facts, analysis: Analysis) -> None:
        self._facts = facts
        self._analysis = analysis
        self._shelf = Shelf(analysis)

    async def find(self, query: str, *, limit: int = LISTED, refuse: bool = True, message: bool = False) -> Finding:
        """What is on record for a question, or with `message` about a message of somebody who did not ask.

        `refuse=False` gives the best candidates however little they explain: for measuring, never for readers.
        `limit` bounds the facts of an answer, the further ones included. Any text is answered; one that is too long
        for a question is read as a message.
        """
        message = message or len(query) > MOST_CHARACTERS
        position = self._facts.position
        async with self._facts.reading() as reading:
            lexicon = await self._shelf.lexicon(reading, position)
            asked = parse(query, lexicon, self._analysis, message=message)
            if asked.long and not message:
                message, asked = True, parse(query, lexicon, self._analysis, message=True)
            search = _Search(reading, lexicon, self._analysis, limit)
            if message:
                return await search.about(asked, refuse=refuse)
            return await search.answer(asked, query, refuse=refuse)

    async def pooled(self, text: str, *, message: bool = True) -> Pooled:
        """All candidates of a text with their features, nothing refused."""
        position = self._facts.position
        async with self._facts.reading() as reading:
            lexicon = await self._shelf.lexicon(reading, position)
            query = parse(text, lexicon, self._analysis, message=message)
            search = _Search(reading, lexicon, self._analysis, LISTED)
            return await search.pooled(query, text, message=message)

    async def named(self, text: str) -> tuple[Named, ...]:
        """The names and topics in a text in order, each once; countries that are not on file, too."""
        position = self._facts.position
        async with self._facts.reading() as reading:
            lexicon = await self._shelf.lexicon(reading, position)
        units = parse(text, lexicon, self._analysis, message=True).units
        found = {each.id or each.name: each for unit in units if not unit.ambiguous for each in _named(unit, lexicon)}
        return tuple(found.values())

    async def suggest(self, prefix: str, limit: int = 25) -> tuple[Suggestion, ...]:
        """Names, topics and labels that go on from a half-typed text, unranked; the newest labels for none."""
        tokens = self._analysis.tokens(prefix[:LENGTH])
        position = self._facts.position
        async with self._facts.reading() as reading:
            if tokens:
                lexicon = await self._shelf.lexicon(reading, position)
                texts = await Completion(reading, lexicon, self._analysis).texts(tokens, limit)
            else:
                texts = await newest(reading, limit)
        return tuple(Suggestion(text=text) for text in texts)


class _Search:
    """The look-up of one query in one view."""

    def __init__(self, reading: Reading, lexicon: Lexicon, analysis: Analysis, limit: int) -> None:
        self._reading = reading
        self._lexicon = lexicon
        self._analysis = analysis
        self._limit = max(1, limit)

    async def answer(self, query: Query, text: str, *, refuse: bool) -> Finding:
        """A question: answered by what explains all of it."""
        if not query.units:
            return NothingFound(nearby=(), complete=True)
        query, frequencies = await self._understood(query, text)
        if not refuse:
            return await self._best(query, frequencies)
        shape = refusal.shape(query)
        plan = planning.every(query, frequencies)
        if plan is None or shape is Shape.NOTHING:
            return self._nothing(query, frequencies, complete=True)
        pool = await self._reading.pool([plan], limit=CANDIDATES, most=CANDIDATES)
        return await self._fitting(query, shape, pool, frequencies) if pool.complete else UNFINISHED

    async def _fitting(self, query: Query, shape: Shape, pool: Pool, frequencies: Frequencies) -> Finding:
        """The facts that explain all of a question: one, several to choose from, or none."""
        fitting = [
            scored for scored in ranking.ranked(query, pool.documents, frequencies) if refusal.answers(query, scored)
        ]
        if not fitting:
            return self._nothing(query, frequencies, complete=not pool.cut)
        rival = ranking.rival(fitting)
        listed = shape in (Shape.LIST, Shape.BARE)
        close = listed or (rival is not None and fitting[0].score - rival.score < APART)
        if shape is Shape.BARE or (len(fitting) > 1 and close):
            return _choice(query, fitting, self._limit if listed else min(self._limit, CHOICES))
        return await self._found(fitting, _said(query, fitting[0]), sureness.of_question(query, fitting[0]))

    async def about(self, message: Query, *, refuse: bool) -> Finding:
        """A message: the facts that it covers."""
        frequencies = await self._reading.frequencies(planning.asked(message))
        if not refuse:
            return await self._best(message, frequencies, message=True)
        pool = await self._reading.pool(_widening(message, frequencies), limit=CANDIDATES, most=WIDE)
        if not pool.complete:
            return UNFINISHED
        spoken = refusal.Spoken(message)
        ranked = retelling.ranked(message, pool.documents, frequencies)
        covering = [(share, scored) for scored in ranked if (share := spoken.covers(scored)) >= refusal.ENOUGH]
        if not any(spoken.meets(scored) for _, scored in covering):
            differing = [scored for scored in ranked if spoken.differs(scored)]
            if differing:
                return await self._found(differing, message, refusal.ENOUGH, differs=True)
        if not covering:
            return NothingFound(nearby=(), complete=True)
        covering.sort(key=lambda pair: (-round(pair[0], 2), -pair[1].score))
        return await self._found([scored for _, scored in covering], message, round(covering[0][0], 4))

    async def _understood(self, query: Query, text: str) -> tuple[Query, Frequencies]:
        """The query and its frequencies, with slips mended in words that stand nowhere on record."""
        frequencies = await self._reading.frequencies(planning.asked(query))
        if any(parted(unit.surface) != unit.surface for unit in _unknown(query, frequencies)):
            text = parted(text)
            query = parse(text, self._lexicon, self._analysis)
            frequencies = await self._reading.frequencies(planning.asked(query))
        words = (word for unit in _unknown(query, frequencies) for word in unit.words)
        unknown = [word for word in words if not numbers.small(word)]
        swaps = {word: meant for word in unknown[:MENDED] if (meant := await self._meant(word))}
        mended = repaired(query, text, swaps, self._lexicon, self._analysis) if swaps else None
        if mended is None:
            return query, frequencies
        return mended, await self._reading.frequencies(planning.asked(mended))

    async def _meant(self, word: str) -> str | None:
        """The one word that was meant by a word that stands nowhere: of a name, an everyday one, or one on record."""
        if near := self._lexicon.near(word):
            return near
        if self._lexicon.neighbours(word):
            return None  # several names are as near: never one of them by chance
        if everyday := slips.everyday(word):
            return everyday
        others = list(islice(slips.meant(word), slips.MOST))
        found: dict[str, str] = {}
        for start in range(0, len(others), planning.MOST_ASKED):
            known = await self._reading.frequencies(others[start : start + planning.MOST_ASKED])
            for other in known.of:
                found.setdefault(self._analysis.stem(other), other)
        return min(found.values()) if len(found) == 1 else None

    async def _best(self, query: Query, frequencies: Frequencies, *, message: bool = False) -> Finding:
        pool = await self._widest(query, frequencies)
        scored = (retelling if message else ranking).ranked(query, pool.documents, frequencies)
        if not scored:
            return self._nothing(query, frequencies, complete=pool.complete)
        sure = sureness.of_message(scored) if message else sureness.of_question(query, scored[0])
        return await self._found(scored, query, sure)

    async def pooled(self, query: Query, text: str, *, message: bool) -> Pooled:
        """The query as it was understood, and its candidates."""
        if message:
            frequencies = await self._reading.frequencies(planning.asked(query))
        else:
            query, frequencies = await self._understood(query, text)
        pool = await self._widest(query, frequencies)
        scored = (retelling if message else ranking).ranked(query, pool.documents, frequencies)
        return Pooled(query, frequencies, tuple(scored))

    async def _widest(self, query: Query, frequencies: Frequencies) -> Pool:
        """Candidates that hold all of the query, then those that hold less and less of it."""
        every = planning.every(query, frequencies)
        plans = (*([every] if every else []), *_widening(query, frequencies))
        return await self._reading.pool(plans, limit=CANDIDATES, most=WIDE)

    async def _found(
        self, scored: Sequence[Scored], query: Query, confidence: float, *, differs: bool = False
    ) -> Finding:
        """The best of them that may be shown, and the numbers of the others."""
        numbers = [each.document.fact for each in scored][: self._limit]
        for place, number in enumerate(numbers):
            dossiers = await self._reading.dossiers((number,))
            if dossiers and dossiers[0].fact.workflow is Workflow.PUBLISHED:
                more = tuple(numbers[place + 1 :])
                return Found(
                    dossier=dossiers[0], more=more, confidence=confidence, showing=query.showing, differs=differs
                )
        return NothingFound(nearby=(), complete=False)

    def _nothing(self, query: Query, frequencies: Frequencies, *, complete: bool) -> NothingFound:
        """Silence, with the topics that the query touches and the words that nothing explains."""
        slots = dict.fromkeys(
            term
            for unit in query.units
            for way in unit.alternatives
            for term in way
            if term.startswith("t:") and frequencies.of.get(term)
        )
        return NothingFound(
            nearby=tuple(NearbyTopic(id=slot[2:], label=self._lexicon.labels[slot]) for slot in slots)[:NEARBY],
            complete=complete,
            unexplained=tuple(unit.surface for unit in query.units if not planning.documents(unit, frequencies)),
        )


def _unknown(query: Query, frequencies: Frequencies) -> list[Unit]:
    """Words that stand nowhere on record."""
    return [unit for unit in query.units if unit.kind is UnitKind.WORD and not planning.documents(unit, frequencies)]


def _widening(query: Query, frequencies: Frequencies) -> tuple[Plan, ...]:
    return tuple(planning.widening(query, frequencies, limit=CANDIDATES))


def _said(query: Query, scored: Scored) -> Query:
    """The query with what was read, in words, where a part of it was met by a hint alone."""
    if query.showing or scored.features["sure"] >= scored.features["coverage"]:
        return query
    return replace(query, showing=tuple(unit.means or unit.surface for unit in query.units))


def _named(unit: Unit, lexicon: Lexicon) -> list[Named]:
    sure = [way[0] for way in unit.alternatives[: unit.sure]]
    spoken = [f"e:{term[2:]}" if term.startswith("s:") else term for term in sure]  # of somebody who speaks
    slots = [slot for slot in dict.fromkeys(spoken) if slot in lexicon.labels]
    if slots or unit.kind is not UnitKind.NAME:
        return [Named(id=slot[2:], name=lexicon.labels[slot], surface=unit.surface) for slot in slots]
    country = countries().find(unit.words)
    if country is None or country.capital or len(country.codes) != 1:
        return []
    return [Named(id="", name=countries().house(country.codes[0]), surface=unit.surface)]


def _choice(query: Query, scored: Sequence[Scored], most: int) -> WhichOne:
    options = tuple(Listed(number=each.document.fact, label=each.document.facets.label) for each in scored[:most])
    sure = sureness.of_question(query, scored[0]) / len(options)
    return WhichOne(options=options, confidence=round(sure, sureness.DIGITS))

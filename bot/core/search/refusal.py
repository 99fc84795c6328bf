"""When to keep silent. A wrong quote costs more trust than ten misses.

A question is answered only by a fact that explains every part of it. A message is somebody's talk, not a question:
there the fact is what has to be covered, and words that have nothing to do with it do not matter.
"""

from __future__ import annotations

from dataclasses import replace
from enum import Enum, auto

from bot.core.search import acting, changes, comparing, days
from bot.core.search.document import SearchDocument
from bot.core.search.query import Query, UnitKind
from bot.core.search.ranking import Scored
from bot.core.search.relations import Cue, agrees, cue

# A message's fact: what each element is worth, where the fact has such an element at all.
ELEMENTS = {"parties": 1.0, "numbers": 1.5, "topics": 1.0, "words": 1.5}
ENOUGH = 0.5  # share of a fact that a message has to cover
FEW = 2  # words or a number that a message without a party must share with a fact, beside the names of its topics
FULL = 0.6  # share of a fact's words that counts as all of them: people retell, they do not recite


class Shape(Enum):
    """What a question comes to before anything is looked up."""

    QUESTION = auto()
    LIST = auto()  # nothing but a name or one plain word: whatever there is, to choose from
    BARE = auto()  # nothing but numbers and dates: what has them to choose from, and never an answer by itself
    NOTHING = auto()  # no word that could be answered, a name that several bear, "how far" alone


def shape(query: Query) -> Shape:
    """What a query asks for."""
    things = [unit for unit in query.units if unit.kind not in {UnitKind.NUMBER, UnitKind.DATE}]
    if query.units and not things:
        return Shape.BARE
    if all(unit.ambiguous or unit.measure for unit in things):
        return Shape.NOTHING
    if any(unit.kind is UnitKind.NUMBER for unit in query.units):
        return Shape.QUESTION
    alone = len(things) == 1 and things[0].kind in {UnitKind.NAME, UnitKind.WORD}
    return Shape.LIST if alone else Shape.QUESTION


def answers(query: Query, scored: Scored) -> bool:
    """The fact explains every part of the question, and says it of the same giver and taker."""
    return not scored.unexplained and fits(query, scored)


def fits(query: Query, scored: Scored) -> bool:
    """The fact does not speak of another direction than the query, nor does it count other things."""
    asked, document = query.relations, scored.document
    gives = asked.giving and any(cue(term) is Cue.GIVING for term in document.terms)
    return (
        agrees(asked, document.facets.directions, gives=gives)
        and _has_amount(query, document)
        and _counts_the_same(query, document)
        and _owned_alike(query, document)
        and _same_sides(query, document)
        and _within(query, document)
        and acting.alike(query.acts, document.terms)
        and comparing.alike(query.comparisons, document.terms)
        and changes.agree(query.changes, frozenset(document.terms))
    )


def _has_amount(query: Query, document: SearchDocument) -> bool:
    """Where "how many" is asked, the fact has a number that is no year of it."""
    return not query.how_many or any(
        term.startswith("n:") and f"d:{term[2:]}" not in document.terms for term in document.terms
    )


def _owned_alike(query: Query, document: SearchDocument) -> bool:
    """Where the fact has no direction of its own, a topic asked for says whose thing it is and for whom."""
    asked = query.relations
    if document.facets.directions or not (asked.origin or asked.destination):
        return True
    topics = {way[0][2:] for unit in query.units for way in unit.alternatives if way[0].startswith("t:")}
    owners = [term.split(":")[1:] for term in document.terms if term.startswith("o:")]
    said = tuple((origin, end or None) for topic, origin, end in owners if topic in topics)
    return not said or agrees(replace(asked, giving=False), said, gives=False)


def _same_sides(query: Query, document: SearchDocument) -> bool:
    """Who has something with whom must be the same two, where the fact's own words name them."""
    asked = query.relations.sides
    pairs = {term for term in document.terms if term.startswith("p:")}
    return not asked or not pairs or any(f"p:{a}:{b}" in pairs for a in asked[0] for b in asked[1])


def _within(query: Query, document: SearchDocument) -> bool:
    """The fact says no least where a most is asked for, nor the reverse, and was said before or after the date.

    Only the last day on which it can have been said is sure: a fact is not from after a date when its words name one
    that is not.
    """
    if not (query.spans or query.bounds):
        return True
    day = document.facets.latest_day
    named = [known for term in document.terms if term.startswith("d:") and (known := days.ends(term))]
    for span in query.spans:
        after = span.after is not None and all(last > span.after for _, last in named)
        if day is None or not ((span.before and day < span.before) or (after and day > (span.after or 0))):
            return False
    wrong = {f"b:{'>' if bound.most else '<'}:{value}" for bound in query.bounds for value in bound.values}
    return wrong.isdisjoint(document.terms)


def _counts_the_same(query: Query, document: SearchDocument) -> bool:
    """Where fact and query count something with the same number, they count the same."""
    for count in query.counts:
        things = {term for value in count.values for term in document.terms if term.startswith(f"q:{value}:")}
        alike = any(thing.rpartition(":")[2] in count.topics for thing in things)
        if things and not alike and not any(_has_words(document, value, count.words) for value in count.values):
            return False
    return True


def _has_words(document: SearchDocument, value: str, words: frozenset[str]) -> bool:
    """The fact counts the things in these very words."""
    return bool(words) and all(f"w:{value}:{word}" in document.terms for word in words)


class Spoken:
    """What a message holds, for asking which facts it covers."""

    def __init__(self, query: Query) -> None:
        self._query = query
        self._said = {term for unit in query.units for way in unit.alternatives[: unit.sure] for term in way}
        self._units = {way[0] for unit in query.units for way in unit.alternatives if way[0].startswith("u:")}
        plain = [unit for unit in query.units if unit.kind is not UnitKind.NAME]
        self._plain = [{term for way in unit.alternatives[: unit.sure] for term in way} for unit in plain]
        self._typed = {term for terms in self._plain for term in terms}
        self._numbers = {term for term in self._said if term.startswith("n:")}

    def covers(self, scored: Scored) -> float:
        """How much of the fact it covers, 0 to 1; 0 when its numbers or directions are others than the fact's."""
        own, shared = self._shared(scored.document)
        if (self._numbers and own and not shared) or self._of_others(scored.document):
            return 0.0
        if not (self._about(scored.document, shared) and fits(self._query, scored)):
            return 0.0
        return _covered(scored.document, self._said, self._typed, shared)

    def meets(self, scored: Scored) -> bool:
        """Whether one of its numbers, if it has any, is one of the fact's."""
        return not self._numbers or bool(self._shared(scored.document)[1])

    def _about(self, document: SearchDocument, numbers: set[str]) -> bool:
        """Whether it speaks of the fact's parties, or in several words that are no name of its topics; a number is one.

        "Hospital" is not what a mayor said of one, and 600 drones may be anybody's.
        """
        topics = {f"t:{topic}" for topic in document.facets.topics}
        own = {term for term in document.terms if term[1:2] != ":"}
        words = sum(not own.isdisjoint(terms) for terms in self._plain if topics.isdisjoint(terms))
        parties = {f"{kind}:{entity}" for entity in document.facets.entities for kind in "es"}  # spoken of, or speaking
        return words + bool(numbers) >= FEW or not parties.isdisjoint(self._said)

    def _shared(self, document: SearchDocument) -> tuple[set[str], set[str]]:
        """The fact's numbers, and those that the message has of the same things: "137 dogs" are not "137 dead"."""
        own = {f"n:{number}" for number in document.facets.numbers}
        others = {
            f"n:{value}"
            for values, things in self._query.nouns
            for value in values
            if things.isdisjoint(document.terms)
        }
        return own, (own & self._numbers) - others

    def _of_others(self, document: SearchDocument) -> bool:
        """The message names somebody, and nobody of whom the fact speaks."""
        parties, ours = self._query.parties, document.facets.entities
        return bool(parties and ours) and parties.isdisjoint(ours)

    def differs(self, scored: Scored) -> bool:
        """Whether it says what the fact says, of the same parties and things, with another number of the same unit."""
        document = scored.document
        own = {f"n:{number}" for number in document.facets.numbers}
        if not (self._numbers and own) or self._numbers & own or not fits(self._query, scored):
            return False
        if not any(f"e:{entity}" in self._said for entity in document.facets.entities):
            return False
        if not any(f"t:{topic}" in self._said for topic in document.facets.topics) or not self._counts_alike(document):
            return False
        return _covered(document, self._said, self._typed, own) >= ENOUGH

    def _counts_alike(self, document: SearchDocument) -> bool:
        """A number of the message stands before what the fact counts, or before its unit."""
        things = {term.rpartition(":")[2] for term in document.terms if term.startswith("q:")}
        counted = any(not things.isdisjoint(count.topics) for count in self._query.counts)
        return counted or not self._units.isdisjoint(document.terms)


def _covered(document: SearchDocument, said: set[str], typed: set[str], numbers: set[str]) -> float:
    parties = [entity for entity in document.facets.entities if f"e:{entity}" in said]
    topics = [topic for topic in document.facets.topics if f"t:{topic}" in said]
    words = min(1.0, _share(document, typed) / FULL)
    if not (numbers or (parties and topics) or words >= ENOUGH):
        return 0.0
    shares = {
        "parties": min(1.0, len(parties) / 2) if document.facets.entities else None,
        "numbers": float(bool(numbers)) if document.facets.numbers else None,
        "topics": float(bool(topics)) if document.facets.topics else None,
        "words": words,
    }
    total = sum(ELEMENTS[name] for name, share in shares.items() if share is not None)
    return sum(ELEMENTS[name] * share for name, share in shares.items() if share is not None) / total


def _share(document: SearchDocument, typed: set[str]) -> float:
    """The share of the fact's own words that the message holds, by stems."""
    own = {term for term in document.terms if term[1:2] != ":"}
    return len(own & typed) / max(1, document.length)

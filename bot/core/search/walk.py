"""One walk over the words of a question or message: what each of them is read as, and the cues between them.

Stop words fall away; what remains must be explained, or there is no answer.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from bot.core.model.names import EntityType
from bot.core.search import acting, changes, days, meaning, numbers, units
from bot.core.search.countries import countries
from bot.core.search.lexicon import Entry, Lexicon, Match
from bot.core.search.query import Bound, Count, Span, Unit, UnitKind
from bot.core.search.relations import Cue, Event, case_of, comes_last, cue, is_adjective, is_german_giving, is_people
from bot.core.search.stopwords import (
    ASKS_MANY,
    GERMAN_MARKS,
    GERMAN_ONLY,
    HALVES,
    HOW,
    HOW_MANY,
    KOREAN_COUNTERS,
    KOREAN_ENDINGS,
    KOREAN_FROM,
    KOREAN_HOW_MANY,
    KOREAN_TO,
    MANY,
    MEASURES,
    STOP_WORDS,
)
from bot.core.search.terms import Analysis, Script, Token
from bot.core.search.wordlist import words

_UMLAUT = re.compile("[äöüßÄÖÜ]")
_PARTIES = (EntityType.PERSON, EntityType.COUNTRY, EntityType.ORGANISATION)
_GIVES = (Cue.GIVING, Cue.TAKING)
_ASKERS = ("me", "us")  # to whom an answer is given, and nothing else
_NEAR = words("in at near around outside inside within bei nahe unweit під біля поблизу под возле около")
_INTO = words("у в во на")  # "в Москве" is where, "в Москву" is to whom
_WHERE_ENDS = ("і", "ї", "е", "и")
_GIVE = ("give", "gave", "giving")  # "gave up" gives nothing to anybody


class Walk:
    """One walk over the tokens, collecting units and the cues between them."""

    def __init__(self, tokens: Sequence[Token], lexicon: Lexicon, analysis: Analysis, *, spans: bool = True) -> None:
        self.units: list[Unit] = []
        self.events: list[Event] = []
        self.counts: list[Count] = []
        self.bounds: list[Bound] = []
        self.spans: list[Span] = []
        self.nouns: list[tuple[frozenset[str], frozenset[str]]] = []
        self._number: tuple[int, frozenset[str]] = (-1, frozenset())  # the token behind a number, and its values
        self.parties: set[str] = set()
        self.acts = acting.acts(tokens, lexicon, analysis)
        self.amount = any(token.text in HOW_MANY for token in tokens)
        asking = pairwise(("", *(token.text for token in tokens)))
        self.how_many = any(word in MANY if before in HOW else word in ASKS_MANY for before, word in asking)
        self._spans = spans  # whether "before 2024" is asked for, or merely told
        self.tokens = tokens
        self._lexicon = lexicon
        self._analysis = analysis
        self._counted: frozenset[str] = frozenset()  # the number that stands right before
        self._german = any(map(_is_german, tokens))
        self._amounts: tuple[tuple[str], ...] = ()  # what a number comes to with the unit behind it, as ways
        self._places: dict[tuple[tuple[str, ...], ...], int] = {}

    def run(self, most: int) -> None:
        """Read until the end, or until there are more units than anybody looks at."""
        at = 0
        while at < len(self.tokens) and len(self.units) <= most:
            known, size = len(self.units), self._step(at)
            if at == self._number[0] and len(self.units) > known:
                terms = (term for way in self.units[known].alternatives for term in way)
                self.nouns.append((self._number[1], frozenset(terms)))
            at += size

    def _step(self, at: int) -> int:
        if at != self._number[0]:
            self._amounts = ()
        name = self._lexicon.read(self.tokens, at)
        day = days.read(self.tokens, at)
        number = numbers.read(self.tokens, at)
        size = max(name.size if name else 0, day.size if day else 0, number.size if number else 0)
        surface = " ".join(token.surface for token in self.tokens[at : at + size])
        if name and name.size == size:
            word = self.tokens[at].text
            if word.endswith("ed") and (verb := cue(word)) in _GIVES:
                self.events.append(Event(verb))  # "transferred", though a topic has the name "transfer"
            if name.rest:
                self._name(name, surface.removesuffix(name.rest), ())
                self._run(name.rest, name=True)
            else:
                before = self.tokens[at - 1].text if at else ""
                self._name(name, surface, self.tokens[at : at + size], where=_is_where(before, word))
        elif day and day.size == size and self._spans and (span := days.span(self.tokens, at, day)):
            self.spans.append(Span(*span))
        elif day and day.size == size:
            terms = (*day.terms, *_values(number)) if size == 1 else day.terms
            self._put(Unit(UnitKind.DATE, surface, tuple((term,) for term in terms)))
        elif number:
            amounts = _amounts(number, self.tokens[at + size].text) if at + size < len(self.tokens) else ()
            self._amounts = tuple((f"a:{amount}",) for amount in amounts)
            values = tuple((term,) for term in _values(number))
            self._put(Unit(UnitKind.NUMBER, surface, (*values, *self._amounts), sure=len(values)))
            self._counted = frozenset(number.values)
            self._number = (at + size, self._counted)
            self._bound(at, self._counted.union(amounts))
            self._run("" if _is_counter(number.rest) else number.rest, name=False)
        else:
            self._bound(at, frozenset(filter(None, (numbers.small(self.tokens[at].text),))))
            self._other(at)
            return 1
        return size

    def _bound(self, at: int, values: frozenset[str]) -> None:
        """Note whether the words before a number make it the least or the most."""
        most = numbers.bound(self.tokens, at) if values else None
        if most is not None:
            self.bounds.append(Bound(most, values))

    def _other(self, at: int) -> None:
        token, before = self.tokens[at], self.tokens[at - 1].text if at else ""
        behind = self.tokens[at + 1].text if at + 1 < len(self.tokens) else ""
        word, counted = token.text, bool(self._counted)
        self._counted = frozenset()
        what = Cue.TO if self._german and word == "an" else cue(word)
        if (word.startswith(_GIVE) and behind == "up") or (word == "give" and behind in _ASKERS):
            what = None
        if what is not None and what is not Cue.MUTUAL:
            passive = before in acting.BE and not word.endswith("ing")
            self.events.append(Event(what, passive=passive, last=comes_last(word)))
        if numbers.begins_bound(self.tokens, at):
            return
        if word in STOP_WORDS or what in {Cue.GIVING, Cue.TAKING} or (self._german and word in GERMAN_ONLY):
            return
        if before in HOW and word in MEASURES:
            self._measure(word, f"{before} {token.surface}")
            return
        if _is_counter(word) and (counted or before == KOREAN_HOW_MANY):
            return
        if token.script is Script.IDEOGRAPHIC:
            self._run(word, name=False)
        else:
            self._word(word, token.surface, role=word not in HALVES and cue(before) is not Cue.IN)
        if what is Cue.MUTUAL:
            self.events[-1] = Event(what)

    def _run(self, run: str, *, name: bool) -> None:
        """What an ideographic run holds: names wherever they begin, and the pieces between them."""
        left = ""
        while run:
            match = self._lexicon.read_run(run)
            if match is None:
                left, run = left + run[0], run[1:]
                continue
            self._leftover(left, name=name)
            taken = run[: len(run) - len(match.rest)]
            self._name(match, taken, ())
            left, run, name = "", match.rest, True
        self._leftover(left, name=name)

    def _leftover(self, left: str, *, name: bool) -> None:
        if name and (left in KOREAN_FROM or left in KOREAN_TO) and self.events:
            self.events.insert(len(self.events) - 1, Event(Cue.FROM if left in KOREAN_FROM else Cue.TO))
        if not left or left in STOP_WORDS or (name and left in KOREAN_ENDINGS):
            return
        readings = [
            left,
            *(left[: -len(end)] for end in KOREAN_ENDINGS if left.endswith(end) and len(left) > len(end) + 1),
        ]
        sure = dict.fromkeys(way for word in readings for way in ((word,), self._analysis.pieces(word)) if way)
        hints = [way for word in readings for way in meaning.of_word(word, self._lexicon, self._analysis)]
        hints += self._amounts
        self._put(Unit(UnitKind.WORD, left, tuple(dict.fromkeys((*sure, *hints))), (left,), sure=len(sure)))

    def _measure(self, word: str, surface: str) -> None:
        """ "How heavy" asks for a mass; "how big" may ask for anything."""
        ways = units.measured_by(word)
        if ways is not None:
            sure = (self._analysis.forms(word)[-1],)
            every = (sure, *((way,) for way in ways))
            self._put(Unit(UnitKind.WORD, surface, every, (word,), measure=True, sure=1))

    def _word(self, word: str, surface: str, *, role: bool) -> None:
        """`role`: the role of whoever speaks may explain it; where something happens is not where a minister sits."""
        stem = self._analysis.forms(word)[-1]
        sure = ((stem,), (f"r:{stem}",)) if role else ((stem,),)
        hints = meaning.of_word(word, self._lexicon, self._analysis, german=self._german)
        hints += ((change,),) if (change := changes.of_word(word)) else ()
        hints += self._amounts
        self._put(Unit(UnitKind.WORD, surface, (*sure, *hints), (word,), sure=len(sure)))

    def _name(self, match: Match, surface: str, tokens: Sequence[Token], *, where: bool = False) -> None:
        """`where`: a place is named; that a capital stands for its country is then not meant."""
        entry = match.entry
        typed = tuple(token.text for token in tokens) or entry.words
        slots = [(target.slot,) for target in entry.targets if target.slot]
        ways = [*slots, *self._as_words(entry, typed)]
        kind = UnitKind.TOPIC if any(slot.startswith("t:") for (slot,) in slots) else UnitKind.NAME
        means = entry.targets[0].name
        hints = (
            meaning.of_name(typed, self._lexicon, self._analysis, german=self._german) if kind is UnitKind.TOPIC else ()
        )
        where = where and _is_capital(entry, typed)
        if entry.town or where:  # "Pyongyang" is surely the town, and perhaps the country
            ways, hints = [tuple(self._analysis.forms(word)[-1] for word in typed)], () if where else tuple(slots)
        every = tuple(dict.fromkeys((*ways, *hints)))
        group = any(target.type is EntityType.ORGANISATION for target in entry.targets)
        unit = Unit(kind, surface, every, typed, entry.ambiguous, means, group, sure=len(set(ways)))
        place = self._put(unit, heard=False)
        person = any(target.type is EntityType.PERSON for target in entry.targets)
        thing = all(target.type in (EntityType.THING, EntityType.EVENT) for target in entry.targets)
        what = Cue.TOPIC if kind is UnitKind.TOPIC else Cue.PERSON if person else Cue.OTHER if thing else Cue.NAME
        ids = frozenset(target.slot[2:] for target in entry.targets)
        town = any(target.type is EntityType.PLACE for target in entry.targets)
        self.parties.update(target.slot[2:] for target in entry.targets if target.type in _PARTIES and target.slot)
        named = what is Cue.NAME
        people = named and (self.amount or bool(self._counted)) and is_people(typed[-1])
        self.events.append(Event(what, ids, place, named and is_adjective(typed[-1]), people, town, case_of(typed[-1])))
        if kind is UnitKind.TOPIC and self._counted:
            stems = frozenset(self._analysis.forms(word)[-1] for word in typed)
            self.counts.append(Count(self._counted, ids, stems))
            self._counted = frozenset()

    def _as_words(self, entry: Entry, typed: Sequence[str]) -> list[tuple[str, ...]]:
        """The plain words, where they alone may explain: topics, names of one word, and names of strangers.

        The words of "South Korea" prove nothing: they may stand apart, one of them behind "North".
        """
        proper = any(target.slot.startswith("e:") for target in entry.targets)
        if not entry.alone or (proper and len(typed) > 1):
            return []
        return [tuple(dict.fromkeys(self._analysis.forms(word)[-1] for word in typed))]

    def _put(self, unit: Unit, *, heard: bool = True) -> int:
        """Add a unit unless the same stands already; returns its place."""
        place = self._places.setdefault(unit.alternatives, len(self.units))
        if place == len(self.units):
            self.units.append(unit)
        if heard:
            self.events.append(Event(Cue.OTHER, unit=place))
        return place


def _amounts(number: numbers.Number, unit: str) -> tuple[str, ...]:
    """What a number comes to where the folded word behind it is a unit."""
    term = units.unit_of(unit) or ""
    return tuple(amount for value in number.values if (amount := units.amount(value, term.removeprefix("u:"))))


def _is_german(token: Token) -> bool:
    """Whether only German has such a word."""
    return token.text in GERMAN_MARKS or is_german_giving(token.text) or bool(_UMLAUT.search(token.surface))


def _is_where(preposition: str, name: str) -> bool:
    """Whether a preposition and the folded word behind it say where."""
    return preposition in _NEAR or (preposition in _INTO and name.endswith(_WHERE_ENDS))


def _is_capital(entry: Entry, typed: Sequence[str]) -> bool:
    """Whether a country is named by its capital, also where that is filed among its names."""
    if any(target.type is not EntityType.COUNTRY for target in entry.targets):
        return False
    return entry.town or bool((country := countries().find(typed)) and country.capital)


def _is_counter(word: str) -> bool:
    """Whether it is a Korean counter, with a particle or without: "350만 발을"."""
    return word in KOREAN_COUNTERS or (word[:-1] in KOREAN_COUNTERS and word[-1:] in KOREAN_ENDINGS)


def _values(number: numbers.Number | None) -> tuple[str, ...]:
    return tuple(f"n:{value}" for value in number.values) if number else ()

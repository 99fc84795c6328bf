"""From what somebody typed to a `Query`."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from bot.core.search import changes, comparing, numbers
from bot.core.search.lexicon import Lexicon
from bot.core.search.query import Query, Unit, UnitKind
from bot.core.search.relations import related
from bot.core.search.stopwords import STOP_WORDS
from bot.core.search.terms import Analysis, Token
from bot.core.search.walk import Walk
from bot.core.search.wordlist import words

MOST_CHARACTERS = 256  # of a question; what is longer is read as a message
MOST_UNITS = 12
MESSAGE_CHARACTERS = 4000
MESSAGE_UNITS = 60
# "— Name (@handle) January 6, 2020": who wrote a message and when, as it is copied along; no part of what it says.
_SIGNATURE = re.compile(r"(?<=\S) \(@\w{1,40}\) [A-Z][a-z]+ \d{1,2}, \d{4}\s*\Z")

# Behind these, "us" in small letters is the people who ask; else, before a word that says something, it is the country.
_DO_TO_PEOPLE = words(
    "tell tells told telling give gives gave given giving show shows showed shown let lets help helps helped helping"
    " remind get gets bring brings brought teach find send sends sent ask asks asked make makes made to for of with"
)
_AT_COUNTRIES = words("in from by against the vs versus")

Ways = tuple[tuple[str, ...], ...]


def parse(text: str, lexicon: Lexicon, analysis: Analysis, *, message: bool = False) -> Query:
    """Read a question, or a message of somebody who did not ask. Any text will do, also an empty one."""
    most, room = (MESSAGE_UNITS, MESSAGE_CHARACTERS) if message else (MOST_UNITS, MOST_CHARACTERS)
    long = len(text) > room
    if message:
        text = _SIGNATURE.sub("", text[:room])
    tokens = numbers.signs_behind(analysis.tokens(text[:room]))
    walk = Walk(tokens if message else _with_country(tokens), lexicon, analysis, spans=not message)
    walk.run(most)
    return _finished(walk, analysis, most=most, long=long, showing=())


def repaired(query: Query, text: str, swaps: Mapping[str, str], lexicon: Lexicon, analysis: Analysis) -> Query | None:
    """The query with words mended as `swaps` says; None when that would make somebody of half a name."""
    tokens = tuple(
        replace(token, text=near, surface=near) if (near := swaps.get(token.text)) else token
        for token in analysis.tokens(text[:MOST_CHARACTERS])
    )
    walk = Walk(_with_country(numbers.signs_behind(tokens)), lexicon, analysis)
    walk.run(MOST_UNITS)
    mended = [unit for unit in walk.units if set(swaps.values()) & set(unit.words)]
    if any(unit.ambiguous or not (unit.means or not lexicon.is_name_word(unit.words[0])) for unit in mended):
        return None  # half a name of somebody
    showing = tuple(unit.means or unit.surface for unit in mended)
    return _finished(walk, analysis, most=MOST_UNITS, long=query.long, showing=showing)


def _with_country(tokens: Sequence[Token]) -> tuple[Token, ...]:
    """The words of a question, with "us" in capitals where it is rather the country than those who ask."""

    def is_country(at: int) -> bool:
        before = tokens[at - 1].text if at else ""
        behind = tokens[at + 1].text if at + 1 < len(tokens) else ""
        if tokens[at].text != "us" or before in _DO_TO_PEOPLE:
            return False
        return before in _AT_COUNTRIES or (bool(behind) and behind not in STOP_WORDS)

    return tuple(replace(token, surface="US") if is_country(at) else token for at, token in enumerate(tokens))


def _finished(walk: Walk, analysis: Analysis, *, most: int, long: bool, showing: tuple[str, ...]) -> Query:
    relations = related(walk.events)
    units = [
        _as_speaker(unit, analysis) if at in relations.speakers else unit
        for at, unit in enumerate(_with_roles(walk.units, analysis))
    ]
    long = long or len(units) > most
    return Query(
        units=tuple(units[:most]),
        relations=relations,
        long=long,
        showing=showing,
        counts=tuple(walk.counts),
        amount=walk.amount,
        bounds=tuple(walk.bounds),
        spans=tuple(walk.spans),
        nouns=tuple(walk.nouns),
        parties=frozenset(walk.parties),
        acts=walk.acts,
        changes=changes.asserted(walk.tokens),
        how_many=walk.how_many,
        comparisons=comparing.asserted(walk.tokens, analysis),
    )


def _as_speaker(unit: Unit, analysis: Analysis) -> Unit:
    """Who is asked for as the one who said it: being spoken of is not enough then.

    Somebody whose role bears the name of an organisation ("spokeswoman for Bluewake Lines") speaks for it.
    """
    ways: Ways = tuple((f"s:{term[2:]}",) for (term, *_) in unit.alternatives if term.startswith("e:"))
    if unit.organisation and ways:
        house = dict.fromkeys(token.text for token in analysis.tokens(unit.means))
        ways = (*ways, tuple(f"r:{analysis.forms(word)[-1]}" for word in house))
    return replace(unit, alternatives=ways) if ways else unit


def _with_roles(units: Sequence[Unit], analysis: Analysis) -> tuple[Unit, ...]:
    """Names beside a plain word may be part of a role: "ukrainian president" is explained by "President of Ukraine"."""

    def widened(at: int, unit: Unit) -> Unit:
        if unit.kind is not UnitKind.NAME or unit.ambiguous or not unit.means:
            return unit
        ways = []
        for other in (*units[max(0, at - 1) : at], *units[at + 1 : at + 2]):
            if other.kind is UnitKind.WORD and other.words:
                role = f"r:{analysis.forms(other.words[0])[-1]}"
                house = tuple(token.text for token in analysis.tokens(unit.means))
                ways += [
                    (*(f"r:{analysis.forms(word)[-1]}" for word in words), role)
                    for words in dict.fromkeys((unit.words, house))
                ]
        return replace(unit, alternatives=(*unit.alternatives, *ways)) if ways else unit

    return tuple(widened(at, unit) for at, unit in enumerate(units))

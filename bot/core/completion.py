"""What a half-typed question may become: completed while it is typed, so everything here is bounded and unranked."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from itertools import islice

from bot.core.ports import Reading
from bot.core.search import numbers
from bot.core.search.lexicon import Lexicon
from bot.core.search.plan import AllOf, AnyOf, Plan, Term
from bot.core.search.stopwords import STOP_WORDS
from bot.core.search.terms import Analysis, Token

LENGTH = 100  # characters, typed or offered
NAMES, SCANNED_NAMES = 8, 64  # of one half-typed word
NUMBERS = 4
FACTS = 40  # that are looked at for one more name


async def newest(reading: Reading, limit: int) -> list[str]:
    """What is offered before anything is typed: the newest labels."""
    return _short([each.label for each in await reading.listed(limit=limit)], limit)


class Completion:
    """Completes one half-typed text in one view of the store."""

    def __init__(self, reading: Reading, lexicon: Lexicon, analysis: Analysis) -> None:
        self._reading = reading
        self._lexicon = lexicon
        self._analysis = analysis

    async def texts(self, tokens: Sequence[Token], limit: int) -> list[str]:
        """Names, topics and labels that go on from what is typed, each once."""
        names = await self._names(tokens)
        further = await self._further_names(tokens)
        labels = await self._labels([token.text for token in tokens], limit)
        return _short([*names, *further, *labels, *await self._counted(tokens)], limit)

    async def _names(self, tokens: Sequence[Token]) -> list[str]:
        """Names and topic labels of which a word goes on from here, one for each thing that some fact speaks of."""
        found = _beginning(self._lexicon, " ".join(token.text for token in tokens))
        frequencies = await self._reading.frequencies(list(found)) if found else None
        return [name for slot, name in found.items() if frequencies and frequencies.of.get(slot)]

    async def _further_names(self, tokens: Sequence[Token]) -> list[str]:
        """What is typed with one more name, where some fact speaks of all: "dprk am" goes on with the ammunition."""
        *typed, last = tokens
        named = _named(self._lexicon, typed)
        found = _beginning(self._lexicon, last.text) if named else {}
        if not found:
            return []
        plan = AllOf((*named, AnyOf(tuple(map(Term, found)))))
        rows = (await self._reading.candidates(plan, limit=FACTS)).rows
        here = {term for row in rows for term in row.matched}
        head = " ".join(token.surface for token in typed)
        return [
            f"{head} {name}" if self._analysis.tokens(name)[0].text.startswith(last.text) else name
            for slot, name in found.items()
            if slot in here
        ]

    async def _labels(self, typed: Sequence[str], limit: int) -> list[str]:
        """Labels of facts with a word for each that is typed."""
        key = max((word for word in typed if word not in STOP_WORDS), key=len, default=typed[-1])
        found = await self._reading.labels(key, limit=limit if len(typed) == 1 else 4 * limit)
        return [each.label for each in found if self._goes_on(each.label, typed)]

    async def _counted(self, tokens: Sequence[Token]) -> list[str]:
        """Labels of facts with the number that is typed: "3.5m" is "3.5 million"."""
        found = (numbers.read(tokens, at) for at in range(len(tokens)))
        values = list(dict.fromkeys(value for number in found if number for value in number.values))[:NUMBERS]
        if not values:
            return []
        plan = AnyOf(tuple(Term(f"n:{value}") for value in values))
        candidates = await self._reading.candidates(plan, limit=NAMES)
        return [row.document.facets.label for row in candidates.rows]

    def _goes_on(self, label: str, typed: Sequence[str]) -> bool:
        words = [token.text for token in self._analysis.tokens(label)]
        return all(any(word.startswith(each) for word in words) for each in typed)


def _beginning(lexicon: Lexicon, prefix: str) -> dict[str, str]:
    """Names of which a word goes on from here, by what they stand for."""
    start = bisect_left(lexicon.names, (prefix,))
    found: dict[str, str] = {}
    for folded, name, slot in lexicon.names[start : start + SCANNED_NAMES]:
        if not folded.startswith(prefix) or len(found) == NAMES:
            break
        if slot not in found or name == lexicon.labels[slot]:
            found[slot] = name
    return found


def _named(lexicon: Lexicon, tokens: Sequence[Token]) -> list[Plan]:
    """What a row of names stands for; nothing where one of the words says something else."""
    named: list[Plan] = []
    at = 0
    while at < len(tokens):
        match = lexicon.read(tokens, at)
        slots = [target.slot for target in match.entry.targets if target.slot] if match else []
        if slots:
            named.append(AnyOf(tuple(map(Term, slots))))
        elif tokens[at].text not in STOP_WORDS:
            return []
        at += match.size if match else 1
    return named


def _short(texts: Iterable[str], limit: int) -> list[str]:
    return list(islice(dict.fromkeys(text for text in texts if 0 < len(text) <= LENGTH), limit))

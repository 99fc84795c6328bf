"""Who does it, and to whom: "Ada sues Ben" is not "Ben sues Ada", though the same words occur.

Read from plain English sentences: the nearest name before a verb that no preposition marks, and the first one right
behind it; "by" and a form of "be" turn them round. Other languages, and verbs that are not listed, say nothing, and
nothing is then concluded.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from bot.core.model.names import EntityType
from bot.core.search.lexicon import Lexicon
from bot.core.search.relations import is_adjective
from bot.core.search.terms import Analysis, Token
from bot.core.search.wordlist import words

_VERBS = """
    sue lend pay urge recall concede congratulate telephone wish buy sell accuse blame invade occupy bomb threaten warn
    accept reject deny refuse sign join leave detain kill injure beat meet praise criticise criticize condemn owe close
    open build raise lower win lose elect resign free recognise recognize annex destroy deploy withdraw expel extradite
    poison mock thank insult invite ask hire fire sack dismiss appoint nominate approve ratify break violate abandon
    betray evacuate replace succeed marry divorce shoot stab rob steal borrow acquire demand promise
"""
# The same word may be a thing: "iran attack" is by Iran or on it.
_NOUNS_TOO = """
    count ban sanction arrest defeat visit call support help export import cut torture release exchange return capture
    attack strike hit order fund finance veto rescue host boycott murder purchase offer vote plan
"""
FORMS = {
    "sued": "sue", "suing": "sue",
    "lent": "lend", "paid": "pay", "bought": "buy", "sold": "sell", "left": "leave", "met": "meet", "built": "build",
    "won": "win", "lost": "lose", "withdrew": "withdraw", "withdrawn": "withdraw", "broke": "break", "broken": "break",
    "shot": "shoot", "stole": "steal", "stolen": "steal", "struck": "strike", "beaten": "beat",
}  # fmt: skip
BE = words("be is are was were been being am get gets got")
_ASKING = words("did do does will would shall should can could may might must to has have had")
_SELF = words("i we our my us")
_OURS = words("our my")
_OTHERS = words("he she they it who which that")
_PREPOSITIONS = words(
    "to from for in of by with at on over against about into onto under before after near between among through"
)
_BEFORE, BEHIND = 5, 4  # words between a name and its verb, and behind the verb


@dataclass(frozen=True, slots=True)
class Act:
    """One verb, with whoever may do it and those to whom it is done, as "person:ada"; empty where that is not said."""

    verb: str  # stem
    subject: frozenset[str]
    object: frozenset[str]
    sure: bool  # no thing of the same name can be meant


@dataclass(frozen=True, slots=True)
class _Name:
    """A name in a row of words."""

    at: int
    end: int
    ids: frozenset[str]
    marked: bool  # a preposition stands before it
    adjective: bool


def acts(
    tokens: Sequence[Token], lexicon: Lexicon, analysis: Analysis, *, myself: frozenset[str] = frozenset()
) -> tuple[Act, ...]:
    """What is done in these words. `myself`: ids of whoever says "I" and "we"."""
    verbs = _verbs(analysis)
    found = [(at, *verbs[stem]) for at, token in enumerate(tokens) if (stem := analysis.stem(token.text)) in verbs]
    names = tuple(_names(tokens, lexicon, myself)) if found else ()
    taken: set[int] = set()  # names that something is done to
    made: list[Act] = []
    for at, verb, noun_too in found:
        if any(name.at <= at < name.end for name in names):
            continue
        before, behind = _before(tokens, names, at, taken), _behind(names, at)
        agent = _agent(tokens, names, at)
        passive = agent is not None or (at > 0 and tokens[at - 1].text in BE)
        doer, done_to = (agent, before) if passive else (before, behind)
        taken.update(name.at for name in (done_to,) if name)
        goes_on = at > 0 and tokens[at - 1].text == "and" and made
        asked = any(token.text in _ASKING for token in tokens[max(0, at - 3) : at])
        made.append(
            Act(
                verb=verb,
                subject=made[-1].subject if goes_on else doer.ids if doer else frozenset(),
                object=done_to.ids if done_to else frozenset(),
                sure=asked or passive or behind is not None or not noun_too or tokens[at].text.endswith("ed"),
            )
        )
    return tuple(made)


def has_verbs(tokens: Iterable[Token], analysis: Analysis) -> bool:
    """Whether anything may be done in these words."""
    verbs = _verbs(analysis)
    return any(analysis.stem(token.text) in verbs for token in tokens)


def terms(found: Iterable[Act]) -> Iterator[str]:
    """What the index keeps of them: `v:sue:s:person:ada` does it, `v:sue:o:person:ben` suffers it."""
    for act in found:
        yield from (f"v:{act.verb}:s:{each}" for each in sorted(act.subject) if not each.endswith(":"))
        yield from (f"v:{act.verb}:o:{each}" for each in sorted(act.object) if not each.endswith(":"))


def named(sort: EntityType | None, own: str) -> str:
    """An entity as acts have it."""
    return f"{sort or ''}:{own}"


def alike(asked: Sequence[Act], on_file: Iterable[str]) -> bool:
    """Whether a fact with these terms may speak of what is asked: nobody else does it, and to nobody else."""
    if not asked:
        return True
    known = [term.split(":", 3) for term in on_file if term.startswith("v:")]
    for act in asked:
        for role, ids in (("s", act.subject), ("o", act.object)):
            there = {name for _, verb, what, name in known if (verb, what) == (act.verb, role)}
            if act.sure and there.isdisjoint(ids) and not _sorts(there).isdisjoint(_sorts(ids)):
                return False
    return True


def _sorts(ids: Iterable[str]) -> set[str]:
    """Persons are compared with persons, countries with countries: one may stand for the other."""
    return {each.partition(":")[0] for each in ids}


def _names(tokens: Sequence[Token], lexicon: Lexicon, myself: frozenset[str]) -> Iterator[_Name]:
    at = 0
    while at < len(tokens):
        marked = at > 0 and tokens[at - 1].text in _PREPOSITIONS
        match = lexicon.read(tokens, at)
        targets = match.entry.targets if match else ()
        if match and all(target.type is not None for target in targets):
            ids = frozenset(named(target.type, target.slot[2:]) for target in targets)
            nation = any(target.type is EntityType.COUNTRY for target in targets)
            yield _Name(at, at + match.size, ids, marked, nation and is_adjective(tokens[at].text))
            at += match.size
            continue
        if tokens[at].text in _SELF and myself:
            yield _Name(at, at + 1, myself, marked, tokens[at].text in _OURS)
        elif tokens[at].text in _OTHERS:
            yield _Name(at, at + 1, frozenset(), marked, False)
        at += 1


def _before(tokens: Sequence[Token], names: Sequence[_Name], at: int, taken: set[int]) -> _Name | None:
    """Whoever stands nearest before a verb: of a nation's adjective with one noun between, of "our" with two words."""
    for name in reversed([each for each in names if each.end <= at]):
        apart = sum(token.text not in _ASKING | BE for token in tokens[name.end : at])
        if apart > _BEFORE:
            return None
        most = 2 if tokens[name.at].text in _OURS else 1
        if not name.marked and name.at not in taken and (not name.adjective or 1 <= apart <= most):
            return name
    return None


def _behind(names: Sequence[_Name], at: int) -> _Name | None:
    """To whom it is done: "urged Chinese leader Xi" means Xi."""
    following = [each for each in names if at < each.at <= at + BEHIND and not each.marked and not each.adjective]
    return following[0] if following else None


def _agent(tokens: Sequence[Token], names: Sequence[_Name], at: int) -> _Name | None:
    """Whoever stands behind "by"."""
    by = next((place for place in range(at + 1, min(at + 3, len(tokens))) if tokens[place].text == "by"), None)
    return next((each for each in names if by is not None and by < each.at <= by + 2), None)


@lru_cache(2)
def _verbs(analysis: Analysis) -> dict[str, tuple[str, bool]]:
    """Stem of a form -> stem of the verb, and whether it is a thing, too."""
    found = {analysis.stem(verb): (analysis.stem(verb), noun) for text, noun in ((_VERBS, False), (_NOUNS_TOO, True))
             for verb in text.split()}  # fmt: skip
    return found | {analysis.stem(form): found[analysis.stem(verb)] for form, verb in FORMS.items()}

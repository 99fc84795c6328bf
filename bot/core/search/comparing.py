"""What is compared with what: "nurses earn less than teachers" is not "teachers earn less than nurses".

Read where a word of comparison and a "than" stand together, in four languages. Comparisons with a number ("more than
twenty") are bounds and say nothing here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import product

from bot.core.search import changes, numbers
from bot.core.search.stopwords import STOP_WORDS
from bot.core.search.terms import Analysis, Script, Token
from bot.core.search.wordlist import words

MORE, LESS = "+", "-"

_LESS = words(
    """
    less fewer lower smaller cheaper younger shorter slower weaker lighter poorer
    менше нижче гірше дешевше слабше меньше ниже хуже дешевле слабее
    weniger geringer niedriger kleiner billiger schlechter junger kurzer langsamer schwacher leichter
    """
)
_MORE = words(
    """
    more greater better
    більше вище краще дорожче старше больше выше лучше дороже старше mehr hoher teurer alter
    """
)
_ENDS = ("er", "іше", "ее")  # of other words of comparison: "heavier", "важливіше", "сильнее"
_NONE = words("rather other another either neither whether never ever over under after oder aber unter uber wieder nur")
_THAN = words("than ніж чем als")
_BETWEEN = 2  # words between one of comparison and "than": "more nurses than teachers"
_BEFORE, _BEHIND = 5, 4  # words on either side that are looked at, those before without stop words
_NEGATED = 3  # words before one of comparison among which "not" may stand


@dataclass(frozen=True, slots=True)
class Comparison:
    """One comparison: stems of what stands on either side of it."""

    left: frozenset[str]
    sign: str
    right: frozenset[str]


def comparisons(tokens: Sequence[Token], analysis: Analysis) -> tuple[Comparison, ...]:
    """What these words compare."""
    return tuple(_comparisons(tokens, analysis))


def asserted(tokens: Sequence[Token], analysis: Analysis) -> tuple[Comparison, ...]:
    """The same of a question; one that asks whether it is so, asserts nothing."""
    return () if changes.asks_whether(tokens) else comparisons(tokens, analysis)


def terms(found: Iterable[Comparison]) -> Iterator[str]:
    """What the index keeps of them: `x:-:nurs:teacher`, for each pair of words on either side."""
    for each in found:
        yield from (f"x:{each.sign}:{a}:{b}" for a, b in product(sorted(each.left), sorted(each.right)))


def alike(asked: Sequence[Comparison], on_file: Iterable[str]) -> bool:
    """Whether a fact with these terms may say what is asked: it does not say the reverse of the same things."""
    if not asked:
        return True
    known = {(sign, a, b) for _, sign, a, b in (term.split(":") for term in on_file if term.startswith("x:"))}
    for each in asked:
        other = LESS if each.sign == MORE else MORE
        pairs = set(product(each.left, each.right))
        said = {(each.sign, a, b) for a, b in pairs} | {(other, b, a) for a, b in pairs}
        against = {(other, a, b) for a, b in pairs} | {(each.sign, b, a) for a, b in pairs}
        if not known.isdisjoint(against) and known.isdisjoint(said):
            return False
    return True


def _comparisons(tokens: Sequence[Token], analysis: Analysis) -> Iterator[Comparison]:
    for than in (at for at, token in enumerate(tokens) if token.text in _THAN):
        near = range(than - 1, max(-1, than - 2 - _BETWEEN), -1)
        at = next((place for place in near if _sign(tokens[place].text)), None)
        if at is None or than + 1 == len(tokens) or _is_number(tokens[than + 1]):
            continue
        if any(token.text in changes.NOT for token in tokens[max(0, at - _NEGATED) : at]):
            continue  # "do not earn more" may be as much
        left = [*[token for token in tokens[:at] if _counts(token)][-_BEFORE:], *tokens[at + 1 : than]]
        one = _stems(left, analysis)
        another = _stems(_first(tokens[than + 1 : than + 1 + _BEHIND]), analysis)
        if one - another and another - one:
            yield Comparison(one - another, _sign(tokens[at].text), another - one)


def _first(tokens: Sequence[Token]) -> list[Token]:
    """The first words that mean something, up to the next that do not: "our teachers" of "our teachers and that"."""
    start = next((at for at, token in enumerate(tokens) if token.text not in STOP_WORDS), len(tokens))
    end = next((at for at in range(start, len(tokens)) if tokens[at].text in STOP_WORDS), len(tokens))
    return list(tokens[start:end])


def _stems(tokens: Iterable[Token], analysis: Analysis) -> frozenset[str]:
    return frozenset(analysis.stem(token.text) for token in tokens if _counts(token))


def _counts(token: Token) -> bool:
    return token.script is Script.WORD and token.text not in STOP_WORDS


def _sign(word: str) -> str:
    """Whether a folded word makes it less or more; "" where it compares nothing."""
    if word in _LESS:
        return LESS
    return MORE if word in _MORE or (word.endswith(_ENDS) and word not in _NONE) else ""


def _is_number(token: Token) -> bool:
    return token.script is Script.NUMBER or numbers.small(token.text) is not None

"""Whether something is said to go up, to go down or to stay: "up 14 percent" is not "down 14 percent"."""

from __future__ import annotations

from collections.abc import Sequence

from bot.core.search import numbers
from bot.core.search.terms import Script, Token
from bot.core.search.wordlist import words

UP, DOWN, SAME = "c:+", "c:-", "c:="

_WORDS = {
    UP: words(
        """
        up rise rises rose risen rising increase increases increased increasing higher grow grows grew grown growing
        growth bigger raise raises raised raising climb climbs climbed surge surges surged soar soars soared dearer more
        більше більш больше mehr teurer hoher
        """
    ),
    DOWN: words(
        """
        down fall falls fell fallen falling drop drops dropped dropping decrease decreases decreased decreasing decline
        declines declined lower lowers lowered cut cuts cutting reduce reduces reduced reducing shrink shrinks shrank
        shrunk less fewer cheaper менше меньше weniger billiger niedriger
        """
    ),
    SAME: words(
        "stay stays stayed staying remain remains remained unchanged bleibt bleiben blieb залишиться останется"
    ),
}
_BEGINNINGS = {
    UP: ("зрос", "зріс", "вирос", "виріс", "збільш", "підвищ", "подорож", "вырос", "вырас", "растет", "растут",
         "возрос", "увелич", "повыс", "gestieg", "steig", "stieg", "erhoh"),
    DOWN: ("зниз", "зниж", "впал", "впав", "зменш", "скорот", "скороч", "подешев", "сниз", "сниж", "упал", "уменьш",
           "сократ", "сокращ", "gesunk", "sink", "gesenkt", "senk", "gekurzt"),
}  # fmt: skip
_WHETHER = words("do does did is are was were will would has have had can could чи ли разве hat haben ist sind wird")
_THAN = words("than ніж за чем als")
NOT = words("not no nor never isnt wont cannot не ні ни nicht kein")
_NOT_UP = words("to with for on")  # "up to twenty", "up with it"
_OTHER_UP = words("give gives gave given giving set sets end ends ended pick picks picked make makes made what whats")


def changes(tokens: Sequence[Token]) -> frozenset[str]:
    """Terms of what these words say of a change."""
    return frozenset(found for at in range(len(tokens)) if (found := _change(tokens, at)))


def asserted(tokens: Sequence[Token]) -> frozenset[str]:
    """The same of a question; one that asks whether it is so, asserts nothing."""
    return frozenset() if asks_whether(tokens) else changes(tokens)


def asks_whether(tokens: Sequence[Token]) -> bool:
    """Whether a question begins like one that yes or no would answer."""
    return bool(tokens) and tokens[0].text in _WHETHER


def of_word(word: str) -> str | None:
    """The term of a folded word of change."""
    for term, known in _WORDS.items():
        if word in known:
            return term
    return next((term for term, begins in _BEGINNINGS.items() if word.startswith(begins)), None)


def agree(asked: frozenset[str], on_file: frozenset[str]) -> bool:
    """Whether both may speak of the same change; where one says nothing of any, they may."""
    said = on_file & {UP, DOWN, SAME}
    return not asked or not said or not asked.isdisjoint(said)


def _change(tokens: Sequence[Token], at: int) -> str | None:
    word = tokens[at].text
    before = tokens[at - 1].text if at else ""
    behind = tokens[at + 1].text if at + 1 < len(tokens) else ""
    if word == "up" and (behind in _NOT_UP or before in _OTHER_UP):
        return None
    if any(token.text in NOT for token in tokens[max(0, at - 3) : at]):
        return None  # "not a tenth less"
    if behind in _THAN and at + 2 < len(tokens) and _is_number(tokens[at + 2]):
        return None  # "more than twenty" is a bound
    if word in {"more", "mehr", "більше", "больше"} and not _counts(tokens, at):
        return None  # "more cooperation" is no change of an amount
    return of_word(word)


def _counts(tokens: Sequence[Token], at: int) -> bool:
    """A number stands one or two words before."""
    return any(_is_number(token) for token in tokens[max(0, at - 2) : at])


def _is_number(token: Token) -> bool:
    return token.script is Script.NUMBER or numbers.small(token.text) is not None

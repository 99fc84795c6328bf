"""Whom a passage names near the words: whether the speaker stands there, and whether as somebody else of that name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from bot.core.model.fact import Speaker
from bot.core.model.names import Entity, EntityType
from bot.core.search import slavic
from bot.core.search.stopwords import STOP_WORDS
from bot.core.search.wordlist import words as listed

NEAR = 400  # characters around the words in which the speaker's name is looked for
_ENDING = 2  # letters that a form of a name may have more: Muster's, Musters
_SHORTEST = 3  # letters of a name that has forms
_WORD = re.compile(r"\w+(?:['-]\w+)*")
_QUOTED = re.compile(r'"[^"\n]*"?')
#: Written with a capital before a name, or behind it, without being a part of it.
_NO_NAMES = listed(
    """
    president vice prime minister premier chancellor king queen prince princess pope general colonel captain major
    lieutenant sergeant admiral marshal mr mrs ms miss dr prof professor sir dame lord lady judge justice mayor governor
    senator secretary deputy chairman chairwoman chair speaker ambassador commander chief director head spokesman
    spokeswoman spokesperson leader congressman congresswoman mp
    monday tuesday wednesday thursday friday saturday sunday yesterday today
    präsident präsidentin minister ministerin kanzler kanzlerin bürgermeister herr frau sprecher general
    montag dienstag mittwoch donnerstag freitag samstag sonntag
    президент міністр министр премєр премьер канцлер король генерал полковник капітан капитан майор адмірал маршал пан
    пані доктор професор профессор мер мэр губернатор депутат депутатка сенатор секретар секретарь голова глава
    командувач директор речник речниця лідер посол
    """
)


def surroundings(text: str, words: str) -> str | None:
    """What stands around the words outside quotation marks; None where the words do not stand there."""
    at = text.find(words)
    if at < 0:
        return None
    unquoted = _QUOTED.sub(lambda found: "\n" * len(found[0]), text)
    return f"{unquoted[max(0, at - NEAR) : at]}\n{unquoted[at + len(words) : at + len(words) + NEAR]}"


def stands_near(speaker: Speaker, entity: Entity | None, around: Iterable[str]) -> bool:
    """The last word of the name as typed or filed, or the whole of another name on file, in any form."""
    wanted = [_words(speaker.name_in_source.partition(",")[0])[-1:]]
    if entity is not None:
        alone = {each.casefold() for each in entity.ambiguous}
        names = [name for name in _names(entity) if name.casefold() not in alone]
        wanted += [each[-1:] for each in (_words(entity.name),) if not alone.intersection(each[-1:])]
        wanted += [_words(name) for name in names]
    return any(_stands(each, text) for text in around for each in wanted if each)


def somebody_else(speaker: Speaker, entity: Entity, around: Iterable[str]) -> str | None:
    """The name as it stands there with a part directly beside it that none of the names on file has."""
    if entity.type is not EntityType.PERSON:
        return None
    name = _words(speaker.name_in_source.partition(",")[0])
    known = {*_words(" ".join((*_names(entity), speaker.name_in_source, speaker.role_in_source))), *_NO_NAMES}
    for text in around if name else ():
        found = list(_WORD.finditer(text))
        for first in _places(name, [each[0].casefold() for each in found]):
            last = first + len(name) - 1
            for beside, near in ((first - 1, first), (last + 1, last)):
                start, end = sorted((beside, near))
                if not 0 <= beside < len(found) or text[found[start].end() : found[end].start()] != " ":
                    continue
                word = found[beside][0]
                opens = beside < first and word.casefold() in STOP_WORDS  # a sentence: "Then Muster said"
                if word[0].isupper() and not opens and not any(_same(word.casefold(), each) for each in known):
                    return text[found[min(beside, first)].start() : found[max(beside, last)].end()]
    return None


def _names(entity: Entity) -> Iterator[str]:
    yield entity.name
    yield from (each.text for each in entity.aliases)
    yield from entity.ambiguous


def _stands(name: Sequence[str], text: str) -> bool:
    folded = text.casefold()
    if all(each.lower() == each.upper() for each in name):  # a script without capitals, and often without blanks
        return " ".join(name) in folded
    return next(_places(name, _words(folded)), None) is not None


def _places(name: Sequence[str], text: Sequence[str]) -> Iterator[int]:
    """Where the words of a name stand in a row."""
    for first in range(len(text) - len(name) + 1):
        if all(_same(text[first + place], each) for place, each in enumerate(name)):
            yield first


def _same(word: str, name: str) -> bool:
    """Whether a word is a form of this one; both in small letters."""
    if word == name:
        return True
    if slavic.is_cyrillic(word) and slavic.is_cyrillic(name):
        return slavic.stem(word) == slavic.stem(name)
    return len(name) >= _SHORTEST and word.startswith(name) and len(word) - len(name) <= _ENDING


def _words(text: str) -> list[str]:
    """In small letters; what belongs to no alphabet with capitals stays whole."""
    return [each.casefold() for each in _WORD.findall(text)] if text.lower() != text.upper() else text.split()

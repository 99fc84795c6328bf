"""The names on file, in all scripts, and what they stand for: how a row of words is read as people, countries, topics.

A name is kept under its letters written together, so that "Tae-hyo", "Tae Hyo" and "Taehyo" are one name; forms of a
name ("кореї", "missiles") are kept under the stems of its words and checked word by word. The longest name wins.
Names that belong to several entities, or that an entity declares ambiguous, are read as any of them and never answer
alone. A name that somebody must not be confused with is known too, so that it is never read as a part of itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from bot.core.model.names import Entity, EntityType, Topic
from bot.core.ports import Vocabulary
from bot.core.search import slavic
from bot.core.search.countries import FIRST, Country, countries
from bot.core.search.sieve import Sieve
from bot.core.search.slips import one_slip, other_sex
from bot.core.search.stopwords import STOP_WORDS
from bot.core.search.terms import Analysis, Script, Token, slot

_ARTICLES = frozenset({"the", "a", "an", "der", "die", "das"})
LONGEST_NAME = 8  # words
MOST_PARTED = 6  # words in which a shorter name may be written ("U.S.S.R."), and those of a country
MOST_TARGETS = 4  # of a name that several things share
_OF_COMMON_WORDS = frozenset(
    {EntityType.ORGANISATION, EntityType.THING, EntityType.EVENT}
)  # "Railway Union", "the Crown"


@dataclass(frozen=True, slots=True)
class Target:
    """One thing a name may stand for."""

    slot: str  # "e:north-korea", "t:dprk-ammunition"; "" for a stranger
    name: str  # the house spelling, for people
    type: EntityType | None  # None for topics and strangers
    stranger: bool = False  # known only as somebody that somebody else is not


@dataclass(frozen=True, slots=True)
class Entry:
    """One way to write a name, and what it stands for."""

    words: tuple[str, ...]  # folded
    targets: tuple[Target, ...]
    ambiguous: bool
    capitals: bool  # also a common word ("us", "who"): counts only when typed in capitals
    alone: bool = True  # the plain words in a fact may speak of it; "guinea" may be a part of "Equatorial Guinea"
    town: bool = False  # a capital that may speak for its country; sure is only the town itself


@dataclass(frozen=True, slots=True)
class Match:
    """A name found in a row of tokens."""

    entry: Entry
    size: int  # tokens
    rest: str = ""  # what an ideographic token holds after the name


class Lexicon:
    """All names of one vocabulary."""

    def __init__(self, analysis: Analysis) -> None:
        self._analysis = analysis
        self._exact: dict[str, Entry] = {}
        self._stems: dict[str, list[Entry]] = {}
        self._ideographic: dict[str, Entry] = {}
        self._longest_run = 0
        self._beginnings = Sieve()  # of the first letters and the first stems of names
        self._longest = MOST_PARTED  # words of the longest name
        self._first_words: dict[str, dict[str, frozenset[str]]] = {}
        self._countries: dict[str, tuple[Target, ...]] = {}  # code -> those on file
        self.names: list[tuple[str, str, str]] = []  # (folded, as written, slot), from each word on
        self.labels: dict[str, str] = {}  # slot -> house name or label
        self.parts: dict[str, frozenset[str]] = {}  # stem of a common word -> slots of names that it is part of

    def add(self, target: Target, texts: Iterable[str], ambiguous: Iterable[str] = ()) -> None:
        """Take in the names of one thing."""
        for text, unclear in [*((text, False) for text in texts), *((text, True) for text in ambiguous)]:
            tokens = self._analysis.tokens(text)[:LONGEST_NAME]
            if len(tokens) > 1 and tokens[0].text in _ARTICLES:
                tokens = tokens[1:]  # "The Ulgar Dam" is no longer name than "Ulgar Dam"
            if tokens:
                self._add(target, tokens, unclear)
        for name in dict.fromkeys((target.name, *texts)):
            self._complete(name, target.slot)
        self.labels[target.slot] = target.name

    def _complete(self, name: str, slot: str) -> None:
        """Let a name be completed from each of its words."""
        words = [token.text for token in self._analysis.tokens(name)[:LONGEST_NAME]]
        for at, word in enumerate(words):
            if at == 0 or (len(word) > 2 and word not in STOP_WORDS):
                self.names.append((" ".join(words[at:]), name, slot))

    def add_stranger(self, name: str) -> None:
        """Take in a name that belongs to nobody on file, so that no part of it is read as somebody else."""
        tokens = self._analysis.tokens(name)[:LONGEST_NAME]
        if tokens and "".join(token.text for token in tokens) not in self._exact:
            self._add(Target("", name, None, stranger=True), tokens, unclear=False)

    def add_parts(self, slot: str, texts: Iterable[str], *, german: bool = False) -> None:
        """Take in the words of names that are made of common words: each of them points to the thing."""
        tokens = (token for text in texts for token in self._analysis.tokens(text)[: 2 * LONGEST_NAME])
        stemmed = self._analysis.german if german else self._analysis.stem
        for token in tokens:
            letter = token.script is Script.WORD and len(token.text) == 1  # the M of "M-1989" says nothing
            if token.script is Script.NUMBER or letter or token.text in STOP_WORDS:
                continue
            if stem := stemmed(token.text):
                self.parts[stem] = self.parts.get(stem, frozenset()) | {slot}

    def add_country(self, target: Target, texts: Sequence[str]) -> None:
        """Give a country on file all the names that the world has for it; its own house spelling says which it is."""
        known = [countries().find([token.text for token in self._analysis.tokens(text)]) for text in texts if text]
        found = [each if each and not each.capital else None for each in known]
        codes = [each.codes[0] for each in found if each and len(each.codes) == 1]
        house = found[0] if found else None
        if house and len(house.codes) == 1:
            codes = codes[:1]
        if len(set(codes)) == 1:
            self._countries[codes[0]] = (*self._countries.get(codes[0], ()), target)

    def read(self, tokens: Sequence[Token], at: int) -> Match | None:
        """The longest name that begins at this token; inside an ideographic token the longest one it begins with."""
        if tokens[at].script is Script.IDEOGRAPHIC and (inside := self._inside(tokens[at].text)):
            longer = self._spanning(tokens, at, shortest=2)
            return longer or inside
        return self._spanning(tokens, at, shortest=1)

    def read_run(self, run: str) -> Match | None:
        """The longest name that an ideographic run begins with."""
        return self._inside(run)

    def near(self, word: str) -> str | None:
        """The one word of the names that is a single slip away from this word; None when there is none, or several.

        A word of somebody's name is no slip in another's. Several spellings count as one when they belong to exactly
        the same things, and so do forms of a topic's word.
        """
        found = self.neighbours(word)
        if self.is_name_word(word) or any(other_sex(word, known) for known in found):
            return None
        if len(set(found.values())) != 1:
            one = len({self._analysis.stem(known) for known in found}) == 1
            return min(found) if one and not any(map(self.is_name_word, found)) else None
        meant = next(iter(found.values()))
        others = countries().near(word, one_slip)  # "zambi" is as near to a country that nobody has filed
        ours = {code for code, targets in self._countries.items() if any(each.slot in meant for each in targets)}
        return min(found) if others <= ours else None

    def neighbours(self, word: str) -> dict[str, frozenset[str]]:
        """The words of names a single slip away from this word, with the things whose names they are part of."""
        letters = len(word)
        if letters < 5 or not word.isalpha():
            return {}
        return {
            known: slots
            for size in (letters - 1, letters, letters + 1)
            for known, slots in self._first_words.get(f"{word[0]}{size}", {}).items()
            if (letters >= 7 or any(each.startswith("e:") for each in slots)) and one_slip(word, known)
        }

    def is_name_word(self, word: str) -> bool:
        """Whether a word is part of the name of somebody or something, topics aside."""
        slots = self._first_words.get(f"{word[0]}{len(word)}", {}).get(word, frozenset())
        return any(not slot.startswith("t:") for slot in slots)

    def _spanning(self, tokens: Sequence[Token], at: int, *, shortest: int) -> Match | None:
        row = tokens[at : at + self._longest]
        words = [token.text for token in row]
        stems = [self._analysis.stem(word) for word in words]
        reach, filed = countries().reach(words), self._may_begin("".join(words), stems[0])
        for size in range(len(row) if filed else reach, shortest - 1, -1):
            part = row[:size]
            entry = (self._exact.get("".join(words[:size])) or self._form(part, stems[:size])) if filed else None
            if entry is None and size <= reach and (country := countries().find(words[:size])):
                entry = self._world(country)
            if entry and not _by_chance(entry, part):
                return Match(entry, size)
        return None

    def _may_begin(self, letters: str, stem: str) -> bool:
        """Whether a name on file may begin with these letters, or with a form of this stem."""
        begins = any(self._beginnings.passes(letters[:size]) for size in range(1, FIRST + 1))
        return begins or self._beginnings.passes(stem)

    def _form(self, part: Sequence[Token], stems: Sequence[str]) -> Entry | None:
        entries = [entry for entry in self._stems.get(" ".join(stems), ()) if _is_form(part, entry)]
        return entries[0] if len(entries) == 1 else _joined(entries)

    def _inside(self, run: str) -> Match | None:
        country = countries().inside(run)
        for size in range(min(len(run), self._longest_run), 0, -1):
            entry = self._ideographic.get(run[:size])
            if entry and size >= (country[1] if country else 0):
                return Match(entry, 1, run[size:])
        return Match(self._world(country[0]), 1, run[country[1] :]) if country else None

    def _world(self, country: Country) -> Entry:
        """A country by a name that nobody has filed: the one on file, or one of which nothing is known here."""
        targets = [
            target
            for code in country.codes
            for target in self._countries.get(code)
            or (Target("", countries().house(code), EntityType.COUNTRY, stranger=True),)
        ]
        word = country.words[0] if len(country.words) == 1 else ""
        return Entry(
            country.words,
            tuple(targets[:MOST_TARGETS]),
            ambiguous=len(targets) > 1,
            capitals=word in STOP_WORDS,
            alone=bool(word) and not country.shared and len(country.codes) == 1,
            town=country.capital,
        )

    def _add(self, target: Target, tokens: Sequence[Token], unclear: bool) -> None:
        words = tuple(token.text for token in tokens)
        key = "".join(words)
        alone = target.type is not EntityType.COUNTRY or not ((country := countries().find(words)) and country.shared)
        entry = Entry(words, (target,), unclear, len(words) == 1 and key in STOP_WORDS, alone)
        known = self._exact.get(key)
        entry = (_joined([known, entry]) or entry) if known else entry
        self._exact[key] = entry
        self._beginnings.add(key[:FIRST])
        if all(token.script is Script.IDEOGRAPHIC for token in tokens):
            self._ideographic[key] = entry
            self._longest_run = max(self._longest_run, len(key))
            return
        stems = " ".join(map(self._analysis.stem, words))
        self._beginnings.add(stems.partition(" ")[0])
        alike = self._stems.setdefault(stems, [])
        self._longest = max(self._longest, len(words))
        alike[:] = [each for each in alike if each.words != words]
        alike.append(entry)
        for word in words:
            if len(word) >= 5 and word.isalpha():
                bucket = self._first_words.setdefault(f"{word[0]}{len(word)}", {})
                bucket[word] = bucket.get(word, frozenset()) | {target.slot or f"stranger:{target.name}"}


def build(vocabulary: Vocabulary, analysis: Analysis) -> Lexicon:
    """The lexicon of a vocabulary."""
    lexicon = Lexicon(analysis)
    for _ in built(lexicon, vocabulary):
        pass
    return lexicon


def built(lexicon: Lexicon, vocabulary: Vocabulary) -> Iterator[None]:
    """Fill a lexicon, giving way after every name, so that a caller can share the processor."""
    for entity in vocabulary.entities:
        if not entity.placeholder:
            _add_entity(lexicon, entity)
        yield
    for topic in vocabulary.topics:
        _add_topic(lexicon, topic)
        yield
    for series in vocabulary.series:
        lexicon.add_parts(slot("c", series.id), (series.label,))
        yield
    on_file = {entity.id for entity in vocabulary.entities}
    for entity in vocabulary.entities:
        for other in entity.not_to_be_confused_with:
            if other not in on_file:
                lexicon.add_stranger(other.replace("-", " "))
    lexicon.names.sort()


def _add_entity(lexicon: Lexicon, entity: Entity) -> None:
    target = Target(slot("e", entity.id), entity.name, entity.type)
    names = (entity.name, *(alias.text for alias in entity.aliases))
    lexicon.add(target, names, entity.ambiguous)
    if entity.type in _OF_COMMON_WORDS:
        lexicon.add_parts(target.slot, names)
    if entity.type in {EntityType.COUNTRY, EntityType.PLACE}:
        lexicon.add_country(target, names)


def _add_topic(lexicon: Lexicon, topic: Topic) -> None:
    target = Target(slot("t", topic.id), topic.label, None)
    lexicon.add(target, names := (topic.label, *(alias.text for alias in topic.aliases)))
    lexicon.add_parts(target.slot, names)
    lexicon.add_parts(target.slot, (each.text for each in topic.aliases if each.language == "de"), german=True)


def _joined(entries: Sequence[Entry]) -> Entry | None:
    """One entry for names that are written alike."""
    if not entries:
        return None
    targets = tuple(dict.fromkeys(target for entry in entries for target in entry.targets))[:MOST_TARGETS]
    several = len({target.slot or target.name for target in targets if not target.slot.startswith("t:")}) > 1
    return replace(
        entries[-1],
        targets=targets,
        ambiguous=several or any(entry.ambiguous for entry in entries),
        alone=all(entry.alone for entry in entries),
    )


def _by_chance(entry: Entry, part: Sequence[Token]) -> bool:
    """The tokens spell the name, but are everyday words: "us" in small letters, "i ran" for "Iran"."""
    if entry.capitals:
        return not all(token.surface.isupper() for token in part)
    return len(part) > len(entry.words) and any(token.text in STOP_WORDS for token in part)


def _is_form(part: Sequence[Token], entry: Entry) -> bool:
    """Every word is a form of the name's word: any form for topics, only case endings and plurals for proper names."""
    if len(part) != len(entry.words):
        return False
    proper = any(target.slot.startswith("e:") or target.stranger for target in entry.targets)
    person = any(target.type is EntityType.PERSON or target.stranger for target in entry.targets)
    return all(
        _is_word_form(token.text, word, proper=proper, person=person)
        for token, word in zip(part, entry.words, strict=True)
    )


def _is_word_form(word: str, name: str, *, proper: bool, person: bool) -> bool:
    if word == name:
        return True
    if slavic.is_cyrillic(word):
        return slavic.is_form(word, name, plural=not person)
    return not proper or word in {f"{name}s", f"{name}es"}

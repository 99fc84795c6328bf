"""A made-up record of any size, the same for the same seed, and queries of which half have no answer.

Word frequencies follow Zipf's law over a vocabulary of invented words, so that some terms are common and most are
rare, as in a real archive. Nothing in it means anything.
"""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date, timedelta

from bot.core.dates import parse
from bot.core.model.change import FactRecord, FileImport, Records
from bot.core.model.fact import Act, Hop, Kind, Revision, Said, Speaker
from bot.core.model.names import Entity, EntityType, Name, Topic
from bot.core.model.quantity import Comparator, Quantity
from bot.core.model.review import Attribution, Workflow
from bot.core.model.source import Citation, Source
from bot.core.records import content_hash

SYLLABLES = (
    "ba",
    "do",
    "ki",
    "lu",
    "me",
    "no",
    "pa",
    "ri",
    "sa",
    "to",
    "vu",
    "ze",
    "gra",
    "ste",
    "pli",
    "mor",
    "tan",
    "del",
)
UNITS = ("crate", "tonne", "person", "bridge", "litre")


def _word(rng: random.Random) -> str:
    return "".join(rng.choice(SYLLABLES) for _ in range(rng.randint(2, 4)))


def _words(rng: random.Random, count: int) -> list[str]:
    found: dict[str, None] = {}
    while len(found) < count:
        found[_word(rng)] = None
    return list(found)


class Corpus:
    """`size` facts over size/50 people, size/25 places and size/20 topics."""

    def __init__(self, size: int, seed: int = 17) -> None:
        rng = random.Random(seed)
        self.vocabulary = _words(rng, 4000)
        weights = [1 / (rank + 10) for rank in range(len(self.vocabulary))]
        names = _words(rng, size // 50 + size // 25 + size // 20 + 30)
        people = [names.pop().title() for _ in range(max(10, size // 50))]
        places = [names.pop().title() for _ in range(max(10, size // 25))]
        subjects = [names.pop() for _ in range(max(10, size // 20))]
        self.entities = tuple(
            [
                Entity(id=f"person-{i}", type=EntityType.PERSON, name=f"Ada {name}", aliases=_alias(name))
                for i, name in enumerate(people)
            ]
            + [Entity(id=f"place-{i}", type=EntityType.PLACE, name=name) for i, name in enumerate(places)]
        )
        self.topics = tuple(
            Topic(id=f"topic-{i}", label=f"On {name}", aliases=_alias(name)) for i, name in enumerate(subjects)
        )
        self.sources = tuple(_source(i) for i in range(max(1, size // 10)))
        self.asked: list[str] = []
        facts = []
        for i in range(size):
            words = rng.choices(self.vocabulary, weights, k=rng.randint(8, 24))
            person, place, subject = (
                rng.randrange(len(people)),
                rng.randrange(len(places)),
                rng.randrange(len(subjects)),
            )
            facts.append(
                _fact(
                    i,
                    words,
                    f"person-{person}",
                    f"place-{place}",
                    f"topic-{subject}",
                    people[person],
                    rng,
                    len(self.sources),
                )
            )
            rare = sorted(set(words), key=self.vocabulary.index)[-2:]
            self.asked.append(f"{places[place]} {subjects[subject]}" if i % 2 else f"{people[person]} {' '.join(rare)}")
        self.records = Records(sources=self.sources, entities=self.entities, topics=self.topics, facts=tuple(facts))

    def as_import(self) -> FileImport:
        """The whole record, published."""
        return FileImport(records=self.records, publish_as="Benchmark")

    def queries(self, count: int, seed: int = 5) -> list[str]:
        """Distinct queries, half of them with a word that stands nowhere."""
        rng = random.Random(seed)
        hits = rng.sample(sorted(set(self.asked)), count // 2)
        misses = [
            f"{' '.join(query.split()[:1])} {_word(rng)}x{i}"
            for i, query in enumerate(rng.sample(self.asked, count - len(hits)))
        ]
        return [query for pair in zip(hits, misses, strict=True) for query in pair]


def _alias(name: str) -> tuple[Name, ...]:
    return (Name(text=name, language="en"),)


def _source(number: int) -> Source:
    day = date(2020, 1, 1) + timedelta(days=number % 2000)
    return Source(
        id=f"paper-{number}",
        publisher="The Paper",
        title=f"Edition {number}",
        published=parse(day.isoformat()),
        url=f"https://paper.example/{number}",
        language="en",
    )


def _fact(
    number: int, words: list[str], person: str, place: str, topic: str, name: str, rng: random.Random, sources: int
) -> FactRecord:
    count = rng.randrange(2, 9000)
    surface = f"at least {count} {rng.choice(UNITS)}s"
    revision = Revision(
        number=1,
        kind=rng.choice((Kind.DIRECT, Kind.DIRECT, Kind.INDIRECT)),
        text=f"We counted {surface} {' '.join(words)}",
        language="en",
        speaker=Speaker(entity=person, name_in_source=name, role_in_source="Minister of Counting"),
        said=Said(),
        label=f"{surface.capitalize()}, {name}, entry {number}",
        quantities=(
            Quantity(comparator=Comparator.AT_LEAST, value=str(count), unit="thing", surface=surface, origin=place),
        ),
        topics=(topic,),
        about=(place,),
        chain=(Hop(act=Act.SAID, actor=person, stated=True), Hop(act=Act.QUOTED, name="The Paper", stated=True)),
        citations=(Citation(source=f"paper-{number % sources}"),),
        attribution=Attribution.ATTRIBUTED,
    )
    return FactRecord(
        slug=f"entry-{number}",
        number=None,
        workflow=Workflow.PUBLISHED,
        base_revision=None,
        base_hash=None,
        revision=replace(revision, content_hash=content_hash(revision)),
    )

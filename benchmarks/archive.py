"""Databases of any size for measuring look-ups, and queries of every shape over them.

Up to 2,000 facts come through the store's own import. Larger ones are written in bulk, with the search documents that
the index itself makes. Beyond 100,000 the made-up record is laid down several times, each time with its words, names
and numbers exchanged for others that are about as frequent, so that terms grow rarer and commoner as in a real archive.
"""

from __future__ import annotations

import random
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from itertools import cycle
from pathlib import Path

from benchmarks.corpus import Corpus
from bot import app
from bot.core.model.change import Records
from bot.core.model.fact import Dossier, Fact
from bot.core.model.review import Checking, Publication, Workflow
from bot.core.records import to_data
from bot.core.search.document import SearchDocument
from bot.core.search.index import document
from bot.core.search.terms import Analysis
from bot.stemming import Stemmer
from bot.store.sqlite.filing import Index
from bot.store.sqlite.rows import distinct, document_row, packed, written

IMPORTED = 2_000  # facts up to which the store's own import is used
BASE = 100_000  # facts that are made up one by one
BLOCK = 8  # words of neighbouring frequency that stand in for each other
NOW = datetime(2026, 1, 1, tzinfo=UTC)


async def build(folder: Path, corpus: Corpus, size: int) -> Path:
    """A database with `size` facts in an empty folder."""
    async with app.trying(replace(corpus.records, facts=corpus.records.facts[:IMPORTED]), folder):
        pass
    path = folder / app.DATABASE
    if size > IMPORTED:
        _fill(path, corpus, size)
    return path


def texts(corpus: Corpus, size: int) -> Iterator[tuple[str, str, str]]:
    """(key, text, label) of every fact, for the searches that are measured beside ours."""
    for copy in range(-(-size // BASE)):
        other = _Exchange(corpus, copy)
        for number, record in enumerate(corpus.records.facts[: size - copy * BASE], 1 + copy * BASE):
            text = " ".join(map(other.word, record.revision.text.split(" ")))
            yield str(number), text, record.revision.label


def _fill(path: Path, corpus: Corpus, size: int) -> None:
    index = partial(document, analysis=Analysis(Stemmer()))
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        for pragma in ("journal_mode = OFF", "synchronous = OFF", "cache_size = -200000", "foreign_keys = OFF"):
            connection.execute(f"PRAGMA {pragma}")
        connection.execute("BEGIN")
        base = list(_base(corpus, index))
        counts: Counter[str] = Counter()
        for copy in range(-(-size // BASE)):
            other = _Exchange(corpus, copy)
            for number, (data, found) in enumerate(base[: size - copy * BASE], 1 + copy * BASE):
                row = document_row(other.document(found, number))
                if number > IMPORTED:
                    _put(connection, number, data, row)
                    counts.update(distinct(row[-1]))
        connection.executemany(
            "INSERT INTO term (term, documents) VALUES (?, ?) "
            "ON CONFLICT (term) DO UPDATE SET documents = documents + excluded.documents",
            sorted(counts.items()),
        )
        connection.execute("COMMIT")
        connection.execute("PRAGMA journal_mode = WAL")


def _put(
    connection: sqlite3.Connection, number: int, data: tuple[str, str], row: tuple[int, str, int, str, str]
) -> None:
    connection.execute(
        "INSERT INTO fact (number, slug, workflow, revision, checking, published_at, created_at) "
        "VALUES (?, ?, 'published', 1, 'file_import', ?, ?)",
        (number, f"entry-{number - 1}", written(NOW), written(NOW)),
    )
    connection.execute("INSERT INTO revision (fact, number, data, content_hash) VALUES (?, 1, ?, ?)", (number, *data))
    connection.execute("INSERT INTO fact_search (fact, label, length, facets, terms) VALUES (?, ?, ?, ?, ?)", row)
    connection.execute("INSERT INTO fact_fts (rowid, terms) VALUES (?, ?)", (number, row[-1]))


def _base(corpus: Corpus, index: Index) -> Iterator[tuple[tuple[str, str], SearchDocument]]:
    """Stored revision and search document of every made-up fact."""
    records: Records = corpus.records
    sources = {item.id: item for item in records.sources}
    entities = {item.id: item for item in records.entities}
    topics = {item.id: item for item in records.topics}
    publication = Publication(checking=Checking.FILE_IMPORT, by="Benchmark", at=NOW)
    for number, record in enumerate(records.facts, 1):
        revision = record.revision
        fact = Fact(number=number, slug=record.slug, workflow=Workflow.PUBLISHED, revision=revision,
                    publication=publication, created_at=NOW)  # fmt: skip
        speaker = revision.speaker.entity if revision.speaker else None
        dossier = Dossier(
            fact=fact,
            sources={each.source: sources[each.source] for each in revision.citations},
            entities={each: entities[each] for each in (*revision.about, speaker) if each},
            topics={each: topics[each] for each in revision.topics},
            series={},
        )
        yield (packed(to_data(revision)), revision.content_hash), index(dossier)


class _Exchange:
    """One way to exchange words for others of about the same frequency; the first changes nothing."""

    def __init__(self, corpus: Corpus, copy: int) -> None:
        rng = random.Random(copy)
        words = list(corpus.vocabulary)
        if copy:
            for start in range(0, len(words), BLOCK):
                block = words[start : start + BLOCK]
                rng.shuffle(block)
                words[start : start + BLOCK] = block
        analysis = Analysis(Stemmer())
        self._words: dict[str, str] = {}
        for word, other in zip(corpus.vocabulary, words, strict=True):
            self._words[analysis.forms(word)[-1]] = analysis.forms(other)[-1]
        for word, other in zip(corpus.vocabulary, words, strict=True):
            self._words[word] = other
        self._shift = {"person": (copy * 37, len([e for e in corpus.entities if e.id.startswith("person-")])),
                       "place": (copy * 53, len([e for e in corpus.entities if e.id.startswith("place-")])),
                       "topic": (copy * 71, len(corpus.topics))}  # fmt: skip

    def word(self, word: str) -> str:
        """What stands in for a word."""
        return self._words.get(word, word)

    def document(self, found: SearchDocument, number: int) -> SearchDocument:
        """The document of another fact."""
        terms = tuple(self._term(term) for term in found.terms)
        facets = replace(
            found.facets,
            speaker=self._id(found.facets.speaker) if found.facets.speaker else None,
            entities=tuple(map(self._id, found.facets.entities)),
            topics=tuple(map(self._id, found.facets.topics)),
        )
        return replace(found, fact=number, terms=terms, facets=facets)

    def _term(self, term: str) -> str:
        if term[1:2] != ":":
            return self._words.get(term, term)
        return f"{term[:2]}{self._id(term[2:])}" if term[0] in "est" else term

    def _id(self, name: str) -> str:
        kind, _, number = name.partition("-")
        shift, modulus = self._shift[kind]
        return f"{kind}-{(int(number) + shift) % modulus}"


def questions(corpus: Corpus, count: int, seed: int = 5) -> Sequence[tuple[str, str]]:
    """Distinct (shape, query) pairs, as many of each shape as there are."""
    rng = random.Random(seed)
    found: dict[str, str] = {}
    shapes = cycle(SHAPES)
    while len(found) < count:
        shape = next(shapes)
        found.setdefault(SHAPES[shape](_Parts(corpus, rng)), shape)
    return [(shape, query) for query, shape in found.items()]


class _Parts:
    """What a query about one fact may be made of."""

    def __init__(self, corpus: Corpus, rng: random.Random) -> None:
        revision = rng.choice(corpus.records.facts).revision
        words = revision.text.split(" ")[6:]  # after "We counted at least 17 bridges"
        self.name = revision.speaker.name_in_source if revision.speaker else ""
        self.place = next(entity.name for entity in corpus.entities if entity.id == revision.about[0])
        self.thing = next(topic for topic in corpus.topics if topic.id == revision.topics[0]).aliases[0].text
        self.number = revision.quantities[0].value
        self.rare, self.rarer = sorted(words, key=corpus.vocabulary.index)[-2:]
        self.common = rng.sample(corpus.vocabulary[:40], 3)
        self.middling = rng.choice(corpus.vocabulary[:600])
        self.nothing = f"qx{rng.randrange(9999)}"
        self.year = rng.randrange(2020, 2026)
        self.talk = " ".join((*words, *rng.choices(corpus.vocabulary[:2000], k=45)))


SHAPES: dict[str, Callable[[_Parts], str]] = {
    "name and thing": lambda it: f"{it.place} {it.thing}",
    "name and rare words": lambda it: f"{it.name} {it.rare} {it.rarer}",
    "three common words": lambda it: " ".join(it.common),
    "common and rare word": lambda it: f"{it.common[0]} {it.rarer}",
    "one name": lambda it: it.name,
    "one common word": lambda it: it.middling,
    "number and name": lambda it: f"{it.number} {it.name}",
    "long question": lambda it: f"what did {it.name} say about {it.common[0]} and {it.rare} in {it.place} last year?",
    "half unknown": lambda it: f"{it.place} {it.nothing} {it.common[0]}",
    "all unknown": lambda it: f"{it.nothing} z{it.nothing}",
    "slip": lambda it: f"{it.name[:3]}{it.name[4:]} {it.rarer}",
    "date and name": lambda it: f"{it.year} {it.name} {it.rarer}",
    "message": lambda it: f"{it.talk} {it.name}",
}

"""The project's own facts in a store in memory, with a look-up over them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from bot.core.lookup import Lookup
from bot.core.model.change import FileImport, Records
from bot.core.model.finding import Finding, Found, WhichOne
from bot.core.ports import Vocabulary
from bot.core.search.index import document
from bot.core.search.lexicon import Lexicon, build
from bot.core.search.terms import Analysis
from bot.interchange.loading import load
from bot.stemming import Stemmer
from bot.store.memory import MemoryStore
from tests.builders import CountingIds, StoppedClock

FACTS = Path(__file__).parent.parent / "facts"


@cache
def analysis() -> Analysis:
    stemmer = Stemmer()
    return Analysis(stemmer, stemmer.german)


@cache
def records() -> Records:
    loaded = load([FACTS])
    assert loaded.ok, loaded.notices
    return loaded.records


@cache
def lexicon() -> Lexicon:
    on_file = records()
    return build(Vocabulary(entities=on_file.entities, topics=on_file.topics, series=on_file.series), analysis())


@dataclass(frozen=True)
class Seeded:
    store: MemoryStore
    lookup: Lookup

    async def text(self, finding: Finding) -> str:
        """The words at the top of an answer: of the fact, or of the first choice; "" for silence."""
        match finding:
            case Found(dossier=dossier):
                return dossier.fact.revision.text
            case WhichOne(options=options):
                async with self.store.reading() as reading:
                    return (await reading.dossiers((options[0].number,)))[0].fact.revision.text
        return ""


async def seeded() -> Seeded:
    store = a_store()
    await store.apply(FileImport(records=records(), publish_as="Test Desk"), key="seed", expect={})
    return Seeded(store, Lookup(store, analysis()))


def a_store() -> MemoryStore:
    return MemoryStore(index=lambda dossier: document(dossier, analysis()), clock=StoppedClock(), ids=CountingIds())

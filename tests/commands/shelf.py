"""Facts in any state on the memory store's shelf, and a finder that says what a test wants."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from typing import Any

from bot.commands import table_of
from bot.commands.dispatch import answer, parse
from bot.commands.reply import Block, Choice, Choices, FactCard, Reply, Text
from bot.commands.request import Caller, Request
from bot.commands.services import House
from bot.core.model.fact import Dossier, PastRevision
from bot.core.model.finding import Finding, Found, NothingFound
from bot.core.model.mail import Place
from bot.core.model.review import Workflow
from bot.core.model.source import Check, CheckResult, Citation, Obtained, Selector, Snapshot
from bot.core.normalisation import normalise
from bot.core.search.index import document
from bot.core.search.terms import Analysis
from bot.core.verbatim import passage_hash
from bot.store.memory import MemoryStore
from tests.builders import NOON, CountingIds, StoppedClock, a_dossier, a_source

ANALYSIS = Analysis(str)
TEXT = (
    'The mayor spoke at noon. People listened. "We have planted at least 300 trees," she said. Nobody objected. '
    "Rain fell later. The end came."
)
START = TEXT.index("We have")
END = TEXT.index('," she')
SNAPSHOT = Snapshot(
    sha256="a" * 64, normalised_sha256="a" * 64, normalisation=2, codepoints=len(TEXT), obtained=Obtained.FILE_IMPORT
)


def matched(result: CheckResult = CheckResult.EXACT, words: str = TEXT[START:END], **changes: Any) -> Citation:
    """A citation of the dull fact's words (or others), compared with TEXT."""
    exact = normalise(words).text
    place = Selector(
        exact=exact,
        prefix=TEXT[START - 12 : START],
        suffix=TEXT[END : END + 12],
        start=START,
        end=START + len(exact),
    )
    check = Check(
        result=result,
        on=date(2026, 5, 3),
        checker="onrecord 0.1",
        text_sha256=SNAPSHOT.normalised_sha256,
        passage_sha256=passage_hash(place) if result.found else "",
    )
    values: dict[str, Any] = {"source": "gazette-2026-05-02", "selector": place, "checks": (check,)}
    return Citation(**values | changes)


def a_checked_dossier(**changes: Any) -> Dossier:
    """The dull dossier with its words matched, in sources whose text was seen."""
    words = {"words": changes["text"]} if "text" in changes else {}
    given = changes.pop("sources", (a_source(),))
    seen = tuple(source if source.snapshot else replace(source, snapshot=SNAPSHOT) for source in given)
    return a_dossier(**{"citations": (matched(**words),), "sources": seen} | changes)


def past(dossier: Dossier, verb: str, *, reason: str = "", by: str = "Test Desk") -> PastRevision:
    """One line of history about the newest revision."""
    return PastRevision(revision=dossier.fact.revision, at=NOON, verb=verb, actor_name=by, reason=reason)


def a_shelf(
    *dossiers: Dossier,
    history: Mapping[int, Sequence[PastRevision]] | None = None,
    texts: Mapping[str, str] | None = None,
) -> MemoryStore:
    """A store that holds exactly these facts, in whatever state they are."""
    store = MemoryStore(index=partial(document, analysis=ANALYSIS), clock=StoppedClock(), ids=CountingIds())
    state = store._state
    state.texts |= texts or {}
    for dossier in dossiers:
        fact = dossier.fact
        state.facts[fact.slug] = fact
        state.slugs[fact.number] = fact.slug
        state.items |= {**dossier.sources, **dossier.entities, **dossier.topics, **dossier.series}
        state.past[fact.number] = tuple((history or {}).get(fact.number, (past(dossier, "published"),)))
        if fact.workflow is Workflow.PUBLISHED and fact.revision.answerable:
            state.documents[fact.number] = document(dossier, ANALYSIS)
    return store


class Finder:
    """Finds what it was given, and remembers what it was asked."""

    def __init__(self, finding: Finding | None = None) -> None:
        self.finding = finding or NothingFound(nearby=(), complete=True)
        self.asked: list[tuple[str, bool]] = []

    async def find(self, query: str, *, message: bool = False) -> Finding:
        self.asked.append((query, message))
        return self.finding


def found(dossier: Dossier, *more: int, showing: tuple[str, ...] = ()) -> Found:
    """A look-up that was answered."""
    return Found(dossier=dossier, more=more, confidence=0.9, showing=showing)


async def say(
    line: str, store: MemoryStore, finding: Finding | None = None, *, house: House | None = None, **changes: Any
) -> Reply:
    """What the bot answers to a typed line."""
    table = table_of(finder=Finder(finding), facts=store, house=house or House(version="1.2.3"))
    command, arguments = parse(line)
    values: dict[str, Any] = {
        "command": command,
        "arguments": arguments,
        "caller": Caller(account="somebody"),
        "place": Place(platform="console", id="here"),
        "event": "1",
    }
    return await answer(table, Request(**values | changes))


def card(reply: Reply) -> FactCard:
    """The one card of a reply."""
    (only,) = (block for block in reply.blocks if isinstance(block, FactCard))
    return only


def texts(reply: Reply) -> list[str]:
    """The paragraphs of a reply."""
    return [block.text for block in reply.blocks if isinstance(block, Text)]


def choices(reply: Reply) -> tuple[Choice, ...]:
    """What a reply offers next."""
    return tuple(item for block in reply.blocks if isinstance(block, Choices) for item in block.items)


def only(reply: Reply, kind: type[Block]) -> Any:
    """The one block of this kind."""
    (block,) = (block for block in reply.blocks if isinstance(block, kind))
    return block

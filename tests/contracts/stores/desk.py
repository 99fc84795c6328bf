"""People, passages and changes for tests of the desk; a test names only what matters to it."""

from __future__ import annotations

from dataclasses import replace
from itertools import count
from typing import Any

from bot.core.model.change import (
    Applied,
    Approve,
    Change,
    SaveDraft,
    Suggest,
)
from bot.core.model.desk import By, Form, Notice, NoticeKind, Terms
from bot.core.model.fact import Dossier, Fact, Revision
from bot.core.model.mail import Place
from bot.core.model.source import Check, CheckResult, Citation, Obtained, Selector, Snapshot, Source
from bot.core.normalisation import VERSION, normalise
from bot.core.payloads import notice_of
from bot.core.search.plan import Term
from bot.core.verbatim import compare, fingerprint, occurrences, passage_hash
from tests.builders import NOON, a_revision, a_source, an_import
from tests.contracts.stores.conftest import Store

ADA = By(platform="discord", account="111", editor=True)
BO = By(platform="discord", account="222", editor=True)
CY = By(platform="discord", account="333", editor=True)
MIA = By(platform="discord", account="999", editor=False)  # a member
ADA_ON_MATRIX = By(platform="matrix", account="@ada:example.org", editor=True)
DI_ON_MATRIX = By(platform="matrix", account="@di:example.org", editor=True)

REVIEW = Place(platform="discord", id="review")
TERMS = Terms(editors=2, review=(REVIEW,))
ALONE = Terms(editors=1)

PASSAGE = 'The mayor spoke. "We have planted at least 300 trees," Ada Muster said on Saturday.'
_keys = count(1)


async def do(store: Store, change: Change, key: str = "") -> Applied:
    """Apply under a key of its own."""
    return await store.apply(change, key=key or f"event {next(_keys)}", expect={})


def pasted(text: str = PASSAGE) -> Snapshot:
    whole = normalise(text).text
    return Snapshot(
        sha256=fingerprint(text),
        normalised_sha256=fingerprint(whole),
        normalisation=VERSION,
        codepoints=len(whole),
        obtained=Obtained.MODERATOR_PASTE,
        captured_at=NOON,
    )


def cited(words: str, passage: str = PASSAGE, source: str = "gazette-2026-05-02") -> Citation:
    """The citation of words as composing makes it: with their place in the passage, where they stand there."""
    text = normalise(passage)
    found = compare(text, words, None)
    place: Selector | None = next((each for each in occurrences(text, words) if each.start == found.start), None)
    check = Check(
        result=found.result if place else CheckResult.NOT_FOUND,
        on=NOON.date(),
        checker="a test",
        text_sha256=fingerprint(text.text),
        passage_sha256=passage_hash(place) if place else "",
    )
    return Citation(source=source, selector=place, checks=(check,))


def a_suggested_revision(**changes: Any) -> Revision:
    text = changes.get("text", "We have planted at least 300 trees")
    return a_revision(**{"citations": (cited(text, changes.pop("passage", PASSAGE)),), "content_hash": ""} | changes)


def a_pasted_source(**changes: Any) -> Source:
    return a_source(**{"passages": (pasted(changes.pop("passage", PASSAGE)),)} | changes)


async def names(store: Store) -> None:
    """The people, places and topics that suggestions speak of."""
    records = an_import().records
    await do(store, replace(an_import(), records=replace(records, sources=(), facts=())))


async def suggested(
    store: Store, by: By = MIA, *, terms: Terms = TERMS, slug: str = "muster-300-trees", **changes: Any
) -> int:
    """A fact that waits; its number."""
    if not (await vocabulary(store)):
        await names(store)
    passage = changes.get("passage", PASSAGE)
    source = changes.pop("source", None) or a_pasted_source(passage=passage)
    saved = await do(store, SaveDraft(by=by, terms=terms, number=None, form=Form(passage=passage)))
    assert saved.number is not None
    revision = a_suggested_revision(**changes)
    await do(
        store,
        Suggest(by=by, terms=terms, number=saved.number, slug=slug, revision=revision, source=source, passage=passage),
    )
    return saved.number


async def published(store: Store, by: By = ADA, second: By = BO, **changes: Any) -> int:
    """A fact that two people have shown to everybody."""
    number = await suggested(store, by, **changes)
    await do(store, Approve(by=second, terms=TERMS, number=number))
    return number


async def vocabulary(store: Store) -> bool:
    async with store.reading() as view:
        return bool((await view.vocabulary()).entities)


async def dossier(store: Store, number: int) -> Dossier:
    async with store.reading() as view:
        (found,) = await view.dossiers((number,))
    return found


async def the_fact(store: Store, number: int) -> Fact:
    return (await dossier(store, number)).fact


async def verbs(store: Store, number: int) -> list[str]:
    async with store.reading() as view:
        return [entry.verb for entry in await view.history(number)]


async def found(store: Store, term: str) -> list[int]:
    async with store.reading() as view:
        return [row.document.fact for row in (await view.candidates(Term(term), limit=10)).rows]


async def posted(store: Store, platform: str = "discord") -> list[tuple[str, str]]:
    """Kind and key of everything that waits in the outbox, drained."""
    seen = []
    while jobs := await store.lease(platform, limit=100, ttl=60):
        for job in jobs:
            notice = notice_of(job.payload)
            assert notice is not None
            seen.append((notice.kind.value, notice.key))
            await store.done(job, None)
    return seen


async def cards(store: Store) -> list[Notice]:
    """The review cards that wait in the outbox, drained."""
    seen = []
    while jobs := await store.lease("discord", limit=100, ttl=60):
        for job in jobs:
            notice = notice_of(job.payload)
            assert notice is not None
            if notice.kind is NoticeKind.CARD:
                seen.append(notice)
            await store.done(job, None)
    return seen

"""Complete, dull objects; a test names only what matters to it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from bot.core.dates import parse
from bot.core.model.change import FactRecord, FileImport, Records
from bot.core.model.fact import Act, Dossier, Fact, Hop, Kind, Revision, Said, Speaker
from bot.core.model.names import Entity, EntityType, Name, Topic
from bot.core.model.quantity import ClaimSeries
from bot.core.model.review import Attribution, Checking, Publication, Workflow
from bot.core.model.source import Check, CheckResult, Citation, Obtained, Selector, Snapshot, Source
from bot.core.normalisation import normalise
from bot.core.verbatim import passage_hash

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


class StoppedClock:
    """A clock that a test sets."""

    def __init__(self, now: datetime = NOON) -> None:
        self.time = now

    def now(self) -> datetime:
        return self.time


class CountingIds:
    """Ids in order, the same in every run."""

    def __init__(self) -> None:
        self.count = 0

    def new(self) -> str:
        self.count += 1
        return f"{self.count:026d}"


def a_speaker(**changes: Any) -> Speaker:
    return Speaker(
        **{"entity": "ada-muster", "name_in_source": "Ada Muster", "role_in_source": "Mayor of Testwick"} | changes
    )


def a_revision(**changes: Any) -> Revision:
    values: dict[str, Any] = {
        "number": 1,
        "kind": Kind.DIRECT,
        "text": "We have planted at least 300 trees",
        "language": "en",
        "speaker": a_speaker(),
        "said": Said(),
        "label": "At least 300 trees planted, Muster",
        "topics": ("testwick-trees",),
        "about": ("testwick",),
        "chain": (
            Hop(act=Act.SAID, actor="ada-muster", stated=True),
            Hop(act=Act.QUOTED, name="The Testwick Gazette", stated=True),
        ),
        "citations": (Citation(source="gazette-2026-05-02"),),
        "attribution": Attribution.ATTRIBUTED,
        "content_hash": "0" * 64,
    }
    return Revision(**values | changes)


def a_source(**changes: Any) -> Source:
    values: dict[str, Any] = {
        "id": "gazette-2026-05-02",
        "publisher": "The Testwick Gazette",
        "title": "Trees for Testwick",
        "published": parse("2026-05-02"),
        "url": "https://gazette.example/trees",
        "language": "en",
    }
    return Source(**values | changes)


def some_entities() -> tuple[Entity, ...]:
    return (
        Entity(
            id="ada-muster", type=EntityType.PERSON, name="Ada Muster", aliases=(Name(text="Muster", language="en"),)
        ),
        Entity(id="testwick", type=EntityType.PLACE, name="Testwick"),
    )


def some_topics() -> tuple[Topic, ...]:
    return (Topic(id="testwick-trees", label="Trees in Testwick", aliases=(Name(text="trees", language="en"),)),)


def a_fact(**changes: Any) -> Fact:
    """Keywords of Fact go to the fact, all others to its revision."""
    own = {
        key: changes.pop(key) for key in ("number", "slug", "workflow", "publication", "created_at") if key in changes
    }
    values: dict[str, Any] = {
        "number": 17,
        "slug": "muster-300-trees",
        "workflow": Workflow.PUBLISHED,
        "publication": Publication(checking=Checking.TWO_EDITORS, by="", at=NOON),
        "created_at": NOON,
        "revision": changes.pop("revision", None) or a_revision(**changes),
    }
    return Fact(**values | own)


def a_dossier(**changes: Any) -> Dossier:
    sources = changes.pop("sources", (a_source(),))
    entities = changes.pop("entities", some_entities())
    topics = changes.pop("topics_on_file", some_topics())
    series: tuple[ClaimSeries, ...] = changes.pop("series", ())
    return Dossier(
        fact=a_fact(**changes),
        sources={item.id: item for item in sources},
        entities={item.id: item for item in entities},
        topics={item.id: item for item in topics},
        series={item.id: item for item in series},
    )


def a_record(**changes: Any) -> FactRecord:
    own = {
        key: changes.pop(key) for key in ("slug", "number", "workflow", "base_revision", "base_hash") if key in changes
    }
    values: dict[str, Any] = {
        "slug": "muster-300-trees",
        "number": None,
        "workflow": Workflow.PUBLISHED,
        "base_revision": None,
        "base_hash": None,
        "revision": changes.pop("revision", None) or a_revision(**changes),
    }
    return FactRecord(**values | own)


def some_records(*facts: FactRecord) -> Records:
    return Records(sources=(a_source(),), entities=some_entities(), topics=some_topics(), facts=facts or (a_record(),))


def an_import(*facts: FactRecord, publish_as: str | None = "Test Desk") -> FileImport:
    return FileImport(records=some_records(*facts), publish_as=publish_as)


SEEN = Snapshot(
    sha256="0" * 64, normalised_sha256="0" * 64, normalisation=2, codepoints=100_000, obtained=Obtained.FILE_IMPORT
)


def compared(record: FactRecord) -> FactRecord:
    """The record after a comparison that found its words between quotation marks."""
    exact = normalise(record.revision.text).text
    place = Selector(exact=exact, prefix='She said: "', suffix='," and left.', start=11, end=11 + len(exact))
    check = Check(
        result=CheckResult.EXACT,
        on=NOON.date(),
        checker="a test",
        text_sha256=SEEN.normalised_sha256,
        passage_sha256=passage_hash(place),
    )
    citations = tuple(replace(item, selector=place, checks=(check,)) for item in record.revision.citations)
    return replace(record, revision=replace(record.revision, citations=citations))


def a_compared_import(*facts: FactRecord) -> FileImport:
    """An import of facts whose words were compared with their source."""
    records = some_records(*map(compared, facts or (a_record(),)))
    return FileImport(records=replace(records, sources=(a_source(snapshot=SEEN),)), publish_as="Test Desk")

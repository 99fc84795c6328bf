"""Records that keep every rule, for tests that break one."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from bot.core.model.change import FactRecord, Records
from bot.core.model.fact import Act, Hop, Kind
from bot.core.model.names import Entity, EntityType
from bot.core.model.quantity import Comparator, Quantity
from bot.core.model.source import Check, CheckResult, Citation, Obtained, Selector, Snapshot
from bot.core.rules import Code, examine
from bot.core.verbatim import passage_hash
from tests.builders import a_record, a_source, some_entities, some_topics

TEXT = "We have planted at least 300 trees"
SELECTOR = Selector(exact=TEXT, prefix='She said: "', suffix='," and left.', start=11, end=11 + len(TEXT))
SNAPSHOT = Snapshot(
    sha256="0" * 64, normalised_sha256="0" * 64, normalisation=2, codepoints=2000, obtained=Obtained.FILE_IMPORT
)
CHECK = Check(
    result=CheckResult.EXACT,
    on=date(2026, 11, 23),
    checker="a test",
    text_sha256="0" * 64,
    passage_sha256=passage_hash(SELECTOR),
)
CITATION = Citation(source="gazette-2026-05-02", selector=SELECTOR, checks=(CHECK,))
QUANTITY = Quantity(comparator=Comparator.AT_LEAST, value="300", unit="tree", surface="at least 300 trees")
MUSTER = Hop(act=Act.SAID, actor="ada-muster", stated=True)
GAZETTE = Hop(act=Act.QUOTED, name="The Testwick Gazette", stated=True)
AIDE = Entity(id="bo-beispiel", type=EntityType.PERSON, name="Bo Beispiel")


def checked(words: str) -> Citation:
    """A citation of these words, compared."""
    place = replace(SELECTOR, exact=words, end=SELECTOR.start + len(words))
    return Citation(
        source="gazette-2026-05-02", selector=place, checks=(replace(CHECK, passage_sha256=passage_hash(place)),)
    )


def a_good_record(**changes: Any) -> FactRecord:
    return a_record(**{"citations": (CITATION,), "quantities": (QUANTITY,)} | changes)


def found(*facts: FactRecord, beside: Records | None = None, **changes: Any) -> dict[Code, str]:
    """Codes with the path of each, over records that are otherwise in order. A single source is always remarked.

    The texts of all sources were seen.
    """
    if "sources" in changes:
        changes["sources"] = tuple(
            source if source.snapshot else replace(source, snapshot=SNAPSHOT) for source in changes["sources"]
        )
    values: dict[str, Any] = {
        "sources": (a_source(snapshot=SNAPSHOT),),
        "entities": (*some_entities(), AIDE),
        "topics": some_topics(),
        "facts": facts or (a_good_record(),),
    }
    remarks = examine(Records(**values | changes), beside=beside)
    return {remark.code: remark.path for remark in remarks if remark.code is not Code.SINGLE_SOURCE}


def a_mixed_record(**changes: Any) -> FactRecord:
    text = changes.get("text", 'She called the park a "green lung" of the town')
    citation = checked(text)
    return a_record(
        **{"kind": Kind.MIXED, "text": text, "quoted_spans": ("green lung",), "citations": (citation,)} | changes
    )


def a_caption(**changes: Any) -> FactRecord:
    chain = (Hop(act=Act.PHOTOGRAPHED, name="C. Foto"), replace(GAZETTE, act=Act.CAPTIONED))
    citation = checked(TEXT)
    return a_record(
        **{"kind": Kind.CAPTION, "speaker": None, "chain": chain, "citations": (citation,), "label": "Muster"} | changes
    )

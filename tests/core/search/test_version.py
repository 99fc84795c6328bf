"""Whoever changes what is indexed raises the version of it: else databases on file keep an index of the old kind."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict

from bot.core.records import to_data
from bot.core.search.index import VERSION, document
from tests.seeded import analysis, records, seeded

#: Of the example facts: the version of indexing, a digest of the records, and one of their search documents.
PINNED = (
    "7",
    "6ba85da74b410cd3b5c375d50310d93e243c8909694c4dd75ec1e3de2bc86507",
    "42c178e66e93c53fa40d7bbe6a0d49e6d59a094aea8a96f547b40b1be2706ac4",
)


def digest(values: list[object]) -> str:
    lines = sorted(json.dumps(value, sort_keys=True, default=str) for value in values)
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


async def test_the_version_of_indexing_belongs_to_what_it_makes() -> None:
    on_file = await seeded()
    async with on_file.store.reading() as reading:
        dossiers = await reading.dossiers([record.number or 0 for record in records().facts])
    made = digest([asdict(document(dossier, analysis())) for dossier in dossiers])
    found = (VERSION, digest([to_data(records())]), made)

    assert len(dossiers) == len(records().facts)
    version, of_records, of_documents = PINNED
    if of_documents != made and of_records == found[1]:
        assert version != VERSION, "indexing has changed: raise bot.core.search.index.VERSION, then pin anew"
    assert (version, of_documents) == (VERSION, made), f"the example facts or indexing have changed: PINNED = {found}"

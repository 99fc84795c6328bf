"""Facts as data: the revision's content, and the identity that a file puts in front of it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from bot.core.model.change import FactRecord
from bot.core.model.fact import Revision
from bot.core.model.review import Workflow
from bot.core.records.problem import Problem, RecordError
from bot.core.records.shape import Field, Shape
from bot.core.records.tables import REVISION
from bot.core.records.values import SHA256, SLUG, count, maybe, word_of


@dataclass(frozen=True, slots=True, kw_only=True)
class _Base:
    revision: int
    hash: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Head:
    """What a file says of a fact beside its content."""

    id: str
    number: int | None = None
    status: Workflow = Workflow.PENDING
    base: _Base | None = None


_BASE = Shape(_Base, (Field("revision", count(1)), Field("hash", SHA256)))
_CONTENT = tuple(field for field in REVISION.fields if field.key not in ("number", "content_hash"))
_HEAD_FIELDS = (
    Field("id", SLUG),
    Field("number", maybe(count(1))),
    Field("status", word_of(Workflow)),
    Field("base", maybe(_BASE.codec)),
)
_HEAD = Shape(_Head, _HEAD_FIELDS, beside=tuple(field.key for field in _CONTENT))


def revision_data(revision: Revision) -> dict[str, Any]:
    """A revision with its number and hash. A selector's words are left out where they are the fact's text."""
    data = REVISION.write(revision)
    for citation in data["citations"]:
        selector = citation.get("selector")
        if selector is not None and selector["exact"] == revision.text:
            del selector["exact"]
    return data


def read_revision(data: object, path: str = "revision") -> Revision:
    """The inverse of `revision_data`; a missing hash is computed, one that is there is kept. Raises RecordError."""
    revision = REVISION.read(_with_exact(data), path)
    return revision if revision.content_hash else replace(revision, content_hash=content_hash(revision))


def content_hash(revision: Revision) -> str:
    """SHA-256 in hexadecimal of the revision's canonical JSON, without its number and the hash itself.

    Canonical: keys sorted, no white space, all other than ASCII as \\u escapes.
    """
    return data_hash(revision_data(revision))


def data_hash(data: Mapping[str, Any]) -> str:
    """The same of a revision that is data already."""
    content = {key: value for key, value in data.items() if key not in ("number", "content_hash")}
    text = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=True, allow_nan=False)
    return hashlib.sha256(text.encode("ascii")).hexdigest()


def slugged_data(record: FactRecord) -> dict[str, Any]:
    """A fact as a file has it."""
    base = None
    if record.base_revision is not None and record.base_hash is not None:
        base = _Base(revision=record.base_revision, hash=record.base_hash)
    head = _HEAD.write(_Head(id=record.slug, number=record.number, status=record.workflow, base=base))
    content = revision_data(record.revision)
    content.pop("number")
    content.pop("content_hash", None)
    return head | content


def read_slugged(data: object, path: str) -> FactRecord:
    """The inverse of `slugged_data`, with the content hash filled in. Raises RecordError."""
    problems: list[Problem] = []
    head = revision = None
    try:
        head = _HEAD.read(data, path)
    except RecordError as error:
        problems.extend(error.problems)
    if isinstance(data, dict):
        known = {field.key for field in _CONTENT}
        content = {key: value for key, value in data.items() if key in known}
        number = head.base.revision if head and head.base else 1
        try:
            revision = read_revision(content | {"number": number}, path)
        except RecordError as error:
            problems.extend(error.problems)
    if head is None or revision is None:
        raise RecordError(*problems)
    return FactRecord(
        slug=head.id,
        number=head.number,
        workflow=head.status,
        base_revision=head.base.revision if head.base else None,
        base_hash=head.base.hash if head.base else None,
        revision=revision,
    )


def _with_exact(data: object) -> object:
    """The data with every selector's words spelled out."""
    if not isinstance(data, dict) or not isinstance(data.get("citations"), list):
        return data
    return data | {"citations": [_spelled_out(citation, data.get("text")) for citation in data["citations"]]}


def _spelled_out(citation: object, text: object) -> object:
    if not isinstance(citation, dict) or not isinstance(citation.get("selector"), dict):
        return citation
    return citation | {"selector": {"exact": text} | citation["selector"]}

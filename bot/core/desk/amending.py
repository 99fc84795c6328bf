"""A correction: the fields of a form that differ, and nothing else of a fact."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, replace
from typing import Any

from bot.core.desk import typed
from bot.core.desk.forming import (
    ACTS,
    Made,
    Reader,
    Setting,
    Troubles,
    chain_of,
    citation,
    given,
    seen,
    spans,
    speaker_of,
)
from bot.core.desk.languages import language_of
from bot.core.desk.typed import Trouble, Wrong, is_nothing
from bot.core.model.desk import Form
from bot.core.model.fact import Hop, Kind, Revision, Speaker
from bot.core.model.review import Attribution
from bot.core.model.source import Citation, Source, Supports
from bot.core.rules.remark import evidence_of_words
from bot.core.rules.words import SPOKEN


@dataclass(frozen=True, slots=True, kw_only=True)
class _Case:
    """One correction."""

    revision: Revision
    source: Source  # as it is to read
    after: Form
    changed: frozenset[str]
    reader: Reader
    setting: Setting

    def differ(self, *names: str) -> bool:
        return not self.changed.isdisjoint(names)

    @property
    def relayed(self) -> str:
        return given(self.after.relayed)


def amend(revision: Revision, source: Source, before: Form, after: Form, setting: Setting) -> Made:
    """The fact with the fields that differ; everything else of it stays as it is. Raises Troubles."""
    changed = frozenset(each.name for each in fields(Form) if getattr(before, each.name) != getattr(after, each.name))
    reader = Reader(after)
    source = _source(source, changed, reader, setting)
    if after.passage.strip():
        source = seen(source, after.passage, setting.now)
    case = _Case(revision=revision, source=source, after=after, changed=changed, reader=reader, setting=setting)
    values: dict[str, Any] = {}
    for name, read in _READS.items():
        if name in changed:
            values |= read(case)
    values |= _words(case)
    kind = values.get("kind", revision.kind)
    speaker = _speaker(case, kind)
    if reader.troubles:
        raise Troubles(reader.troubles)
    values |= {"speaker": speaker, "chain": _chain(case, kind, speaker)}
    return Made(revision=replace(revision, **values), source=source, passage=after.passage)


def _said(case: _Case) -> dict[str, Any]:
    said = case.reader.read("said", lambda text: typed.day(text, case.setting.now.date()))
    return {"said": replace(case.revision.said, on=said, stated=said is not None)}


def _venue(case: _Case) -> dict[str, Any]:
    text = given(case.after.venue)
    return {"venue": replace(case.revision.venue, text=text, stated=bool(text))}


def _topics(case: _Case) -> dict[str, Any]:
    known = case.setting.vocabulary.topics
    return {"topics": case.reader.read("topics", lambda text: typed.listed(text, known), ())}


def _about(case: _Case) -> dict[str, Any]:
    known = case.setting.vocabulary.entities
    return {"about": case.reader.read("about", lambda text: typed.listed(text, known), ())}


def _language(case: _Case) -> dict[str, Any]:
    """Without one that was given, the one in which the words seem to be: a fact is never without."""
    given_ = case.reader.read("language", typed.language, "")
    return {"language": given_ or language_of(case.after.words, case.after.passage)}


def _note(case: _Case) -> dict[str, Any]:
    note = given(case.after.note)
    return {"notes": (note,) if note else ()}


#: What a field of the form is in the revision, for those that stand for themselves.
_READS: Mapping[str, Callable[[_Case], dict[str, Any]]] = {
    "said": _said,
    "venue": _venue,
    "topics": _topics,
    "about": _about,
    "label": lambda case: {"label": case.reader.needed("label")},
    "language": _language,
    "unverified": lambda case: {"unverified": given(case.after.unverified)},
    "note": _note,
    "relayed": lambda case: {"attribution": Attribution.SECOND_HAND if case.relayed else Attribution.ATTRIBUTED},
}


def _words(case: _Case) -> dict[str, Any]:
    """The words with their kind, and their place in a text that has them."""
    if not case.differ("words", "kind") and not case.after.passage.strip():
        return {}
    revision, reader = case.revision, case.reader
    kind = (reader.read("kind", typed.kind) if case.differ("kind") else None) or revision.kind
    words = reader.needed("words") if case.differ("words") else revision.text
    texts = (case.after.passage, *case.setting.texts)
    fresh = citation(case.source, words, texts, case.setting)
    stands = case.after.passage.strip() and not case.differ("unverified") and fresh.selector is not None
    return {
        "kind": kind,
        "text": words,
        "quoted_spans": spans(words) if kind is Kind.MIXED else (),
        "citations": _cited(revision, fresh),
    } | ({"unverified": ""} if stands else {})  # that they were not found is said no longer


def _cited(revision: Revision, fresh: Citation) -> tuple[Citation, ...]:
    """The citations with another one for the words."""
    old = evidence_of_words(revision.citations)
    if old is None:
        return (fresh, *revision.citations)
    kept = (each for each in revision.citations if each.supports is not Supports.TEXT or each == old)
    return tuple(fresh if each == old else each for each in kept)


def _speaker(case: _Case, kind: Kind) -> Speaker | None:
    speaker = case.revision.speaker
    if not case.differ("speaker", "role", "kind"):
        return speaker
    if kind not in SPOKEN:
        if case.differ("speaker") and given(case.after.speaker):
            case.reader.troubles.append(Trouble("speaker", Wrong.NOBODY_SPEAKS))
        return None
    if case.differ("speaker") or speaker is None:
        return speaker_of(case.after, case.setting.vocabulary)
    return replace(speaker, role_in_source=given(case.after.role))


def _chain(case: _Case, kind: Kind, speaker: Speaker | None) -> tuple[Hop, ...]:
    """The hops between stay unless the relay itself is changed."""
    chain = case.revision.chain
    publisher = case.source.publisher
    if case.differ("publisher") and chain:
        chain = (*chain[:-1], replace(chain[-1], actor=None, name=publisher or ""))
    if not case.differ("speaker", "kind", "relayed"):
        return chain
    fresh = chain_of(kind, speaker, case.relayed, publisher)
    if kind not in SPOKEN or not chain:
        return fresh
    last = replace(chain[-1], act=ACTS[kind]) if case.differ("kind") else chain[-1]
    return (fresh[0], *(fresh[1:-1] if case.differ("relayed") else chain[1:-1]), last)


def _source(source: Source, changed: frozenset[str], reader: Reader, setting: Setting) -> Source:
    after, values = reader.form, dict[str, Any]()
    if "link" in changed:
        values["url"] = None if is_nothing(after.link) else after.link.strip()
    if "title" in changed:
        values["title"] = reader.needed("title")
    for name in changed & {"publisher", "author"}:
        values[name] = given(getattr(after, name)) or None
    if "published" in changed:
        values["published"] = reader.read("published", lambda text: typed.day(text, setting.now.date()))
    return replace(source, **values)

"""A source that reads otherwise: every fact that rests on it says so in its history, and names the same publisher."""

from __future__ import annotations

from dataclasses import replace

from bot.core.decision import OnFile, Step, numbered
from bot.core.model.fact import Fact, Revision
from bot.core.model.review import Workflow
from bot.core.model.source import Source
from bot.core.rules.remark import evidence_of_words

_KNOWN = (Workflow.PUBLISHED, Workflow.HIDDEN, Workflow.WITHDRAWN)  # states in which readers know of a fact


def named_by(revision: Revision, source: Source, on_file: OnFile) -> Revision:
    """The revision with the source's publisher at the end of its chain, where that is another one from now on."""
    stored, words = on_file.item(source.id), evidence_of_words(revision.citations)
    same = not isinstance(stored, Source) or stored.publisher == source.publisher
    if same or not revision.chain or words is None or words.source != source.id:
        return revision
    *before, last = revision.chain
    return replace(revision, chain=(*before, replace(last, actor=None, name=source.publisher or "")))


def sourced(source: Source | None, on_file: OnFile, reason: str, *, besides: Fact | None) -> tuple[Step, ...]:
    """A line, and where it needs one a revision, for all the facts that rest on the source."""
    if source is None:
        return ()
    found = []
    for fact in on_file.facts_of(source.id):
        if besides is not None and fact.number == besides.number:
            continue
        revision = named_by(fact.revision, source, on_file)
        if revision != fact.revision:
            fresh = numbered(revision, fact.revision.number + 1)
            found.append(Step.on(fact, "source-changed", revision=fresh, reason=reason))
        elif fact.workflow in _KNOWN:
            found.append(Step.on(fact, "source-changed", reason=reason))
    return tuple(found)

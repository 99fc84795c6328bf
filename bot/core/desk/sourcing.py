"""A source that reads otherwise: every fact that rests on it says so in its history, and names the same publisher."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from bot.core.decision import OnFile, Step, numbered
from bot.core.model.desk import Doing, Proposal
from bot.core.model.fact import Fact, Revision
from bot.core.model.review import Workflow
from bot.core.model.source import Source
from bot.core.rules.remark import evidence_of_words

#: What answers show of a source.
SHOWN_OF_SOURCE = ("title", "publisher", "author", "published", "url")
_KNOWN = (Workflow.PUBLISHED, Workflow.HIDDEN, Workflow.WITHDRAWN)  # states in which readers know of a fact


def named_by(revision: Revision, source: Source, on_file: OnFile) -> Revision:
    """The revision with the source's publisher at the end of its chain, where that is another one from now on."""
    stored, words = on_file.item(source.id), evidence_of_words(revision.citations)
    same = not isinstance(stored, Source) or stored.publisher == source.publisher
    if same or not revision.chain or words is None or words.source != source.id:
        return revision
    *before, last = revision.chain
    return replace(revision, chain=(*before, replace(last, actor=None, name=source.publisher or "")))


def source_moved(proposal: Proposal, stored: Source, doings: Iterable[Doing]) -> bool:
    """Whether the source has been corrected since a change of it was proposed: it would take that back."""
    later = [doing.verb for doing in doings if doing.at > proposal.at]
    publisher = proposal.source is not None and proposal.source.publisher != stored.publisher
    return "source-changed" in later or (publisher and not {"revised", "changed"}.isdisjoint(later))


def sourced(source: Source | None, on_file: OnFile, reason: str, *, besides: Fact | None) -> tuple[Step, ...]:
    """A line, and where it needs one a revision, for all the facts that rest on the source."""
    if source is None:
        return ()
    why = _with_what(source, on_file, reason)
    found = []
    for fact in on_file.facts_of(source.id):
        if besides is not None and fact.number == besides.number:
            continue
        revision = named_by(fact.revision, source, on_file)
        if revision != fact.revision:
            fresh = numbered(revision, fact.revision.number + 1)
            found.append(Step.on(fact, "source-changed", revision=fresh, reason=why))
        elif fact.workflow in _KNOWN:
            found.append(Step.on(fact, "source-changed", reason=why))
    return tuple(found)


def resting(source: Source, on_file: OnFile) -> tuple[Step, ...]:
    """The line alone, for all facts that rest on a source which a file has corrected: it has their revisions itself."""
    why = _with_what(source, on_file, "")
    facts = on_file.facts_of(source.id) if why else ()
    return tuple(Step.on(fact, "source-changed", reason=why) for fact in facts if fact.workflow in _KNOWN)


def _with_what(source: Source, on_file: OnFile, reason: str) -> str:
    """The reason, and what readers see of the source before and after: nothing else keeps what it said."""
    stored = on_file.item(source.id)
    if not isinstance(stored, Source):
        return reason
    pairs = ((name, getattr(stored, name), getattr(source, name)) for name in SHOWN_OF_SOURCE)
    what = "; ".join(f"{name}: {old or '–'} → {new or '–'}" for name, old, new in pairs if old != new)
    return f"{reason} ({what})".strip() if what else reason

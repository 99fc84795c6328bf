"""What the desk asks of the words before they may be shown: the rules, a text that has them, and no second copy."""

from __future__ import annotations

from dataclasses import replace

from bot.core.decision import OnFile
from bot.core.desk.refusals import Flawed, NotFoundInPassage
from bot.core.matching import Match, match
from bot.core.model.change import ChangeRefused, FactRecord, Item
from bot.core.model.fact import Fact, Revision
from bot.core.model.names import Entity, Topic
from bot.core.model.quantity import ClaimSeries
from bot.core.model.review import Workflow
from bot.core.model.source import Citation, Source, Supports
from bot.core.normalisation import normalise
from bot.core.references import references
from bot.core.rules import examine_fact
from bot.core.rules.remark import Code, Found, Known, Remark, evidence_of_words
from bot.core.rules.sources import link_is_good
from bot.core.verbatim import fingerprint


def examined(number: int, slug: str, revision: Revision, source: Source | None, on_file: OnFile) -> None:
    """Raise Flawed with every error that the rules find in a fact and in a link that is new; what they remark may pass.

    Words that were not found may wait: `shown_or_refused` judges them when they are to be shown.
    """
    record = FactRecord(
        slug=slug, number=number, workflow=Workflow.PENDING, base_revision=None, base_hash=None, revision=revision
    )
    known = _known(revision, source, on_file)
    remarks = [*examine_fact(record, known), *_of_link(source, known, on_file)]
    errors = tuple(remark for remark in remarks if remark.error and remark.code is not Code.NOT_FOUND)
    if errors:
        raise Flawed(number, errors)


def _of_link(source: Source | None, known: Known, on_file: OnFile) -> list[Remark]:
    stored = on_file.item(source.id) if source is not None else None
    if source is None or (isinstance(stored, Source) and stored.url == source.url):
        return []
    return [Remark.of(found, "sources", 0, source.id) for found in link_is_good(source, known)]


def added(source: Source, passage: str, on_file: OnFile) -> tuple[tuple[Item, ...], tuple[tuple[str, str], ...]]:
    """What a suggestion brings along: its source where that is new, and the piece of it that was pasted.

    A source on file only gains the passage: what answers already show of it is not a suggestion's to change.
    """
    stored = on_file.item(source.id)
    if stored is not None and not isinstance(stored, Source):
        raise ChangeRefused(f"{source.id}: the id belongs to something else on file")
    if stored is None and on_file.fact(source.id) is not None:
        raise ChangeRefused(f"{source.id}: the id belongs to a fact on file")
    text = normalise(passage).text
    new = text and text not in on_file.passages(source.id) and text != on_file.text(source.id)
    if stored is None:
        return (source,), (((source.id, text),) if new else ())
    if not new:
        return (), ()
    piece = next((each for each in source.passages if each.normalised_sha256 == fingerprint(text)), None)
    if piece is None:
        raise ChangeRefused(f"{source.id}: the passage has no snapshot")
    return (replace(stored, passages=(*stored.passages, piece)),), ((source.id, text),)


def shown_or_refused(fact: Fact, revision: Revision, on_file: OnFile, source: Source | None = None) -> None:
    """Raise what speaks against showing this content: words nobody found, or the same words on record already."""
    if not revision.unverified and not any(
        found(citation, revision, on_file, source).found for citation in revision.citations if _is_text(citation)
    ):
        raise NotFoundInPassage(fact.number)
    if (other := _same(fact, revision, on_file)) is not None:
        remark = Remark.of(Found(Code.SAME_FACT, ".text", {"other": f"#{other.number}"}), "facts", 0, fact.slug)
        raise Flawed(fact.number, (remark,))


def refuse_needless_warning(number: int, slug: str, revision: Revision, on_file: OnFile, source: Source | None) -> None:
    """Raise Flawed where readers would be warned of words that do stand in the source."""
    known = (found(each, revision, on_file, source) for each in revision.citations if _is_text(each))
    if revision.unverified and any(each.found for each in known):
        remark = Remark.of(Found(Code.NEEDLESS_WARNING, ".unverified", {}), "facts", 0, slug)
        raise Flawed(number, (remark,))


def found(citation: Citation, revision: Revision, on_file: OnFile, source: Source | None = None) -> Match:
    """What is known of the words of a citation: the whole text decides, else a passage may confirm them."""
    item = source if source is not None and source.id == citation.source else on_file.item(citation.source)
    known = item if isinstance(item, Source) else None
    whole = on_file.text(citation.source)
    if whole is not None:
        return match(citation, revision, known, whole)
    here = (match(citation, revision, known, passage) for passage in on_file.passages(citation.source))
    return next((each for each in here if each.found), match(citation, revision, known, None))


def _same(fact: Fact, revision: Revision, on_file: OnFile) -> Fact | None:
    """Another published fact with the same speaker, words and source."""
    citation = evidence_of_words(revision.citations)
    if citation is None:
        return None
    words = normalise(revision.text).text
    return next(
        (
            other
            for other in on_file.facts_of(citation.source)
            if other.number != fact.number
            and other.workflow is Workflow.PUBLISHED
            and normalise(other.revision.text).text == words
            and other.revision.speaker == revision.speaker
        ),
        None,
    )


def _is_text(citation: Citation) -> bool:
    return citation.supports is Supports.TEXT


def _known(revision: Revision, source: Source | None, on_file: OnFile) -> Known:
    named = references(revision)
    items = [on_file.item(each) for each in (*named.sources, *named.entities, *named.topics, *named.series)]
    sources = {item.id: item for item in items if isinstance(item, Source)}
    if source is not None:
        sources[source.id] = source
    replaced_by = revision.withdrawal.replaced_by if revision.withdrawal else None
    slugs = [relation.fact for relation in revision.relations]
    slugs += [slug for slug in (revision.restates, replaced_by) if slug is not None]
    return Known(
        sources=sources,
        entities={item.id: item for item in items if isinstance(item, Entity)},
        topics={item.id: item for item in items if isinstance(item, Topic)},
        series={item.id: item for item in items if isinstance(item, ClaimSeries)},
        facts=frozenset(slug for slug in slugs if on_file.fact(slug) is not None),
        taken={},
    )

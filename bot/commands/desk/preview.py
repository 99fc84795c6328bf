"""A fact exactly as readers will see it, with the sentences around its words: for those who are to judge it."""

from __future__ import annotations

from dataclasses import replace

from bot.commands.beside import closed, opened
from bot.commands.card import blocks_of
from bot.commands.kept import kept_texts
from bot.commands.parts import marked, parts
from bot.commands.reply import Block, Excerpt, FactCard, Text
from bot.commands.services import Office
from bot.core.desk.port import DeskReading
from bot.core.matching import text_citations
from bot.core.model.fact import Dossier
from bot.core.model.review import Checking, Publication, Workflow
from bot.core.normalisation import normalise
from bot.core.ports import Reading
from bot.core.surroundings import around
from bot.wording import Wording


async def preview(view: Reading, dossier: Dossier, office: Office, words: Wording) -> tuple[Block, ...]:
    """The card, with its banners, as it would be shown after the next approval."""
    checking = Checking.ONE_EDITOR if office.terms.editors == 1 else Checking.TWO_EDITORS
    before = dossier.fact.publication
    publication = before or Publication(checking=checking, by="", at=office.clock.now())
    fact = replace(dossier.fact, workflow=Workflow.PUBLISHED, publication=publication)
    kept = await kept_texts(view, dossier)
    blocks = blocks_of(replace(dossier, fact=fact), (), words, kept=kept)
    shown = tuple(replace(block, preview=True) if isinstance(block, FactCard) else block for block in blocks)
    if dossier.fact.revision.answerable:
        return shown
    return (Text(words.say("desk.evidence_only")), *shown)


async def in_place(
    view: DeskReading, dossier: Dossier, words: Wording, passage: str = "", *, private: bool = True
) -> Excerpt | None:
    """The words among the sentences around them, of the first text at hand that has them in their place.

    `passage` is one that is not on file yet; `private`: those on file count, too, which only reviewers may read.
    """
    here = (normalise(passage).text,) if passage.strip() else ()
    for citation in text_citations(dossier.fact.revision):
        place, source = citation.selector, dossier.sources.get(citation.source)
        if place is None or source is None:
            continue
        whole = await view.text_of(citation.source) if private else None
        filed = await view.passages_of(citation.source) if private else ()
        for text in ((whole,) if whole is not None else ()) + here + filed:
            if text[place.start : place.end] != place.exact:
                continue
            before, after = around(text, place.start, place.end)
            return Excerpt(
                title=words.say("desk.in_place"),
                before=opened(before, text[: place.start - len(before)]),
                text=marked(parts(place.exact), 1),
                after=closed(after, text[place.end + len(after) :]),
            )
    return None

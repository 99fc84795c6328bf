"""context: the sentences around the words, where the text is kept."""

from __future__ import annotations

from bot.commands.arguments import told
from bot.commands.card import number_choice, shows_words, tombstone
from bot.commands.numbered import NUMBER, Filed, filed
from bot.commands.reply import Block, Choices, Excerpt, Outcome, Reply, Text
from bot.commands.request import Request
from bot.core.matching import match
from bot.core.model.mail import Visibility
from bot.core.model.source import Citation, Selector, Source
from bot.core.ports import Facts
from bot.core.surroundings import around
from bot.wording import Wording, sources, wording

PARAMETERS = (NUMBER,)


async def context(request: Request, *, facts: Facts) -> Reply:
    """Show a fact's words in their place."""
    words = wording(request.locale)
    found = await filed(request, facts, words)
    if isinstance(found, Reply):
        return found
    dossier = found.dossier
    if not shows_words(dossier):
        return told(tombstone(dossier, found.history, words), Outcome.INFO)
    blocks: list[Block] = []
    for citation in sources.text_citations(dossier.fact.revision):
        source = dossier.sources.get(citation.source)
        if source is not None and citation.selector is not None:
            blocks += _excerpt(found, citation, citation.selector, source, words)
    if not blocks:
        blocks.append(Text(words.say("context.nothing")))
    blocks.append(Choices((number_choice("evidence", dossier.fact.number, words),)))
    return Reply(blocks=tuple(blocks), outcome=Outcome.INFO, visibility=Visibility.PRIVATE)


def _excerpt(found: Filed, citation: Citation, place: Selector, source: Source, words: Wording) -> list[Block]:
    """The words between what stands around them; what is kept of it depends on whether the text is kept."""
    title = words.say("context.title", number=found.dossier.fact.number, source=sources.source_name(source, words))
    text = found.texts.get(citation.source)
    if text is None:
        filed_so = match(citation, found.dossier.fact.revision, source, None).found
        note = "context.not_kept" if filed_so else "context.unmatched"
        return [_bare(title, place), Text(words.say(note))]
    if not match(citation, found.dossier.fact.revision, source, text).found:
        return [_bare(title, place), Text(words.say("context.moved"))]
    before, after = around(text, place.start, place.end)
    return [Excerpt(title=title, before=before, text=place.exact, after=after)]


def _bare(title: str, place: Selector) -> Excerpt:
    return Excerpt(title=title, before=place.prefix, text=place.exact, after=place.suffix)

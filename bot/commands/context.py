"""context: the sentences around the words, where the text is kept."""

from __future__ import annotations

from bot.commands.arguments import told
from bot.commands.beside import beside, closed, opened
from bot.commands.card import number_choice, shows_words, tombstone
from bot.commands.numbered import NUMBER, Filed, filed
from bot.commands.pages import PAGE, spread, turned
from bot.commands.parts import marked, parts, weight
from bot.commands.reply import Block, Choices, Excerpt, Outcome, Reply, Text
from bot.commands.request import Request
from bot.core.matching import match, text_citations
from bot.core.model.mail import Visibility
from bot.core.model.source import Citation, Selector, Source
from bot.core.ports import Facts
from bot.core.surroundings import around
from bot.wording import Wording, sources, wording

PARAMETERS = (NUMBER, PAGE)


async def context(request: Request, *, facts: Facts) -> Reply:
    """Show a fact's words in their place."""
    words = wording(request.locale)
    found = await filed(request, facts, words)
    if isinstance(found, Reply):
        return found
    dossier = found.dossier
    if not shows_words(dossier):
        return told(tombstone(dossier, found.history, words), Outcome.INFO)
    places: list[list[Block]] = []
    for citation in text_citations(dossier.fact.revision):
        source = dossier.sources.get(citation.source)
        if source is not None and citation.selector is not None:
            places.append(_excerpt(found, citation, citation.selector, source, words))
    number = dossier.fact.number
    if not places:
        places.append([Text(words.say("context.nothing"))])
    pages = spread(places, _cost)
    page, further = turned(request, number, len(pages), words)
    blocks = [block for place in pages[page - 1] for block in place]
    blocks.append(Choices((*further, number_choice("evidence", number, words))))
    return Reply(blocks=tuple(blocks), outcome=Outcome.INFO, visibility=Visibility.PRIVATE)


def _excerpt(found: Filed, citation: Citation, place: Selector, source: Source, words: Wording) -> list[Block]:
    """The words between what stands around them; what is kept of it depends on whether the text is kept."""
    title = words.say("context.title", number=found.dossier.fact.number, source=sources.source_name(source, words))
    text = found.texts.get(citation.source)
    if text is None:
        filed_so = match(citation, found.dossier.fact.revision, source, None).found
        note = "context.not_kept" if filed_so else "context.unmatched"
        return [_bare(title, place, source), Text(words.say(note))]
    if not match(citation, found.dossier.fact.revision, source, text).found:
        return [_bare(title, place, source), Text(words.say("context.moved"))]
    before, after = around(text, place.start, place.end)
    left_out = text[: place.start - len(before)], text[place.end + len(after) :]
    return [
        Excerpt(title=title, before=opened(before, left_out[0]), text=_words(place), after=closed(after, left_out[1]))
    ]


def _bare(title: str, place: Selector, source: Source) -> Excerpt:
    before, after = beside(place, source)
    return Excerpt(title=title, before=before, text=_words(place), after=after)


def _words(place: Selector) -> str:
    """The words, or their beginning; the evidence has all of them."""
    return marked(parts(place.exact), 1)


def _cost(blocks: list[Block]) -> int:
    """What the blocks of one place weigh."""
    return sum(
        weight("".join((block.title, block.before, block.text, block.after)))
        if isinstance(block, Excerpt)
        else weight(str(block))
        for block in blocks
    )

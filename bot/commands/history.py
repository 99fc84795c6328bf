"""history: everything that became of a fact, for everybody to see."""

from __future__ import annotations

from dataclasses import replace

from bot.commands.arguments import one_line
from bot.commands.card import is_unspoken, number_choice, shows_words, tombstone
from bot.commands.desk.differing import changed
from bot.commands.numbered import NUMBER, Filed, filed
from bot.commands.pages import PAGE, paged
from bot.commands.reply import Block, Choices, Outcome, Reply, Text
from bot.commands.request import Request
from bot.core.matching import matches
from bot.core.model.fact import Kind, PastRevision, Revision
from bot.core.model.mail import Visibility
from bot.core.model.review import Workflow
from bot.core.ports import Facts
from bot.wording import Wording, dates, wording

PARAMETERS = (NUMBER, PAGE)


async def history(request: Request, *, facts: Facts) -> Reply:
    """List every revision and what was done, oldest first."""
    words = wording(request.locale)
    found = await filed(request, facts, words)
    if isinstance(found, Reply):
        return found
    fact = found.dossier.fact
    blocks: list[Block] = []
    if not shows_words(found.dossier):
        blocks.append(Text(tombstone(found.dossier, found.history, words)))
    fields, further = paged(_rows(found, words), request, fact.number, words)
    blocks.append(fields)
    if fact.workflow is Workflow.PUBLISHED:
        further += (number_choice("evidence", fact.number, words),)
    if further:
        blocks.append(Choices(further))
    return Reply(blocks=tuple(blocks), outcome=Outcome.INFO, visibility=Visibility.PRIVATE)


def _rows(found: Filed, words: Wording) -> tuple[tuple[str, str], ...]:
    hidden, unspoken = found.dossier.fact.workflow is Workflow.HIDDEN, is_unspoken(found.dossier)
    rows = []
    before: Revision | None = None
    for entry in found.history:
        lines = [one_line(_done(entry, words))]
        if entry.reason:
            lines.append(words.say("history.reason", reason=one_line(entry.reason)))
        if hidden:
            lines.append(words.say("history.not_shown"))
        elif unspoken:
            lines.append(words.say("history.unspoken"))
        elif before is None or entry.revision.text != before.text:
            lines.append(_words(entry.revision, found, words))
        else:
            lines += _changes(before, entry.revision, found, words) or [words.say("history.same")]
        before = entry.revision
        name = words.say("history.row", number=entry.revision.number, when=dates.instant(entry.at, words))
        rows.append((name, "\n".join(lines)))
    return tuple(rows)


def _changes(before: Revision, after: Revision, found: Filed, words: Wording) -> list[str]:
    """What a step made of everything but the words: "Day: not given → 14 Nov 2024"."""
    return [
        words.say("history.change", field=name, change=change)
        for name, change in changed(_numbered(before, found), _numbered(after, found), found.dossier, words)
    ]


def _numbered(revision: Revision, found: Filed) -> Revision:
    """The revision with other facts by their numbers: a slug says what they are about, whoever may see them."""
    relations = tuple(replace(each, fact=_number(each.fact, found)) for each in revision.relations)
    return replace(revision, relations=relations, restates=revision.restates and _number(revision.restates, found))


def _number(slug: str, found: Filed) -> str:
    return f"#{found.numbers[slug]}" if slug in found.numbers else slug


def _done(entry: PastRevision, words: Wording) -> str:
    key = f"verb.{entry.verb}"
    verb = words.say(key) if words.has(key) else entry.verb
    return words.say("history.done.by", verb=verb, name=entry.actor_name) if entry.actor_name else verb


def _words(revision: Revision, found: Filed, words: Wording) -> str:
    compared = any(match.found for match in matches(revision, found.dossier.sources, found.texts))
    text = one_line(revision.text)
    if revision.kind is Kind.DIRECT and compared:
        return words.say("history.direct", text=text)
    kind = words.say(f"history.kind.{revision.kind}")
    return words.say("history.other" if compared else "history.other.unmatched", kind=kind, text=text)

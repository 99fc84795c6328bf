"""One fact as an answer shows it: a card, or what stands in its place when the words may not be shown."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from bot.commands.arguments import one_line
from bot.commands.parts import is_long
from bot.commands.reply import Block, Choice, FactCard, Particulars, Text
from bot.core.matching import main_source
from bot.core.model.fact import Dossier, Kind, PastRevision
from bot.core.model.review import Attribution, Workflow
from bot.core.review import TOLD, UNSPOKEN
from bot.wording import Wording, dates, people, sources

_NOT_PUBLIC = (Workflow.DRAFT, Workflow.PENDING, Workflow.REJECTED)
_NEVER_SAID = (Attribution.MISATTRIBUTED, Attribution.FABRICATED)


def is_public(dossier: Dossier) -> bool:
    """Whether readers may know that this fact exists; a withdrawn one stays known as withdrawn."""
    return dossier.fact.workflow not in _NOT_PUBLIC


def shows_words(dossier: Dossier) -> bool:
    """Whether the words may stand in an answer."""
    fact = dossier.fact
    return fact.workflow is Workflow.PUBLISHED and fact.revision.attribution not in _NEVER_SAID


def is_unspoken(dossier: Dossier) -> bool:
    """Whether it was withdrawn for a reason for which its words and whose they were are repeated nowhere."""
    withdrawal = dossier.fact.revision.withdrawal
    return dossier.fact.workflow is Workflow.WITHDRAWN and withdrawal is not None and withdrawal.reason in UNSPOKEN


def speaker_told(dossier: Dossier) -> str:
    """The speaker's name where the words are not shown; "" where there is none, or it must not be told either."""
    return "" if is_unspoken(dossier) else one_line(people.speaker_name(dossier) or "")


def card_of(dossier: Dossier, words: Wording, *, kept: Mapping[str, str] = sources.NOTHING_KEPT) -> FactCard:
    """The card of a fact whose words may be shown. Only exact words that were compared stand in quotation marks.

    `kept` has the normalised texts that are kept here, by source.
    """
    fact = dossier.fact
    revision = fact.revision
    source = main_source(dossier)
    text = one_line(revision.text)
    lines = (
        words.say("card.long", number=fact.number) if is_long(text) else "",
        dates.said_line(revision, source, words),
        sources.source_line(source, words),
        sources.checking_line(dossier, words, kept),
        sources.last_line(dossier, words, kept),
        *related_lines(dossier, words),
    )
    return FactCard(
        number=fact.number,
        revision=revision.number,
        lead=people.lead(dossier, words),
        text=text,
        quoted=revision.kind is Kind.DIRECT and sources.verdict(dossier, kept).found,
        byline=people.byline(dossier, words),
        lines=tuple(line for line in lines if line),
        url=source.url if source else None,
        particulars=Particulars(
            kind=revision.kind,
            quoted_spans=revision.quoted_spans,
            speaker=people.speaker_name(dossier),
            said=revision.said.on.edtf if revision.said.on else None,
            published=source.published.edtf if source and source.published else None,
            source=source.title if source else "",
            unverified=revision.unverified,
        ),
    )


def blocks_of(
    dossier: Dossier,
    history: Sequence[PastRevision],
    words: Wording,
    *,
    kept: Mapping[str, str] = sources.NOTHING_KEPT,
) -> tuple[Block, ...]:
    """What an answer shows of a public fact: its card with any banner above, or a tombstone."""
    if not shows_words(dossier):
        return (Text(tombstone(dossier, history, words)),)
    match = sources.verdict(dossier, kept)
    revision = dossier.fact.revision
    banners = [] if match.found else [words.say(f"banner.{match}")]
    if revision.unverified:
        banners.append(words.say("banner.unverified", why=one_line(revision.unverified).rstrip(".")))
    if revision.attribution is Attribution.DISPUTED:
        banners.append(words.say("banner.disputed"))
    card = card_of(dossier, words, kept=kept)
    return (Text("\n".join(banners)), card) if banners else (card,)


def choices_of(dossier: Dossier, words: Wording) -> tuple[Choice, ...]:
    """What can be asked next about one fact."""
    number = dossier.fact.number
    if shows_words(dossier):
        return tuple(number_choice(name, number, words) for name in ("context", "evidence"))
    instead = replacement(dossier)
    history = (number_choice("history", number, words),)
    return history if instead is None else (_show(instead, words), *history)


def replacement(dossier: Dossier) -> int | None:
    """The number of the fact that is to be read instead of a withdrawn one."""
    return next(
        (
            each.number
            for each in dossier.related
            if each.kind is None and each.outgoing and each.workflow is Workflow.PUBLISHED
        ),
        None,
    )


def related_lines(dossier: Dossier, words: Wording) -> Iterator[str]:
    """ "Denied by #18": what other facts on record say of this one, and what it says of them."""
    shown = [each for each in dossier.related if each.workflow is Workflow.PUBLISHED]
    for kind in TOLD:
        for way, outgoing in (("by", False), ("of", True)):
            numbers = [f"#{each.number}" for each in shown if each.kind is kind and each.outgoing is outgoing]
            if numbers:
                yield words.say(f"related.{kind}.{way}", facts=", ".join(numbers))


def _show(number: int, words: Wording) -> Choice:
    return Choice(label=words.say("button.replacement", number=number), line=f"fact #{number}", short="replacement")


def number_choice(command: str, number: int, words: Wording) -> Choice:
    """The button of a command that takes a fact's number."""
    return Choice(label=words.say(f"button.{command}"), line=f"{command} {number}", short=command)


def tombstone(dossier: Dossier, history: Sequence[PastRevision], words: Wording) -> str:
    """One sentence in place of words that are no longer, or never were, an answer."""
    fact = dossier.fact
    who = speaker_told(dossier)
    nobody = "" if who else ".nobody"
    if fact.workflow is Workflow.WITHDRAWN:
        last = _last(history, Workflow.WITHDRAWN)
        when = dates.day(last.at.date(), words) if last else words.say("stone.undated")
        reason = _why(dossier, one_line(last.reason).rstrip(".") if last else "", words)
        return words.say(f"stone.withdrawn{nobody}", when=when, number=fact.number, who=who, reason=reason)
    if fact.workflow is Workflow.HIDDEN:
        last = _last(history, Workflow.HIDDEN)
        when = dates.day(last.at.date(), words) if last else words.say("stone.undated")
        reason = one_line(last.reason).rstrip(".") if last else ""
        return words.say("stone.hidden.why" if reason else "stone.hidden", when=when, number=fact.number, reason=reason)
    return words.say(f"stone.{fact.revision.attribution}{nobody}", number=fact.number, who=who)


def _why(dossier: Dossier, note: str, words: Wording) -> str:
    """The class of a withdrawal with what was said about it."""
    withdrawal = dossier.fact.revision.withdrawal
    if withdrawal is None:
        return note or words.say("stone.reason.unknown")
    note = note or one_line(withdrawal.note).rstrip(".")
    sort = words.say(f"desk.why.{withdrawal.reason}")
    return words.say("stone.reason", sort=sort, note=note) if note else sort


def _last(history: Sequence[PastRevision], state: Workflow) -> PastRevision | None:
    """The newest entry that brought the fact into this state: its verb is the state's name."""
    return next((entry for entry in reversed(history) if entry.verb == state), None)

"""What reviewers see of a thing that waits: the fact as readers will see it, what speaks for and against, and buttons.

The line of a button names what was seen: the revision, and which suggestion, change or report. Whatever has happened
meanwhile makes the click stale, and it then says so.
"""

from __future__ import annotations

from dataclasses import replace

from bot.commands.arguments import one_line
from bot.commands.desk.buttons import choice
from bot.commands.desk.checks import checks
from bot.commands.desk.differing import changed, changed_source
from bot.commands.desk.preview import in_place, preview
from bot.commands.desk.who import called
from bot.commands.reply import Block, Choice, Choices, Fields, Text
from bot.commands.services import Office
from bot.core.desk import notices
from bot.core.desk.authorship import put_before, writers_of
from bot.core.desk.port import DeskReading
from bot.core.desk.sourcing import source_moved
from bot.core.model.desk import Origin, Proposal, Report
from bot.core.model.fact import Dossier, Revision
from bot.core.model.review import Workflow
from bot.core.model.source import Source
from bot.core.references import references
from bot.core.review import rebased
from bot.wording import Wording, dates

_COUNTED = 1_000  # facts of a source


async def fact_card(view: DeskReading, dossier: Dossier, office: Office, words: Wording) -> tuple[Block, ...]:
    """A fact that waits for its first publication."""
    fact = dossier.fact
    doings = await view.doings(fact.number)
    put = put_before(doings)
    vouched = next((doing for doing in reversed(doings) if doing.verb == "vouched"), None)
    head = [words.say("desk.waits", number=fact.number, revision=fact.revision.number)]
    if put is not None:
        who, when = await called(view, put.person, words), dates.instant(put.at, words)
        key = "imported" if put.verb == "imported" else "by"
        head.append(words.say(f"desk.waits.{key}", who=who, when=when))
    written = writers_of(doings).get(fact.revision.number)
    if put is not None and written not in (None, put.person):
        head.append(words.say("desk.rewritten", who=await called(view, written, words)))
    if vouched is not None:
        head.append(words.say("desk.vouched", who=await called(view, vouched.person, words)))
    seen = f"@{fact.revision.number}.{notices.fact_card(put.at)}" if put else f"@{fact.revision.number}"
    buttons = (
        choice("approve", fact.number, words, tail=seen),
        choice("fix", fact.number, words),
        choice("reject", fact.number, words, tail=seen),
        choice("names", fact.number, words),
    )
    return (Text("\n".join(head)), *await _judged(view, dossier, office, words), Choices(buttons))


async def change_card(
    view: DeskReading, dossier: Dossier, proposal: Proposal, office: Office, words: Wording
) -> tuple[Block, ...]:
    """A change of a fact that waits: before and after, and how the answer will read."""
    fact = dossier.fact
    after = await proposed(view, dossier, proposal)
    who, when = await called(view, proposal.person or None, words), dates.instant(proposal.at, words)
    conflict = proposal.origin is Origin.FILES
    key = "conflict" if conflict else f"move.{proposal.verb}" if proposal.moves else "change"
    by = words.say("desk.waits.file", when=when) if conflict else words.say("desk.waits.by", who=who, when=when)
    head = [words.say(f"desk.{key}", number=fact.number), by]
    if proposal.reason:
        head.append(words.say("history.reason", reason=one_line(proposal.reason)))
    blocks: list[Block] = [Text("\n".join(head))]
    if after is None:
        blocks.append(Text(words.say("desk.unreadable" if proposal.unreadable else "desk.overtaken")))
    else:
        rows = changed(fact.revision, after.fact.revision, after, words)
        for name, source in after.sources.items():
            if name in dossier.sources:
                rows += changed_source(dossier.sources[name], source, after, words)
        if rows:
            blocks.append(Fields(title="", rows=rows))
        if others := await _changing_with(dossier, after, view):
            blocks.append(Text(words.count("desk.source.others", others)))
        blocks += await _judged(view, after, office, words)
    seen = f"@{fact.revision.number}.{notices.proposal_card(proposal)}"
    buttons = [choice("reject", fact.number, words, tail=seen, label="keep" if conflict else "")]
    if after is not None:
        buttons.insert(0, choice("approve", fact.number, words, tail=seen, label="take" if conflict else ""))
    buttons.append(choice("history", fact.number, words))
    return (*blocks, Choices(tuple(buttons)))


async def _changing_with(before: Dossier, after: Dossier, view: DeskReading) -> int:
    """How many other published facts a change of a source changes."""
    corrected = [name for name, source in after.sources.items() if before.sources.get(name, source) != source]
    others = {
        each.fact.number
        for name in corrected
        for each in await view.facts_of(name, limit=_COUNTED)
        if each.fact.workflow is Workflow.PUBLISHED
    }
    return len(others - {before.fact.number})


async def report_card(
    view: DeskReading, dossier: Dossier, report: Report, office: Office, words: Wording
) -> tuple[Block, ...]:
    """What a reader reports, and the fact that it is about."""
    fact = dossier.fact
    who, when = await called(view, report.person, words), dates.instant(report.at, words)
    what = words.say(f"desk.wrong.{report.wrong}")
    head = [words.say("desk.report", report=report.number, number=fact.number, what=what)]
    if report.text:
        head.append(words.say("desk.report.text", text=one_line(report.text)))
    head.append(words.say("desk.waits.by", who=who, when=when))
    if report.revision != fact.revision.number:
        head.append(words.say("desk.report.older", seen=report.revision, now=fact.revision.number))
    buttons = [choice("fix", fact.number, words)]
    if fact.workflow is Workflow.PUBLISHED:
        buttons.append(choice("hide", fact.number, words, tail=f"@{fact.revision.number}"))
    if fact.workflow in (Workflow.PUBLISHED, Workflow.HIDDEN):
        buttons.append(choice("withdraw", fact.number, words))
    closing = words.say("button.close", report=report.number, number=fact.number)
    buttons.append(Choice(label=closing, line=f"close {fact.number} {report.number}", short="close"))
    return (Text("\n".join(head)), *await preview(view, dossier, office, words), Choices(tuple(buttons)))


async def proposed(view: DeskReading, dossier: Dossier, proposal: Proposal) -> Dossier | None:
    """The fact as it will be when the change is accepted; None where it has been overtaken or cannot be read."""
    fact = dossier.fact
    if proposal.unreadable:
        return None
    revision: Revision | None = proposal.revision or fact.revision
    if proposal.revision is not None and proposal.origin is Origin.DESK and proposal.base != fact.revision.number:
        earlier = (entry.revision for entry in await view.history(fact.number))
        base = next((each for each in earlier if each.number == proposal.base), None)
        revision = rebased(base, proposal.revision, fact.revision) if base else None
    if revision is None:
        return None
    held = dict(dossier.sources)
    if proposal.source is not None:
        stored = await view.source(proposal.source.id)
        if stored is not None and source_moved(proposal, stored, await view.doings(fact.number)):
            return None
        held[proposal.source.id] = proposal.source
    for citation in revision.citations:
        source: Source | None = held.get(citation.source) or await view.source(citation.source)
        if source is not None:
            held[citation.source] = source
    vocabulary, named = await view.vocabulary(), references(revision)
    return replace(
        dossier,
        fact=replace(fact, revision=revision),
        sources=held,
        entities={**dossier.entities, **{each.id: each for each in vocabulary.entities if each.id in named.entities}},
        topics={**dossier.topics, **{each.id: each for each in vocabulary.topics if each.id in named.topics}},
    )


async def _judged(view: DeskReading, dossier: Dossier, office: Office, words: Wording) -> tuple[Block, ...]:
    """How readers will see it, what the checks found, then its words in their place."""
    around = await in_place(view, dossier, words)
    found = Text("\n".join(await checks(view, dossier, words)))
    return (*await preview(view, dossier, office, words), found, *((around,) if around else ()))

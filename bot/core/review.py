"""The rules of review as tables: who may move a fact from which state to which, and what makes an answer say more.

The rule behind all of them: one person may make an answer say less, two make it say more.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from bot.core.model.fact import Hop, Revision, Said, Speaker, Venue
from bot.core.model.review import Attribution, Relation, RelationKind, WithdrawalReason, Workflow
from bot.core.model.source import Source, Supports

# What a file may do to a fact that is on file already: (state here, state in the file) -> state afterwards.
# Pairs that are absent leave the state as it is: a file never brings back what was hidden, withdrawn or rejected.
BY_FILE = {
    (Workflow.DRAFT, Workflow.PENDING): Workflow.PENDING,
    (Workflow.DRAFT, Workflow.PUBLISHED): Workflow.PUBLISHED,
    (Workflow.DRAFT, Workflow.REJECTED): Workflow.REJECTED,
    (Workflow.PENDING, Workflow.PUBLISHED): Workflow.PUBLISHED,
    (Workflow.PENDING, Workflow.REJECTED): Workflow.REJECTED,
    (Workflow.PUBLISHED, Workflow.HIDDEN): Workflow.HIDDEN,
    (Workflow.PUBLISHED, Workflow.WITHDRAWN): Workflow.WITHDRAWN,
    (Workflow.HIDDEN, Workflow.WITHDRAWN): Workflow.WITHDRAWN,
}

VERBS = {
    Workflow.DRAFT: "imported",
    Workflow.PENDING: "imported",
    Workflow.PUBLISHED: "published",
    Workflow.HIDDEN: "hidden",
    Workflow.WITHDRAWN: "withdrawn",
    Workflow.REJECTED: "rejected",
}


class Act(StrEnum):
    """What people do to a fact as a whole."""

    APPROVE = "approve"
    REJECT = "reject"
    HIDE = "hide"
    WITHDRAW = "withdraw"
    BRING_BACK = "bring-back"


@dataclass(frozen=True, slots=True)
class Move:
    """Where an act leads, how many people it takes, and the verb of its audit line."""

    after: Workflow
    people: int  # 2: what the first of them does waits for the second
    verb: str


# Acts that are absent are refused in that state.
MOVES: Mapping[tuple[Workflow, Act], Move] = {
    (Workflow.DRAFT, Act.APPROVE): Move(Workflow.PUBLISHED, 2, "published"),
    (Workflow.DRAFT, Act.REJECT): Move(Workflow.REJECTED, 1, "rejected"),
    (Workflow.PENDING, Act.APPROVE): Move(Workflow.PUBLISHED, 2, "published"),
    (Workflow.PENDING, Act.REJECT): Move(Workflow.REJECTED, 1, "rejected"),
    (Workflow.PUBLISHED, Act.HIDE): Move(Workflow.HIDDEN, 1, "hidden"),
    (Workflow.PUBLISHED, Act.WITHDRAW): Move(Workflow.WITHDRAWN, 1, "withdrawn"),
    (Workflow.HIDDEN, Act.WITHDRAW): Move(Workflow.WITHDRAWN, 1, "withdrawn"),
    (Workflow.HIDDEN, Act.BRING_BACK): Move(Workflow.PUBLISHED, 2, "unhidden"),
    (Workflow.WITHDRAWN, Act.BRING_BACK): Move(Workflow.PUBLISHED, 2, "restored"),
    (Workflow.REJECTED, Act.BRING_BACK): Move(Workflow.PENDING, 1, "reopened"),
}

#: Withdrawn for one of these, a fact's words are repeated nowhere, not even in its history.
UNSPOKEN = (WithdrawalReason.PERSONAL_DATA, WithdrawalReason.LEGAL)

WAITING = (Workflow.DRAFT, Workflow.PENDING)  # states in which the fact itself waits for review
WRITING = frozenset({"imported", "suggested", "revised", "changed", "published", "withdrawn", "restored"})
VOUCHING = frozenset({"vouched", "reopened"})  # verbs of people who answer for content that somebody else wrote


class Effect(StrEnum):
    """What a changed value does to the answer."""

    SAME = "same"  # it is metadata, or a slip of case, blanks or punctuation
    LESS = "less"
    MORE = "more"  # or otherwise


Judge = Callable[[Any, Any], Effect]


def _never(before: object, after: object) -> Effect:
    return Effect.SAME


def _always(before: object, after: object) -> Effect:
    return Effect.MORE


def _less_where(says_less: Callable[[Any, Any], bool]) -> Judge:
    return lambda before, after: Effect.LESS if says_less(before, after) else Effect.MORE


def _gone(before: object, after: object) -> bool:
    return after is None


def slip(before: str, after: str) -> bool:
    """Whether two texts differ in case, blanks and punctuation alone; numbers are compared with their signs."""
    return _letters(before) == _letters(after)


def _letters(text: str) -> list[str]:
    composed = unicodedata.normalize("NFC", text)
    numbers = re.findall(r"\d[\d.,:/-]*\d|\d", composed)
    return [*numbers, "".join(sign for sign in composed.casefold() if sign.isalpha() or _is_vowel(sign))]


def _is_vowel(sign: str) -> bool:
    """Whether a mark makes another letter, as vowel signs do; what is left of accents after composing does not."""
    return unicodedata.category(sign) in ("Mn", "Mc") and not "\u0300" <= sign <= "\u036f"


def _speaker(before: Speaker | None, after: Speaker | None) -> Effect:
    if after is None:
        return Effect.LESS
    if before is None or before.entity != after.entity or not slip(before.name_in_source, after.name_in_source):
        return Effect.MORE
    if not after.role_in_source:
        return Effect.LESS
    return Effect.SAME if slip(before.role_in_source, after.role_in_source) else Effect.MORE


def _said(before: Said, after: Said) -> Effect:
    if replace(before, basis="") == replace(after, basis=""):
        return Effect.SAME  # what the date rests on, in words
    bounds_kept = after.not_before in (None, before.not_before) and after.not_after in (None, before.not_after)
    return Effect.LESS if after.on is None and not after.stated and bounds_kept else Effect.MORE


def _venue(before: Venue, after: Venue) -> Effect:
    if not after.text:
        return Effect.LESS
    return Effect.SAME if slip(before.text, after.text) and before.stated == after.stated else Effect.MORE


def _chain(before: tuple[Hop, ...], after: tuple[Hop, ...]) -> Effect:
    if before[1:] == after[1:] and _only_spelled(before, after):
        return Effect.SAME
    same_acts = [hop.act for hop in before] == [hop.act for hop in after]
    fewer_names = all(
        new in (old, nameless(old), replace(nameless(old), stated=old.stated))
        for old, new in zip(before, after, strict=False)
    )
    return Effect.LESS if same_acts and fewer_names else Effect.MORE


def _only_spelled(before: tuple[Hop, ...], after: tuple[Hop, ...]) -> bool:
    """Whether whoever spoke is the same at the beginning of both, but for a slip in the name."""
    if not before or not after:
        return False
    return replace(before[0], name="") == replace(after[0], name="") and slip(before[0].name, after[0].name)


def nameless(hop: Hop) -> Hop:
    """The link of a chain with nobody named in it, and nothing said of whether the source states it."""
    return Hop(act=hop.act)


#: What is told below the words of both facts; the other kinds show in no answer.
TOLD = (RelationKind.DENIES, RelationKind.CONTRADICTS, RelationKind.CORRECTS)


def _relations(before: tuple[Relation, ...], after: tuple[Relation, ...]) -> Effect:
    old, new = ({each for each in relations if each.kind in TOLD} for relations in (before, after))
    if new - old:
        return Effect.MORE
    return Effect.LESS if old - new else Effect.SAME


_SURE = (
    Attribution.FABRICATED,
    Attribution.MISATTRIBUTED,
    Attribution.DISPUTED,
    Attribution.SECOND_HAND,
    Attribution.ATTRIBUTED,
    Attribution.VERIFIED,
)

#: Every field of a revision's content, and what a change of it does to the answer.
REVISION_SAYS: Mapping[str, Judge] = {
    "label": _never,
    "kind": _always,
    "text": _always,
    "quoted_spans": _always,
    "language": _always,
    "original_language": _less_where(_gone),
    "speaker": _speaker,
    "addressee": _less_where(_gone),
    "said": _said,
    "venue": _venue,
    "quantities": _never,
    "topics": _never,
    "about": _never,
    "chain": _chain,
    "attribution": _less_where(lambda before, after: _SURE.index(after) < _SURE.index(before)),
    "answerable": _less_where(lambda before, after: not after),
    "restates": _never,
    "relations": _relations,
    "unverified": _less_where(lambda before, after: bool(after)),
    "withdrawal": _less_where(lambda before, after: after is not None),
    "citations": _less_where(lambda before, after: set(after) < set(before) and _has_words(after)),
    "notes": _never,
}

#: The same of the source that an answer names.
SOURCE_SAYS: Mapping[str, Judge] = {
    "publisher": _less_where(_gone),
    "title": lambda before, after: Effect.SAME if slip(before, after) else Effect.MORE,
    "author": _less_where(_gone),
    "published": _less_where(_gone),
    "url": _less_where(_gone),
    "language": _always,
    "independence": _always,
    "snapshot": _never,  # what was seen, which comparisons judge
    "passages": _never,
    "credits": _never,
    "notes": _never,
}


def _has_words(citations: tuple[Any, ...]) -> bool:
    return any(citation.supports is Supports.TEXT for citation in citations)


def effects(before: Revision, after: Revision) -> dict[str, Effect]:
    """Field -> what its change does, of every field that changed."""
    return _effects(REVISION_SAYS, before, after)


def source_effects(before: Source, after: Source) -> dict[str, Effect]:
    """The same of a source."""
    return _effects(SOURCE_SAYS, before, after)


def _effects(table: Mapping[str, Judge], before: object, after: object) -> dict[str, Effect]:
    pairs = {name: (getattr(before, name), getattr(after, name)) for name in table}
    return {name: table[name](old, new) for name, (old, new) in pairs.items() if old != new}


def _blank_speaker(before: Speaker, after: Speaker | None) -> Speaker | None:
    """Whom a name is to be filed under is nothing that an answer is wrong without."""
    refiled = before.entity is not None and after is not None and before.entity != after.entity
    if after is None or refiled or not slip(before.name_in_source, after.name_in_source):
        return None
    same_role = before.role_in_source == after.role_in_source
    # A name that is filed from now on waits with the beginning of the chain, which names it.
    name = after.name_in_source if before.entity == after.entity else before.name_in_source
    return replace(before, name_in_source=name, role_in_source=before.role_in_source if same_role else "")


#: What stands in place of a value that somebody contests, until a second person has looked. Fields that are absent
#: have no blank: the words, for one, are hidden as a whole or stay.
BLANKS: Mapping[str, Callable[[Any, Any], Any]] = {
    "speaker": lambda before, after: before and _blank_speaker(before, after),
    "addressee": lambda before, after: None,
    "original_language": lambda before, after: None,
    "said": lambda before, after: replace(before, on=None, stated=False),
    "venue": lambda before, after: Venue(),
    "chain": lambda before, after: (*map(nameless, before[:1]), *before[1:]) if before[:1] != after[:1] else before,
}
SOURCE_BLANKS: Mapping[str, Callable[[Any, Any], Any]] = {
    "publisher": lambda before, after: None,
    "author": lambda before, after: None,
    "published": lambda before, after: None,
    "url": lambda before, after: None,
}


def at_once(before: Revision, wanted: Revision) -> tuple[Revision, bool]:
    """What of a change one person may make at once, and whether something is left for a second one.

    What says less and metadata are made; a contested value is blanked where it can be.
    """
    changed = effects(before, wanted)
    values = _now(before, wanted, changed, BLANKS)
    speaker = values.get("speaker", before.speaker)
    if changed.get("chain") is Effect.MORE and speaker is not None:
        del values["chain"]  # who spoke is still named, and the chain waits with the rest
        if speaker != before.speaker and _only_spelled(before.chain, wanted.chain):
            values["chain"] = (wanted.chain[0], *before.chain[1:])  # but for a slip in the name
    return replace(before, **values), Effect.MORE in changed.values()


def source_at_once(before: Source, wanted: Source) -> tuple[Source, bool]:
    """The same of a source."""
    changed = source_effects(before, wanted)
    return replace(before, **_now(before, wanted, changed, SOURCE_BLANKS)), Effect.MORE in changed.values()


def _now(
    before: object, wanted: object, changed: Mapping[str, Effect], blanks: Mapping[str, Callable[[Any, Any], Any]]
) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for name, effect in changed.items():
        old, new = getattr(before, name), getattr(wanted, name)
        if effect is not Effect.MORE:
            values[name] = new
        elif name in blanks:
            values[name] = blanks[name](old, new)
    return values


def rebased(base: Revision, proposed: Revision, current: Revision) -> Revision | None:
    """The current revision with what was proposed; None where it has changed in one of these places since the base."""
    wanted = effects(base, proposed)
    if any(getattr(base, name) != getattr(current, name) for name in wanted):
        return None
    return replace(current, **{name: getattr(proposed, name) for name in wanted})

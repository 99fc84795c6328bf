"""What an answer owes its readers beside the words: doubts, denials, and where to read on."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from bot.commands.card import blocks_of, card_of, choices_of, tombstone
from bot.commands.reply import Text
from bot.core.model.fact import Dossier, PastRevision, Related
from bot.core.model.review import RelationKind, Withdrawal, WithdrawalReason, Workflow
from bot.wording import languages, wording
from tests.builders import NOON, a_dossier
from tests.commands.shelf import a_checked_dossier

EN = wording("en")


def related(kind: RelationKind | None, *, outgoing: bool, **changes: Any) -> Related:
    values: dict[str, Any] = {"number": 18, "label": "Another", "workflow": Workflow.PUBLISHED}
    return Related(kind=kind, outgoing=outgoing, **values | changes)


def withdrawn(**changes: Any) -> tuple[Dossier, tuple[PastRevision, ...]]:
    """A withdrawn fact and its history."""
    found = a_checked_dossier()
    withdrawal = Withdrawal(reason=WithdrawalReason.MISQUOTED, note="cut short", replaced_by="other")
    revision = replace(found.fact.revision, withdrawal=withdrawal)
    fact = replace(found.fact, workflow=Workflow.WITHDRAWN, revision=revision)
    line = PastRevision(revision=revision, at=NOON, verb="withdrawn", actor_name="", reason="cut short", actor="")
    return replace(found, fact=fact, **changes), (line,)


@pytest.mark.parametrize("language", languages())
def test_unverified_words_say_why_they_are_shown(language: str) -> None:
    found = a_dossier()
    fact = replace(found.fact, revision=replace(found.fact.revision, unverified="heard on the radio."))
    banner, *_ = blocks_of(replace(found, fact=fact), (), wording(language))

    assert isinstance(banner, Text)
    assert "heard on the radio." in banner.text
    assert card_of(replace(found, fact=fact), EN).particulars.unverified == "heard on the radio."  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("kind", "outgoing", "line"),
    [
        (RelationKind.DENIES, False, "Denied by #18"),
        (RelationKind.CONTRADICTS, False, "Contradicted by #18"),
        (RelationKind.CORRECTS, True, "Corrects #18"),
    ],
)
def test_what_other_facts_say_of_it_stands_below_the_words(kind: RelationKind, outgoing: bool, line: str) -> None:
    found = replace(a_checked_dossier(), related=(related(kind, outgoing=outgoing),))

    assert line in card_of(found, EN).lines


def test_a_fact_that_is_out_of_sight_denies_nothing() -> None:
    hidden = related(RelationKind.DENIES, outgoing=False, workflow=Workflow.HIDDEN)
    found = replace(a_checked_dossier(), related=(hidden, related(RelationKind.RESTATES, outgoing=False)))

    assert card_of(found, EN).lines == card_of(a_checked_dossier(), EN).lines


def test_a_tombstone_has_the_class_the_note_and_what_to_read_instead() -> None:
    found, history = withdrawn(related=(related(None, outgoing=True),))

    assert "Reason: misquoted; cut short." in tombstone(found, history, EN)
    assert [choice.line for choice in choices_of(found, EN)] == ["fact #18", "history 17"]


def test_a_replacement_that_is_not_shown_is_not_offered() -> None:
    found, _ = withdrawn(related=(related(None, outgoing=True, workflow=Workflow.WITHDRAWN),))

    assert [choice.line for choice in choices_of(found, EN)] == ["history 17"]


def test_a_speaker_that_was_blanked_is_not_given() -> None:
    found = a_checked_dossier()
    fact = replace(found.fact, revision=replace(found.fact.revision, speaker=None))

    assert card_of(replace(found, fact=fact), EN).byline == "— Speaker not given"

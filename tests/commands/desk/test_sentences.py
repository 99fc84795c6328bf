"""Whatever the core finds or refuses, there is a sentence for it in every language."""

from __future__ import annotations

import inspect
from dataclasses import fields
from string import Formatter

import pytest

from bot.commands.desk.refusing import sentence
from bot.core.desk import refusals
from bot.core.desk.typed import Wrong as Typed
from bot.core.desk.weighing import Weight
from bot.core.model.change import ChangeRefused, RevisionConflict
from bot.core.model.desk import Form, Wrong
from bot.core.model.fact import Revision
from bot.core.model.names import EntityType
from bot.core.model.review import RelationKind, WithdrawalReason, Workflow
from bot.core.model.source import Source
from bot.core.review import REVISION_SAYS, SOURCE_SAYS
from bot.core.rules.remark import Code
from bot.interchange.phrases import PHRASES
from bot.wording import languages, wording

KEYS = [
    *(f"flaw.{code}" for code in Code),
    *(f"check.{weight}" for weight in Weight),
    *(f"trouble.{wrong}" for wrong in Typed),
    *(f"desk.wrong.{wrong}" for wrong in Wrong),
    *(f"desk.why.{reason}" for reason in WithdrawalReason),
    *(f"desk.related.{kind}" for kind in RelationKind),
    *(f"desk.state.{state}" for state in Workflow),
    *(f"entity.{kind}" for kind in EntityType),
    *(f"form.{each.name}" for each in fields(Form)),
    *(f"desk.field.{name}" for name in (*REVISION_SAYS, *SOURCE_SAYS) if name not in ("snapshot", "passages")),
]
REFUSALS: tuple[ChangeRefused, ...] = (
    refusals.NotAnEditor("x"),
    refusals.NoSuchFact(17),
    refusals.NotNow(17, Workflow.HIDDEN, "hide"),
    refusals.OwnWork(17),
    refusals.Unlinked(17, ["discord"]),
    refusals.AlreadyWaits(17),
    refusals.NothingWaits(17),
    refusals.NothingChanges(17),
    refusals.Overtaken(17, 1, 2),
    refusals.NotFoundInPassage(17),
    refusals.Flawed(17, ()),
    refusals.Unreadable("language", "x"),
    refusals.Unread(17),
    refusals.NoReason("x"),
    refusals.BadCode("x"),
    refusals.NameTaken("x"),
    refusals.BatchRefused(1, "own"),
    refusals.UnknownSubject("x"),
    refusals.NotFollowed(17),
    refusals.TooManyFollows(25),
    RevisionConflict("slug", 1, 2),
)


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("key", KEYS)
def test_every_class_has_a_sentence(key: str, language: str) -> None:
    assert key in wording(language).sentences


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("code", list(Code))
def test_a_flaw_says_no_more_than_its_rule_tells(code: Code, language: str) -> None:
    said = wording(language).sentences[f"flaw.{code}"]
    assert isinstance(said, str)
    assert places(said) <= places(" ".join(PHRASES[code]))


def places(template: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(template) if name}


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("error", REFUSALS, ids=lambda error: type(error).__name__)
def test_every_refusal_is_one_clear_sentence_of_its_own(error: ChangeRefused, language: str) -> None:
    words = wording(language)
    other = words.say("refusal.other", why="").strip()
    assert not sentence(error, words).startswith(other)
    assert len({sentence(each, words) for each in REFUSALS}) == len(REFUSALS)


def test_no_refusal_is_left_out() -> None:
    known = {kind for _, kind in inspect.getmembers(refusals, inspect.isclass) if issubclass(kind, ChangeRefused)}
    assert known - {ChangeRefused} == {type(error) for error in REFUSALS} - {RevisionConflict}


def test_every_field_that_can_differ_is_named() -> None:
    assert {each.name for each in fields(Revision)} - set(REVISION_SAYS) == {"number", "content_hash"}
    assert {each.name for each in fields(Source)} - set(SOURCE_SAYS) == {"id"}

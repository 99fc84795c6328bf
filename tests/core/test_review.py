"""Who may see what after an import: every pair of states, also those the table leaves out."""

from __future__ import annotations

import itertools

import pytest

from bot.core.model.fact import Act, Hop
from bot.core.model.names import Topic
from bot.core.model.review import Workflow
from bot.core.references import references, with_broader
from bot.core.review import BY_FILE, VERBS
from bot.store.memory import MemoryStore
from tests.builders import CountingIds, StoppedClock, a_record, a_revision, an_import
from tests.store.simple import simple_index


async def after(here: Workflow, in_file: Workflow, publish_as: str | None) -> Workflow:
    store = MemoryStore(index=simple_index, clock=StoppedClock(), ids=CountingIds())
    first = a_record(workflow=here, base_revision=1)
    await store.apply(an_import(first, publish_as="Test Desk"), key="first", expect={})
    second = a_record(workflow=in_file, base_revision=1)
    await store.apply(an_import(second, publish_as=publish_as), key="second", expect={})
    async with store.reading() as reading:
        (dossier,) = await reading.dossiers([1])
    return dossier.fact.workflow


@pytest.mark.parametrize(("here", "in_file"), list(itertools.product(Workflow, Workflow)))
async def test_a_file_with_a_name_moves_by_the_table(here: Workflow, in_file: Workflow) -> None:
    assert await after(here, in_file, "Test Desk") is BY_FILE.get((here, in_file), here)


@pytest.mark.parametrize(("here", "in_file"), list(itertools.product(Workflow, Workflow)))
async def test_a_file_without_a_name_never_makes_an_answer_say_more(here: Workflow, in_file: Workflow) -> None:
    state = await after(here, in_file, None)
    assert state is here or state is not Workflow.PUBLISHED


def test_nothing_comes_back_by_file() -> None:
    hidden = {Workflow.HIDDEN, Workflow.WITHDRAWN, Workflow.REJECTED}
    assert not any(here in hidden and there not in hidden for (here, _), there in BY_FILE.items())


def test_every_state_has_its_verb() -> None:
    assert VERBS.keys() == set(Workflow)


def test_references_name_each_id_once_in_order() -> None:
    chain = (Hop(act=Act.SAID, actor="ada-muster"), Hop(act=Act.QUOTED, actor="gazette"), Hop(act=Act.REPORTED))
    named = references(a_revision(chain=chain, addressee="council", about=("testwick", "ada-muster")))
    assert named.entities == ("ada-muster", "council", "testwick", "gazette")
    assert (named.sources, named.topics, named.series) == (("gazette-2026-05-02",), ("testwick-trees",), ())


def test_broader_topics_are_followed_through_circles_and_gaps() -> None:
    topics = {
        "a": Topic(id="a", label="A", broader=("b", "gone")),
        "b": Topic(id="b", label="B", broader=("a", "c")),
        "c": Topic(id="c", label="C"),
    }
    assert [topic.id for topic in with_broader(("a", "gone"), topics.get)] == ["a", "b", "c"]

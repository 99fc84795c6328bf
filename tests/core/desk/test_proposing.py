"""What a fact may belong to: names in its words, and the topics of facts near it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.core.desk.proposing import MOST, Proposed, Sort, missing_name, proposals
from bot.core.model.finding import Named
from bot.core.model.names import Entity, EntityType, Topic
from bot.core.ports import Vocabulary
from tests.builders import a_dossier, a_speaker

TREES = Topic(id="trees", label="Trees in Testwick")
MANY = tuple(Topic(id=f"topic-{number}", label=f"Topic {number}") for number in range(9))
ADA = Entity(id="ada-muster", type=EntityType.PERSON, name="Ada Muster")
TOWN = Entity(id="testwick", type=EntityType.PLACE, name="Testwick")
KNOWN = Vocabulary(entities=(ADA, TOWN), topics=(TREES, *MANY), series=())
READ = (
    Named(id="trees", name="Trees in Testwick", surface="trees"),
    Named(id="testwick", name="Testwick", surface="Testwick's"),
    Named(id="", name="Germany", surface="German"),
)
BARE = replace(a_dossier().fact.revision, topics=(), about=(), speaker=None)


def near(number: int, *topics: str) -> object:
    dossier = a_dossier(number=number)
    return replace(dossier, fact=replace(dossier.fact, revision=replace(BARE, topics=topics)))


def test_what_stands_in_the_words_and_is_on_file() -> None:
    assert proposals(BARE, READ, (), KNOWN) == (
        Proposed(Sort.TOPIC, "trees", "Trees in Testwick", "trees"),
        Proposed(Sort.ABOUT, "testwick", "Testwick", "Testwick's"),
    )
    assert proposals(replace(BARE, topics=("trees",), about=("testwick",)), READ, (), KNOWN) == ()


def test_topics_of_near_facts_come_behind_and_say_which_fact_that_is() -> None:
    found = proposals(BARE, READ[:1], (near(7, "trees", "topic-1"), near(8, "gone")), KNOWN)  # type: ignore[arg-type]
    assert found == (
        Proposed(Sort.TOPIC, "trees", "Trees in Testwick", "trees"),
        Proposed(Sort.TOPIC, "topic-1", "Topic 1", "#7", near=True),
    )


def test_there_are_never_many() -> None:
    assert len(proposals(BARE, (), (near(7, *(each.id for each in MANY)),), KNOWN)) == MOST  # type: ignore[arg-type]


def test_a_name_of_the_source_that_does_not_lead_to_the_speaker() -> None:
    said = replace(BARE, speaker=a_speaker(entity="ada-muster", name_in_source="A. Muster"))
    assert missing_name(said, (), KNOWN) == ADA
    assert missing_name(said, (Named(id="ada-muster", name="Ada Muster", surface="A. Muster"),), KNOWN) is None
    assert missing_name(BARE, (), KNOWN) is None


@pytest.mark.parametrize("name", ["He", "the Mayor", "Muster, Dr. Ada", "Ada Muster", "ADA MUSTER"])
def test_what_is_no_further_name_of_the_speaker(name: str) -> None:
    said = replace(BARE, speaker=a_speaker(entity="ada-muster", name_in_source=name))
    assert missing_name(said, (), KNOWN) is None


def test_a_country_is_no_speaker() -> None:
    land = Entity(id="ukraine", type=EntityType.COUNTRY, name="Ukraine")
    said = replace(BARE, speaker=a_speaker(entity=None, name_in_source="the President of Ukraine"))
    assert proposals(said, (), (), replace(KNOWN, entities=(land,))) == ()

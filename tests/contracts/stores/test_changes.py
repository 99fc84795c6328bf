"""What a change does, whichever store takes it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.core.model.change import Applied, ChangeRefused, FactRecord, FileImport, Records, RevisionConflict
from bot.core.model.fact import Fact
from bot.core.model.names import Topic
from bot.core.model.review import Checking, Publication, Workflow
from bot.core.model.source import Check, CheckResult, Citation, Obtained, Snapshot
from bot.core.normalisation import normalise
from bot.core.search.plan import Term
from bot.core.verbatim import fingerprint, occurrences, passage_hash
from tests.builders import NOON, StoppedClock, a_record, a_source, an_import, some_entities, some_records, some_topics
from tests.contracts.stores.conftest import Store


async def bring(store: Store, *records: FactRecord, publish_as: str | None = "Test Desk", key: str = "") -> Applied:
    key = key or f"key {store.position} {hash(records)}"
    return await store.apply(an_import(*records, publish_as=publish_as), key=key, expect={})


async def the_fact(store: Store, number: int = 1) -> Fact:
    async with store.reading() as reading:
        (dossier,) = await reading.dossiers([number])
    return dossier.fact


async def found(store: Store, term: str) -> list[int]:
    async with store.reading() as reading:
        return [row.document.fact for row in (await reading.candidates(Term(term), limit=10)).rows]


async def exported(store: Store) -> Records:
    async with store.reading() as reading:
        return await reading.records()


async def test_a_published_import_can_be_found_and_names_who_answers_for_it(store: Store) -> None:
    applied = await bring(store)

    assert (applied.created, applied.published, applied.position) == (("muster-300-trees",),) * 2 + (1,)
    assert await found(store, "trees") == [1]
    assert (await the_fact(store)).publication == Publication(checking=Checking.FILE_IMPORT, by="Test Desk", at=NOON)


async def test_an_import_without_a_name_waits_unseen(store: Store) -> None:
    applied = await bring(store, publish_as=None)

    assert (applied.created, applied.published) == (("muster-300-trees",), ())
    assert (await the_fact(store)).workflow is Workflow.PENDING
    assert await found(store, "trees") == []


@pytest.mark.parametrize("workflow", [state for state in Workflow if state is not Workflow.PUBLISHED])
async def test_an_exported_fact_comes_in_as_it_was(store: Store, workflow: Workflow) -> None:
    """Only the state published depends on somebody answering for it."""
    await bring(store, a_record(workflow=workflow, base_revision=3))

    assert (await the_fact(store)).workflow is workflow
    assert await found(store, "trees") == []


async def test_a_new_record_that_waits_is_published_by_name(store: Store) -> None:
    await bring(store, a_record(workflow=Workflow.PENDING))

    assert (await the_fact(store)).workflow is Workflow.PUBLISHED


async def test_what_waited_is_published_by_the_same_file_with_a_name(store: Store) -> None:
    await bring(store, publish_as=None)
    applied = await bring(store)

    assert (applied.revised, applied.unchanged, applied.published) == ((), (), ("muster-300-trees",))
    assert await found(store, "trees") == [1]


async def test_the_same_key_gives_the_first_answer_and_changes_nothing(store: Store) -> None:
    first = await bring(store, key="event 1")
    again = await store.apply(
        an_import(a_record(text="Other words altogether")), key="event 1", expect={"muster-300-trees": 99}
    )

    assert again == replace(first, repeated=True)
    assert (await the_fact(store)).revision.text == "We have planted at least 300 trees"
    assert store.position == first.position


async def test_the_same_content_is_unchanged(store: Store) -> None:
    await bring(store)
    applied = await bring(store)

    assert applied == Applied(position=1, created=(), revised=(), unchanged=("muster-300-trees",), published=())
    assert store.position == 1


async def test_other_content_is_the_next_revision_and_the_first_is_kept(store: Store, clock: StoppedClock) -> None:
    await bring(store)
    clock.time += timedelta(days=1)
    applied = await bring(store, a_record(text="We have planted 301 oaks"))

    assert (applied.revised, applied.published, applied.position) == (("muster-300-trees",),) * 2 + (2,)
    assert await found(store, "trees") == []
    assert await found(store, "oaks") == [1]
    async with store.reading() as reading:
        past = await reading.history(1)
    assert [(line.revision.number, line.revision.text, line.at, line.verb, line.actor_name) for line in past] == [
        (1, "We have planted at least 300 trees", NOON, "published", "Test Desk"),
        (2, "We have planted 301 oaks", NOON + timedelta(days=1), "published", "Test Desk"),
    ]


async def test_a_changed_text_does_not_replace_a_published_one_without_a_name(store: Store) -> None:
    await bring(store)
    with pytest.raises(ChangeRefused, match="muster-300-trees is published"):
        await bring(store, a_record(slug="another"), a_record(text="Something else"), publish_as=None)

    assert (await the_fact(store)).revision.text == "We have planted at least 300 trees"
    assert len((await exported(store)).facts) == 1
    assert store.position == 1


async def test_what_a_published_fact_rests_on_does_not_change_without_a_name(store: Store) -> None:
    await bring(store)
    retitled = replace(some_records(), sources=(a_source(title="Trees for sale"),))
    with pytest.raises(ChangeRefused, match="gazette-2026-05-02: the published fact muster-300-trees rests on it"):
        await store.apply(FileImport(records=retitled, publish_as=None), key="b", expect={})
    assert (await exported(store)).sources == (a_source(),)

    await store.apply(FileImport(records=retitled, publish_as="Test Desk"), key="b", expect={})
    assert (await exported(store)).sources == (a_source(title="Trees for sale"),)


async def test_what_only_waiting_facts_rest_on_may_change(store: Store) -> None:
    await bring(store, publish_as=None)
    retitled = replace(some_records(), sources=(a_source(title="Trees for sale"),))
    await store.apply(FileImport(records=retitled, publish_as=None), key="b", expect={})

    async with store.reading() as reading:
        (dossier,) = await reading.dossiers([1])
    assert dossier.sources["gazette-2026-05-02"].title == "Trees for sale"


async def test_a_topic_that_moves_takes_its_facts_along(store: Store) -> None:
    await bring(store)
    (topic,) = some_topics()
    moved = Records(topics=(replace(topic, broader=("nature",)), Topic(id="nature", label="Nature")))
    await store.apply(FileImport(records=moved, publish_as="Test Desk"), key="b", expect={})

    assert await found(store, "t:nature") == [1]
    async with store.reading() as reading:
        assert [each.number for each in await reading.listed(topic="nature", limit=5)] == [1]
        (dossier,) = await reading.dossiers([1])
    assert set(dossier.topics) == {"testwick-trees", "nature"}


async def test_numbers_come_from_the_file_where_free_and_are_never_used_twice(store: Store) -> None:
    await bring(store, a_record(slug="one", number=17))
    await bring(store, a_record(slug="two", number=17), a_record(slug="three", number=5), a_record(slug="four"))

    assert [(fact.slug, fact.number) for fact in (await exported(store)).facts] == [
        ("three", 5),
        ("one", 17),
        ("two", 18),
        ("four", 19),
    ]


async def test_expect_names_what_the_caller_saw(store: Store) -> None:
    with pytest.raises(RevisionConflict) as unknown:
        await store.apply(an_import(), key="a", expect={"muster-300-trees": 1})
    assert (unknown.value.expected, unknown.value.found) == (1, 0)

    await store.apply(an_import(), key="a", expect={"muster-300-trees": 0})
    await bring(store, a_record(text="We have planted 301 oaks"))
    with pytest.raises(RevisionConflict):
        await store.apply(an_import(a_record(text="302 oaks")), key="c", expect={"muster-300-trees": 1})
    await store.apply(an_import(a_record(text="302 oaks")), key="c", expect={"muster-300-trees": 2})


async def test_a_file_from_an_older_revision_is_a_conflict(store: Store) -> None:
    await bring(store)
    await bring(store, a_record(text="We have planted 301 oaks"))

    applied = await bring(store, a_record(text="We have planted 299 elms", base_revision=1))

    assert applied.conflicts == ("muster-300-trees",)
    assert (await the_fact(store)).revision.text == "We have planted 301 oaks"
    await bring(store, a_record(text="We have planted 299 elms", base_revision=2))
    assert (await the_fact(store)).revision.number == 3


async def test_an_old_file_does_not_bring_old_words_back(store: Store) -> None:
    await bring(store)
    await bring(store, a_record(text="We have planted 301 oaks"))
    applied = await bring(store)

    assert applied.unchanged == ("muster-300-trees",)
    assert (await the_fact(store)).revision.text == "We have planted 301 oaks"


async def test_old_words_come_back_when_the_file_was_made_from_the_newest(store: Store) -> None:
    await bring(store)
    await bring(store, a_record(text="We have planted 301 oaks"))
    applied = await bring(store, a_record(base_revision=2))

    assert applied.revised == ("muster-300-trees",)
    assert (await the_fact(store)).revision.number == 3


async def test_a_file_of_another_database_is_no_base(store: Store) -> None:
    await bring(store)
    with pytest.raises(ChangeRefused, match="another revision 1"):
        await bring(store, a_record(text="301 oaks", base_revision=1, base_hash="f" * 64))


async def test_a_file_may_withdraw_but_not_bring_back(store: Store) -> None:
    await bring(store)
    await bring(store, a_record(workflow=Workflow.WITHDRAWN), publish_as=None)
    assert (await the_fact(store)).workflow is Workflow.WITHDRAWN
    assert await found(store, "trees") == []

    await bring(store)
    assert (await the_fact(store)).workflow is Workflow.WITHDRAWN
    async with store.reading() as reading:
        assert [line.verb for line in await reading.history(1)] == ["published", "withdrawn"]


async def test_evidence_that_answers_nothing_is_kept_but_not_found(store: Store) -> None:
    await bring(store, a_record(answerable=False))

    assert await found(store, "trees") == []
    async with store.reading() as reading:
        assert await reading.listed(limit=5) == ()
        assert (await reading.frequencies(["trees"])).documents == 0
        assert len(await reading.dossiers([1])) == 1


@pytest.mark.parametrize(
    ("records", "complaint"),
    [
        (some_records(a_record(topics=("nowhere",))), "no topic 'nowhere'"),
        (some_records(a_record(about=("testwick-trees",))), "no entity 'testwick-trees'"),
        (some_records(a_record(), a_record()), "stands twice"),
        (replace(some_records(), topics=(*some_topics(), Topic(id="testwick", label="x"))), "stands twice"),
        (some_records(a_record(slug="testwick")), "stands twice"),
    ],
)
async def test_records_that_do_not_hang_together_are_refused_as_a_whole(
    store: Store, records: Records, complaint: str
) -> None:
    with pytest.raises(ChangeRefused, match=complaint):
        await store.apply(FileImport(records=records, publish_as="Test Desk"), key="a", expect={})
    assert await exported(store) == Records()

    await bring(store, key="a")  # a refused key is not used up


async def test_an_id_keeps_its_kind(store: Store) -> None:
    await bring(store)
    for records in (
        Records(topics=(Topic(id="testwick", label="x"),)),
        Records(topics=(Topic(id="muster-300-trees", label="x"),)),
        some_records(a_record(slug="testwick-trees")),
    ):
        with pytest.raises(ChangeRefused):
            await store.apply(FileImport(records=records, publish_as="Test Desk"), key="b", expect={})


async def test_publishing_needs_a_name(store: Store) -> None:
    with pytest.raises(ChangeRefused, match="name"):
        await bring(store, publish_as=" ")


async def test_an_export_into_an_empty_store_gives_the_same_export(store: Store) -> None:
    await bring(store, a_record(slug="a", number=4), a_record(slug="b"), a_record(slug="c", base_revision=7))
    await bring(store, a_record(slug="a", text="We have planted 301 oaks"))
    before = await exported(store)
    assert [fact.base_revision for fact in before.facts] == [2, 1, 7]
    assert before.entities == some_entities()

    applied = await store.apply(FileImport(records=before, publish_as="Test Desk"), key="again", expect={})
    assert (applied.created, applied.revised, set(applied.unchanged)) == ((), (), {"a", "b", "c"})
    assert await exported(store) == before


async def test_the_private_text_is_kept_normalised(store: Store) -> None:
    words = "We have planted at least 300 trees"
    change = replace(an_import(), texts={"gazette-2026-05-02": f"\u201c{words}\u201d\u00a0for all"})
    await store.apply(change, key="a", expect={})
    async with store.reading() as reading:
        assert await reading.text_of("gazette-2026-05-02") == f'"{words}" for all'
        assert await reading.text_of("nowhere") is None

    other = FileImport(records=Records(), publish_as=None, texts={"gazette-2026-05-02": "Other"})
    with pytest.raises(ChangeRefused):
        await store.apply(other, key="b", expect={})
    with pytest.raises(ChangeRefused, match="no source 'x'"):
        await store.apply(FileImport(records=Records(), publish_as="N", texts={"x": "T"}), key="c", expect={})


KEPT = 'She said: "We have planted at least 300 trees," and left.'


async def test_words_are_compared_with_a_text_that_is_kept(store: Store) -> None:
    await store.apply(replace(an_import(), texts={"gazette-2026-05-02": KEPT}), key="a", expect={})

    for other in ("We have planted at least 900 trees", "and left"):
        with pytest.raises(ChangeRefused, match="muster-300-trees"):
            await store.apply(an_import(a_record(text=other)), key=other, expect={})
    assert (await store.apply(an_import(a_record(label="Trees")), key="b", expect={})).revised == ("muster-300-trees",)


async def test_an_import_that_leaves_a_check_out_does_not_lose_it(store: Store) -> None:
    place = occurrences(normalise(KEPT), "We have planted at least 300 trees")[0]
    check = Check(
        result=CheckResult.EXACT,
        on=date(2026, 5, 3),
        checker="a test",
        text_sha256=fingerprint(KEPT),
        passage_sha256=passage_hash(place),
    )
    snapshot = Snapshot(
        sha256=fingerprint(KEPT),
        normalised_sha256=fingerprint(KEPT),
        normalisation=2,
        codepoints=len(KEPT),
        obtained=Obtained.FILE_IMPORT,
    )
    compared = a_record(citations=(Citation(source="gazette-2026-05-02", selector=place, checks=(check,)),))
    change = an_import(compared)
    seen = replace(change.records, sources=(a_source(snapshot=snapshot),))
    await store.apply(replace(change, records=seen), key="a", expect={})

    again = await store.apply(an_import(a_record()), key="b", expect={})
    assert (again.revised, again.unchanged) == ((), ("muster-300-trees",))
    changed = await store.apply(an_import(a_record(label="Trees")), key="c", expect={})
    assert changed.revised == ("muster-300-trees",)
    after = await exported(store)
    assert after.facts[0].revision.citations == compared.revision.citations
    assert after.sources[0].snapshot == snapshot

"""Changes of what is shown: one person may make an answer say less, two make it say more."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.core.dates import parse
from bot.core.desk.refusals import (
    AlreadyWaits,
    NoReason,
    NothingChanges,
    Overtaken,
    OwnWork,
)
from bot.core.links import canonical
from bot.core.model.change import (
    Approve,
    Decline,
    Revise,
)
from bot.core.model.desk import Origin
from bot.core.model.fact import Act, Hop, Kind, Said, Speaker
from bot.core.model.review import Checking
from bot.core.review import slip
from tests.builders import a_revision
from tests.contracts.stores.conftest import Store
from tests.contracts.stores.desk import (
    ADA,
    ALONE,
    BO,
    TERMS,
    a_suggested_revision,
    do,
    dossier,
    found,
    published,
    suggested,
    the_fact,
    verbs,
)


async def test_a_date_is_blanked_at_once_and_the_new_one_waits(store: Store) -> None:
    number = await published(store, said=Said(on=parse("2026-05-01"), stated=True))
    fact = await the_fact(store, number)
    wanted = replace(fact.revision, said=Said(on=parse("2026-04-30"), stated=True))
    applied = await do(store, Revise(by=ADA, terms=TERMS, number=number, revision=wanted, reason="The caption says so"))
    assert applied.waits == (number,)
    assert (await the_fact(store, number)).revision.said.on is None
    assert await found(store, "trees") == [number]
    with pytest.raises(OwnWork):
        await do(store, Approve(by=ADA, terms=TERMS, number=number))
    await do(store, Approve(by=BO, terms=TERMS, number=number))
    after = await the_fact(store, number)
    assert (after.revision.number, str(after.revision.said.on)) == (3, "2026-04-30")
    assert await verbs(store, number) == ["suggested", "published", "revised", "proposed", "changed"]


async def test_metadata_is_mended_at_once(store: Store) -> None:
    number = await published(store)
    fact = await the_fact(store, number)
    applied = await do(
        store,
        Revise(by=ADA, terms=TERMS, number=number, revision=replace(fact.revision, label="Trees"), reason="shorter"),
    )
    assert applied.waits == ()
    assert (await the_fact(store, number)).revision.label == "Trees"
    assert (await the_fact(store, number)).publication == fact.publication


async def test_words_never_change_before_a_second_person_has_looked(store: Store) -> None:
    number = await published(store)
    text = "planted at least 300 trees"
    wanted = a_suggested_revision(text=text, kind=Kind.INDIRECT)
    await do(store, Revise(by=ADA, terms=TERMS, number=number, revision=wanted, reason="shorter"))
    assert (await the_fact(store, number)).revision.number == 1
    with pytest.raises(AlreadyWaits):
        await do(store, Revise(by=BO, terms=TERMS, number=number, revision=wanted, reason="me too"))
    async with store.reading() as view:
        proposal = await view.proposal(number, Origin.DESK)
        assert proposal is not None
        assert proposal.revision is not None
        assert proposal.revision.text == text
        assert [each.origin for each in await view.waiting(limit=5)] == [Origin.DESK]
    await do(store, Decline(by=BO, terms=TERMS, number=number, reason="No better"))
    assert (await the_fact(store, number)).revision.number == 1
    assert (await verbs(store, number))[-1] == "declined"


async def test_a_change_of_something_else_meanwhile_does_not_matter(store: Store) -> None:
    number = await published(store)
    fact = await the_fact(store, number)
    wanted = replace(fact.revision, said=Said(on=parse("2026-05-01"), stated=True))
    await do(store, Revise(by=ADA, terms=TERMS, number=number, revision=wanted, reason="dated"))
    await do(store, Revise(by=BO, terms=TERMS, number=number, revision=replace(fact.revision, label="New"), reason="l"))
    await do(store, Approve(by=BO, terms=TERMS, number=number))
    after = (await the_fact(store, number)).revision
    assert (after.label, str(after.said.on)) == ("New", "2026-05-01")


async def test_a_change_in_the_same_place_meanwhile_overtakes(store: Store) -> None:
    number = await published(store, said=Said(on=parse("2026-05"), stated=True))
    fact = await the_fact(store, number)
    wanted = replace(
        fact.revision,
        topics=(),
        attribution=fact.revision.attribution,
        venue=replace(fact.revision.venue, text="Town hall", stated=True),
    )
    await do(store, Revise(by=ADA, terms=TERMS, number=number, revision=wanted, reason="venue"))
    current = (await the_fact(store, number)).revision
    blank = replace(current, venue=replace(current.venue, text="", stated=False, conflict="two places are named"))
    await do(store, Revise(by=BO, terms=TERMS, number=number, revision=blank, reason="conflict"))
    with pytest.raises(Overtaken):
        await do(store, Approve(by=BO, terms=TERMS, number=number))


async def test_nothing_changes_without_a_reason_or_a_difference(store: Store) -> None:
    number = await published(store)
    fact = await the_fact(store, number)
    with pytest.raises(NothingChanges):
        await do(store, Revise(by=ADA, terms=TERMS, number=number, revision=fact.revision, reason="x"))
    with pytest.raises(NoReason):
        await do(store, Revise(by=ADA, terms=TERMS, number=number, revision=replace(fact.revision, label="L")))


async def test_the_source_that_an_answer_names_is_changed_by_two(store: Store) -> None:
    number = await published(store)
    item = await dossier(store, number)
    source = item.sources["gazette-2026-05-02"]
    other = replace(source, url="https://other.example/trees")
    await do(
        store, Revise(by=ADA, terms=TERMS, number=number, revision=item.fact.revision, source=other, reason="moved")
    )
    assert (await dossier(store, number)).sources[source.id].url is None
    await do(store, Approve(by=BO, terms=TERMS, number=number))
    assert (await dossier(store, number)).sources[source.id].url == "https://other.example/trees"
    async with store.reading() as view:
        found_there = await view.source_at("https://other.example/trees")
        assert found_there is not None
        assert await view.known_host("other.example")
        assert await view.known_publisher("the testwick gazette")
        assert not await view.known_host("other.example", besides=source.id)
        assert not await view.known_publisher("the testwick gazette", besides=source.id)


async def test_where_one_editor_is_enough_changes_hold_at_once_and_are_disclosed(store: Store) -> None:
    number = await published(store)
    fact = await the_fact(store, number)
    wanted = replace(fact.revision, said=Said(on=parse("2026-05-01"), stated=True))
    await do(store, Revise(by=ADA, terms=ALONE, number=number, revision=wanted, reason="dated"))
    after = await the_fact(store, number)
    assert str(after.revision.said.on) == "2026-05-01"
    assert after.publication is not None
    assert after.publication.checking is Checking.ONE_EDITOR


@pytest.mark.parametrize("role", ["Mayor of Testwick", "Gardener"])
async def test_a_slip_in_the_name_of_whoever_spoke_is_mended_in_the_chain_too(store: Store, role: str) -> None:
    """Also where the rest waits and is turned down: the fact stays as whole as it was."""
    chain = (Hop(act=Act.SAID, name="ada Muster", stated=True), a_revision().chain[-1])
    speaker = Speaker(entity=None, name_in_source="ada Muster", role_in_source="Mayor of Testwick")
    number = await published(store, speaker=speaker, chain=chain)
    fact = await the_fact(store, number)
    wanted = replace(
        fact.revision,
        speaker=Speaker(entity=None, name_in_source="Ada Muster", role_in_source=role),
        chain=(replace(chain[0], name="Ada Muster"), *chain[1:]),
    )

    await do(store, Revise(by=ADA, terms=TERMS, number=number, revision=wanted, reason="as it is written"))
    if role == "Gardener":
        await do(store, Decline(by=BO, terms=TERMS, number=number, reason="no"))

    after = (await the_fact(store, number)).revision
    assert after.speaker is not None
    assert after.speaker.name_in_source == after.chain[0].name == "Ada Muster"
    async with store.reading() as view:
        assert await view.proposal(number, Origin.DESK) is None
    await do(
        store,
        Revise(by=ADA, terms=TERMS, number=number, revision=replace(after, label="Trees"), reason="shorter"),
    )


@pytest.mark.parametrize(("before", "after"), [("राम", "रमा"), ("สมชาย", "สมชัย"), ("גֹּלָן", "גּוֹלָן")])
def test_another_vowel_sign_is_no_slip(before: str, after: str) -> None:
    assert not slip(before, after)


@pytest.mark.parametrize(("before", "after"), [("Зеле́нський", "Зеленський"), ("Jose\u0301", "José"), ("ada", "Ada")])
def test_a_stress_mark_and_case_are(before: str, after: str) -> None:
    assert slip(before, after)


async def test_what_waits_is_no_source_that_readers_see(store: Store) -> None:
    number = await suggested(store)
    source = next(iter((await dossier(store, number)).sources.values()))
    assert source.url is not None
    async with store.reading() as view:
        assert await view.source_at(canonical(source.url)) is None
        assert await view.unseen_at(canonical(source.url), limit=5) == (source,)
        assert await view.unseen_at(canonical(source.url), limit=0) == ()
        assert not await view.known_host("gazette.example")
        assert not await view.known_publisher(source.publisher or "")

    await do(store, Approve(by=BO, terms=TERMS, number=number))

    async with store.reading() as view:
        assert await view.source_at(canonical(source.url)) == source
        assert await view.unseen_at(canonical(source.url), limit=5) == ()
        assert await view.known_host("gazette.example")


async def test_what_a_source_said_before_is_kept(store: Store) -> None:
    number = await published(store)
    item = await dossier(store, number)
    source = next(iter(item.sources.values()))
    gone = replace(source, url=None)
    await do(
        store, Revise(by=ADA, terms=TERMS, number=number, revision=item.fact.revision, source=gone, reason="it is gone")
    )
    async with store.reading() as view:
        assert await view.earlier_sources(source.id) == (source,)
        assert await view.earlier_sources("nothing") == ()

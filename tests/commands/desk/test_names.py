"""What facts are filed under, and the names people use: put right from chat, one step at a time."""

from __future__ import annotations

import pytest

from bot.commands.desk.naming import made_id, names_in
from bot.core.model.desk import NoticeKind
from bot.core.model.fact import Kind
from bot.core.model.names import EntityType, Name
from tests.commands.desk.clerk import CHANNEL, MEMBER, Clerk, line_of
from tests.contracts.stores.desk import ADA, BO, MIA, PASSAGE, names, published, suggested, the_fact


async def test_what_a_fact_is_filed_under_is_shown_and_taken_off() -> None:
    desk = Clerk()
    number = await suggested(desk.store, MIA)
    text = await desk.say(f"{number} names")
    assert "Speaker: Ada Muster (filed as: Ada Muster)" in text
    assert "Topics: Trees in Testwick" in text
    reply = await desk.reply(f"{number} names")
    assert reply.choices[0].line == f"tag {number} topic -testwick-trees"
    assert "waits for review as revision 2" in await desk.say(reply.choices[0].line)
    assert (await the_fact(desk.store, number)).revision.topics == ()
    await desk.say(f"{number} tag topic testwick-trees")
    assert (await the_fact(desk.store, number)).revision.topics == ("testwick-trees",)
    assert "says that already" in await desk.say(f"{number} tag topic testwick-trees")


async def test_filing_a_fact_makes_nobody_its_author_but_naming_the_speaker_does() -> None:
    desk = Clerk()
    number = await suggested(desk.store, MIA)
    await desk.say(f"{number} tag about -testwick", ADA)
    await desk.say(f"{number} tag speaker -ada-muster", ADA)
    revision = (await the_fact(desk.store, number)).revision
    assert revision.speaker is not None
    assert (revision.speaker.entity, revision.chain[0].actor, revision.chain[0].name) == (None, None, "Ada Muster")
    assert "somebody else has to agree" in await desk.say(f"{number} approve", ADA)
    assert "Published" in await desk.say(f"{number} approve", BO)


async def test_what_is_shown_is_refiled_at_once_and_its_speaker_by_two() -> None:
    desk = Clerk()
    number = await published(desk.store)
    assert "is revision 2 now" in await desk.say(f"{number} tag about -testwick")
    await desk.say("entity person Adam Muster")
    said = await desk.say(f"{number} tag speaker adam-muster")
    assert "as far as it makes #1 say less" in said
    assert (await the_fact(desk.store, number)).revision.speaker is None


@pytest.mark.parametrize(
    "line", ["tag 1 colour red", "tag 1 topic nonsense", "tag 1 topic ada-muster", "tag 9 topic x"]
)
async def test_what_cannot_be_meant_is_told(line: str) -> None:
    desk = Clerk()
    await suggested(desk.store, MIA)
    reply = await desk.reply(line)
    assert reply.outcome == "refused"


async def test_somebody_new_is_added_with_the_names_people_use() -> None:
    desk = Clerk()
    form = (await desk.reply("entity")).form
    assert form is not None
    given = {"name": "Kim Tae-hyo", "type": "person", "names": "Кім Те Хьо@uk, Tae-hyo", "alone": "Kim", "id": ""}
    assert await desk.say(form.line, given=given) == "Added: Kim Tae-hyo (kim-tae-hyo)."
    async with desk.store.reading() as view:
        (found,) = [each for each in (await view.vocabulary()).entities if each.id == "kim-tae-hyo"]
    assert found.type is EntityType.PERSON
    assert found.aliases == (Name(text="Кім Те Хьо", language="uk"), Name(text="Tae-hyo", language="en"))
    assert found.ambiguous == ("Kim",)
    assert "belongs to Kim Tae-hyo already" in await desk.say("entity person Kim Tae hyo")
    assert "belongs to" in await desk.say("/newtopic", given={"label": "x", "id": "kim-tae-hyo"})


async def test_a_name_without_latin_letters_asks_for_an_id_and_loses_nothing() -> None:
    desk = Clerk()
    reply = await desk.reply("entity person Ада Мустер")
    assert reply.form is not None
    values = {each.name: each.value for each in reply.form.fields}
    assert (values["name"], values["type"], values["id"]) == ("Ада Мустер", "person", "")
    assert "is no id" in await desk.say("entity person Ада Мустер")
    assert "Added" in await desk.say("/entity", given={"name": "Ада Мустер", "type": "person", "id": "ada-m"})


async def test_topics_are_added_below_others_and_get_more_names() -> None:
    desk = Clerk()
    await names(desk.store)
    given = {"label": "Oaks in Testwick", "names": "oaks", "broader": "testwick-trees", "id": ""}
    assert await desk.say("newtopic", given=given) == "Added: Oaks in Testwick (oaks-in-testwick)."
    assert "refused" in (await desk.say("newtopic", given={"label": "Y", "broader": "nonsense"})).lower()
    said = await desk.say("/alias oaks-in-testwick oak trees, дуби@uk, OAKS")
    assert said == "Oaks in Testwick is found under these names, too: oak trees, дуби"
    assert "has these names already" in await desk.say("/alias oaks-in-testwick oaks")
    assert "Nothing of this name" in await desk.say("/alias nobody x")
    form = (await desk.reply("/alias ada-muster")).form
    assert form is not None
    assert form.line == "alias ada-muster"


async def test_readers_name_nothing_but_what_they_write() -> None:
    desk = Clerk()
    await suggested(desk.store, MIA)
    for line in ("entity person X", "/newtopic X", "/alias ada-muster X"):
        assert "is for moderators" in await desk.say(line, MIA, rights=MEMBER)
    for line in ("1 tag topic testwick-trees", "1 names"):
        assert "This takes a moderator." in await desk.say(line, MIA, rights=MEMBER)


async def test_a_form_is_filed_with_what_stands_in_its_words() -> None:
    desk = Clerk()
    await names(desk.store)
    await desk.say(f"!suggest https://x.example {PASSAGE} In Testwick.", MIA)
    assert "is not clear enough yet" in await desk.say("1 names", MIA)
    await desk.say("1 words 1", MIA)
    await desk.say("1 speaker A. Muster", MIA)
    reply = await desk.reply("1 names", MIA)
    text = await desk.say("1 names", MIA)
    assert "Topic Trees in Testwick? “trees” stands there." in text
    assert "About Testwick? “Testwick” stands there." in text
    lines = [choice.line for choice in reply.choices]
    assert lines[:3] == ["tag 1 topic testwick-trees", "tag 1 about ada-muster", "tag 1 about testwick"]
    for line in (lines[0], lines[2]):
        assert "not sent yet" in await desk.say(line, MIA)
    assert await desk.say("tag 1 speaker ada-muster", MIA) == "Write one of: topic, about"
    async with desk.store.reading() as view:
        me = await view.person(MIA)
        assert me is not None
        (draft,) = await view.drafts(me.id)
    assert (draft.form.topics, draft.form.about, draft.form.speaker) == ("testwick-trees", "testwick", "A. Muster")
    await desk.say("tag 1 about -testwick", MIA)
    assert "About: none" in await desk.say("1 names", MIA)
    await desk.say("1 ok", MIA)
    text = await desk.say("1 names", ADA)
    assert "Is the speaker Ada Muster? One of the names is “Ada Muster”." in text
    assert "waits for review" in await desk.say("tag 1 speaker ada-muster", ADA)
    revision = (await the_fact(desk.store, 1)).revision
    assert revision.speaker is not None
    assert (revision.speaker.entity, revision.speaker.name_in_source) == ("ada-muster", "A. Muster")


def test_ids_and_names_are_read_as_people_write_them() -> None:
    assert made_id("  Żółć & Sons, Ltd. ") == "zoc-sons-ltd"
    assert made_id("Ада") == ""
    assert names_in("A,  B  c ,\nA, Ж@uk", "en") == (
        Name(text="A", language="en"),
        Name(text="B c", language="en"),
        Name(text="Ж", language="uk"),
    )


async def test_the_way_from_a_card_to_its_names_is_one_button() -> None:
    desk = Clerk()
    number = await suggested(desk.store, MIA)
    assert "names and topics" in await desk.say(line_of(await desk.reply(f"open {number}"), "names"))


async def test_names_are_recognised_in_any_of_their_forms() -> None:
    desk = Clerk()
    await names(desk.store)
    await desk.say("entity country Ukraine")
    passage = "«Ми посадили 300 дерев в Україні», сказала Ада Мустер."
    await desk.say(f"!suggest https://x.example {passage}", MIA)
    await desk.say("1 words 1", MIA)
    await desk.say("1 speaker Ада Мустер", MIA)
    await desk.say("1 ok", MIA)
    text = await desk.say("1 names", BO)
    assert "About Ukraine? “Україні” stands there." in text


async def test_what_is_not_on_file_can_be_added_from_there() -> None:
    desk = Clerk()
    number = await suggested(desk.store, MIA, label="300 trees for Germany, Muster")
    reply = await desk.reply(f"{number} names", BO)
    assert "“Germany” is Germany, which is not on file" in str(reply.blocks)
    assert "entity country Germany" in [choice.line for choice in reply.choices]
    await desk.say("entity country Germany", BO)
    assert "About Germany? “Germany” stands there." in await desk.say(f"{number} names", BO)


async def test_a_spelling_of_the_source_is_proposed_as_a_name() -> None:
    desk = Clerk()
    number = await suggested(desk.store, MIA)
    fact = await the_fact(desk.store, number)
    assert fact.revision.speaker is not None
    await desk.say("entity person Adela Mustermann", BO)
    await desk.say(f"{number} tag speaker adela-mustermann", BO)
    reply = await desk.reply(f"{number} names", BO)
    assert "“Ada Muster” is not among the names of Adela Mustermann" in str(reply.blocks)
    line = next(choice.line for choice in reply.choices if choice.line.startswith("alias"))
    assert line == "alias adela-mustermann Ada Muster@en"


async def test_a_topic_goes_on_as_another_with_its_names_facts_and_followers() -> None:
    desk = Clerk()
    await names(desk.store)
    await desk.say("!newtopic Forests")
    await desk.say("!follow Trees in Testwick", place=CHANNEL, may_post=True)
    number = await published(desk.store)
    await desk.posted()

    assert "goes on as Forests" in await desk.say("!merge testwick-trees Forests")

    assert "Forests" in await desk.say("!follow", place=CHANNEL, may_post=True)
    async with desk.store.reading() as view:
        (dossier,) = await view.dossiers((number,))
        forests = next(topic for topic in (await view.vocabulary()).topics if topic.id == "forests")
    assert dossier.topics == {"testwick-trees": dossier.topics["testwick-trees"], "forests": forests}
    assert "Trees in Testwick" in [name.text for name in forests.aliases]
    assert (await the_fact(desk.store, number)).revision.topics == ("testwick-trees",)

    second = await published(desk.store, slug="two", text="on Saturday", kind=Kind.INDIRECT, topics=("forests",))
    assert [notice.fact for notice in await desk.posted(NoticeKind.NEWS)] == [second]
    assert len(await desk.posts()) == 0


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("!merge testwick-trees Trees in Testwick", "the same topic"),
        ("!merge testwick-trees ada-muster", "Nothing of this name"),
        ("!merge nothing testwick-trees", "Nothing of this name"),
    ],
)
async def test_a_topic_does_not_go_on_as_just_anything(line: str, said: str) -> None:
    desk = Clerk()
    await names(desk.store)
    assert said in await desk.say(line)


async def test_a_topic_does_not_go_on_as_a_part_of_itself() -> None:
    desk = Clerk()
    await names(desk.store)
    await desk.say("!newtopic Forests")
    await desk.say("!merge testwick-trees forests")
    assert "is a part of it" in await desk.say("!merge forests testwick-trees")

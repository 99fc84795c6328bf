"""Whose title, publisher and day of a link count: what readers see already, else what was typed for this fact."""

from __future__ import annotations

import pytest

from bot.commands.reply import Outcome
from bot.core.model.change import Approve
from bot.core.model.desk import Origin
from bot.core.model.source import Source
from tests.builders import a_source
from tests.commands.desk.clerk import Clerk
from tests.contracts.stores.desk import ADA, BO, CY, MIA, PASSAGE, TERMS, dossier, names, published, suggested

LINK = "https://local.example/a"
FAKE = '"We have never planted a tree," Ada Muster said.'


async def sent(desk: Clerk, number: int, passage: str, title: str, publisher: str, published: str) -> str:
    """The preview of a suggestion, which is then sent."""
    await desk.say(f"!suggest {LINK} {passage}", MIA)
    await desk.say(f"words {number} 1", MIA)
    for name, value in {"title": title, "publisher": publisher, "published": published, "speaker": "Muster"}.items():
        await desk.say(f"{number} {name} {value}", MIA)
    seen = await desk.say(f"open {number}", MIA)
    assert "Sent" in await desk.say(f"{number} ok", MIA)
    return seen


async def source_of(desk: Clerk, number: int) -> Source:
    return next(iter((await dossier(desk.store, number)).sources.values()))


async def test_what_waits_or_was_rejected_decides_nothing_for_others() -> None:
    desk = Clerk()
    await names(desk.store)
    await sent(desk, 1, FAKE, "Fake headline", "BBC News", "2020-01-01")
    await desk.say("1 reject made up", BO)

    preview = await sent(desk, 2, PASSAGE, "Trees", "The Gazette", "2026-05-02")

    assert "Trees" in preview
    assert "Fake" not in preview
    source = await source_of(desk, 2)
    assert (source.title, source.publisher, str(source.published)) == ("Trees", "The Gazette", "2026-05-02")
    assert source.id != (await source_of(desk, 1)).id
    assert "local.example is new here" in await desk.say("open 2", BO)


async def test_two_quotations_of_one_article_share_their_source() -> None:
    desk = Clerk()
    await names(desk.store)
    await sent(desk, 1, PASSAGE, "Trees", "The Gazette", "2026-05-02")
    await sent(desk, 2, FAKE, "Trees", "The Gazette", "2026-05-02")

    assert (await source_of(desk, 1)).id == (await source_of(desk, 2)).id


async def test_what_is_typed_of_a_source_that_readers_see_and_not_used_is_told() -> None:
    desk = Clerk()
    await names(desk.store)
    await sent(desk, 1, PASSAGE, "Trees", "The Gazette", "2026-05-02")
    await desk.do(Approve(by=ADA, terms=TERMS, number=1))

    preview = await sent(desk, 2, FAKE, "Fake headline", "The Gazette", "2026-05-02")

    assert "it stays as they see it; not used: Title." in preview
    assert (await source_of(desk, 2)).title == "Trees"


async def test_the_passage_of_a_rejected_suggestion_is_no_evidence_and_is_not_passed_on() -> None:
    desk = Clerk()
    await names(desk.store)
    await sent(desk, 1, PASSAGE, "Trees", "The Gazette", "2026-05-02")
    await desk.do(Approve(by=ADA, terms=TERMS, number=1))
    await sent(desk, 2, FAKE, "Trees", "The Gazette", "2026-05-02")
    await desk.say("2 reject made up", BO)

    again = await desk.say("1 another", MIA)
    assert "300 trees" in again
    assert "never planted" not in again
    assert "do not stand in any text" in await desk.say("1 words We have never planted a tree -- test", ADA) or (
        "do not stand in any text" in await desk.say("open 1", BO)
    )
    assert "never planted" not in await desk.say("2 another", MIA)


async def test_whoever_names_a_speaker_is_told_as_whom_that_name_is_filed() -> None:
    desk = Clerk()
    await names(desk.store)
    passage = '"We have planted at least 300 trees," said Captain Eva Muster on Saturday.'
    await desk.say(f"!suggest {LINK} {passage}", MIA)
    await desk.say("words 1 1", MIA)

    said = await desk.say("1 speaker Muster", MIA)
    await desk.say("1 ok", MIA)

    for shown in (said, await desk.say("open 1", BO)):
        assert "In the article: Muster; filed as Ada Muster." in shown
        assert "The article says “Eva Muster”. Is that Ada Muster?" in shown


@pytest.mark.parametrize(
    "link",
    [
        "javascript:alert(1)",
        "https://user:pw@gazette.example/trees",
        "https://bit.ly/abc",
        "http://127.0.0.1/trees",
        "https://gazette.example/tr ees",
    ],
)
async def test_a_link_is_checked_when_a_fact_is_corrected(link: str) -> None:
    desk = Clerk()
    number = await published(desk.store)
    waiting = await suggested(desk.store, slug="another", source=a_source(id="other", url="https://other.example/a"))

    for line in (f"{number} link {link} -- moved", f"{waiting} link {link}"):
        assert (await desk.reply(line, CY)).outcome is Outcome.REFUSED
    assert (await source_of(desk, number)).url == a_source().url
    async with desk.store.reading() as view:
        assert await view.proposal(number, Origin.DESK) is None


async def test_the_new_link_and_publisher_of_a_source_that_readers_see_are_looked_at() -> None:
    desk = Clerk()
    number = await published(desk.store)
    await desk.say(f"{number} link https://gazette-news.example/trees -- moved", CY)
    assert "gazette-news.example is new here" in await desk.say(f"open {number}", BO)
    await desk.say(f"{number} reject", CY)

    await desk.say(f"{number} publisher The Testwyck Gazette -- as it is called", CY)
    assert "The publisher The Testwyck Gazette is new" in await desk.say(f"open {number}", BO)


async def test_what_others_have_waiting_is_not_passed_on_to_members() -> None:
    desk = Clerk()
    number = await suggested(desk.store, CY)
    assert "300 trees" in await desk.say(f"{number} another", BO)
    assert (await desk.reply(f"{number} another", MIA)).outcome is Outcome.REFUSED
    other = await suggested(desk.store, MIA, slug="mine")
    assert "300 trees" in await desk.say(f"{other} another", MIA)

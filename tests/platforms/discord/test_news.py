"""News and corrections on Discord: whoever manages a channel follows, and answers that no longer hold are edited."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.core.model.change import Approve, BringBack, Hide, Revise, StartFollow
from bot.core.model.desk import By
from bot.core.model.mail import Place
from bot.core.model.news import Subject
from bot.platforms.discord.rights import Editors
from tests.builders import a_record
from tests.gateway.people import BEN, CHANNEL, GUILD, OTHER_GUILD, Where
from tests.gateway.server import FakeDiscord
from tests.gateway.world import Ask
from tests.platforms.discord.house import REVIEW, TREES, Home, serving

CLEO = replace(BEN, id="440000000000000003", name="cleo")
OAK = a_record(slug="oak", text="We have felled one oak", label="One oak felled, Muster")
WRITING = str((1 << 10) | (1 << 11))
MANAGING = str(1 << 4)
HERE = Place(platform="discord", id=CHANNEL, guild=GUILD)
BY = By(platform="discord", account=CLEO.id, editor=True)
ANOTHER = By(platform="discord", account="7", editor=True)


@pytest.fixture
async def news(discord: FakeDiscord, home: Home) -> AsyncIterator[FakeDiscord]:
    async with serving(home.platform(discord, editors=Editors(users=frozenset({int(CLEO.id)})))):
        await discord.connected()
        yield discord


def posts(discord: FakeDiscord, channel: str = CHANNEL) -> list[str]:
    return [message["content"] for message in discord.world.channels.in_channel(channel)]


async def follow(discord: FakeDiscord, options: dict[str, object], **where: str) -> Ask:
    place = Where(permissions=MANAGING, app_permissions=WRITING, **where)  # type: ignore[arg-type]
    return await discord.slash("follow", options, where=place)


async def number_of(home: Home, slug: str) -> int:
    async with home.store.reading() as view:
        return await view.number_of(slug) or 0


async def blank_speaker(home: Home, slug: str, reason: str = "the caption names nobody") -> None:
    fact = home.store._state.facts[slug]
    revision = replace(fact.revision, speaker=None)
    change = Revise(by=BY, terms=home.office.terms, number=fact.number, revision=revision, reason=reason)
    await home.store.apply(change, key=f"blank {slug} {home.clock.time}", expect={})


async def hide(home: Home, slug: str, key: str = "hide") -> None:
    change = Hide(by=BY, terms=home.office.terms, number=await number_of(home, slug), reason="contested")
    await home.store.apply(change, key=f"{key} {slug}", expect={})


async def show_again(home: Home, slug: str) -> None:
    number, terms = await number_of(home, slug), home.office.terms
    await home.store.apply(BringBack(by=BY, terms=terms, number=number, reason="heard"), key="back", expect={})
    await home.store.apply(Approve(by=ANOTHER, terms=terms, number=number), key="approve", expect={})


async def asked(discord: FakeDiscord, query: str = "#1", count: int = 1) -> list[Ask]:
    """Answers that stand in the channel, on record."""
    return [await discord.slash("fact", {"query": query}) for _ in range(count)]


async def recorded(discord: FakeDiscord, home: Home, number: int, count: int) -> None:
    await discord.until(lambda: len(home.store.messages_showing(number)) >= count)


async def test_from_a_follow_to_a_post_to_its_correction(news: FakeDiscord, home: Home) -> None:
    started = await follow(news, {"what": "everything"})
    assert started.private
    assert started.content.startswith("From now on news of everything are posted here")

    await home.furnish_more(OAK)
    await news.until(lambda: posts(news))
    (post,) = posts(news)
    assert post.startswith("New on record:")
    assert '"We have felled one oak"' in post

    await recorded(news, home, await number_of(home, "oak"), 1)
    home.clock.time += timedelta(hours=1)
    await blank_speaker(home, "oak")
    await news.until(lambda: news.world.channels.edited)
    (post,) = posts(news)
    assert "Corrected 23 Nov 2026: the caption names nobody" in post
    assert "Ada Muster" not in post

    home.clock.time += timedelta(days=2)
    await hide(home, "oak")
    await news.until(lambda: len(posts(news)) == 2)
    await news.until(lambda: len(news.world.channels.edited) == 2)
    assert "Under review since 25 Nov 2026" in posts(news)[0]
    assert posts(news)[1].startswith("Under review since 25 Nov 2026: #3\nReason: contested")


async def test_earlier_answers_are_edited_and_the_moderators_hear_how_many(news: FakeDiscord, home: Home) -> None:
    answers = await asked(news, count=3)
    await news.slash("fact", {"query": "#1", "private": True})
    await recorded(news, home, 1, 3)
    await news.until(lambda: home.store.private_answers(1))
    del news.world.messages[answers[1].message["id"]]

    await blank_speaker(home, TREES.slug)

    await news.until(lambda: posts(news, REVIEW.id))
    assert "Corrected 23 Nov 2026" in answers[0].content
    assert "Corrected 23 Nov 2026" in answers[2].content
    assert answers[0].labels[-2:] == ["History", "Wrong?"]
    told = posts(news, REVIEW.id)[0].splitlines()
    assert told[1:] == [
        "Messages changed: 2",
        "Could not be changed: 1 (deleted, or the bot may not write there)",
        "Out of reach: 1 (private, or where the bot is no member)",
    ]


async def test_an_answer_where_the_bot_is_no_member_is_out_of_reach(news: FakeDiscord, home: Home) -> None:
    where = Where(installed_by_user=True)
    await news.slash("fact", {"query": "#1"}, where=where)
    await recorded(news, home, 1, 1)

    await hide(home, TREES.slug)

    await news.until(lambda: posts(news, REVIEW.id))
    assert "Out of reach: 1" in posts(news, REVIEW.id)[0]
    assert news.api.count("PATCH /channels") == 0


async def test_an_answer_in_several_parts_stays_as_many_messages(news: FakeDiscord, home: Home) -> None:
    words = " ".join(f"Sentence {number} speaks of willows." for number in range(62))
    await home.furnish_more(a_record(slug="long", text=words, label="Willows, Muster"))
    (answer,) = await asked(news, "willows")
    await recorded(news, home, await number_of(home, "long"), 1)
    first, second = (message["id"] for message in answer.messages)

    await hide(home, "long")

    await news.until(lambda: second not in news.world.messages)
    assert "Under review" in news.world.messages[first]["content"]

    home.clock.time += timedelta(hours=1)
    await show_again(home, "long")
    await news.until(lambda: posts(news))
    last = news.world.channels.in_channel(CHANNEL)[-1]
    await news.until(lambda: "Shown again" in news.world.messages[first]["content"])
    assert last["message_reference"]["message_id"] == first
    assert "Ada Muster" in last["content"]
    assert last["components"]
    assert not news.world.messages[first]["components"]

    home.clock.time += timedelta(hours=1)
    await hide(home, "long", "again")
    await news.until(lambda: last["id"] not in news.world.messages)


async def test_a_correction_that_finds_no_room_keeps_its_buttons(news: FakeDiscord, home: Home) -> None:
    words = " ".join(f"Sentence {number} speaks of willows." for number in range(50))
    await home.furnish_more(a_record(slug="long", text=words, label="Willows, Muster"))
    (answer,) = await asked(news, "willows")
    assert len(answer.messages) == 1
    await recorded(news, home, await number_of(home, "long"), 1)
    news.api.fail(rf"POST /channels/{CHANNEL}/messages", 403)

    await blank_speaker(home, "long", "the caption names nobody " * 20)

    await news.until(lambda: "Corrected" in answer.content and "Evidence" in answer.labels)
    assert answer.content.endswith("[…]")


async def test_of_an_answer_that_was_deleted_no_rest_is_posted(news: FakeDiscord, home: Home) -> None:
    words = " ".join(f"Sentence {number} speaks of willows." for number in range(50))
    await home.furnish_more(a_record(slug="long", text=words, label="Willows, Muster"))
    (answer,) = await asked(news, "willows")
    await recorded(news, home, await number_of(home, "long"), 1)
    del news.world.messages[answer.message["id"]]

    await blank_speaker(home, "long", "the caption names nobody " * 20)

    await news.until(lambda: posts(news, REVIEW.id))
    assert "Messages changed: 0" in posts(news, REVIEW.id)[0]
    assert posts(news) == []


async def test_parts_that_somebody_deleted_do_not_keep_the_others_from_being_corrected(
    news: FakeDiscord, home: Home
) -> None:
    words = " ".join(f"Sentence {number} speaks of willows." for number in range(62))
    await home.furnish_more(a_record(slug="long", text=words, label="Willows, Muster"))
    (answer,) = await asked(news, "willows")
    await recorded(news, home, await number_of(home, "long"), 1)
    first, second = (message["id"] for message in answer.messages)
    del news.world.messages[first]

    await blank_speaker(home, "long")

    await news.until(lambda: posts(news, REVIEW.id))
    assert "Messages changed: 1" in posts(news, REVIEW.id)[0]
    assert "Ada Muster" not in news.world.messages[second]["content"]


@pytest.mark.parametrize(
    ("where", "said"),
    [
        (Where(app_permissions=WRITING), "Whoever manages this channel"),
        (Where(permissions=MANAGING), "News can only be posted in a channel"),
        (Where(permissions=MANAGING, app_permissions=WRITING, installed_by_user=True), "News can only be posted"),
        (Where(permissions=MANAGING, guild=OTHER_GUILD), "I answer"),
    ],
    ids=["no right", "may not write", "no member", "not served"],
)
async def test_who_may_follow_where(news: FakeDiscord, home: Home, where: Where, said: str) -> None:
    told = await news.slash("follow", {"what": "everything"}, where=where)

    assert told.private
    if where.guild == GUILD:
        assert told.content.startswith(said)
    async with home.store.reading() as view:
        assert await view.follows() == ()


async def test_an_editor_who_does_not_manage_the_channel_does_not_decide_there(news: FakeDiscord) -> None:
    told = await news.slash("follow", {"what": "everything"}, who=CLEO, where=Where(app_permissions=WRITING))

    assert told.content.startswith("Whoever manages this channel")


async def test_what_is_followed_is_listed_and_stopped(news: FakeDiscord, home: Home) -> None:
    assert (await follow(news, {})).content.startswith("Nothing is followed here.")
    await follow(news, {"what": "Trees in Testwick"})
    await follow(news, {"what": "ada", "daily": True})

    listed = await follow(news, {})
    assert listed.content == "**Followed here**\n**Trees in Testwick:** one by one\n**Ada Muster:** once a day"
    stopped = await news.click(listed, "Stop Ada Muster")
    assert stopped.content == "News of Ada Muster are no longer posted here."
    gone = await news.click(listed, "Stop Ada Muster")
    assert "is followed here" in gone.content

    unknown = await follow(news, {"what": "<@1> nothing"})
    assert "Nothing on record is called" in unknown.content


async def firs(home: Home, number: int) -> None:
    await home.furnish_more(a_record(slug=f"f{number}", text=f"We have felled {number} firs", label=f"{number} firs"))


async def test_a_channel_that_is_gone_is_left_alone_after_three_refusals(news: FakeDiscord, home: Home) -> None:
    await follow(news, {"what": "everything"})
    news.world.channels.gone.add(CHANNEL)

    for number in range(3):
        await firs(home, number)
        await news.until(lambda number=number: news.api.count(f"POST /channels/{CHANNEL}") > number)  # type: ignore[misc]
        home.clock.time += timedelta(minutes=11)
    await news.until(lambda: posts(news, REVIEW.id))

    assert "three times in a row" in posts(news, REVIEW.id)[0]


async def test_a_channel_that_is_closed_for_a_while_misses_nothing(news: FakeDiscord, home: Home) -> None:
    await follow(news, {"what": "everything"})
    news.world.channels.closed.add(CHANNEL)
    await firs(home, 1)
    await news.until(lambda: news.api.count(f"POST /channels/{CHANNEL}"))
    news.world.channels.closed.discard(CHANNEL)
    home.clock.time += timedelta(minutes=2)

    await firs(home, 2)

    await news.until(lambda: len(posts(news)) == 2)
    assert ["1 firs" in post for post in posts(news)] == [True, False]
    async with home.store.reading() as view:
        assert [each.failures for each in await view.follows()] == [0]


async def test_what_was_withdrawn_before_it_was_posted_is_not_posted(discord: FakeDiscord, home: Home) -> None:
    change = StartFollow(by=BY, terms=home.office.terms, place=HERE, subject=Subject.EVERYTHING)
    await home.store.apply(change, key="follow", expect={})
    await home.furnish_more(OAK)
    await hide(home, "oak")
    await home.furnish_more(a_record(slug="fir", text="We have felled one fir", label="One fir felled"))

    async with serving(home.platform(discord)):
        await discord.until(lambda: posts(discord))
        assert "fir" in posts(discord)[0]


async def test_old_messages_may_take_longer_and_nothing_is_lost(news: FakeDiscord, home: Home) -> None:
    await asked(news, count=2)
    await recorded(news, home, 1, 2)
    news.api.fail("PATCH /channels", 429, body={"code": 30046, "message": "Maximum number of edits", "retry_after": 1})

    await hide(home, TREES.slug)
    await news.until(lambda: news.api.count("PATCH /channels"))
    home.clock.time += timedelta(minutes=2)
    await hide(home, "muster-forty-oaks")  # nothing shows it; the moderators have no count to get, but senders wake
    await news.until(lambda: len(news.world.channels.edited) == 2)


async def test_what_changed_while_nobody_knew_whether_it_was_posted_is_not_left_standing(
    discord: FakeDiscord, home: Home
) -> None:
    """The answer to a post is lost, the bot stops, the fact is hidden, the bot comes back."""
    async with serving(home.platform(discord)):
        await discord.connected()
        await follow(discord, {"what": "everything"})
        discord.api.hang_up(f"POST /channels/{CHANNEL}/messages", done=True)
        await home.furnish_more(OAK)
        await discord.until(lambda: posts(discord))
    assert "felled one oak" in posts(discord)[0]
    await hide(home, "oak")
    home.clock.time += timedelta(minutes=1)

    async with serving(home.platform(discord)):
        await discord.until(lambda: posts(discord, REVIEW.id))

    assert any("not sent again" in text for text in posts(discord, REVIEW.id))


async def test_a_note_whose_answer_was_lost_reads_as_things_stand_now(discord: FakeDiscord, home: Home) -> None:
    await home.furnish_more(OAK)
    async with serving(home.platform(discord)):
        await discord.connected()
        await follow(discord, {"what": "everything"})
        home.clock.time += timedelta(days=2)
        discord.api.hang_up(f"POST /channels/{CHANNEL}/messages", done=True)
        await blank_speaker(home, "oak")
        await discord.until(lambda: posts(discord))
    assert "One oak felled" in posts(discord)[0]
    fact = home.store._state.facts["oak"]
    better = replace(fact.revision, label="An oak felled, nobody quoted")
    change = Revise(by=BY, terms=home.office.terms, number=fact.number, revision=better, reason="as it is now")
    await home.store.apply(change, key="relabel", expect={})
    home.clock.time += timedelta(minutes=1)

    async with serving(home.platform(discord)):
        await discord.until(lambda: "An oak felled" in posts(discord)[0])
    assert len(posts(discord)) == 1

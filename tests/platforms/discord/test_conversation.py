"""What people see on Discord when they ask, click and type: the real commands, over real sockets."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest

from bot.commands.reply import Choice, Choices, FactList, Outcome, Reply, Text
from bot.commands.request import Request
from bot.core.model.mail import InstallType, Visibility
from bot.platforms.discord.connection import DiscordPlatform
from bot.platforms.discord.rights import Editors
from tests.builders import a_record
from tests.gateway.people import ADA, BEN, GUILD, OTHER_GUILD, Where
from tests.gateway.server import FakeDiscord
from tests.platforms.discord.house import Home, serving

EDITORS = Editors(roles=frozenset({(int(GUILD), 700)}))

pytestmark = pytest.mark.usefixtures("platform")


async def test_a_question_is_answered_with_words_speaker_day_and_source(discord: FakeDiscord) -> None:
    answer = await discord.slash("fact", {"query": "trees"})

    assert answer.callback == 4
    assert answer.content.splitlines()[0] == '"We have planted at least 300 trees"'
    assert "Ada Muster, Mayor of Testwick" in answer.content
    assert "https://gazette.example/trees" in answer.content
    assert not answer.private


async def test_the_asker_may_keep_the_answer_to_herself(discord: FakeDiscord) -> None:
    answer = await discord.slash("fact", {"query": "trees", "private": True})

    assert answer.private


async def test_nothing_on_record_is_told_to_the_asker_alone(discord: FakeDiscord) -> None:
    answer = await discord.slash("fact", {"query": "bitcoin price"})

    assert answer.content.startswith('Nothing on record for "bitcoin price".')
    assert answer.private


async def test_the_askers_language_decides(discord: FakeDiscord) -> None:
    answer = await discord.slash("fact", {"query": "bitcoin"}, locale="uk")

    assert "bitcoin" in answer.content
    assert not answer.content.startswith("Nothing")


async def test_a_fact_is_found_by_its_number(discord: FakeDiscord, home: Home) -> None:
    number = await number_of(home, "muster-forty-oaks")

    answer = await discord.slash("fact", {"query": f"#{number}"})

    assert "> the mayor said forty oaks had died" in answer.content


@pytest.mark.parametrize("label", ["Context", "Evidence"])
async def test_what_is_behind_a_fact_is_shown_to_whoever_clicks(discord: FakeDiscord, label: str) -> None:
    answer = await discord.slash("fact", {"query": "trees"})

    shown = await discord.click(answer, label, who=BEN)

    assert shown.private
    assert shown.callback == 4
    assert {"Context": "not kept here", "Evidence": "https://gazette.example/trees"}[label] in shown.content


async def test_about_is_private_and_complete(discord: FakeDiscord) -> None:
    answer = await discord.slash("about")

    assert answer.private
    assert "On the Record" in answer.content


async def test_find_facts_shows_labels_to_the_person_who_asked(discord: FakeDiscord) -> None:
    answer = await discord.on_message("Find facts", "They say Muster planted at least 300 trees in Testwick.")

    assert answer.private
    assert "We have planted" not in answer.content
    assert "At least 300 trees planted, Muster" in answer.content


async def test_picking_from_a_list_posts_the_fact_for_all(discord: FakeDiscord) -> None:
    listed = await discord.on_message("Find facts", "They say Muster planted at least 300 trees in Testwick.")

    answer = await discord.click(listed, "#")

    assert not answer.private
    assert '"We have planted at least 300 trees"' in answer.content


async def test_a_half_typed_question_is_completed(discord: FakeDiscord) -> None:
    names = [choice["name"] for choice in await discord.complete("fact", "query", "tre")]

    assert "At least 300 trees planted, Muster" in names


async def test_only_listed_servers_are_served(discord: FakeDiscord) -> None:
    answer = await discord.slash("fact", {"query": "trees"}, where=Where(guild=OTHER_GUILD))

    assert "does not serve this server" in answer.content
    assert answer.private
    assert await discord.complete("fact", "query", "tre", where=Where(guild=OTHER_GUILD)) == []


async def test_direct_messages_are_for_public_bots(discord: FakeDiscord) -> None:
    answer = await discord.slash("fact", {"query": "trees"}, where=Where(guild=None))

    assert answer.private
    assert "trees" not in answer.content


@pytest.mark.parametrize(
    "forged",
    ["", "nonsense", "~unknown-key", "vanish 17", "/fact trees", "menu:0", "\x00", "🌳" * 50, "evidence\u202e 17"],
)
async def test_a_button_that_is_not_ours_gets_a_private_word(discord: FakeDiscord, forged: str) -> None:
    answer = await discord.slash("fact", {"query": "trees"})

    told = await discord.click(answer, custom_id=forged or " ")

    assert told.private
    assert "too old" in told.content


@pytest.mark.parametrize("kind", [1, 3])
async def test_a_command_that_is_no_longer_there_gets_a_private_word(discord: FakeDiscord, kind: int) -> None:
    answer = discord.send(2, {"id": "5", "type": kind, "name": "quote", "options": []})
    await discord.answered(answer)

    assert answer.private
    assert answer.content == "This command is no longer there. Type / to see the present ones."


@pytest.mark.parametrize("forged", ["evidence 9999", "evidence x", "context", "more x y", "more 2", "topic nowhere"])
async def test_a_forged_line_gets_a_clear_private_refusal(discord: FakeDiscord, forged: str) -> None:
    answer = await discord.slash("fact", {"query": "trees"})

    told = await discord.click(answer, custom_id=forged)

    assert told.private
    assert told.content
    assert "went wrong" not in told.content


async def test_pages_turn_in_place_for_the_asker_and_privately_for_others(discord: FakeDiscord) -> None:
    answer = await discord.slash("fact", {"query": "trees"})
    first, message = answer.content, answer.message["id"]

    turned = await discord.click(answer, "More")

    assert turned.callback == 7
    assert turned.message["id"] == message
    assert turned.content != first
    assert not turned.private

    others = await discord.click(turned, "Back", who=BEN)

    assert others.callback == 4
    assert others.private
    assert others.message["id"] != message
    assert "just for you" in others.content


async def test_a_long_question_pages_through_a_kept_line(discord: FakeDiscord) -> None:
    answer = await discord.slash("fact", {"query": "trees" + " trees" * 20})

    assert answer.button("More")["custom_id"].startswith("~")
    assert (await discord.click(answer, "More")).callback == 7


async def test_public_answers_are_on_record_and_private_ones_leave_no_trace(
    discord: FakeDiscord, home: Home, platform: DiscordPlatform
) -> None:
    answer = await discord.slash("fact", {"query": "trees"}, locale="uk", where=Where(installed_by_user=True))
    await discord.slash("fact", {"query": "trees", "private": True})
    await discord.click(answer, answer.labels[1])
    await asyncio.gather(*platform.answering.records)
    number = await number_of(home, "muster-300-trees")

    (delivery,) = await home.store.showing(number, before=home.clock.now().replace(year=2027), limit=10)

    assert delivery.ref.message == answer.message["id"]
    assert delivery.ref.place.guild == GUILD
    assert (delivery.locale, delivery.install, delivery.visibility) == ("uk", InstallType.USER, Visibility.PUBLIC)
    assert discord.api.count("GET .*/messages/") == 0


async def test_a_turned_page_is_on_record_with_what_it_shows_now(
    discord: FakeDiscord, home: Home, platform: DiscordPlatform
) -> None:
    answer = await discord.slash("fact", {"query": "trees"})
    await asyncio.gather(*platform.answering.records)
    await discord.click(answer, "More")
    await asyncio.gather(*platform.answering.records)
    later = home.clock.now().replace(year=2027)

    shown = [
        len(await home.store.showing(await number_of(home, slug), before=later, limit=9))
        for slug in ("muster-300-trees", "muster-forty-oaks")
    ]

    assert sorted(shown) == [0, 1]


async def test_a_long_answer_goes_on_in_further_messages_of_the_same_visibility(
    discord: FakeDiscord, home: Home
) -> None:
    words = " ".join(f"Sentence {number} speaks of willows." for number in range(70))
    await home.furnish_more(a_record(slug="long", text=words, label="Willows, Muster"))

    for private in (False, True):
        answer = await discord.slash("fact", {"query": "willows", "private": private})
        await discord.until(lambda asked=answer: len(asked.messages) == 2)  # type: ignore[misc]

        assert words in " ".join(message["content"] for message in answer.messages).replace("\n", " ")
        assert {bool(message["flags"] & 64) for message in answer.messages} == {private}
        assert "Context" in answer.labels


async def test_markup_of_a_fact_is_shown_and_not_obeyed(discord: FakeDiscord, home: Home) -> None:
    await home.furnish_more(
        a_record(slug="markup", text="willows **bold** <@1> @everyone [x](https://evil.example) \u202e", label="W")
    )

    answer = await discord.slash("fact", {"query": "willows"})

    assert answer.content.splitlines()[0] == (
        '"willows \\*\\*bold\\*\\* \\<\\@1> \\@everyone [x]\\(https\\://evil.example) ⟨U+202E⟩"'
    )


@pytest.mark.parametrize(
    "query", ["'\" OR 1=1 --", "NEAR(a b)", "\x00", "🌳", "א" * 50, "*", "x " * 2000, "#", "\u202e"]
)
async def test_any_question_gets_a_normal_answer(discord: FakeDiscord, query: str) -> None:
    answer = await discord.slash("fact", {"query": query})

    assert answer.private
    assert answer.content
    assert "went wrong" not in answer.content


async def number_of(home: Home, slug: str) -> int:
    async with home.store.reading() as view:
        number = await view.number_of(slug)
    assert number is not None
    return number


async def test_what_cannot_be_told_apart_is_asked_back_privately_and_the_pick_is_public(discord: FakeDiscord) -> None:
    asked = await discord.slash("fact", {"query": "muster"})

    assert asked.private
    assert asked.content == "**Which one?**\n#1 At least 300 trees planted, Muster\n#2 40 oaks dead, Muster"
    assert asked.labels == ["#1", "#2"]

    picked = await discord.click(asked, "#2")

    assert not picked.private
    assert "forty oaks" in picked.content


async def test_a_list_too_long_for_buttons_is_a_menu(discord: FakeDiscord, home: Home) -> None:
    async def many(request: Request) -> Reply:
        items = tuple((number, f"Fact {number}") for number in range(1, 41))
        return Reply(blocks=(FactList(title="Which one?", items=items),), outcome=Outcome.CHOOSE)

    home.replaced("fact", many)
    platform = home.platform(discord)
    await discord.gate.close(4000)
    async with serving(platform):
        await discord.until(lambda: platform.status.connected)
        asked = await discord.slash("fact", {"query": "x"})

        assert len(asked.message["components"]) == 2
        assert not (await discord.pick(asked, "#39")).private


async def test_rights_are_asked_at_every_click(discord: FakeDiscord, home: Home) -> None:
    """A button carries a command, never the right to it."""
    seen: list[Request] = []

    async def look(request: Request) -> Reply:
        seen.append(request)
        return Reply(blocks=(Text("x"), Choices((Choice(label="Again", line="fact again"),))), outcome=Outcome.INFO)

    home.replaced("fact", look)
    editor = replace(ADA, roles=("700",))
    platform = home.platform(discord, editors=EDITORS)
    await discord.gate.close(4000)
    async with serving(platform):
        await discord.until(lambda: platform.status.connected)
        answer = await discord.slash("fact", {"query": "x"}, who=editor)
        await discord.click(answer, "Again", who=BEN)
        await discord.click(answer, "Again", who=editor)

    assert [sorted(request.caller.rights) for request in seen] == [
        ["edit", "read", "suggest"],
        ["read", "suggest"],
        ["edit", "read", "suggest"],
    ]
    assert [request.asked_by_other for request in seen] == [False, True, False]

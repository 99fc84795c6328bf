"""The commands that Discord is told of, in every language, and the completions of a half-typed question."""

from __future__ import annotations

import pytest

from bot.platforms.discord.slash import called, choices, command_set, digest, scopes
from tests.gateway.schema import problems
from tests.platforms.discord.house import Home


@pytest.fixture
def bare() -> Home:
    return Home()


def test_people_start_with_a_question_or_from_a_message(bare: Home) -> None:
    commands = command_set(bare.table, everywhere=False)

    assert [(command["type"], command["name"]) for command in commands] == [
        (1, "fact"),
        (1, "about"),
        (3, "Find facts"),
        (1, "follow"),
        (1, "suggest"),
        (3, "Suggest as fact"),
        (1, "desk"),
    ]


def test_what_editors_do_stands_under_one_command(bare: Home) -> None:
    (desk,) = (each for each in command_set(bare.table, everywhere=False) if each["name"] == "desk")

    assert [(option["type"], option["name"]) for option in desk["options"]] == [
        (1, "add"),
        (1, "queue"),
        (1, "open"),
        (1, "settings"),
    ]
    assert desk["options"][2]["options"][0]["required"]
    found = called(bare.table, "desk open", 1, {"number": "17"}, "")
    assert found is not None
    assert (found.command.name, found.arguments) == ("open", {"number": "17"})
    assert called(bare.table, "open", 1, {"number": "17"}, "") is None


def test_names_and_descriptions_are_translated(bare: Home) -> None:
    fact, *_ = command_set(bare.table, everywhere=False)

    assert fact["name_localizations"] == {"uk": "факт"}
    assert fact["options"][0]["name_localizations"] == {"uk": "запит"}
    assert "uk" in fact["description_localizations"]


def test_the_question_comes_with_completions_and_the_flag_is_a_choice(bare: Home) -> None:
    fact, *_ = command_set(bare.table, everywhere=False)

    assert [(option["name"], option["type"], option["required"]) for option in fact["options"]] == [
        ("query", 3, True),
        ("private", 5, False),
    ]
    assert fact["options"][0]["autocomplete"]


@pytest.mark.parametrize("everywhere", [True, False])
def test_discord_takes_them(bare: Home, everywhere: bool) -> None:
    path = "/applications/1/commands" if everywhere else "/applications/1/guilds/2/commands"

    assert problems("PUT", path, command_set(bare.table, everywhere=everywhere)) == []


def test_a_public_bot_can_be_brought_along_and_used_anywhere(bare: Home) -> None:
    registered = scopes(bare.table, (3, 2), public=True)

    assert list(registered) == ["global"]
    assert all(command["integration_types"] == [0, 1] for command in registered["global"])
    assert all(command["contexts"] == [0, 1, 2] for command in registered["global"])


def test_any_other_bot_has_its_commands_in_the_listed_guilds(bare: Home) -> None:
    registered = scopes(bare.table, (3, 2), public=False)

    assert list(registered) == ["2", "3"]
    assert not any("contexts" in command for command in registered["2"])


def test_the_digest_tells_whether_anything_changed(bare: Home) -> None:
    commands = command_set(bare.table, everywhere=False)

    assert digest(commands) == digest(command_set(bare.table, everywhere=False))
    assert digest(commands) != digest(commands[1:])


def test_a_command_is_found_under_the_name_that_discord_sends(bare: Home) -> None:
    found = called(bare.table, "fact", 1, {"query": "x", "unknown": "y"}, "")

    assert found is not None
    assert (found.command.name, found.arguments) == ("fact", {"query": "x"})


def test_the_text_of_a_message_is_the_first_argument(bare: Home) -> None:
    found = called(bare.table, "Find facts", 3, {}, "300 trees")

    assert found is not None
    assert (found.command.name, found.arguments) == ("find", {"text": "300 trees"})


@pytest.mark.parametrize(("name", "kind"), [("evidence", 1), ("fact", 3), ("Find facts", 1), ("gone", 1), ("", 2)])
def test_what_is_not_offered_cannot_be_called(bare: Home, name: str, kind: int) -> None:
    assert called(bare.table, name, kind, {}, "") is None


def test_completions_are_within_the_limits_and_none_is_cut() -> None:
    texts = ["trees", "trees", "", "x" * 100, "y" * 101, "🌳" * 51, "a\u202eb", *map(str, range(40))]

    found = choices(texts)

    assert len(found) == 25
    assert [choice["name"] for choice in found[:4]] == ["trees", "x" * 100, "a⟨U+202E⟩b", "0"]
    assert problems("POST", "/interactions/1/t/callback", {"type": 8, "data": {"choices": found}}) == []

"""Discord's interaction JSON, read: who asks what, where, and whose answer was clicked."""

from __future__ import annotations

from typing import Any

import pytest

from bot.commands.request import Right
from bot.core.model.mail import InstallType, Place
from bot.platforms.discord.incoming import Kind, Unreadable, read
from bot.platforms.discord.rights import Editors, rights
from tests.gateway.people import ADA, BEN, CHANNEL, GUILD, OTHER_GUILD, Person, Where, on_message_data, slash_data
from tests.gateway.people import interaction as payload_of

Json = dict[str, Any]


def payload(kind: int, data: Json, **changes: Any) -> Json:
    values: Json = {"who": ADA, "where": Where(), "locale": "uk", "message": None}
    return payload_of("1", "secret", kind, data, **values | changes)


def clicked(message: Json, data: Json | None = None) -> Json:
    return payload(3, data or {"component_type": 2, "custom_id": "context 17"}, message=message)


def test_a_slash_command_with_its_options() -> None:
    found = read(payload(2, slash_data("fact", {"query": "trees", "private": True})))

    assert (found.kind, found.name, found.type) == (Kind.COMMAND, "fact", 1)
    assert found.options == {"query": "trees", "private": "true"}
    assert (found.account, found.locale) == (ADA.id, "uk")
    assert found.place == Place(platform="discord", id=CHANNEL, guild=GUILD)


def test_an_option_that_is_off_is_left_out() -> None:
    assert read(payload(2, slash_data("fact", {"query": "trees", "private": False}))).options == {"query": "trees"}


def test_what_is_being_typed() -> None:
    found = read(payload(4, slash_data("fact", {"query": "tre"}, focused="query")))

    assert (found.kind, found.focused) == (Kind.AUTOCOMPLETE, "tre")


def test_the_message_that_a_command_was_called_on() -> None:
    assert read(payload(2, on_message_data("Find facts", "300 trees!", BEN))).text == "300 trees!"


def test_the_words_of_a_forwarded_message() -> None:
    data = on_message_data("Find facts", "", BEN)
    (message,) = data["resolved"]["messages"].values()
    message["message_snapshots"] = [{"message": {"content": "300 trees"}}]

    assert read(payload(2, data)).text == "300 trees"


def test_the_words_of_an_embed_where_there_are_no_others() -> None:
    data = on_message_data("Find facts", "", BEN)
    (message,) = data["resolved"]["messages"].values()
    message["embeds"] = [{"title": "Trees", "description": "300 planted"}]

    assert read(payload(2, data)).text == "Trees\n300 planted"


def test_a_direct_message_has_no_guild() -> None:
    found = read(payload(2, slash_data("fact", {"query": "x"}), where=Where(guild=None)))

    assert (found.place.guild, found.account) == (None, ADA.id)


def test_whether_the_guild_has_the_bot_or_its_user_brought_it() -> None:
    data = slash_data("fact", {"query": "x"})

    assert read(payload(2, data)).install is InstallType.MEMBER
    assert read(payload(2, data, where=Where(installed_by_user=True))).install is InstallType.USER


@pytest.mark.parametrize(
    ("message", "own"),
    [
        ({"interaction_metadata": {"id": "9", "type": 2, "user": ADA.user}, "flags": 4}, True),
        ({"interaction_metadata": {"id": "9", "type": 2, "user": BEN.user}, "flags": 4}, False),
        ({"flags": 64}, True),  # a private answer has one reader
        ({"flags": 4}, False),
        ({}, False),
    ],
)
def test_whose_answer_was_clicked(message: Json, own: bool) -> None:
    assert read(clicked(message)).own is own


def test_the_entry_picked_from_a_menu() -> None:
    data = {"component_type": 3, "custom_id": "menu:0", "values": ["fact #17"]}

    assert read(clicked({}, data)).sent == "fact #17"


@pytest.mark.parametrize(
    "broken",
    [
        {},
        {"type": 2},
        {"type": 99, "id": "1", "token": "t", "application_id": "2"},
        {"type": 2, "id": "1", "token": "t"},
    ],
)
def test_what_cannot_even_be_apologised_for_is_said_to_be_unreadable(broken: Json) -> None:
    with pytest.raises(Unreadable):
        read(broken)


def test_a_payload_with_next_to_nothing_in_it_is_read() -> None:
    found = read({"type": 3, "id": "1", "token": "t", "application_id": "2"})

    assert (found.account, found.sent, found.own) == ("", "", False)


EDITORS = Editors(users=frozenset({int(BEN.id)}), roles=frozenset({(int(GUILD), 700)}))
EDITOR = Person(id="440000000000000003", name="cy", roles=("600", "700"))


def rights_of(who: Person, where: Where | None = None) -> frozenset[Right]:
    return rights(payload(2, slash_data("fact", {}), who=who, where=where or Where()), EDITORS)


def test_a_role_counts_in_its_own_guild_only() -> None:
    assert Right.EDIT in rights_of(EDITOR)
    assert Right.EDIT not in rights_of(EDITOR, Where(guild=OTHER_GUILD))
    assert Right.EDIT not in rights_of(EDITOR, Where(guild=None))


def test_a_named_user_may_edit_anywhere() -> None:
    assert all(Right.EDIT in rights_of(BEN, where) for where in (Where(), Where(guild=OTHER_GUILD), Where(guild=None)))


def test_everybody_else_may_read() -> None:
    assert rights_of(ADA) == {Right.READ}


@pytest.mark.parametrize("odd", [{"member": {"roles": ["x", "700"], "user": {"id": "y"}}}, {"user": {}}, {}])
def test_odd_ids_give_no_rights(odd: Json) -> None:
    assert rights(odd, EDITORS) == {Right.READ}

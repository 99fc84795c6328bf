"""The fake Discord is strict: what Discord would refuse, it refuses."""

from __future__ import annotations

from typing import Any

import pytest

from tests.gateway.channels import Refusal
from tests.gateway.people import ADA, Where
from tests.gateway.schema import problems
from tests.gateway.world import World

CALLBACK = "/interactions/1/token/callback"


def button(**changes: Any) -> dict[str, Any]:
    return {"type": 2, "style": 2, "label": "Context", "custom_id": "context 17"} | changes


def row(*components: dict[str, Any]) -> dict[str, Any]:
    return {"type": 1, "components": list(components)}


@pytest.mark.parametrize(
    "data",
    [
        {"content": "x" * 2001},
        {"content": ""},
        {"content": " \n"},
        {"content": "x", "componets": []},
        {"content": 3},
        {"content": "x", "flags": "many"},
        {"content": "x", "allowed_mentions": {"parse": ["nobody"]}},
        {"content": "x", "components": [button()]},
        {"content": "x", "components": [row(button(), button())]},
        {"content": "x", "components": [row(*(button(custom_id=str(n)) for n in range(6)))]},
        {"content": "x", "components": [row(button(custom_id=str(n))) for n in range(6)]},
        {"content": "x", "components": [row(button(custom_id="x" * 101))]},
        {"content": "x", "components": [row(button(label="x" * 81))]},
        {"content": "x", "components": [row({"type": 3, "custom_id": "m", "options": []})]},
    ],
)
def test_messages_that_discord_refuses(data: dict[str, Any]) -> None:
    assert problems("POST", CALLBACK, {"type": 4, "data": data})


@pytest.mark.parametrize(
    "body",
    [
        {"type": 4, "data": {"content": "x", "flags": 68, "components": [row(button())]}},
        {"type": 5, "data": {"flags": 64}},
        {"type": 6},
        {"type": 7, "data": {"content": "x", "components": [], "flags": 4}},
        {"type": 8, "data": {"choices": [{"name": "x", "value": "x"}]}},
    ],
)
def test_callbacks_that_discord_takes(body: dict[str, Any]) -> None:
    assert problems("POST", CALLBACK, body) == []


@pytest.mark.parametrize(
    "choices",
    [
        [{"name": "x", "value": "x"}] * 26,
        [{"name": "", "value": "x"}],
        [{"name": "x" * 101, "value": "x"}],
        [{"name": "x", "value": "x" * 101}],
    ],
)
def test_completions_that_discord_refuses(choices: list[dict[str, str]]) -> None:
    assert problems("POST", CALLBACK, {"type": 8, "data": {"choices": choices}})


@pytest.mark.parametrize(
    "command",
    [
        {"type": 1, "name": "Fact", "description": "x"},
        {"type": 1, "name": "two words", "description": "x"},
        {"type": 1, "name": "fact", "description": ""},
        {"type": 1, "name": "fact", "description": "x" * 101},
        {"type": 3, "name": "Find facts", "description": "x"},
        {"type": 3, "name": "x" * 33},
    ],
)
def test_commands_that_discord_refuses(command: dict[str, Any]) -> None:
    assert problems("PUT", "/applications/1/commands", [command])


def asked(world: World) -> Any:
    return world.ask(2, ADA, Where())


def refused(code: int) -> Any:
    return pytest.raises(Refusal, match=str(code))


def test_an_interaction_is_acknowledged_once_and_in_time() -> None:
    world = World()
    ask = asked(world)
    world.acknowledge(ask.id, ask.token, {"type": 4, "data": {"content": "x"}})
    with refused(40060):
        world.acknowledge(ask.id, ask.token, {"type": 4, "data": {"content": "x"}})

    late = asked(world)
    late.begun -= 3.1
    with refused(10062):
        world.acknowledge(late.id, late.token, {"type": 4, "data": {"content": "x"}})


def test_the_first_message_after_a_deferral_has_its_visibility() -> None:
    world = World()
    ask = asked(world)
    world.acknowledge(ask.id, ask.token, {"type": 5, "data": {"flags": 0}})

    world.follow_up(ask.token, {"content": "for my eyes only", "flags": 64})

    assert not ask.private


def test_a_token_lives_for_15_minutes() -> None:
    world = World()
    ask = asked(world)
    world.acknowledge(ask.id, ask.token, {"type": 4, "data": {"content": "x"}})
    ask.begun -= 901

    with refused(50027):
        world.follow_up(ask.token, {"content": "too late"})

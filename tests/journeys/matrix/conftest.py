"""One Synapse for all of these tests; each has its own people, rooms and bot."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from tests.gateway.server import FakeDiscord
from tests.homeserver.client import Client, client
from tests.homeserver.proxy import Proxy, proxied
from tests.homeserver.server import synapse_in
from tests.homeserver.synapse import Synapse
from tests.journeys.matrix.house import House, a_house
from tests.journeys.matrix.installation import Installation


@pytest.fixture(scope="session")
def synapse(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Synapse]:
    with synapse_in(tmp_path_factory.mktemp("synapse")) as server:
        yield server


@pytest.fixture
async def proxy(synapse: Synapse) -> AsyncIterator[Proxy]:
    """Between the bot and the homeserver."""
    async with proxied(synapse.url) as found:
        yield found


@pytest.fixture
async def house(synapse: Synapse, proxy: Proxy, tmp_path: Path) -> House:
    """A bot that does not run yet."""
    return await a_house(proxy.url, synapse.user("onrecord"), tmp_path / "matrix")


@pytest.fixture
async def ada(synapse: Synapse) -> AsyncIterator[Client]:
    async with client(synapse.url, synapse.user("ada")) as found:
        yield found


@pytest.fixture
async def bob(synapse: Synapse) -> AsyncIterator[Client]:
    async with client(synapse.url, synapse.user("bob")) as found:
        yield found


@pytest.fixture
async def installation(synapse: Synapse, tmp_path: Path) -> Installation:
    return Installation(tmp_path, synapse, synapse.user("onrecord"))


@pytest.fixture
async def discord() -> AsyncIterator[FakeDiscord]:
    async with FakeDiscord() as fake:
        yield fake

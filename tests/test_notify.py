"""What systemd hears, over real sockets."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest

from bot.notify import tell, watchdog_seconds


@pytest.mark.parametrize("abstract", [False, True])
def test_a_state_arrives_on_the_named_socket(tmp_path: Path, abstract: bool) -> None:
    name = f"@onrecord-test-{tmp_path}" if abstract else str(tmp_path / "notify")
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as listener:
        listener.bind("\0" + name[1:] if abstract else name)
        listener.settimeout(5)

        assert tell("READY=1", {"NOTIFY_SOCKET": name})
        assert listener.recv(100) == b"READY=1"


def test_without_systemd_nothing_happens() -> None:
    assert not tell("READY=1", {})


def test_a_listener_that_reads_no_more_holds_nobody_up(tmp_path: Path) -> None:
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as listener:
        listener.bind(str(tmp_path / "notify"))
        told = [tell("WATCHDOG=1", {"NOTIFY_SOCKET": str(tmp_path / "notify")}) for _ in range(2000)]

    assert told[0]
    assert not told[-1]


def test_a_dead_socket_is_no_reason_to_fail(tmp_path: Path) -> None:
    assert not tell("READY=1", {"NOTIFY_SOCKET": str(tmp_path / "gone")})


@pytest.mark.parametrize(
    ("environment", "seconds"),
    [
        ({"WATCHDOG_USEC": "60000000"}, 30.0),
        ({"WATCHDOG_USEC": "60000000", "WATCHDOG_PID": "7"}, 30.0),
        ({"WATCHDOG_USEC": "60000000", "WATCHDOG_PID": "8"}, None),
        ({"WATCHDOG_USEC": "soon"}, None),
        ({"WATCHDOG_USEC": "0"}, None),
        ({}, None),
    ],
)
def test_the_watchdog_is_fed_at_half_its_limit(environment: dict[str, str], seconds: float | None) -> None:
    assert watchdog_seconds(environment, 7) == seconds

"""Tells systemd how the service stands: READY, WATCHDOG, STOPPING, as datagrams on the socket that it names.

Protocol: https://www.freedesktop.org/software/systemd/man/sd_notify.html
"""

from __future__ import annotations

import logging
import socket
from collections.abc import Mapping

_log = logging.getLogger(__name__)


def tell(state: str, environment: Mapping[str, str]) -> bool:
    """Send one state ("READY=1"); False when nobody listens. A name with @ is an abstract socket."""
    name = environment.get("NOTIFY_SOCKET", "")
    if not name:
        return False
    address = "\0" + name[1:] if name.startswith("@") else name
    try:
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM | socket.SOCK_CLOEXEC) as channel:
            channel.setblocking(False)  # a listener that reads no more must not hold the bot up
            channel.connect(address)
            channel.send(state.encode())
    except OSError as error:
        _log.warning("systemd was not told %s: %s", state.partition("=")[0], error)
        return False
    return True


def watchdog_seconds(environment: Mapping[str, str], pid: int) -> float | None:
    """How often systemd must hear of us: half of its limit; None when it does not watch this process."""
    if environment.get("WATCHDOG_PID", str(pid)) != str(pid):
        return None
    try:
        limit = int(environment.get("WATCHDOG_USEC", "0"))
    except ValueError:
        return None
    return limit / 2_000_000 if limit > 0 else None

"""What every chat platform is to the rest of the program."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


class SignInRefused(Exception):  # noqa: N818 -- reads as what happened
    """The platform will not have us (wrong token, account closed): retrying cannot help; somebody must act."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlatformStatus:
    """How a connection stands, for `onrecord health`."""

    connected: bool
    since: datetime | None  # of the present state
    detail: str  # one line for people, without secrets


class Platform(Protocol):
    """One connection to one chat network; supervised by `app.py`."""

    @property
    def name(self) -> str:
        """discord, matrix, console."""
        ...

    @property
    def status(self) -> PlatformStatus:
        """The connection now."""
        ...

    async def serve(self) -> None:
        """Answer until cancelled; survives every fault of the network.

        Raises SignInRefused when somebody must act.
        """
        ...

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Unusable:
    """A configured platform in which nobody can sign in; supervised like any other, so that it is seen and told."""

    name: str
    why: str

    @property
    def status(self) -> PlatformStatus:
        """Never connected."""
        return PlatformStatus(connected=False, since=None, detail=self.why)

    async def serve(self) -> None:
        """Raises SignInRefused at once."""
        raise SignInRefused(self.why)


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

"""What commands are given to work with, beside the store."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from bot.core.model.finding import Finding


class Finder(Protocol):
    """Answers questions; `bot.core.lookup.Lookup` is one."""

    async def find(self, query: str, *, message: bool = False) -> Finding:
        """What is on record for a question, or with `message` about a chat message."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class House:
    """What /about tells of this deployment."""

    version: str
    contact: str = ""  # a line for people: an address, a link; empty when none was given
    editors: int = 2  # how many people check a fact before it is shown

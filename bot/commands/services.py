"""What commands are given to work with, beside the store."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol

from bot.commands.chart import Draw
from bot.commands.cooldown import Cooldowns
from bot.commands.desk.missing import Misses
from bot.commands.request import Request, Right
from bot.core.desk.port import Desk
from bot.core.model.desk import By, Terms
from bot.core.model.finding import Finding, Named
from bot.core.ports import Clock


class Finder(Protocol):
    """Answers questions; `bot.core.lookup.Lookup` is one."""

    async def find(self, query: str, *, message: bool = False) -> Finding:
        """What is on record for a question, or with `message` about a chat message."""
        ...


class Reader(Finder, Protocol):
    """Reads what stands in the words of a fact; the same Lookup."""

    async def named(self, text: str) -> Sequence[Named]:
        """The names and topics in a text, in any of their forms."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class House:
    """What /about tells of this deployment."""

    version: str
    contact: str = ""  # a line for people: an address, a link; empty when none was given
    editors: int = 2  # how many people check a fact before it is shown


@dataclass(frozen=True, slots=True, kw_only=True)
class Charts:
    """Draws what was claimed over time, where that can be drawn."""

    draw: Draw
    clock: Clock


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """What the commands of the desk work with."""

    desk: Desk
    terms: Terms
    clock: Clock
    checker: str  # program and version, noted in comparisons that it makes
    cooldowns: Cooldowns = field(default_factory=Cooldowns)  # of suggestions and reports
    reader: Reader | None = None  # proposes what a fact is filed under; None: nothing is proposed
    misses: Misses | None = None  # counts questions without an answer; None: they are not counted here
    open: bool = True  # False: the database is open for reading only, so that nothing can be changed from here


def by(request: Request) -> By:
    """Who does something, as the platform of a request vouches for it."""
    caller = request.caller
    return By(platform=request.place.platform, account=caller.account, editor=Right.EDIT in caller.rights)

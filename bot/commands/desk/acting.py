"""Making a change from a command: once for each event, on what was seen, with a number that means something."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot.commands.arguments import fact_number
from bot.commands.request import Request
from bot.commands.services import Office, by
from bot.commands.table import Parameter
from bot.core.desk.notices import THEMSELVES
from bot.core.desk.port import DeskReading
from bot.core.desk.refusals import NoSuchFact
from bot.core.model.change import Applied, Change
from bot.core.model.desk import Person
from bot.core.model.fact import Dossier
from bot.core.model.mail import Place

NUMBER = Parameter(name="number", number=True)
SEEN = Parameter(name="seen", required=False, mark="@", limit=80)
LONG = 2000  # characters of a reason, a report, a note


@dataclass(frozen=True, slots=True)
class Seen:
    """What a button was made from: which revision, and which thing that waits; empty in lines that people type."""

    revision: int | None = None
    card: str = ""


class NotANumber(Exception):  # noqa: N818 -- reads as what happened
    """What was given as a number is none."""

    def __init__(self, given: str) -> None:
        super().__init__(given)
        self.given = given


def number_in(request: Request, name: str = "number") -> int:
    """The number that a request gives. Raises NotANumber."""
    given = request.arguments.get(name, "")
    number = fact_number(given)
    if number is None:
        raise NotANumber(given)
    return number


def seen_in(request: Request) -> Seen:
    """What was on the screen when the button was pressed."""
    revision, _, card = request.arguments.get("seen", "").partition(".")
    return Seen(int(revision) if revision.isascii() and revision.isdecimal() and len(revision) < 10 else None, card)


async def apply(
    change: Change, request: Request, office: Office, *, step: str = "", expect: Mapping[str, int] | None = None
) -> Applied:
    """Make the change: the same event again, and the same step of it, changes nothing. Raises ChangeRefused."""
    key = "/".join(part for part in (request.place.platform, request.event, step) if part)
    return await office.desk.apply(change, key=key, expect=expect or {})


async def known(view: DeskReading, number: int) -> Dossier:
    """The fact of this number in whatever state. Raises NoSuchFact."""
    found = await view.dossiers((number,))
    if not found:
        raise NoSuchFact(number)
    return found[0]


async def myself(view: DeskReading, request: Request) -> Person | None:
    """Whoever asks, as far as the desk knows them."""
    return await view.person(by(request))


async def is_own(view: DeskReading, number: int, me: Person | None) -> bool:
    """Whether the person who asks suggested the fact."""
    return me is not None and any(
        doing.verb == "suggested" and doing.person == me.id for doing in await view.doings(number)
    )


def expected(dossier: Dossier, seen: Seen) -> dict[str, int]:
    """The revision that was seen, for the store to compare."""
    return {} if seen.revision is None else {dossier.fact.slug: seen.revision}


def own_place(request: Request) -> tuple[Place | None, str | None]:
    """Where somebody is told what became of a thing, and as an answer to which message.

    Discord answers suggestions privately, so that the word comes privately, too; a console has nobody waiting at it.
    """
    if request.place.platform == "console":
        return None, None
    if request.place.platform == "discord":
        return Place(platform="discord", id=THEMSELVES), None
    return request.place, request.event

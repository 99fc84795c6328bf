"""hideall and bringall: everything of one person since an instant, hidden in one go and brought back in one go."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from bot.commands.arguments import echo, fact_number, told
from bot.commands.desk.acting import LONG, NotANumber, apply
from bot.commands.desk.asking import asked, field, reason_field
from bot.commands.desk.who import called
from bot.commands.reply import Choice, Choices, Outcome, Reply, Text
from bot.commands.request import Request
from bot.commands.services import Office, by
from bot.commands.table import Parameter
from bot.core.desk.port import DeskReading
from bot.core.model.change import BringAllBack, HideAll
from bot.core.model.desk import Person
from bot.core.model.mail import Visibility
from bot.wording import wording

HIDE_ALL = (
    Parameter(name="person", plain=re.compile("(?!)")),
    Parameter(name="since", required=False),
    Parameter(name="reason", required=False, limit=LONG),
)
BRING_ALL = (Parameter(name="batch", number=True),)
_LONGEST = 12  # words of a name
_AGO = re.compile(r"(\d{1,4}) ?([hd])", re.ASCII)


async def hide_all(request: Request, *, office: Office) -> Reply:
    """Hide what a person has put before readers since then; reversible as a whole."""
    words = wording(request.locale)
    given = request.arguments
    async with office.desk.reading() as view:
        person, since, reason = await _parted(given, view)
        who = await called(view, person.id, words) if person else ""
    if person is None:
        return told(words.say("hideall.nobody", given=echo(given["person"])), Outcome.REFUSED)
    begins = instant(since, office.clock.now())
    if begins is None or not reason:
        said = words.say("hideall.since", given=echo(since)) if since and begins is None else ""
        fields = (field("since", words, value=since, required=True, limit=20), reason_field(words))
        asking = replace(request, arguments={**given, "person": person.id})
        return asked(asking, words, fields, title=words.say("form.hideall", who=who), fixed=("person",), said=said)
    change = HideAll(by=by(request), terms=office.terms, person=person.id, since=begins, reason=reason)
    applied = await apply(change, request, office)
    async with office.desk.reading() as view:
        batch = await view.batch(applied.number or 0)
    count = len(batch.facts) if batch else 0
    undo = Choice(label=words.say("button.bringall", batch=applied.number), line=f"bringall {applied.number}")
    blocks = (Text(words.count("hideall.done", count, who=who, batch=applied.number)), Choices((undo,)))
    return Reply(blocks=blocks, outcome=Outcome.INFO, visibility=Visibility.PRIVATE)


async def _parted(given: Mapping[str, str], view: DeskReading) -> tuple[Person | None, str, str]:
    """Whom, since when and why. A name may have blanks: the longest that somebody bears counts."""
    since, reason = given.get("since", "").strip(), given.get("reason", "").strip()
    text, own = f"{given['person']} {since} {reason}", len(given["person"].split())
    for count in range(min(len(text.split()), _LONGEST), own, -1):
        words = text.split(maxsplit=count)
        if (person := await view.named(_bare(" ".join(words[:count])))) is not None:
            since, _, reason = "".join(words[count:]).partition(" ")
            return person, since, reason.strip()
    return await _meant(_bare(given["person"].strip()), view), since, reason


def _bare(name: str) -> str:
    return name.strip("\"“”„«»'")


async def _meant(given: str, view: DeskReading) -> Person | None:
    """Whom cards and histories call so: by the disclosed name, or by "k7f3"."""
    return await view.named(given) or await view.somebody(given.lower())


async def bring_all(request: Request, *, office: Office) -> Reply:
    """Show again what a batch hid and nobody has touched since: for somebody else than whoever hid it."""
    words = wording(request.locale)
    number = fact_number(request.arguments["batch"])
    if number is None:
        raise NotANumber(request.arguments["batch"])
    applied = await apply(BringAllBack(by=by(request), terms=office.terms, batch=number), request, office)
    return told(words.count("bringall.done", len(applied.published)), Outcome.INFO)


def instant(text: str, now: datetime) -> datetime | None:
    """When it begins: "2026-11-20", "2026-11-20T14:00", "6h", "3 d"; None for anything else."""
    if ago := _AGO.fullmatch(text.lower()):
        return now - (timedelta(hours=int(ago[1])) if ago[2] == "h" else timedelta(days=int(ago[1])))
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)

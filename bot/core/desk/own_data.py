"""What is kept about the person who asks, for that person to take along; and being forgotten."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from bot.core.desk.port import Desk, Remembered
from bot.core.model.change import Applied, ForgetMe
from bot.core.model.desk import By, Doing, Draft, Listener, Report, Terms
from bot.core.model.mail import Place
from bot.core.model.news import Follow


@dataclass(frozen=True, slots=True, kw_only=True)
class Forgotten:
    """What became of the wish to be forgotten."""

    applied: Applied
    erased: bool  # False: not from the files yet, because somebody was reading; the running bot does it within minutes


async def kept_about(desk: Desk, by: By) -> Remembered | None:
    """Everything that is kept about whoever has this account; None where nothing is, and asking keeps nothing."""
    async with desk.reading() as reading:
        person = await reading.person(by)
        return await reading.remembered(person.id) if person is not None else None


async def forget(desk: Desk, by: By, terms: Terms, *, key: str) -> Forgotten | None:
    """Erase accounts, names, forms and the words of reports, from the files too. None where nothing is kept.

    What was done stays done, by nobody; what waits because of this person is taken back.
    """
    if await kept_about(desk, by) is None:
        return None
    applied = await desk.apply(ForgetMe(by=by, terms=terms), key=key, expect={})
    return Forgotten(applied=applied, erased=await desk.scrub())


def as_data(kept: Remembered) -> dict[str, Any]:
    """The same as plain JSON data, under names that people understand without this program."""
    person = kept.person
    return {
        "id": person.id,
        "name": person.name,
        "earlier_names": list(kept.former_names),
        "accounts": {platform: sorted(ids) for platform, ids in sorted(person.accounts.items())},
        "declared_no_account_on": sorted(person.nowhere_else),
        "forms_under_way": [_draft(draft) for draft in kept.drafts],
        "reports": [_report(report) for report in kept.reports],
        "to_be_told": [_listener(listener) for listener in kept.listening],
        "follows_set_up": [_follow(follow) for follow in kept.follows],
        "done": [_done(what, doing) for what, doing in kept.doings],
    }


def _draft(draft: Draft) -> dict[str, Any]:
    typed = {name: value for name, value in asdict(draft.form).items() if value}
    return {"number": draft.number, "changed": draft.at.isoformat(), "typed": typed} | _where(
        draft.place, draft.reply_to
    )


def _report(report: Report) -> dict[str, Any]:
    return {
        "fact": report.fact,
        "revision": report.revision,
        "wrong": report.wrong.value,
        "text": report.text,
        "at": report.at.isoformat(),
        "outcome": report.outcome,
    } | _where(report.place, report.reply_to)


def _listener(listener: Listener) -> dict[str, Any]:
    return {"fact": listener.fact} | _where(listener.place, listener.reply_to)


def _follow(follow: Follow) -> dict[str, Any]:
    return {"subject": follow.subject.value, "target": follow.target, "at": follow.at.isoformat()} | _where(
        follow.place, None
    )


def _where(place: Place | None, message: str | None) -> dict[str, Any]:
    """Where word is to be sent; nothing where it is not."""
    if place is None:
        return {}
    return {"place": {"platform": place.platform, "id": place.id, "guild": place.guild}, "message": message}


def _done(what: str, doing: Doing) -> dict[str, Any]:
    return {"what": doing.verb, "about": what, "revision": doing.revision, "at": doing.at.isoformat()}

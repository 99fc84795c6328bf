"""Who did something at the desk, as others may know it: the disclosed name, or a role and a short random name."""

from __future__ import annotations

from bot.commands.arguments import one_line
from bot.core.desk.port import DeskReading
from bot.core.model.fact import PastRevision
from bot.wording import Wording

SHORT = 4  # characters of a person's random id that are shown
#: Verbs of the audit that take an editor.
EDITING = frozenset(
    {
        "vouched",
        "published",
        "rejected",
        "revised",
        "proposed",
        "changed",
        "declined",
        "hidden",
        "unhidden",
        "withdrawn",
        "restored",
        "reopened",
        "report-closed",
    }
)


async def called(view: DeskReading, person: str | None, words: Wording) -> str:
    """The person of this id: "Ada", "editor k7f3", "member k7f3"."""
    if person is None:
        return words.say("desk.nobody")
    known = await view.somebody(person)
    if known is None:
        return words.say("desk.member", name=person[:SHORT])
    if known.name:
        return one_line(known.name)
    kept = await view.remembered(known.id)
    role = "editor" if any(doing.verb in EDITING for _, doing in kept.doings) else "member"
    return words.say(f"desk.{role}", name=known.id[:SHORT])


def doer(entry: PastRevision, words: Wording) -> str:
    """Whoever a line of the history names."""
    if entry.actor_name:
        return one_line(entry.actor_name)
    if not entry.actor:
        return words.say("desk.nobody")
    role = "editor" if entry.verb in EDITING else "member"
    return words.say(f"desk.{role}", name=entry.actor[:SHORT])

"""What commands about one fact share: its number, and what to say when it may not be shown."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from bot.commands.arguments import echo, fact_number, told
from bot.commands.card import is_public
from bot.commands.kept import kept_texts
from bot.commands.reply import Outcome, Reply
from bot.commands.request import Request
from bot.commands.table import Parameter
from bot.core.model.fact import Dossier, PastRevision, Revision
from bot.core.ports import Facts
from bot.wording import Wording

NUMBER = Parameter(name="number", number=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Filed:
    """A public fact with its history and the kept text of its sources."""

    dossier: Dossier
    history: tuple[PastRevision, ...]
    texts: dict[str, str]  # source id -> normalised text, where it is kept
    numbers: dict[str, int]  # slug -> number, of facts that it has ever been said to be related to


async def filed(request: Request, facts: Facts, words: Wording) -> Filed | Reply:
    """The fact that a request names, as one reading saw it, or the reply that there is none."""
    asked = request.arguments["number"]
    number = fact_number(asked)
    if number is None:
        example = request.mark + words.say(f"example.{request.command}")
        return told(words.say("refused.not_a_number", value=echo(asked), example=example), Outcome.REFUSED)
    async with facts.reading() as view:
        dossiers = await view.dossiers((number,))
        if not dossiers or not is_public(dossiers[0]):
            return told(words.say("fact.unknown", number=number), Outcome.NOTHING)
        dossier = dossiers[0]
        past = await view.history(number)
        revisions = (dossier.fact.revision, *(entry.revision for entry in past))
        found = {slug: await view.number_of(slug) for slug in _named(revisions)}
        return Filed(
            dossier=dossier,
            history=past,
            texts=await kept_texts(view, dossier),
            numbers={slug: each for slug, each in found.items() if each is not None},
        )


def _named(revisions: Iterable[Revision]) -> dict[str, None]:
    """The slugs of other facts; a slug is made of the words of its fact, which readers may not be meant to see."""
    names = dict.fromkeys(relation.fact for each in revisions for relation in each.relations)
    return names | dict.fromkeys(each.restates for each in revisions if each.restates)

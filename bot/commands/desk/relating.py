"""relate: says what one fact is to another. What would be told below the words of both waits for a second person."""

from __future__ import annotations

from dataclasses import replace

from bot.commands.arguments import fact_number
from bot.commands.desk.acting import LONG, NUMBER, NotANumber, apply, known, number_in
from bot.commands.desk.asking import asked, field
from bot.commands.desk.buttons import choice
from bot.commands.desk.changed import changed_reply
from bot.commands.reply import Choices, Outcome, Reply, Text
from bot.commands.request import Request
from bot.commands.services import Office, by
from bot.commands.table import Parameter
from bot.core.model.change import Revise
from bot.core.model.mail import Visibility
from bot.core.model.review import Relation, RelationKind
from bot.wording import wording

NOTHING = "none"  # takes a relation back
PARAMETERS = (
    NUMBER,
    Parameter(name="kind", required=False, options=(*RelationKind, NOTHING)),
    Parameter(name="other", required=False),
    Parameter(name="reason", required=False, limit=LONG),
)


async def relate(request: Request, *, office: Office) -> Reply:
    """Add, change or take back what this fact says of another one."""
    words = wording(request.locale)
    number, given = number_in(request), request.arguments
    kind, other = given.get("kind", "").strip().lower(), given.get("other", "").strip()
    async with office.desk.reading() as view:
        dossier = await known(view, number)
        if kind not in (*RelationKind, NOTHING) or not other:
            options = tuple((each, words.say(f"desk.related.{each}")) for each in (*map(str, RelationKind), NOTHING))
            fields = (
                field("kind", words, key="relate.kind", required=True, options=options),
                field("other", words, value=other, required=True, limit=10),
                field("reason", words, key="relate.reason", value=given.get("reason", ""), long=True),
            )
            return asked(request, words, fields, title=words.say("form.relate", number=number))
        to = fact_number(other)
        if to is None:
            raise NotANumber(other)
        slug = (await known(view, to)).fact.slug
    revision = dossier.fact.revision
    rest = tuple(each for each in revision.relations if each.fact != slug)
    relations = rest if kind == NOTHING else (*rest, Relation(kind=RelationKind(kind), fact=slug))
    change = Revise(
        by=by(request),
        terms=office.terms,
        number=number,
        revision=replace(revision, relations=relations),
        reason=given.get("reason", "").strip() or f"{kind} #{to}",
    )
    applied = await apply(change, request, office, expect={dossier.fact.slug: revision.number})
    if applied.waits:
        return await changed_reply(applied, dossier, office, words)
    said = words.say("done.related", number=number, kind=words.say(f"desk.related.{kind}"), other=to)
    blocks = (Text(said), Choices((choice("open", number, words),)))
    return Reply(blocks=blocks, outcome=Outcome.INFO, visibility=Visibility.PRIVATE)

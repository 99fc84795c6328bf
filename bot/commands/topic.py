"""topic: the labels of a topic's facts, to choose from."""

from __future__ import annotations

from dataclasses import replace

from bot.commands.arguments import echo, told
from bot.commands.find import list_reply
from bot.commands.reply import Block, Choices, Outcome, Reply, Text
from bot.commands.request import Request
from bot.commands.table import Parameter
from bot.commands.timeline import over_time
from bot.core.model.news import Subject
from bot.core.ports import Facts
from bot.wording import wording

PARAMETERS = (Parameter(name="topic"),)
_MOST = 10  # labels in one answer
_COUNTED = 200  # further facts are counted up to here


async def topic(request: Request, *, facts: Facts) -> Reply:
    """Open a topic by its id or its label."""
    words = wording(request.locale)
    asked = request.arguments["topic"].strip()
    async with facts.reading() as view:
        topics = (await view.vocabulary()).topics
        found = next((item for item in topics if asked.casefold() in (item.id.casefold(), item.label.casefold())), None)
        listed = await view.listed(topic=found.id, limit=_COUNTED) if found else ()
    if found is None:
        return told(words.say("topic.unknown", topic=echo(asked)), Outcome.NOTHING)
    if not listed:
        return told(words.say("topic.empty", topic=found.label), Outcome.NOTHING)
    reply = list_reply(words.say("topic.title", topic=found.label), listed[:_MOST])
    blocks: list[Block] = list(reply.blocks)
    if len(listed) > _MOST:
        blocks.append(Text(words.count("topic.more", len(listed) - _MOST)))
    if len(listed) > 1:
        blocks.append(Choices((over_time((Subject.TOPIC, found.id), words),)))
    return replace(reply, blocks=tuple(blocks))

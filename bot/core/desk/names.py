"""Entities and topics, added and given more names from chat. What answers show of them is not changed here."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from bot.core.decision import Decision, OnFile
from bot.core.desk.refusals import NotAnEditor
from bot.core.model.change import ChangeRefused, SaveItem
from bot.core.model.names import Entity, Topic

MOST_NAMES = 200  # of one entity or topic


def save(change: SaveItem, on_file: OnFile, *, now: datetime) -> Decision:
    """A new entity or topic, or other names of one: metadata, which one editor may mend at once."""
    del now
    if not change.by.editor:
        raise NotAnEditor("this takes an editor")
    person = on_file.person(change.by)
    item, stored = change.item, on_file.item(change.item.id)
    if stored is None and on_file.fact(item.id) is not None:
        raise ChangeRefused(f"{item.id}: the id belongs to a fact on file")
    if len(item.aliases) > MOST_NAMES:
        raise ChangeRefused(f"{item.id}: at most {MOST_NAMES} names")
    if isinstance(item, Topic):
        for each in item.broader:
            if not isinstance(on_file.item(each), Topic):
                raise ChangeRefused(f"{item.id}: no topic {each!r} on file")
    if stored is not None and not _only_names(stored, item):
        raise ChangeRefused(f"{item.id}: only its names can be changed here")
    return Decision(person=person.id, items=() if stored == item else (item,))


def _only_names(stored: object, item: Entity | Topic) -> bool:
    if isinstance(stored, Entity) and isinstance(item, Entity):
        return replace(stored, aliases=item.aliases, ambiguous=item.ambiguous) == item
    if isinstance(stored, Topic) and isinstance(item, Topic):
        return replace(stored, aliases=item.aliases, broader=item.broader) == item
    return False

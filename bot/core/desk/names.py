"""Entities and topics, added and given more names from chat. What answers show of them is not changed here."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from bot.core.decision import Decision, OnFile
from bot.core.desk.refusals import NotAnEditor
from bot.core.model.change import ChangeRefused, MergeTopic, SaveItem
from bot.core.model.names import Entity, Name, Topic
from bot.core.model.news import Subject
from bot.core.references import with_broader

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


def merge(change: MergeTopic, on_file: OnFile, *, now: datetime) -> Decision:
    """What is filed under the old topic counts for the other one from now on; no fact is touched."""
    del now
    if not change.by.editor:
        raise NotAnEditor("this takes an editor")
    old, into = (_topic(each, on_file) for each in (change.old, change.into))
    if old.id in {topic.id for topic in with_broader((into.id,), lambda each: _topic(each, on_file))}:
        raise ChangeRefused(f"{into.id}: is the same topic, or a part of it")
    known = {each.text.casefold() for each in into.aliases} | {into.label.casefold()}
    names = (Name(text=old.label, language=change.language), *old.aliases)
    more = tuple(each for each in names if each.text.casefold() not in known)
    if len(into.aliases) + len(more) > MOST_NAMES:
        raise ChangeRefused(f"{into.id}: at most {MOST_NAMES} names")
    follows = on_file.follows()
    theirs = [each for each in follows if (each.subject, each.target) == (Subject.TOPIC, old.id)]
    taken = {each.place for each in follows if (each.subject, each.target) == (Subject.TOPIC, into.id)}
    return Decision(
        person=on_file.person(change.by).id,
        items=(
            replace(into, aliases=(*into.aliases, *more)),
            replace(old, aliases=(), broader=(*old.broader, into.id)),
        ),
        follows=tuple(replace(each, number=0, target=into.id) for each in theirs if each.place not in taken),
        unfollowed=tuple(each.number for each in theirs),
    )


def _topic(wanted: str, on_file: OnFile) -> Topic:
    found = on_file.item(wanted)
    if not isinstance(found, Topic):
        raise ChangeRefused(f"no topic {wanted!r} on file")
    return found


def _only_names(stored: object, item: Entity | Topic) -> bool:
    if isinstance(stored, Entity) and isinstance(item, Entity):
        return replace(stored, aliases=item.aliases, ambiguous=item.ambiguous) == item
    if isinstance(stored, Topic) and isinstance(item, Topic):
        return replace(stored, aliases=item.aliases, broader=item.broader) == item
    return False

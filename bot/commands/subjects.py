"""What people mean by the name of a topic, a speaker or a series of claims."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from bot.commands.arguments import one_line
from bot.core.model.names import Entity, Topic
from bot.core.model.news import Subject
from bot.core.model.quantity import ClaimSeries
from bot.core.ports import Vocabulary
from bot.wording import Wording, languages, wording

Target = tuple[Subject, str]  # and its id; "" for everything
Item = Entity | Topic | ClaimSeries


def called(subject: Subject, target: str, known: Vocabulary, words: Wording) -> str:
    """The name that is shown; the id where it is not on file."""
    if subject is Subject.EVERYTHING:
        return words.say("follow.everything")
    return next((one_line(_name(item)) for item in _ITEMS[subject](known) if item.id == target), target)


def _name(item: Item) -> str:
    return item.name if isinstance(item, Entity) else item.label


_ITEMS: Mapping[Subject, Callable[[Vocabulary], tuple[Item, ...]]] = {
    Subject.TOPIC: lambda known: known.topics,
    Subject.SPEAKER: lambda known: known.entities,
    Subject.SERIES: lambda known: known.series,
}


def meant(asked: str, known: Vocabulary) -> list[Target]:
    """Everything of that id or name; a name that begins so, where none is that name."""
    wanted = asked.casefold()
    if wanted in {Subject.EVERYTHING.value, *(wording(each).say("follow.everything") for each in languages())}:
        return [(Subject.EVERYTHING, "")]
    kind, _, own = wanted.partition(":")
    if own and kind in {each.value for each in _ITEMS}:
        subject = Subject(kind)
        return [(subject, item.id) for item in _ITEMS[subject](known) if item.id.casefold() == own]
    same: list[Target] = []
    begins: list[Target] = []
    for subject, items in _ITEMS.items():
        for item in items(known):
            names = {item.id.casefold(), _name(item).casefold()}
            names |= set() if isinstance(item, ClaimSeries) else {alias.text.casefold() for alias in item.aliases}
            if wanted in names:
                same.append((subject, item.id))
            elif any(name.startswith(wanted) for name in names):
                begins.append((subject, item.id))
    return same or begins

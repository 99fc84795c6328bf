"""The forms behind a fact: what is asked for together, and how what was typed is kept as it was typed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import fields, replace

from bot.commands.desk.asking import field
from bot.commands.reply import FormField
from bot.core.model.desk import Form
from bot.core.model.fact import Kind
from bot.wording import Wording

NAMES = tuple(each.name for each in fields(Form))
SOURCE = ("link", "passage", "title", "publisher", "published")
WORDS = ("words", "kind", "speaker", "said", "relayed")
DETAILS = ("role", "venue", "label", "note", "unverified")
#: What is corrected together; a reason comes on top.
PARTS: Mapping[str, tuple[str, ...]] = {
    "words": ("words", "kind", "speaker", "role"),
    "day": ("said", "venue", "relayed"),
    "source": ("link", "title", "publisher", "published"),
    "label": ("label", "topics", "about", "note"),
    "passage": ("passage", "unverified"),
}
#: Everything, for those who fill in a form in an editor of their own; what is long stands last.
ALL = (
    *("link", "title", "publisher", "author", "published", "speaker", "role", "said", "venue", "relayed", "kind"),
    *("language", "label", "topics", "about", "note", "unverified", "words", "passage"),
)
MODAL = 4_000  # characters that one input of a modal holds
LONGEST = 20_000  # characters of anything typed at the desk
_LONG = frozenset({"passage", "words", "note", "unverified"})
_ROOMY = _LONG | {"link"}
_SHORT = 500  # characters of what is named rather than told
_NEEDED = frozenset({"link", "passage", "words"})


def asks(
    names: Iterable[str],
    form: Form,
    words: Wording,
    *,
    needed: frozenset[str] = _NEEDED,
    most: int = MODAL,
) -> tuple[FormField, ...]:
    """The fields of these names, with what stands in them; one that is longer than an input is left as it is."""
    found = []
    for name in names:
        value = getattr(form, name)
        if _size(value) > most:
            continue
        options = _kinds(words) if name == "kind" else ()
        limit = most if name in _ROOMY or _size(value) > _SHORT else _SHORT
        found.append(
            field(name, words, value=value, required=name in needed, long=name in _LONG, limit=limit, options=options)
        )
    return tuple(found)


def _size(value: str) -> int:
    """Characters as the strictest input counts them: what does not fit would come back empty."""
    return len(value.encode("utf-16-le", "surrogatepass")) // 2


def typed_over(form: Form, given: Mapping[str, str]) -> Form:
    """The form with everything that was given for its fields, exactly as it was typed but for blanks at the ends."""
    return replace(form, **{name: given[name].strip() for name in NAMES if name in given})


def too_long(given: Mapping[str, str]) -> str | None:
    """The name of a field that nothing sensible could fill, if there is one."""
    return next((name for name in NAMES if len(given.get(name, "")) > LONGEST), None)


def _kinds(words: Wording) -> tuple[tuple[str, str], ...]:
    return tuple((kind.value, words.say(f"history.kind.{kind}")) for kind in Kind)

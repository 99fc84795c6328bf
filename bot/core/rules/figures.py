"""Numbers with their hedges, units and scopes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation

from bot.core.model.change import FactRecord
from bot.core.model.quantity import Comparator, Quantity
from bot.core.normalisation import normalise
from bot.core.rules.remark import Code, Found, Known
from bot.core.search import numbers
from bot.core.search.terms import Analysis

# How a comparator is said; a language that is not here is not judged.
HEDGES: dict[str, dict[Comparator, tuple[str, ...]]] = {
    "en": {
        Comparator.AT_LEAST: ("at least", "no fewer than", "no less than", "not less than", "a minimum of"),
        Comparator.MORE_THAN: ("more than", "over", "above", "upwards of", "in excess of", "exceeding"),
        Comparator.AT_MOST: ("at most", "up to", "no more than", "not more than", "a maximum of"),
        Comparator.LESS_THAN: ("less than", "fewer than", "under", "below", "almost", "nearly"),
        Comparator.ABOUT: ("about", "around", "approximately", "approx.", "roughly", "some", "circa"),
    },
    "uk": {
        Comparator.AT_LEAST: ("щонайменше", "принаймні", "не менше", "не менш"),
        Comparator.MORE_THAN: ("понад", "більше", "більш ніж"),
        Comparator.AT_MOST: ("щонайбільше", "не більше", "до"),
        Comparator.LESS_THAN: ("менше", "майже"),
        Comparator.ABOUT: ("близько", "приблизно", "орієнтовно"),
    },
    "ru": {
        Comparator.AT_LEAST: ("как минимум", "по меньшей мере", "не менее", "не меньше"),
        Comparator.MORE_THAN: ("более", "больше", "свыше"),
        Comparator.AT_MOST: ("не более", "не больше", "до"),
        Comparator.LESS_THAN: ("менее", "меньше", "почти"),
        Comparator.ABOUT: ("около", "примерно", "приблизительно"),
    },
}
_WORDS = Analysis(str)  # whole words: numbers need no stems
_JOINS = ("and", "und", "і", "й", "и")
_NUMBER = r"(?:\d|(?:one|two|three|four|five|six|seven|eight|nine|ten|a|half|dozens|hundreds|thousands|millions)\b)"


def quantities_are_in_the_text(record: FactRecord, known: Known) -> Iterator[Found]:
    """The value is a decimal that the surface says; the surface stands in the text, with the hedge inside."""
    text = normalise(record.revision.text).text
    for place, quantity in enumerate(record.revision.quantities):
        path = f".quantities[{place}]"
        try:
            finite = Decimal(quantity.value).is_finite()
        except InvalidOperation:
            finite = False
        surface = normalise(quantity.surface).text
        if not finite:
            yield Found(Code.BAD_VALUE, f"{path}.value", {"given": quantity.value})
        elif not _says(surface, Decimal(quantity.value), text):
            case = {"given": quantity.value, "surface": quantity.surface}
            yield Found(Code.VALUE_NOT_IN_SURFACE, f"{path}.value", case)
        if surface not in text:
            yield Found(Code.SURFACE_NOT_IN_TEXT, f"{path}.surface", {"given": quantity.surface})
        if not _hedged_alike(quantity, surface, record.revision.language):
            case = {"given": quantity.comparator.value, "surface": quantity.surface}
            yield Found(Code.COMPARATOR, f"{path}.comparator", case)
        elif outside := _hedge_before(surface, text, record.revision.language):
            yield Found(Code.HEDGE_OUTSIDE, f"{path}.surface", {"given": outside, "surface": quantity.surface})


def series_agree(record: FactRecord, known: Known) -> Iterator[Found]:
    """A number belongs to a series only with the same unit and scope."""
    for place, quantity in enumerate(record.revision.quantities):
        series = known.series.get(quantity.series or "")
        if series is None:
            continue
        path = f".quantities[{place}]"
        if quantity.unit != series.unit:
            yield Found(Code.UNIT_DIFFERS, f"{path}.unit", {"given": quantity.unit, "series": series.unit})
        if quantity.scope and quantity.scope != series.scope:
            yield Found(Code.SCOPE_DIFFERS, f"{path}.scope", {"given": quantity.scope, "series": series.scope})


def hedges_stay(record: FactRecord, known: Known) -> Iterator[Found]:
    """A label with a number keeps the hedge that the text has before its numbers. Labels are written in English."""
    revision = record.revision
    if not any(character.isdigit() for character in revision.label):
        return
    hedged = {quantity.comparator for quantity in revision.quantities} | _hedges_before_numbers(revision.text)
    label = revision.label.casefold()
    for comparator in sorted(hedged - {Comparator.EQUAL}):
        if not any(_stands_in(phrase, label) for phrase in HEDGES["en"][comparator]):
            yield Found(Code.HEDGE_LOST, ".label", {"given": HEDGES["en"][comparator][0]})


def _hedged_alike(quantity: Quantity, surface: str, language: str) -> bool:
    hedges = HEDGES.get(language.split("-", maxsplit=1)[0].casefold())
    if hedges is None:
        return True
    text = surface.casefold()
    # The longest phrase decides: "no more than" is not "more than".
    found = [(len(phrase), comparator) for comparator, phrases in hedges.items() for phrase in phrases
             if _stands_in(phrase, text)]  # fmt: skip
    return (max(found)[1] if found else Comparator.EQUAL) is quantity.comparator


def _says(surface: str, value: Decimal, text: str) -> bool:
    """One of the numbers in the words is this one; words in which no number can be read are not judged.

    What multiplies a number may stand elsewhere in the text: "not for 18 million and not for 80".
    """
    said = _numbers(surface)
    if not said or abs(value) in said:
        return True
    others = (word for word in text.split() if not _numbers(word))
    return any(abs(value) in _numbers(f"{surface} {word}") for word in others)


def _numbers(words: str) -> set[Decimal]:
    """The numbers in the words, and what neighbours come to together: thirty, one, thirty-one."""
    found: set[Decimal] = set()
    row, at = _WORDS.tokens(words), 0
    running: list[Decimal] = []
    while at < len(row):
        number = numbers.read(row, at)
        alone = "1" if row[at].text == "one" and running else numbers.small(row[at].text)
        values = number.values if number is not None else (alone,) if alone is not None else ()
        if values:
            running = [Decimal(value) for value in values] + [Decimal(values[0]) + before for before in running]
            found.update(running)
        elif row[at].text not in _JOINS:
            running = []
        at += number.size if number is not None else 1
    return found


def _hedge_before(surface: str, text: str, language: str) -> str:
    """A hedge that stands directly before the words wherever they stand in the text; "" where there is none."""
    hedges = HEDGES.get(language.split("-", maxsplit=1)[0].casefold(), {})
    phrases = sorted((phrase for row in hedges.values() for phrase in row), key=len, reverse=True)
    outside = ""
    start = text.find(surface) if surface else -1
    while start >= 0:
        before = text[:start].rstrip().casefold()
        outside = next((phrase for phrase in phrases if re.search(rf"(?<!\w){re.escape(phrase)}\Z", before)), "")
        if not outside:
            return ""
        start = text.find(surface, start + 1)
    return outside


def _hedges_before_numbers(text: str) -> set[Comparator]:
    folded = normalise(text).text.casefold()
    return {
        comparator
        for comparator, phrases in HEDGES["en"].items()
        for phrase in phrases
        if re.search(rf"(?<!no )(?<!not )\b{re.escape(phrase)} {_NUMBER}", folded)
    }


def _stands_in(phrase: str, text: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(phrase)}(?!\w)", text) is not None

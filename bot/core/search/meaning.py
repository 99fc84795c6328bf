"""What explains a word beside the word itself: names it is part of, the unit it names, the sort of fact it asks for.

"shells" alone is part of the topic "Artillery shells"; "meters" is the unit of "55 million cubic metres"; "photo" asks
for a caption. These ways are weaker than the word itself: ranking counts them less, refusal accepts them.
"""

from __future__ import annotations

from collections.abc import Sequence

from bot.core.search import numbers, slavic, units
from bot.core.search.acting import FORMS
from bot.core.search.lexicon import Lexicon
from bot.core.search.terms import Analysis
from bot.core.search.wordlist import words

CAPTION = "k:caption"
_PICTURES = words(
    """
    photo photos photograph picture pictures pic pics image caption фото фотографія фотографії світлина світлини
    фотография фотографии снимок foto fotos bild bilder 사진
    """
)
#: What people ask with one of these is told with another.
_DEAD = words("die dies died dead death deaths killed fatalities померли загинули загинуло погибли погибло погибших")
_FORMS_OF = {verb: tuple(form for form, of in FORMS.items() if of == verb) for verb in set(FORMS.values())}
MOST_NAMES = 8  # a word that is part of more names than this says nothing of any of them


def of_word(word: str, lexicon: Lexicon, analysis: Analysis, *, german: bool = False) -> tuple[tuple[str, ...], ...]:
    """The further ways to explain a folded word, of a German question by its German stem too."""
    stem = analysis.stem(word)
    fleeting = slavic.without_fleeting_vowel(stem)
    named = lexicon.parts.get(stem, frozenset()) | lexicon.parts.get(fleeting or stem, frozenset())
    in_german = analysis.german(word) if german else None
    named |= lexicon.parts.get(in_german or stem, frozenset())
    terms = [*sorted(named)] if len(named) <= MOST_NAMES else []
    terms += [term for term in (fleeting, in_german) if term]
    terms += [f"n:{value}"] if (value := numbers.small(word)) else []
    terms += [term for term in (units.unit_of(word), units.asked_of(word)) if term]
    if word in _PICTURES:
        terms.append(CAPTION)
    if word in _DEAD:
        terms += map(analysis.stem, _DEAD)
    terms += _other_forms(word, analysis)
    return tuple((term,) for term in terms)


def _other_forms(word: str, analysis: Analysis) -> list[str]:
    """The stems of the other forms of an irregular verb: "lent" of "lend"."""
    base = FORMS.get(word, word)
    forms = _FORMS_OF.get(base, ())
    return [analysis.stem(each) for each in (base, *forms) if each != word] if forms else []


def of_name(
    typed: Sequence[str], lexicon: Lexicon, analysis: Analysis, *, german: bool = False
) -> tuple[tuple[str, ...], ...]:
    """The further ways to explain the name of a topic: those of its word, where it is one word."""
    return of_word(typed[0], lexicon, analysis, german=german) if len(typed) == 1 else ()

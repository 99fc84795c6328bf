"""The language of a passage, proposed to whoever adds it: by its script, its letters and its small words."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping

from bot.core.search.wordlist import words

UNKNOWN, CYRILLIC = "en", "uk"  # where nothing speaks for another one; whoever adds the fact looks at it
_LETTER_COUNTS = 2  # as much as two small words
#: The first word of a letter's Unicode name -> language, for scripts that we meet in one language.
_SCRIPTS = {
    "HANGUL": "ko",
    "HIRAGANA": "ja",
    "KATAKANA": "ja",
    "CJK": "zh",
    "ARABIC": "ar",
    "HEBREW": "he",
}
_LETTERS: Mapping[str, str] = {
    "uk": "іїєґ",
    "ru": "ыэё",
    "be": "ў",
    "fa": "پچژگ",
    "de": "ßäöü",
    "fr": "çèêëîïœùû",
    "es": "ñ¿¡",
    "pt": "ãõ",
    "pl": "łąęśźżćń",
    "cs": "řěůšč",
    "ro": "șțăşţ",
    "tr": "ğış",
}
#: One sign of its own makes everything in the script of the others a text of this language.
_ALSO_WRITTEN_WITH = {"ja": ("zh",), "fa": ("ar",), "be": ("ru", "uk")}
_SMALL_WORDS = {
    "en": words(
        """
        the of and to in is that was for with on said has have by are his from they we will not it as at a an i you or
        so but who which had were can could would them this there
        """
    ),
    "de": words("der die das und nicht von mit ist den dem ein eine fur sich auf wurde hat im zu wir sie auch"),
    "fr": words("le la les des et est une un du que dans pour qui pas sur au avec il nous ne par sont"),
    "es": words("el la los las de que y en un una por con del se para es al no su fue como"),
    "it": words("il la di che e un una per non del della sono con gli alla nel ha si da dei"),
    "pt": words("o a os as de que e em um uma nao do da para com no na foi por se"),
    "pl": words("i w nie na sie z do jest ze to o jak za od przez byl sa dla po"),
    "cs": words("a se na v je s z do o ve to jsou byl by podle pro jak ale za"),
    "ro": words("si de la in cu pe nu ca este din un o a fost pentru care mai au"),
    "tr": words("ve bir bu icin da de ile olarak olan cok degil daha gibi ama en"),
    "uk": words("і в у на з до що не та є це як за про від його було для ми або й"),
    "ru": words("и в на с что не это как по за из от его было для мы или к он они"),
}
_WORD = re.compile(r"[^\W\d_]+")


def language_of(*texts: str) -> str:
    """The BCP 47 tag of the first of these texts that speaks for one language; `UNKNOWN` where none does."""
    found = next(filter(None, map(_spoken, texts)), "")
    return found or (CYRILLIC if any("\u0400" <= sign <= "\u04ff" for text in texts for sign in text) else UNKNOWN)


def _spoken(text: str) -> str:
    """ "" where several languages fit as well, or none."""
    found: Counter[str] = Counter()
    for letter in text.casefold():
        if letter.isalpha() and (script := _SCRIPTS.get(unicodedata.name(letter, "").partition(" ")[0])):
            found[script] += 1
        for language, letters in _LETTERS.items():
            if letter in letters:
                found[language] += _LETTER_COUNTS
    for word in _WORD.findall(text.casefold()):
        bare = _bare(word)
        for language, small in _SMALL_WORDS.items():
            found[language] += bare in small
    for language, others in _ALSO_WRITTEN_WITH.items():
        if found[language]:
            found[language] += sum(found.pop(other, 0) for other in others)
    best = found.most_common(2)
    return best[0][0] if best and best[0][1] > (best[1][1] if len(best) > 1 else 0) else ""


def _bare(word: str) -> str:
    """Without accents on Latin letters; й and ї stay what they are."""
    if not word.isascii() and "LATIN" in unicodedata.name(word[0], ""):
        return "".join(sign for sign in unicodedata.normalize("NFD", word) if not unicodedata.combining(sign))
    return word

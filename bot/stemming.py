"""Stems of Latin words by Snowball's English; the core looks after Cyrillic, because Snowball has no Ukrainian."""

from __future__ import annotations

import Stemmer as Snowball  # type: ignore[import-not-found] # PyStemmer, a compiled module without type stubs


class Stemmer:
    """Calls like a function: a folded word -> its stem, the word itself where nothing is known of its script."""

    def __init__(self) -> None:
        self._english = Snowball.Stemmer("english")  # remembers the last 10,000 words by itself

    def __call__(self, word: str) -> str:
        """The stem of one folded word."""
        if not (word.isascii() and word.isalpha()):
            return word
        return str(self._english.stemWord(word))

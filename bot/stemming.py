"""Stems of Latin words by Snowball's English; the core looks after Cyrillic, because Snowball has no Ukrainian."""

from __future__ import annotations

from functools import cached_property
from typing import Any


class Stemmer:
    """Calls like a function: a folded word -> its stem, the word itself where nothing is known of its script."""

    @cached_property
    def _english(self) -> Any:
        # PyStemmer, compiled and without type stubs; remembers the last 10,000 words by itself.
        from Stemmer import Stemmer as Snowball  # type: ignore[import-not-found] # noqa: PLC0415 -- before the first word nobody needs it

        return Snowball("english")

    def __call__(self, word: str) -> str:
        """The stem of one folded word."""
        if not (word.isascii() and word.isalpha()):
            return word
        return str(self._english.stemWord(word))

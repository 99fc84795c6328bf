"""Stems of Latin words by Snowball's English and German; Cyrillic is the core's, as Snowball has no Ukrainian."""

from __future__ import annotations

from functools import cached_property
from typing import Any


class Stemmer:
    """Calls like a function: a folded word -> its stem, the word itself where nothing is known of its script."""

    @cached_property
    def _english(self) -> Any:
        return _snowball("english")

    @cached_property
    def _german(self) -> Any:
        return _snowball("german")

    def german(self, word: str) -> str:
        """The stem of one folded word of a German text."""
        return str(self._german.stemWord(word)) if word.isascii() and word.isalpha() else word

    def __call__(self, word: str) -> str:
        """The stem of one folded word."""
        if not (word.isascii() and word.isalpha()):
            return word
        return str(self._english.stemWord(word))


def _snowball(language: str) -> Any:
    # PyStemmer, compiled and without type stubs.
    from Stemmer import Stemmer as Snowball  # type: ignore[import-not-found] # noqa: PLC0415 -- before the first word nobody needs it

    return Snowball(language, 0)  # remembers no words: the analysis does

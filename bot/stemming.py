"""Stems of Latin words by Snowball's English; the core looks after Cyrillic, because Snowball has no Ukrainian."""

from __future__ import annotations

from collections.abc import Callable

KEPT = 8192  # stems remembered; Snowball in Python takes some 25 µs a word


class Stemmer:
    """Calls like a function: a folded word -> its stem, the word itself where nothing is known of its script."""

    def __init__(self) -> None:
        self._known: dict[str, str] = {}
        self._english: Callable[[str], str] | None = None

    def __call__(self, word: str) -> str:
        """The stem of one folded word."""
        if not (word.isascii() and word.isalpha()):
            return word
        stem = self._known.get(word)
        if stem is None:
            if len(self._known) >= KEPT:
                self._known.clear()
            stem = self._known[word] = self._latin()(word)
        return stem

    def _latin(self) -> Callable[[str], str]:
        if self._english is None:
            # The library loads all its languages (3 MiB), so not before the first word; it has no type stubs.
            import snowballstemmer  # type: ignore[import-untyped]  # noqa: PLC0415

            stemmer = snowballstemmer.stemmer("english")
            self._english = lambda word: str(stemmer.stemWord(word))
        return self._english

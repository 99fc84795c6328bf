"""The lexicon of the newest names, built once and kept until something in the store changes."""

from __future__ import annotations

import asyncio

from bot.core.ports import Reading, Vocabulary
from bot.core.search.lexicon import Lexicon, built
from bot.core.search.terms import Analysis

AT_ONCE = 32  # names taken in before others get the processor


class Shelf:
    """Holds one lexicon for all look-ups of a process."""

    def __init__(self, analysis: Analysis) -> None:
        self._analysis = analysis
        self._position: int | None = None
        self._vocabulary: Vocabulary | None = None
        self._lexicon = Lexicon(analysis)
        self._turn = asyncio.Lock()

    async def lexicon(self, reading: Reading, position: int) -> Lexicon:
        """The lexicon as of `position`, which was read from the store before the view was leased."""
        if position == self._position:
            return self._lexicon
        async with self._turn:
            if position != self._position:
                vocabulary = await reading.vocabulary()
                if vocabulary is not self._vocabulary and vocabulary != self._vocabulary:
                    self._lexicon = await self._build(vocabulary)
                self._vocabulary, self._position = vocabulary, position
        return self._lexicon

    async def _build(self, vocabulary: Vocabulary) -> Lexicon:
        lexicon = Lexicon(self._analysis)
        for done, _ in enumerate(built(lexicon, vocabulary)):
            if done % AT_ONCE == AT_ONCE - 1:
                await asyncio.sleep(0)
        return lexicon

"""Lets through the beginnings that may be known, and few others: a table of bits by hash, without the texts."""

from __future__ import annotations

_PLACES = 32_768


class Sieve:
    """What was added always passes; of other texts about as many as there are bits set."""

    def __init__(self) -> None:
        self._bits = bytearray(_PLACES)

    def add(self, text: str) -> None:
        """Let this text pass from now on."""
        self._bits[hash(text) % _PLACES] = 1

    def passes(self, text: str) -> bool:
        """False only for what was never added."""
        return self._bits[hash(text) % _PLACES] == 1

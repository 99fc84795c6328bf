"""The machine's time, and ids that are ordered by it."""

from __future__ import annotations

import secrets
import time
from datetime import UTC, datetime

_DIGITS = "0123456789abcdefghjkmnpqrstvwxyz"  # Crockford's base 32: in the order of ASCII, nothing that is misread
_RANDOM_BITS = 80


class SystemClock:
    """Implements the port Clock."""

    def now(self) -> datetime:
        """The instant, in UTC."""
        return datetime.now(UTC)


class OrderedIds:
    """Implements the port Ids: 26 characters, 48 bits of milliseconds and 80 random ones, as in ULID.

    Ids of one process rise even where the clock stands still or goes back.
    Format: https://github.com/ulid/spec
    """

    def __init__(self) -> None:
        self._last = 0

    def new(self) -> str:
        """A fresh id."""
        moment = time.time_ns() // 1_000_000
        fresh = (moment << _RANDOM_BITS) | secrets.randbits(_RANDOM_BITS)
        self._last = fresh if fresh > self._last else self._last + 1
        return "".join(_DIGITS[(self._last >> shift) & 31] for shift in range(125, -1, -5))

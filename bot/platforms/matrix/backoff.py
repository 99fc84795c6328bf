"""How long to wait before the next attempt: 1, 2, 4 … 60 s with jitter, or as long as the server asks."""

from __future__ import annotations

import random
from collections.abc import Callable

#: Seconds. It rests at eight for a good minute: a server that restarts is found again within ten seconds of its return.
WAITS = (1, 2, 4, 8, 8, 8, 8, 8, 8, 8, 8, 8, 16, 32, 60)


class Backoff:
    """Counts failures in a row."""

    def __init__(self, jitter: Callable[[], float] = random.random) -> None:
        self._jitter = jitter  # 0 … 1
        self._failures = 0

    def succeeded(self) -> None:
        """The next failure begins anew."""
        self._failures = 0

    def failed(self, retry_after: float | None = None) -> float:
        """Seconds to wait, never less than the server asked."""
        wait = wait_after(self._failures, self._jitter())
        self._failures += 1
        return max(wait, retry_after or 0.0)


def wait_after(failures: int, jitter: float) -> float:
    """Seconds after this many earlier failures in a row: up to three tenths less than the table says."""
    return WAITS[min(failures, len(WAITS) - 1)] * (0.7 + 0.3 * jitter)

"""How long to wait before the next attempt: 1, 2, 4 … 60 s with jitter, so that many bots do not return at once."""

from __future__ import annotations

from collections.abc import Callable

_LONGEST = 60.0  # s


class Backoff:
    """Counts failures in a row."""

    def __init__(self, random: Callable[[], float]) -> None:
        self._random = random  # 0 to 1
        self._failures = 0

    def next(self) -> float:
        """Seconds to wait after one more failure."""
        self._failures += 1
        return wait_after(self._failures - 1, self._random())

    def reset(self) -> None:
        """It went well again."""
        self._failures = 0


def wait_after(failures: int, jitter: float) -> float:
    """Seconds after this many earlier failures in a row; `jitter` is from 0 to 1."""
    full = min(_LONGEST, 2.0 ** min(failures, 10))
    return min(_LONGEST, full * (0.75 + 0.5 * jitter))

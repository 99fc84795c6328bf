"""Discord's rate limits for posts and edits, where a test turns them on: so many requests a channel and while."""

from __future__ import annotations

import time
from dataclasses import dataclass, field

WINDOW = 5.0  # s


@dataclass(slots=True)
class Buckets:
    """The limit of one bucket; 0: none. A client that keeps to the headers never sees a 429."""

    limit: int = 0
    turned_away: int = 0
    _spent: dict[str, tuple[float, int]] = field(default_factory=dict)  # bucket -> (window's end, requests in it)

    def take(self, method: str, path: str) -> tuple[dict[str, str], float]:
        """The headers of an answer, and how many seconds to wait where the limit is spent."""
        parts = path.strip("/").split("/")
        if not self.limit or parts[0] != "channels" or len(parts) < 3:
            return {}, 0.0
        bucket, now = f"{method} {parts[1]}", time.monotonic()
        end, spent = self._spent.get(bucket, (0.0, 0))
        if now >= end:
            end, spent = now + WINDOW, 0
        wait = end - now if spent >= self.limit else 0.0
        self.turned_away += bool(wait)
        self._spent[bucket] = (end, spent + (not wait))
        headers = {
            "Via": "1.1 google",
            "X-RateLimit-Limit": str(self.limit),
            "X-RateLimit-Remaining": str(max(self.limit - spent - 1, 0)),
            "X-RateLimit-Reset-After": f"{end - now:.3f}",
            "X-RateLimit-Reset": f"{time.time() + end - now:.3f}",
            "X-RateLimit-Bucket": method.lower(),
        }
        return (headers | {"Retry-After": f"{wait:.3f}"} if wait else headers), wait

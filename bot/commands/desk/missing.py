"""Counts the questions that nothing answered: in the background, so that no answer waits for it or fails by it."""

from __future__ import annotations

import asyncio
import logging

from bot.core.desk.port import Desk

_MOST = 64  # under way at once; in a flood, some are not counted
_log = logging.getLogger(__name__)


class Misses:
    """Counts without being waited for. What is counted is the question alone, not who asked or where."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self.under_way: set[asyncio.Task[None]] = set()

    def count(self, query: str) -> None:
        """Count this question once more, soon."""
        if len(self.under_way) >= _MOST:
            return
        task = asyncio.create_task(self._count(asked_as(query)))
        self.under_way.add(task)
        task.add_done_callback(self.under_way.discard)

    async def _count(self, query: str) -> None:
        try:
            await self._desk.missed(query)
        except Exception as error:  # noqa: BLE001 -- the answer has been given; a count that is short harms nobody
            _log.warning("a question without an answer could not be counted: %s", error)


def asked_as(query: str) -> str:
    """The same for questions that differ in blanks and capitals alone."""
    return " ".join(query.split()).lower()

"""What the Tab key offers: the words on the screen, the commands, and what is on record.

The loop of the conversation waits for the line and can look nothing up meanwhile, so that completions come from a
thread with a loop, and a view of the database, of its own. It starts with the first Tab.
"""

from __future__ import annotations

import asyncio
import logging
import threading
from collections.abc import Awaitable, Callable, Iterator, Sequence
from concurrent.futures import CancelledError, Future
from contextlib import AbstractAsyncContextManager, contextmanager, suppress

from bot.commands.rows import READERS
from bot.core.model.finding import Suggestion

Suggest = Callable[[str], Awaitable[Sequence[Suggestion]]]
Complete = Callable[[str], Sequence[str]]

_log = logging.getLogger(__name__)
_PATIENCE = 2.0  # s, the first time with opening the database
_MARKS = ("/", "!")
_QUESTION = "fact "


def completed(
    typed: str, offered: Sequence[str], suggest: Complete, commands: Sequence[str] = READERS
) -> tuple[str, ...]:
    """Lines that may be meant by a half-typed one: what the last answer offers, commands, then what is on record.

    Those that go on from it, where there are any; else what is on record about it, which may begin with other words.
    """
    mark = typed[:1] if typed.startswith(_MARKS) else ""
    bare = typed.removeprefix(mark)
    folded = {word.casefold() for word in offered}
    words = (*offered, *(word for word in (*commands, "quit") if word not in folded))
    asked = bare[: len(_QUESTION)] if bare.casefold().startswith(_QUESTION) else ""
    questions = () if mark and not asked else suggest(bare.removeprefix(asked))
    found = dict.fromkeys(mark + asked + each for each in questions)
    lines = dict.fromkeys((*(mark + word for word in words), *found))
    return tuple(line for line in lines if line.casefold().startswith(typed.casefold())) or tuple(found)


@contextmanager
def suggesting(opened: Callable[[], AbstractAsyncContextManager[Suggest]]) -> Iterator[Complete]:
    """Looks completions up in a thread; whatever fails there is logged, and nothing is offered."""
    thread = _Thread(opened)
    try:
        yield thread.suggested
    finally:
        thread.close()


class _Thread:
    def __init__(self, opened: Callable[[], AbstractAsyncContextManager[Suggest]]) -> None:
        self._opened = opened
        self._thread: threading.Thread | None = None
        self._loop = asyncio.new_event_loop()
        self._wanted: asyncio.Queue[tuple[str, Future[tuple[str, ...]]] | None] = asyncio.Queue()
        self._answer: Future[tuple[str, ...]] = Future()  # that is waited for: one line is typed at a time

    def suggested(self, typed: str) -> tuple[str, ...]:
        """Called from the thread that waits for the line."""
        if self._thread is None:
            self._thread = threading.Thread(target=self._run, name="completions", daemon=True)
            self._thread.start()
        if not self._thread.is_alive():
            return ()
        self._answer = Future()
        try:
            self._loop.call_soon_threadsafe(self._wanted.put_nowait, (typed, self._answer))
        except RuntimeError:  # the loop has just been closed
            return ()
        try:
            return self._answer.result(_PATIENCE)
        except (TimeoutError, CancelledError):
            self._answer.cancel()
            return ()

    def close(self) -> None:
        """End the thread and close what it opened."""
        if self._thread is None:
            self._loop.close()
            return
        with suppress(RuntimeError):  # it has ended by itself
            self._loop.call_soon_threadsafe(self._wanted.put_nowait, None)
        self._thread.join(_PATIENCE)

    def _run(self) -> None:
        with asyncio.Runner(loop_factory=lambda: self._loop) as runner:
            try:
                runner.run(self._answered())
            except Exception:  # noqa: BLE001 -- a conversation goes on without completions; the log has the reason
                _log.exception("console: no completions")
        self._answer.cancel()  # whoever asked in the last moment; from here on the loop takes nothing

    async def _answered(self) -> None:
        async with self._opened() as suggest:
            while (wanted := await self._wanted.get()) is not None:
                typed, answer = wanted
                if not answer.set_running_or_notify_cancel():
                    continue  # nobody waits for it any longer
                try:
                    found = tuple(each.text for each in await suggest(typed))
                except Exception:  # noqa: BLE001 -- the same: the next Tab may do better
                    _log.exception("console: no completions")
                    found = ()
                answer.set_result(found)

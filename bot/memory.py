"""Keeps the running bot small where the C library would rather be quick for many threads."""

from __future__ import annotations

import ctypes
import gc
import os

_M_ARENA_MAX = -8  # https://man7.org/linux/man-pages/man3/mallopt.3.html


def one_arena() -> None:
    """Let all threads share one pool of memory: three small threads with a pool each hold about 1 MiB for nothing.

    Only where the C library is glibc; others have no such pools.
    """
    library = ctypes.CDLL(None)
    if hasattr(library, "mallopt"):
        library.mallopt(_M_ARENA_MAX, 1)


def plain_lists() -> None:
    """Before aiohttp is imported: its lists of signals need no compiled code, which alone loads libstdc++, 1 MiB."""
    os.environ.setdefault("FROZENLIST_NO_EXTENSIONS", "1")


def let_go() -> None:
    """Give back what starting up needed and running does not."""
    gc.collect()
    gc.freeze()  # what is left stays until the end: nobody waits while it is looked through again
    library = ctypes.CDLL(None)
    if hasattr(library, "malloc_trim"):
        library.malloc_trim(0)

"""Keeping small is asked of the C library only where it knows how."""

from __future__ import annotations

import ctypes
from types import SimpleNamespace
from typing import Any

import pytest

from bot import memory


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[tuple[Any, ...]]:
    """What a glibc is asked for."""
    calls: list[tuple[Any, ...]] = []
    library = SimpleNamespace(
        mallopt=lambda *values: calls.append(("mallopt", *values)),
        malloc_trim=lambda keep: calls.append(("trim", keep)),
    )
    monkeypatch.setattr(ctypes, "CDLL", lambda name: library)
    return calls


def test_glibc_keeps_one_pool_and_gives_memory_back(asked: list[tuple[Any, ...]]) -> None:
    memory.one_arena()
    memory.let_go()

    assert asked == [("mallopt", -8, 1), ("trim", 0)]


def test_other_libraries_are_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ctypes, "CDLL", lambda name: SimpleNamespace())

    memory.one_arena()
    memory.let_go()

"""Keeping small is asked of the C library only where it knows how."""

from __future__ import annotations

import ctypes
import os
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


@pytest.mark.parametrize(("given", "then"), [(None, "1"), ("", "")])
def test_lists_of_signals_need_no_compiled_code_unless_somebody_wants_it(
    given: str | None, then: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "environ", {} if given is None else {"FROZENLIST_NO_EXTENSIONS": given})
    memory.plain_lists()
    assert os.environ["FROZENLIST_NO_EXTENSIONS"] == then

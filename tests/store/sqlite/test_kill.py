"""A writing process is killed without warning: what was acknowledged stays, nothing is half written."""

from __future__ import annotations

import os
import random
import select
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from bot.store.sqlite.checking import found_faults, index_faults, reading

TRIALS = 300
FRESH = 10  # trials on one database

ROOT = Path(__file__).parents[3]


class Nursery:
    """The warm process and what it says."""

    def __init__(self) -> None:
        command = [sys.executable, "-m", "tests.store.sqlite.crashing"]
        self.process = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, bufsize=0)
        self._rest = b""

    def fork(self, path: Path) -> int:
        assert self.process.stdin is not None
        self.process.stdin.write(f"{path}\n".encode())
        for words in self.lines(30.0):
            if words[0] == "begin":
                return int(words[1])
        raise AssertionError("no writer came up")

    def lines(self, patience: float) -> Iterator[list[str]]:
        """What is said until nothing is for `patience` seconds."""
        assert self.process.stdout is not None
        pipe = self.process.stdout.fileno()
        while True:
            while b"\n" not in self._rest:
                if not select.select([pipe], [], [], patience)[0]:
                    return
                data = os.read(pipe, 65536)
                if not data:
                    return
                self._rest += data
            line, _, self._rest = self._rest.partition(b"\n")
            yield line.decode().split()

    def end(self) -> None:
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.close()
        self.process.wait(30)
        self.process.stdout.close()


@pytest.fixture
def chance() -> random.Random:
    return random.Random(20241116)


def test_no_acknowledged_change_is_lost_when_the_writer_is_killed(tmp_path: Path, chance: random.Random) -> None:
    acknowledged = 0
    nursery = Nursery()
    try:
        for round_ in range(TRIALS // FRESH):
            path = tmp_path / str(round_) / "onrecord.db"
            kept: set[tuple[str, int]] = set()
            for _ in range(FRESH):
                kept |= _trial(nursery, path, chance)
                _nothing_missing(path, kept)
            acknowledged += len(kept)
    finally:
        nursery.end()
    assert acknowledged > TRIALS  # the writers did write


def _trial(nursery: Nursery, path: Path, chance: random.Random) -> set[tuple[str, int]]:
    """One writer lives for a few acknowledgements and a moment; returns what it acknowledged."""
    pid = nursery.fork(path)
    kept: set[tuple[str, int]] = set()
    enough = chance.randrange(12)
    for words in nursery.lines(30.0) if enough else ():
        kept.add((words[1], int(words[2])))
        if len(kept) >= enough:
            break
    for words in nursery.lines(chance.random() * 0.004):
        kept.add((words[1], int(words[2])))
        if len(kept) > enough + 20:
            break
    os.kill(pid, signal.SIGKILL)
    for words in nursery.lines(30.0):
        if words[0] == "dead":
            assert int(words[1]) == pid
            return kept
        kept.add((words[1], int(words[2])))
    raise AssertionError("the writer did not die")


def _nothing_missing(path: Path, kept: set[tuple[str, int]]) -> None:
    with reading(path) as connection:
        rows = connection.execute("SELECT slug, revision FROM fact").fetchall()
        present = {(slug, number) for slug, newest in rows for number in range(1, newest + 1)}
        assert kept <= present
        assert found_faults(connection) == ()  # a revision without audit line is one
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        assert index_faults(connection) == ()

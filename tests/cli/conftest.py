"""A fresh machine for each test."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.cli.onrecord import OnRecord


@pytest.fixture
def onrecord(tmp_path: Path) -> OnRecord:
    return OnRecord(tmp_path)


@pytest.fixture(scope="session")
def _examples(tmp_path_factory: pytest.TempPathFactory) -> Path:
    machine = OnRecord(tmp_path_factory.mktemp("examples"))
    assert machine("fact", "dprk ammunition").code == 0
    return machine.data


@pytest.fixture
def stocked(onrecord: OnRecord, _examples: Path) -> OnRecord:
    """With the example facts on record."""
    shutil.copytree(_examples, onrecord.data)
    return onrecord

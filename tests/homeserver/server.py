"""The Synapse of a test session, or the reason why there is none."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.homeserver.install import NoSynapse, python
from tests.homeserver.synapse import Synapse


@contextmanager
def synapse_in(folder: Path) -> Iterator[Synapse]:
    """A running Synapse. Where it cannot be installed tests are skipped, but with CI=true that is an error."""
    try:
        interpreter = python()
    except NoSynapse as missing:
        if os.environ.get("CI", "").lower() in ("1", "true"):
            raise
        pytest.skip(f"Synapse could not be installed: {missing}")
    server = Synapse(python=interpreter, folder=folder)
    server.start()
    try:
        yield server
    finally:
        server.stop()

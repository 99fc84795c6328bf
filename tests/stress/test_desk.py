"""Many people at the desk at once, of whom some go away and whose bot is killed: nothing is lost, nothing done twice.

`make bench args=desk_stress` does the same five times as long.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.stress.trial import run


@pytest.mark.parametrize("seed", [7, 20261123])
async def test_nothing_acknowledged_is_lost_and_nothing_is_done_twice(tmp_path: Path, seed: int) -> None:
    trial = await run(tmp_path / "data" / "onrecord.db", doings=200, callers=32, cancelled=0.3, kills=2, seed=seed)
    assert trial.faults == []
    assert trial.kills == 2
    assert len(trial.done) + len(trial.refused) == len(trial.tried) == 200
    assert len(trial.done) > len(trial.refused)
    assert trial.unknown_then > 10  # there was something to find out

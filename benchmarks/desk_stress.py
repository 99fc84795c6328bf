"""1,000 doings at the desk by 32 callers at once, 30 % of them cancelled, the process killed five times: is all kept?

The faults must be none: nothing acknowledged is lost, no revision is without its line in the audit, no key is applied
twice, and the chain holds after each kill.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

from tests.stress.trial import figures, run

DOINGS, CALLERS, CANCELLED, KILLS = 1_000, 32, 0.3, 5
SEED = 20261123


async def main() -> list[str]:
    """One trial."""
    with tempfile.TemporaryDirectory() as name:
        trial = await run(
            Path(name) / "data" / "onrecord.db",
            doings=DOINGS, callers=CALLERS, cancelled=CANCELLED, kills=KILLS, seed=SEED,
        )  # fmt: skip
    title = f"The desk under stress: {DOINGS} doings, {CALLERS} callers, {CANCELLED:.0%} cancelled, {KILLS} kills"
    return [title, *figures(trial)]

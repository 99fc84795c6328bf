"""One chart: how long until it is there, how long the event loop is held meanwhile, and what stays of it in memory."""

from __future__ import annotations

import os
import statistics
import tempfile
import time
from pathlib import Path

from benchmarks.holding import steps
from benchmarks.processes import rss_mib
from bot.commands.chart import Chart, Point
from bot.pictures.drawing import can_draw, drawer

CHARTS, POINTS = 10, 12


def a_chart() -> Chart:
    """A year of statements."""
    points = tuple(
        Point(
            value=str(1000 * month),
            comparator=(">=", "=", "~")[month % 3],
            earliest=f"2026-{month:02}-01",
            latest=f"2026-{month:02}-{28 if month % 4 == 0 else 1:02}",
            uncertain=month % 5 == 0,
            tag=f"#{month}",
            label=f"{month} 2026: at least {1000 * month} · Ada Muster · #{month}",
        )
        for month in range(1, POINTS + 1)
    )
    return Chart(
        title="Trees planted in Testwick", subtitle="tree; all", note="On record 28 Nov 2026.", rest="…", points=points
    )


async def main() -> list[str]:
    """Ten charts; the first one makes the list of fonts."""
    if not can_draw():
        return ["Charts: matplotlib is not installed"]
    with tempfile.TemporaryDirectory() as folder:
        draw = drawer(Path(folder))
        if draw is None:
            return ["Charts: nothing draws here"]
        before, times = rss_mib(os.getpid()), []
        with steps() as held:
            for _ in range(CHARTS):
                begun = time.perf_counter()
                if await draw(a_chart()) is None:
                    return ["Charts: one was not drawn, see the log"]
                times.append(time.perf_counter() - begun)
        after = rss_mib(os.getpid())
    first, rest = times[0], times[1:]
    return [
        f"{CHARTS} charts of {POINTS} statements, each in a process of its own",
        f"first, with the list of fonts {first:.2f} s; then median {statistics.median(rest):.2f} s, "
        f"longest {max(rest):.2f} s (goal 1.5)",
        f"event loop held: longest {max(held):.1f} ms (goal 20); memory of this process {before:.1f} → {after:.1f} MiB",
    ]
